"""How long people have held a post without a break, and served at a level in one area.

Stays come from the seats of the roster and from the posts of the career table that stand for one
of its places; for the area also from posts whose organ bears the name of an organ with a Party or
government team there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from banzi.facts.completeness import completely_recorded
from banzi.facts.levels import level_order
from banzi.facts.stays import AREA_TEAMS
from banzi.facts.stretches import months_held
from banzi.kernel.date_columns import on_or_before
from banzi.kernel.dates import PartialDate, month_of
from banzi.kernel.few_rows import crossed, joined, picked, together
from banzi.kernel.steps import Step
from banzi.roster import Roster
from banzi.roster.lookup import RowsBy

if TYPE_CHECKING:
    from banzi.facts.derive import Facts


def months_in_post_pairs(facts: Facts) -> pl.DataFrame:
    """One row per person and post held on the day: `months_in_this_post_low/high`.

    A stay that ended in the month the next one began (or may have) goes on in it. `high` is null
    when a start is not known: there is no bound.
    """
    stays: dict[tuple[str, str], list[_Stay]] = {}
    every = _stays(facts.roster, facts.as_of) if facts.seats.height else ()
    for person, post, started, ended, still in every:
        stays.setdefault((person, post), []).append(_Stay(started, ended, still))
    rows = []
    for person, post in picked(facts.seats, "person_id", "post_id").iter_rows():
        low, high = _unbroken(stays[person, post], facts.as_of)
        rows.append((person, post, low, high))
    return pl.DataFrame(
        rows,
        schema={
            "person_id": pl.String(),
            "post_id": pl.String(),
            "months_in_this_post_low": pl.Int64(),
            "months_in_this_post_high": pl.Int64(),
        },
        orient="row",
    )


class _Stay(NamedTuple):
    started: int | None
    ended: int | None
    still: bool
    """Without an end it goes on, rather than having ended on a day nobody knows."""


def _stays(roster: Roster, as_of: date) -> Iterator[tuple[str, str, int | None, int | None, bool]]:
    seats = _SEATED.select(roster["seats"], "person_id", "post_id", as_of=as_of)
    offices = _IN_OFFICE.select(roster["appointments"], "person_id", "post_id", as_of=as_of)
    columns = ("person_id", "post_id", "started_on", "ended_on", "still")
    for stays in (seats, offices):
        yield from picked(_KEPT.filter(stays), *columns).iter_rows()


def _seated(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    return {
        "started_on": pl.col("started_on"),
        "ended_on": pl.col("ended_on"),
        "still": pl.lit(True),
        "is_kept": on_or_before(pl.col("started_on"), as_of).fill_null(True),
    }


def _in_office(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    begun = on_or_before(pl.col("appointed_on"), as_of).fill_null(True)
    return {
        "started_on": pl.col("appointed_on"),
        "ended_on": pl.col("removed_on"),
        "still": pl.col("in_office").fill_null(False),
        "is_kept": begun & pl.col("post_id").is_not_null(),
    }


_SEATED, _IN_OFFICE = Step(_seated), Step(_in_office)
_KEPT = Step(lambda: {"is_kept": pl.col("is_kept")})


def _unbroken(stays: list[_Stay], as_of: date) -> tuple[int, int | None]:
    """Fewest and most months (None: no bound) of the run of stays that reaches the day."""
    now = month_of(as_of)
    is_open = any(stay.started is None for stay in stays)
    return (
        now - _run_start(stays, now, surely=True),
        None if is_open else now - _run_start(stays, now, surely=False),
    )


def _run_start(stays: list[_Stay], now: int, *, surely: bool) -> int:
    """First month of the run up to now: as late as it may be (`surely`), or as early."""
    spans = []
    for stay in stays:
        if stay.started is None or (surely and stay.ended is None and not stay.still):
            continue
        first = PartialDate(stay.started)
        start = month_of(first.latest if surely else first.earliest)
        stop = now
        if stay.ended is not None:
            end = PartialDate(stay.ended)
            stop = month_of(end.earliest if surely else end.latest)
        spans.append((start, min(stop, now)))
    reached = now
    for start, stop in sorted(spans, key=lambda span: -span[1]):
        if stop >= reached:
            reached = min(reached, start)
    return reached


def area_levels(facts: Facts, divisions: list[str], orders: list[int]) -> pl.DataFrame:
    """Months at a level in Party and government teams of an area.

    Returns
    -------
    Frame
        A row per person, `division_code` and `target_level_order` for the level a person has, if
        that is among the orders: `area_level_months_low/high`; `high` is the time at the level
        where posts held are not completely recorded.
    """
    as_of = facts.as_of
    present = picked(facts.present, "person_id", target_level_order="level_order")
    asked = pl.DataFrame({"target_level_order": orders}, schema={"target_level_order": pl.Int64()})
    present = joined(present, asked, "target_level_order", how="inner")
    at_level = picked(
        facts.months_at_levels, "person_id", target_level_order="level", most="months_high"
    )
    complete = completely_recorded(facts.roster, "appointments", as_of, facts.law)
    at_orders = joined(present, at_level, "person_id", "target_level_order")
    area = pl.DataFrame({"division_code": divisions}, schema={"division_code": pl.String()})
    grid = crossed(joined(at_orders, complete, "person_id"), area)
    keys = ["person_id", "division_code", "target_level_order"]
    if not grid.height:
        return picked(grid, *keys, area_level_months_low="most", area_level_months_high="most")
    covered = months_held(
        _area_stays(facts), keys, as_of, is_open="is_open", is_certain="is_certain"
    )
    return _IN_AREA.select(joined(grid, covered, *keys), *keys)


def _in_area() -> dict[str, pl.Expr]:
    low, high = (pl.col(f"months_{end}").fill_null(0) for end in ("low", "high"))
    most = pl.when("is_complete").then(high).otherwise("most")
    return {
        "area_level_months_low": low,
        "area_level_months_high": pl.max_horizontal(low, most),
    }


_IN_AREA = Step(_in_area)


def _places(roster: Roster) -> tuple[RowsBy, RowsBy]:
    """Posts that sit, or may sit, in such a team of an area; organs with one by their name."""
    teams = roster["teams"].filter(pl.col("team_kind").is_in(AREA_TEAMS))
    organs = roster["organs"].select("organ_id", "organ_name", "division_code")
    seated = roster["post_teams"].join(teams.select("team_id"), on="team_id", how="semi")
    in_team, in_any = (
        pl.col("post_id").is_in(each["post_id"].unique().to_list())
        for each in (seated, roster["post_teams"])
    )
    places = (
        roster["posts"]
        .filter(in_team | ~in_any)
        .join(organs, on="organ_id")
        .select(
            "post_id",
            "division_code",
            place_level=level_order("post_level"),
            is_in_team=in_team,
        )
    )
    named = (
        organs.join(teams.select("organ_id"), on="organ_id", how="semi")
        .select("organ_name", named_division="division_code")
        .unique("organ_name", keep="none")
    )
    return RowsBy(places, "post_id"), RowsBy(named, "organ_name")


def _area_stays(facts: Facts) -> pl.DataFrame:
    """Stays in Party and government teams of an area: level, dates, `is_open`, `is_certain`.

    A post of no team may sit in one of them; what was held there is not certain.
    """
    roster, as_of = facts.roster, facts.as_of
    placed, named = roster.keep_of_house("places of an area", lambda: _places(roster))
    held = {*roster["seats"]["post_id"].to_list(), *facts.offices["post_id"].to_list()} - {None}
    organs = {*facts.offices["organ_name"].to_list()} - {None}
    places = placed.rows(*held)
    seats = joined(roster["seats"], places, "post_id", how="inner")
    offices = joined(facts.offices, places, "post_id")
    offices = joined(offices, named.rows(*organs), "organ_name")
    stays = together(_OF_SEATS.select(seats, "person_id"), _OF_OFFICES.select(offices, "person_id"))
    return _COUNTED.filter(stays, as_of=as_of)


def _of_seats() -> dict[str, pl.Expr]:
    return {
        "division_code": pl.col("division_code"),
        "target_level_order": pl.col("place_level"),
        "started_on": pl.col("started_on"),
        "ended_on": pl.col("ended_on"),
        "is_open": pl.lit(True),
        "is_certain": pl.col("is_in_team"),
        "is_counted": pl.lit(True),
    }


def _of_offices() -> dict[str, pl.Expr]:
    is_placed = pl.col("place_level").is_not_null() & pl.col("is_in_team").fill_null(False)
    return {
        "division_code": pl.coalesce("division_code", "named_division"),
        "target_level_order": pl.coalesce("level", "place_level"),
        "started_on": pl.col("appointed_on"),
        "ended_on": pl.col("removed_on"),
        "is_open": pl.col("in_office").fill_null(False),
        # An organ's name does not say whether the post sat in its team.
        "is_certain": is_placed | pl.col("is_team_member").fill_null(False),
        "is_counted": is_placed | pl.col("is_team_member").fill_null(True),
    }


def _counted(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    begun = on_or_before(pl.col("started_on"), as_of).fill_null(True)
    is_known = pl.col("division_code").is_not_null() & pl.col("target_level_order").is_not_null()
    return {"is_kept": pl.col("is_counted") & begun & is_known}


_OF_SEATS, _OF_OFFICES, _COUNTED = Step(_of_seats), Step(_of_offices), Step(_counted)
