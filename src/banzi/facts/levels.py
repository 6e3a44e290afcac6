"""The present post level, how long it has been held, the present seat, and levels held before.

A level is a number on the ladder of Civil Servant Law, Article 18 (`banzi.codes.levels`); ranks and
the ladders of institutions have no place on it and give null.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from banzi.codes.levels import LADDER, seniority
from banzi.facts.spans import months_since
from banzi.facts.stretches import months_held
from banzi.kernel.date_columns import earliest_day, on_or_before
from banzi.kernel.few_rows import are_few, first_of_each, joined, ordered, picked, together
from banzi.kernel.one_row import FUNCTIONS, by_name, is_reading
from banzi.kernel.steps import Gathering, Step
from banzi.roster import Roster
from banzi.roster.lookup import RowsBy

_ORDERS = {code: seniority(code) for code in LADDER}


def level_order(column: str) -> pl.Expr:
    """Code of post_level_zb09 → its place on the ladder; null off the ladder."""
    return by_name("level_order", pl.col(column)) if is_reading() else _level_order(column)


FUNCTIONS["level_order"] = _ORDERS.get


@cache
def _level_order(column: str) -> pl.Expr:
    return pl.col(column).replace_strict(_ORDERS, default=None, return_dtype=pl.Int64)


def level_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person: `level_order` and `months_in_level_low/high`.

    The level on the person's own row counts unless it is known to begin after the day; otherwise
    the highest level of the history that had begun by then and had not ended.
    """
    stated = _STATED.select(roster["persons"], "person_id", as_of=as_of)
    history = level_rows(roster, as_of)
    current = _CURRENT.filter(history)
    by_level = ("person_id", "level", "started_on")
    held = _HIGHEST.of(ordered(current, *by_level, falling=["level"], nulls_last=True))
    present = _PRESENT.select(joined(stated, held, "person_id"), "person_id")
    return _IN_LEVEL.add(present, as_of=as_of)


def _stated(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    begun = on_or_before(pl.col("post_level_since"), as_of).fill_null(True)
    begun |= pl.col("post_level").is_null()
    return {
        "level": pl.when(begun).then(level_order("post_level")),
        "since": pl.when(begun & pl.col("post_level").is_not_null()).then("post_level_since"),
    }


def _present() -> dict[str, pl.Expr]:
    level, held, of_history = pl.col("level"), pl.col("held"), pl.col("held_since")
    return {
        "level_order": pl.coalesce(level, held),
        "level_since": pl.when(level.is_null())
        .then(of_history)
        .when(level == held)
        .then(pl.coalesce("since", of_history))
        .otherwise("since"),
    }


def _in_level(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    low, high = months_since("level_since", as_of, "months_in_level")
    return {"months_in_level_low": low, "months_in_level_high": high}


_CURRENT = Step(lambda: {"is_kept": pl.col("is_current")})
_HIGHEST = Gathering(
    ["person_id"],
    lambda: {"held": pl.col("level").first(), "held_since": pl.col("started_on").first()},
)
_STATED, _PRESENT, _IN_LEVEL = Step(_stated), Step(_present), Step(_in_level)


def level_rows(roster: Roster, as_of: date) -> pl.DataFrame:
    """Readable rows of the level history that had begun by the day, with `level`, `is_current`."""
    begun = _BEGUN_LEVEL.filter(roster["level_history"], as_of=as_of)
    return _READ.filter(_LEVEL.add(begun, as_of=as_of))


def _begun_level(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    began = on_or_before(pl.col("started_on"), as_of).fill_null(True)
    return {"is_kept": (pl.col("level_kind") == "post_level") & began}


def _level(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    over = on_or_before(pl.col("ended_on"), as_of)
    return {
        "level": level_order("post_level"),
        "is_current": pl.when(pl.col("ended_on").is_not_null())
        .then(~over)
        .otherwise(pl.col("in_force"))
        .fill_null(False),
    }


_BEGUN_LEVEL, _LEVEL = Step(_begun_level), Step(_level)
_READ = Step(lambda: {"is_kept": pl.col("level").is_not_null()})


def months_at_levels(roster: Roster, present: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Months each person has held each level: `person_id`, `level`, `months_low`, `months_high`.

    Levels of the history and the present one, overlaps once. A level a person has no row for is
    not in the frame. A row without a start, or neither ended nor in force, has an open bound.
    """
    columns = ("person_id", "level", "started_on", "ended_on", "in_force")
    own = _READ.filter(_OWN.select(present, "person_id"))
    history = picked(level_rows(roster, as_of), *columns)
    # A present level without a date says nothing that a row of the history does not say better.
    known = _KNOWN.add(first_of_each(picked(history, "person_id", "level"), "person_id", "level"))
    own = _SAYS_MORE.filter(joined(own, known, "person_id", "level"))
    rows = together(history, picked(own, *columns))
    return months_held(rows, ["person_id", "level"], as_of, is_open="in_force")


def _own() -> dict[str, pl.Expr]:
    return {
        "level": pl.col("level_order"),
        "started_on": pl.col("level_since"),
        "ended_on": pl.lit(None, pl.Int32),
        "in_force": pl.lit(True),
    }


_OWN, _KNOWN = Step(_own), Step(lambda: {"known": pl.lit(True)})
_SAYS_MORE = Step(
    lambda: {"is_kept": pl.col("started_on").is_not_null() | pl.col("known").is_null()}
)


def appointments_with_level(roster: Roster, as_of: date) -> pl.DataFrame:
    """Posts held, each with its own level or else the level the history gives for its first day.

    A history row whose level cannot be read leaves the level open from its day on; one without a
    day leaves every post of the person open, since nobody knows which of them it covers.
    """
    rows = _POST_LEVELS.filter(roster["level_history"])
    undated = _UNDATED.filter(rows)["person_id"]
    begun = _BEGUN_DATED.filter(rows, as_of=as_of)
    if len(undated):
        begun = begun.filter(~pl.col("person_id").is_in(undated.unique().implode()))
    history = ordered(_LEVEL_THEN.select(begun, "person_id"), "day", "level_then")
    posts = ordered(_OWN_LEVEL.add(roster["appointments"]), "day", nulls_last=True)
    offices = posts.join_asof(history, on="day", by="person_id", check_sortedness=False)
    return _OFFICE_LEVEL.add(offices)


def _office_level() -> dict[str, pl.Expr]:
    of_history = pl.when(pl.col("post_level").is_null()).then("level_then")
    return {"level": pl.coalesce("own", of_history)}


def _begun_dated(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    began = on_or_before(pl.col("started_on"), as_of).fill_null(True)
    return {"is_kept": began & pl.col("started_on").is_not_null()}


_POST_LEVELS = Step(lambda: {"is_kept": pl.col("level_kind") == "post_level"})
_UNDATED = Step(lambda: {"is_kept": pl.col("started_on").is_null()})
_BEGUN_DATED, _OFFICE_LEVEL = Step(_begun_dated), Step(_office_level)
_LEVEL_THEN = Step(
    lambda: {
        "level_then": level_order("post_level"),
        "day": earliest_day(pl.col("started_on")),
    }
)
_OWN_LEVEL = Step(
    lambda: {"day": earliest_day(pl.col("appointed_on")), "own": level_order("post_level")}
)


def seats_at(roster: Roster, as_of: date) -> pl.DataFrame:
    """Who holds which post on the day: `person_id`, `post_id`, `started_on`, each pair once.

    Seats first; posts of the career table that are in office count where no seat says so. A seat
    whose end may lie before or after the day is still held.
    """
    return roster.keep(("seats at", as_of), lambda: _seats_at(roster, as_of))


def _seats_at(roster: Roster, as_of: date) -> pl.DataFrame:
    columns = ("person_id", "post_id", "started_on")
    seats = picked(_SEATED.filter(roster["seats"], as_of=as_of), *columns)
    in_office = _IN_OFFICE.filter(roster["appointments"], as_of=as_of)
    offices = picked(in_office, "person_id", "post_id", started_on="appointed_on")
    return first_of_each(together(seats, offices), "person_id", "post_id")


def _seated(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    began = on_or_before(pl.col("started_on"), as_of).fill_null(True)
    over = on_or_before(pl.col("ended_on"), as_of).fill_null(False)
    return {"is_kept": began & ~over}


def _in_office(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    began = on_or_before(pl.col("appointed_on"), as_of).fill_null(True)
    is_placed = pl.col("post_id").is_not_null() & pl.col("in_office").fill_null(False)
    return {"is_kept": is_placed & began}


_SEATED, _IN_OFFICE = Step(_seated), Step(_in_office)


def posts_of(roster: Roster, seats: pl.DataFrame) -> pl.DataFrame:
    """Rows of `posts` with at least those of some seats: a few are looked up, not joined."""
    if not are_few(seats):
        return roster["posts"]
    by_id = roster.keep_of_house("posts by id", lambda: RowsBy(roster["posts"], "post_id"))
    return by_id.rows(*seats["post_id"])


def seat_facts(roster: Roster, seats: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One row per person with a seat: `current_post_id` (the first in display order) and its time.

    `seats` are those of `seats_at`.
    """
    order = picked(posts_of(roster, seats), "post_id", "display_order")
    placed = joined(seats, order, "post_id")
    by_order = ordered(placed, "person_id", "display_order", "post_id", nulls_last=True)
    return _SEAT.select(first_of_each(by_order, "person_id"), "person_id", as_of=as_of)


def _seat(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    low, high = months_since("started_on", as_of, "months_in_post")
    current = pl.col("post_id")
    return {"current_post_id": current, "months_in_post_low": low, "months_in_post_high": high}


_SEAT = Step(_seat)
