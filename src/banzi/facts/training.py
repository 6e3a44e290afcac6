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
from banzi.law import LawAt
from banzi.roster import Roster

_REQUIRED = "training_regulations/least_training"
_AFTER_PROMOTION = "appointment_regulations/training_after_promotion_months"


def training_facts(roster: Roster, levels: pl.DataFrame, as_of: date, law: LawAt) -> pl.DataFrame:
    """One row per person; nothing but nulls before the training regulations are in force.

    `levels` are those of `levels.level_facts`.
    """
    people = roster["persons"].select("person_id")
    required, time = law.find(_REQUIRED), law.find(_AFTER_PROMOTION)
    if required is None or time is None:
        return people
    years = required.value["county_and_above_years"]
    today, year_end = pl.lit(as_of), pl.lit(date(as_of.year - 1, 12, 31))
    first_due, last_due = pl.col("training_deadline_low"), pl.col("training_deadline_high")
    due = _deadlines(levels, int(time.value), required.since)
    windows = (
        _Window("training", today, today, years),
        _Window("training_year", year_end, year_end, 1),
        _Window(
            "training_due",
            pl.min_horizontal(first_due, today),
            pl.min_horizontal(last_due, today),
            years,
        ),
    )
    courses = (
        roster["training"]
        .select("person_id", "started_on", "ended_on", "class_hours")
        .join(due.select("person_id", first_due, last_due), on="person_id", how="left")
        .with_columns(*_possible_days())
    )
    summed = courses.group_by("person_id").agg(
        amount for window in windows for amount in _amounts(window)
    )
    found = (
        people.join(due, on="person_id", how="left", maintain_order="left")
        .join(summed, on="person_id", how="left", maintain_order="left")
        .join(
            completely_recorded(roster, "training", as_of, law),
            on="person_id",
            how="left",
            maintain_order="left",
        )
    )
    has_none = pl.col("training_hours_low").is_null()
    is_due = first_due.is_not_null()
    return found.select(
        *due.columns,
        *(
            pl.when(True if window.name != "training_due" else is_due)
            .then(pl.when(has_none).then(0).otherwise(f"{window.name}_{what}_low"))
            .alias(f"{window.name}_{what}_low")
            for window in windows
            for what in ("hours", "days")
        ),
        *(
            pl.when(pl.col("is_complete") & (window.name != "training_due" or is_due))
            .then(pl.when(has_none).then(0).otherwise(f"{window.name}_{what}_high"))
            .alias(f"{window.name}_{what}_high")
            for window in windows
            for what in ("hours", "days")
        ),
    )


class _Window(NamedTuple):
    """Years that end on a day between two."""

    name: str
    to_low: pl.Expr
    to_high: pl.Expr
    years: int


def _deadlines(levels: pl.DataFrame, months: int, since: date) -> pl.DataFrame:
    """When training had to be complete after the promotion to the present level."""
    promoted = pl.col("level_since")
    first, last = earliest_day(promoted), latest_day(promoted)
    return levels.select(
        "person_id",
        pl.when(first >= since)
        .then(True)
        .when(last < since)
        .then(False)
        .alias("has_training_deadline"),
        first.dt.offset_by(f"{months}mo").alias("training_deadline_low"),
        last.dt.offset_by(f"{months}mo").alias("training_deadline_high"),
    )


def _possible_days() -> tuple[pl.Expr, ...]:
    """First and last day on which each course may have ended, and how many days it may have had."""
    first_end, last_end = earliest_day(pl.col("ended_on")), latest_day(pl.col("ended_on"))
    first_start, last_start = earliest_day(pl.col("started_on")), latest_day(pl.col("started_on"))
    return (
        first_end.alias("first_end"),
        last_end.alias("last_end"),
        _days(first_end - last_start).alias("fewest"),
        _days(last_end - first_start).alias("most"),
    )


def _days(between: pl.Expr) -> pl.Expr:
    return between.dt.total_days().clip(lower_bound=-1) + 1


def _amounts(window: _Window) -> Iterator[pl.Expr]:
    """Hours and days of courses that ended within the window."""
    first, last = pl.col("first_end"), pl.col("last_end")
    back = f"-{window.years}y"
    sure = (last <= window.to_low) & (first > window.to_high.dt.offset_by(back))
    possible = (first <= window.to_high) & (last > window.to_low.dt.offset_by(back))
    sure, possible = sure.fill_null(False), possible.fill_null(True)
    hours, fewest, most = (pl.col(name) for name in ("class_hours", "fewest", "most"))
    yield hours.filter(sure).sum().alias(f"{window.name}_hours_low")
    yield _sum_or_open(hours.filter(possible)).alias(f"{window.name}_hours_high")
    yield fewest.filter(sure).sum().alias(f"{window.name}_days_low")
    yield _sum_or_open(most.filter(possible)).alias(f"{window.name}_days_high")


def _sum_or_open(chosen: pl.Expr) -> pl.Expr:
    """The sum over courses that may count; null (no bound) where one of them has no number."""
    return pl.when(chosen.is_not_null().all()).then(chosen.sum())
