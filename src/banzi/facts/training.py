"""How much training people had: in five years, last year, and by the deadline after promotion.

A course counts whole on the day it ended. Its class hours are those recorded; its days run from
first to last, both counted. What is recorded is the lower bound; it is the upper one too where a
statement of completeness no older than the convention allows (OURS/completeness) covers the
table, else there is no upper bound.

Left out: courses that overlap count each for itself; nobody records which hours were shared.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import polars as pl

from banzi.facts.completeness import completely_recorded
from banzi.kernel.date_columns import earliest_day, latest_day
from banzi.kernel.few_rows import joined, picked
from banzi.kernel.steps import Gathering, Step
from banzi.law import LawAt
from banzi.roster import Roster

_REQUIRED = "training_regulations/least_training"
_AFTER_PROMOTION = "appointment_regulations/training_after_promotion_months"


def training_facts(roster: Roster, levels: pl.DataFrame, as_of: date, law: LawAt) -> pl.DataFrame:
    """One row per person; nothing but nulls before the training regulations are in force.

    `levels` are those of `levels.level_facts`.
    """
    people = picked(roster["persons"], "person_id")
    required, time = law.find(_REQUIRED), law.find(_AFTER_PROMOTION)
    if required is None or time is None:
        return people
    years = required.value["county_and_above_years"]
    due = _DEADLINES.select(levels, "person_id", after=f"{int(time.value)}mo", since=required.since)
    courses = joined(
        picked(roster["training"], "person_id", "started_on", "ended_on", "class_hours"),
        picked(due, "person_id", "training_deadline_low", "training_deadline_high"),
        "person_id",
    )
    year_end = date(as_of.year - 1, 12, 31)
    summed = _AMOUNTS.of(
        _POSSIBLE_DAYS.add(courses), today=as_of, year_end=year_end, back=f"-{years}y"
    )
    found = people
    for each in (due, summed, completely_recorded(roster, "training", as_of, law)):
        found = joined(found, each, "person_id")
    return _BOUNDS.select(found, *due.columns)


def _bounds() -> dict[str, pl.Expr]:
    """What was found where there are courses, else 0; nothing by a deadline that there is not."""
    has_none = pl.col("training_hours_low").is_null()
    is_due, is_complete = pl.col("training_deadline_low").is_not_null(), pl.col("is_complete")
    columns: dict[str, pl.Expr] = {}
    for name in ("training", "training_year", "training_due"):
        is_asked = is_due if name == "training_due" else pl.lit(True)
        for what in ("hours", "days"):
            for end, is_told in (("low", is_asked), ("high", is_complete & is_asked)):
                amount = pl.when(has_none).then(0).otherwise(f"{name}_{what}_{end}")
                columns[f"{name}_{what}_{end}"] = pl.when(is_told).then(amount)
    return columns


class _Window(NamedTuple):
    """Years that end on a day between two."""

    name: str
    to_low: pl.Expr
    to_high: pl.Expr
    back: str | pl.Expr


def _deadlines(after: str | pl.Expr, since: date | pl.Expr) -> dict[str, pl.Expr]:
    """When training had to be complete after the promotion to the present level."""
    promoted = pl.col("level_since")
    first, last = earliest_day(promoted), latest_day(promoted)
    return {
        "has_training_deadline": pl.when(first >= since).then(True).when(last < since).then(False),
        "training_deadline_low": first.dt.offset_by(after),
        "training_deadline_high": last.dt.offset_by(after),
    }


def _possible_days() -> dict[str, pl.Expr]:
    """First and last day on which each course may have ended, and how many days it may have had."""
    first_end, last_end = earliest_day(pl.col("ended_on")), latest_day(pl.col("ended_on"))
    first_start, last_start = earliest_day(pl.col("started_on")), latest_day(pl.col("started_on"))
    return {
        "first_end": first_end,
        "last_end": last_end,
        "fewest": _days(first_end - last_start),
        "most": _days(last_end - first_start),
    }


def _days(between: pl.Expr) -> pl.Expr:
    return between.dt.total_days().clip(lower_bound=-1) + 1


def _amounts(
    today: date | pl.Expr, year_end: date | pl.Expr, back: str | pl.Expr
) -> dict[str, pl.Expr]:
    """Hours and days of courses that ended within each window."""
    day, end = _day(today), _day(year_end)
    first_due, last_due = pl.col("training_deadline_low"), pl.col("training_deadline_high")
    windows = (
        _Window("training", day, day, back),
        _Window("training_year", end, end, "-1y"),
        _Window(
            "training_due",
            pl.min_horizontal(first_due, day),
            pl.min_horizontal(last_due, day),
            back,
        ),
    )
    return {name: amount for window in windows for name, amount in _within(window)}


def _day(given: date | pl.Expr) -> pl.Expr:
    return given if isinstance(given, pl.Expr) else pl.lit(given)


def _within(window: _Window) -> Iterator[tuple[str, pl.Expr]]:
    first, last = pl.col("first_end"), pl.col("last_end")
    sure = (last <= window.to_low) & (first > window.to_high.dt.offset_by(window.back))
    possible = (first <= window.to_high) & (last > window.to_low.dt.offset_by(window.back))
    sure, possible = sure.fill_null(False), possible.fill_null(True)
    hours, fewest, most = (pl.col(name) for name in ("class_hours", "fewest", "most"))
    yield f"{window.name}_hours_low", hours.filter(sure).sum()
    yield f"{window.name}_hours_high", _sum_or_open(hours, possible)
    yield f"{window.name}_days_low", fewest.filter(sure).sum()
    yield f"{window.name}_days_high", _sum_or_open(most, possible)


def _sum_or_open(numbers: pl.Expr, possible: pl.Expr) -> pl.Expr:
    """The sum over courses that may count; null (no bound) where one of them has no number."""
    all_known = numbers.is_not_null().filter(possible).all()
    return pl.when(all_known).then(numbers.filter(possible).sum())


_DEADLINES, _POSSIBLE_DAYS, _BOUNDS = Step(_deadlines), Step(_possible_days), Step(_bounds)
_AMOUNTS = Gathering(["person_id"], _amounts)
