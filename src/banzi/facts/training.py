"""How much training people had: in five years, last year, and by the deadline after promotion.

A course counts whole on the day it ended. Its class hours are those recorded; its days run from
first to last, both counted. What is recorded is the lower bound; it is the upper one too where a
statement of completeness no older than the convention allows (OURS/completeness) covers the
table, else there is no upper bound.

Left out: courses that overlap count each for itself; nobody records which hours were shared.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.completeness import completely_recorded
from banzi.facts.levels import level_facts
from banzi.kernel.date_columns import earliest_day, latest_day
from banzi.law import LawAt
from banzi.roster import Roster

_REQUIRED = "training_regulations/least_training"
_AFTER_PROMOTION = "appointment_regulations/training_after_promotion_months"


def training_facts(roster: Roster, as_of: date, law: LawAt) -> pl.DataFrame:
    """One row per person; nothing but nulls before the training regulations are in force."""
    people = roster["persons"].select("person_id")
    required, time = law.find(_REQUIRED), law.find(_AFTER_PROMOTION)
    if required is None or time is None:
        return people
    years = required.value["county_and_above_years"]
    then = people.with_columns(to_low=pl.lit(as_of), to_high=pl.lit(as_of))
    last = date(as_of.year - 1, 12, 31)
    year_end = people.with_columns(to_low=pl.lit(last), to_high=pl.lit(last))
    due = _deadlines(roster, as_of, int(time.value), required.since)
    up_to_due = due.select(
        "person_id",
        to_low=pl.min_horizontal("training_deadline_low", pl.lit(as_of)),
        to_high=pl.min_horizontal("training_deadline_high", pl.lit(as_of)),
    ).drop_nulls()
    complete = completely_recorded(roster, "training", as_of, law)
    found = people.join(due, on="person_id", how="left", maintain_order="left")
    for windows, length, name in (
        (then, years, "training"),
        (year_end, 1, "training_year"),
        (up_to_due, years, "training_due"),
    ):
        amounts = _amounts(roster, windows, length, name, complete)
        found = found.join(amounts, on="person_id", how="left", maintain_order="left")
    return found


def _deadlines(roster: Roster, as_of: date, months: int, since: date) -> pl.DataFrame:
    """When training had to be complete after the promotion to the present level."""
    promoted = pl.col("level_since")
    first, last = earliest_day(promoted), latest_day(promoted)
    return level_facts(roster, as_of).select(
        "person_id",
        pl.when(first >= since)
        .then(True)
        .when(last < since)
        .then(False)
        .alias("has_training_deadline"),
        first.dt.offset_by(f"{months}mo").alias("training_deadline_low"),
        last.dt.offset_by(f"{months}mo").alias("training_deadline_high"),
    )


def _amounts(
    roster: Roster, windows: pl.DataFrame, years: int, name: str, complete: pl.DataFrame
) -> pl.DataFrame:
    """Hours and days of courses that ended within so many years up to the end of a window."""
    start, end = pl.col("started_on"), pl.col("ended_on")
    back = f"-{years}y"
    rows = windows.join(
        roster["training"].select("person_id", "started_on", "ended_on", "class_hours"),
        on="person_id",
    ).with_columns(
        sure=(
            (latest_day(end) <= pl.col("to_low"))
            & (earliest_day(end) > pl.col("to_high").dt.offset_by(back))
        ).fill_null(False),
        possible=(
            (earliest_day(end) <= pl.col("to_high"))
            & (latest_day(end) > pl.col("to_low").dt.offset_by(back))
        ).fill_null(True),
        fewest=(earliest_day(end) - latest_day(start)).dt.total_days().clip(lower_bound=-1) + 1,
        most=(latest_day(end) - earliest_day(start)).dt.total_days().clip(lower_bound=-1) + 1,
    )
    summed = rows.group_by("person_id").agg(
        pl.col("class_hours").filter("sure").sum().alias(f"{name}_hours_low"),
        _sum_or_open(pl.col("class_hours")).alias(f"{name}_hours_high"),
        pl.col("fewest").filter("sure").sum().alias(f"{name}_days_low"),
        _sum_or_open(pl.col("most")).alias(f"{name}_days_high"),
    )
    joined = windows.join(summed, on="person_id", how="left", maintain_order="left").join(
        complete, on="person_id", how="left", maintain_order="left"
    )
    none = pl.col(f"{name}_hours_low").is_null()
    return joined.select(
        "person_id",
        *(pl.col(f"{name}_{what}_low").fill_null(0) for what in ("hours", "days")),
        *(
            pl.when("is_complete")
            .then(pl.when(none).then(0).otherwise(f"{name}_{what}_high"))
            .alias(f"{name}_{what}_high")
            for what in ("hours", "days")
        ),
    )


def _sum_or_open(amount: pl.Expr) -> pl.Expr:
    """The sum over courses that may count; null (no bound) where one of them has no number."""
    chosen = amount.filter("possible")
    return pl.when(chosen.is_not_null().all()).then(chosen.sum())
