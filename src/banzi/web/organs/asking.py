"""What the tables of figures are made from, for one account: its sight of the records.

The tables are those of `structure.counting.tables`; only where everybody must be looked at to tell
something about one person (who is free for a post) does this differ from them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl
from django.http import HttpRequest

from banzi.structure.counting.figures import FigureTable, RowKind
from banzi.structure.counting.reading_settings import default_settings
from banzi.structure.counting.tables import COUNTED_TABLES, Asked, CountedTable, counted_table
from banzi.structure.gauges.catalogue import GAUGES
from banzi.structure.gauges.tables import State, area_groups, gauge_table, team_groups
from banzi.structure.members import Group
from banzi.structure.outlook.bench import bench_table
from banzi.web.accounts.rights import Verb
from banzi.web.records.sight import Sight, sight_of
from banzi.web.targets.keeping import NOTHING, in_force, read_set

_OF_FINDINGS, _GAUGE_OF_FINDINGS = "member-evidence", "without_evidence"
_OF_PAIRS, _PAIRS = "bench-depth", 20_000_000


@dataclass(frozen=True)
class Seen(Asked):
    """A request for tables by somebody who may see `sight`."""

    sight: Sight | None = field(default=None, repr=False)

    @property
    def mine(self) -> Sight:
        """The sight, which is always given; the base has fields with defaults."""
        assert self.sight is not None  # noqa: S101
        return self.sight

    def facts_at(self, day: date) -> pl.DataFrame:
        return self.mine.facts_at(day)

    def facts_of(self, day: date, names: Collection[str]) -> pl.DataFrame:
        return self.mine.facts_of(day, names)


def seen(request: HttpRequest, verb: Verb = Verb.VIEW) -> Seen:
    """What the account of a request may count (or take out), on the day the page speaks of.

    The same all through a request.
    """
    asked: dict[Verb, Seen] = request.__dict__.setdefault("_banzi_seen", {})
    if verb not in asked:
        asked[verb] = _seen(request, verb)
    return asked[verb]


def _seen(request: HttpRequest, verb: Verb) -> Seen:
    found = sight_of(request, verb)
    kept = in_force()
    file = NOTHING if kept is None else read_set(kept)
    return found.roster.keep(
        ("seen", None if kept is None else kept.pk),
        lambda: Seen(
            found.roster,
            found.as_of,
            default_settings(),
            found.law,
            file.targets,
            file.thresholds,
            file.settings,
            sight=found,
        ),
    )


def seen_team(request: HttpRequest, team_id: str, verb: Verb = Verb.VIEW) -> Seen | None:
    """The same of one team alone: its posts and whoever holds them; None where it is not in sight.

    What a team's page tells follows from its own members, so nobody else is worked out for it.
    """
    found = sight_of(request, verb)
    asked = seen(request, verb)
    small = found.of_team(team_id)
    if not small.roster["teams"].filter(team_id=team_id).height:
        return None
    return small.roster.keep(
        ("seen", id(asked)), lambda: replace(asked, roster=small.roster, sight=small)
    )


def table_of(asked: Seen, name: str) -> FigureTable:
    """A table by its id, made once; KeyError when there is none of that name, or none to be seen."""
    if name not in {each.id for each in tables_for(asked)}:
        raise KeyError(name)
    return asked.roster.keep(("table", name, id(asked)), lambda: _made(asked, name))


def _made(asked: Seen, name: str) -> FigureTable:
    match name:
        case "bench-depth":
            return bench_of(asked.mine)
        case "team-comparison":
            return gauges_of(asked, team_groups(asked.members))
        case "area-dashboard":
            return gauges_of(asked, area_groups(asked.members), by_area=True)
    return counted_table(name).make(asked)


def tables_for(asked: Seen) -> list[CountedTable]:
    """The tables an account may see: one of them is about findings and nothing else, and one
    judges every pair of person and post, which a nation has too many of."""
    return [
        each
        for each in COUNTED_TABLES
        if (each.id != _OF_FINDINGS or sees_findings(asked))
        and (each.id != _OF_PAIRS or judges_quickly(asked))
    ]


def judges_quickly(asked: Seen) -> bool:
    """Whether everybody is judged for every post within seconds."""
    whole = asked.sight.whole if asked.sight else asked.roster
    return whole["persons"].height * whole["posts"].height <= _PAIRS


def sees_findings(asked: Seen) -> bool:
    """Whether findings may be seen of everybody in sight."""
    mine = asked.sight
    return mine is not None and len(mine.open_to) == len(mine.persons)


def gauges_of(asked: Seen, groups: Sequence[Group], by_area: bool = False) -> FigureTable:
    """Gauges of these groups; those that rest on findings only where these may be seen."""
    told = [each for each in GAUGES if each.id != _GAUGE_OF_FINDINGS or sees_findings(asked)]
    states = (State("", asked.situation),)
    return gauge_table(states, groups, asked.thresholds, by_area, told)


def bench_of(mine: Sight, team: Sight | None = None) -> FigureTable:
    """后备厚度 of the posts in sight, or those of one team: everybody is judged for them, those in
    sight are counted."""
    # A verdict tells of findings, so only those are counted whose findings may be seen.
    if team is None:
        whole = mine.whole.keep(
            "site-bench", lambda: bench_table(mine.whole_members, mine.screening())
        )
    else:
        own = tuple(team.roster["posts"]["post_id"])
        whole = mine.whole.keep(
            ("site-bench", own),
            lambda: bench_table(mine.members_with(team.whole), mine.screening(own)),
        )
    posts = set((team or mine).roster["posts"]["post_id"])
    rows = []
    for row in whole.rows:
        if row.kind is RowKind.ROW and row.key in posts:
            figures = {}
            for key, figure in row.figures.items():
                persons = tuple(each for each in figure.persons if each in mine.open_to)
                figures[key] = replace(figure, value=len(persons), persons=persons)
            rows.append(replace(row, figures=figures))
    notes = whole.notes if len(mine.open_to) == mine.whole["persons"].height else whole.notes[:1]
    return replace(whole, rows=tuple(rows), notes=notes)
