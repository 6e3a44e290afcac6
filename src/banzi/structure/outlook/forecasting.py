"""The teams today and some years on, if nobody is appointed and nobody moves.

At every horizon those whose month has come by then have left; facts of the others are those of that
day (ages, months in post, law in force), so a target is measured then by the same object as now.
Nobody leaves at 0 years: the first row is the team as it is. Somebody whose month cannot be told
stays in every row and is named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from banzi.kernel.dates import add_months, month_of
from banzi.structure.indicators import IndicatorResult, measure_all
from banzi.structure.members import Members
from banzi.structure.outlook.departures import Departure, Reason, left_by
from banzi.structure.report import TeamPicture, age_bands, picture_columns, team_picture
from banzi.structure.report_settings import ReportSettings
from banzi.structure.targets import Target

YEARS = (0, 1, 3, 5)
"""Now, and one, three and five years on (systems.md row 12)."""

Facts = Callable[[date, Collection[str]], pl.DataFrame]
"""Of a day, `person_id` and those of the columns named that `facts.derive` has."""


@dataclass(frozen=True)
class Horizon:
    """The teams so many years on.

    Attributes
    ----------
    left
        Departures that have happened by then; a seat may stand here for two reasons.
    overall, teams
        As `TeamPicture` has them, over those who are left.
    results
        The targets, measured on that day.
    """

    years: int
    day: date
    members: Members
    left: tuple[Departure, ...]
    overall: TeamPicture
    teams: tuple[TeamPicture, ...]
    results: tuple[IndicatorResult, ...]


@dataclass(frozen=True)
class Forecast:
    """Every horizon, and the departures they rest on."""

    as_of: date
    horizons: tuple[Horizon, ...]
    departures: tuple[Departure, ...]

    @property
    def undated(self) -> tuple[Departure, ...]:
        """Departures whose month cannot be told; their seats stay filled in every row."""
        return tuple(each for each in self.departures if each.month is None)

    @property
    def to_confirm(self) -> tuple[Departure, ...]:
        """Departures that happen within the last horizon on a month still to be confirmed."""
        return tuple(each for each in self.horizons[-1].left if each.to_confirm)


def forecast(
    members: Members,
    found: Sequence[Departure],
    facts_of: Facts,
    targets: Sequence[Target] = (),
    settings: ReportSettings | None = None,
    years: Sequence[int] = YEARS,
    reasons: frozenset[Reason] = frozenset(Reason),
) -> Forecast:
    """Look at the members on the same day in each of these years.

    Parameters
    ----------
    found
        What `departures` gives.
    reasons
        Which of them make a seat fall free.
    """
    settings = settings or ReportSettings()
    counted = tuple(each for each in found if each.reason in reasons)
    read = set(picture_columns(settings)).union(*(each.columns_read for each in targets))
    horizons = [
        _horizon(members, counted, lambda day: facts_of(day, read), targets, settings, each)
        for each in sorted({0, *years})
    ]
    return Forecast(members.as_of, tuple(horizons), counted)


def _horizon(
    members: Members,
    found: Sequence[Departure],
    facts_at: Callable[[date], pl.DataFrame],
    targets: Sequence[Target],
    settings: ReportSettings,
    years: int,
) -> Horizon:
    day = add_months(members.as_of, 12 * years)
    left = left_by(found, month_of(members.as_of), month_of(day))
    then = members if not years else _remaining(members, left, facts_at(day), day)
    bands = age_bands(settings)
    teams = tuple(
        team_picture(team, name, then.posts_of(team), then, bands, settings)
        for team, name in then.all_teams().items()
    )
    overall = team_picture(None, "", then.all_posts(), then, bands, settings)
    results = tuple(measure_all(targets, then))
    return Horizon(years, day, then, left, overall, teams, results)


def _remaining(
    members: Members, left: Sequence[Departure], people: pl.DataFrame, day: date
) -> Members:
    """The seats that are still held: whoever retires leaves all of them."""
    retired = {each.person_id for each in left if each.reason is Reason.RETIREMENT}
    freed = {(each.post_id, each.person_id) for each in left}
    kept = [
        (post, person) not in freed and person not in retired
        for post, person in members.seats.iter_rows()
    ]
    return replace(members, as_of=day, people=people, seats=members.seats.filter(kept))
