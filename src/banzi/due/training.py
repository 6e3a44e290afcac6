"""教育培训未达标: training that TR/14 asks for and that is not on record.

From 县处级副职 or 四级调研员 up: so many months or class hours in five years, here the calendar year
of the list and the four before, due at its end. Everybody else: so many days or class hours a
year, for the year of the list (due at its end) and the year before (overdue). Months of training
are counted as thirty days. What is on record is the least there can be; it is a shortfall for
certain only where the record is stated to be complete.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.due.entries import DUE, DueCase, DueKind, county_leader, entries, joined, where
from banzi.due.words import Doubt, Step, Theme
from banzi.facts.completeness import completely_recorded
from banzi.facts.ranks import rank_facts
from banzi.facts.training import training_facts
from banzi.kernel.dates import month_index
from banzi.kernel.messages import gettext_noop as _

_LEAST = "training_regulations/least_training"
_DAYS_A_MONTH = 30
_HIGHER_RANK = 7
"""四级调研员 on the ladder of ranks."""


def _find(case: DueCase) -> pl.DataFrame:
    found, is_leader = case.then.find(_LEAST), county_leader(case)
    if found is None or is_leader is None:
        return DUE.empty()
    least, year = found.value, case.as_of.year
    # Counted to New Year's Day, the "year before" is this one and five years are calendar years.
    this = training_facts(case.roster, date(year + 1, 1, 1), case.then)
    last = training_facts(case.roster, date(year, 1, 1), case.then)
    years = least["county_and_above_years"]
    five = _short(
        this, "training", least["county_and_above_hours"], _days(least), f"近{years}年", year
    )
    yearly = [
        _short(
            facts, "training_year", least["below_hours"], least["below_days"], f"{each}年度", each
        )
        for facts, each in ((last, year - 1), (this, year))
        if each >= found.since.year
    ]
    people = (
        case.people.select("person_id", "level_order")
        .join(
            rank_facts(case.roster, case.as_of).select("person_id", "rank_order"),
            on="person_id",
            how="left",
            maintain_order="left",
        )
        .with_columns(
            is_higher=is_leader | (pl.col("rank_order") >= _HIGHER_RANK),
        )
        .join(
            completely_recorded(case.roster, "training", case.as_of, case.then),
            on="person_id",
            how="left",
            maintain_order="left",
        )
    )
    neither = pl.col("level_order").is_null() & pl.col("rank_order").is_null()
    higher = pl.col("is_higher").fill_null(False)
    # Who is at no known level or rank stays open unless even the higher demand is met.
    parts = [people.filter(higher | neither).join(five, on="person_id", maintain_order="left")]
    lower = people.filter(~higher & ~neither)
    parts += [lower.join(each, on="person_id", maintain_order="left") for each in yearly]
    rows = pl.concat(parts)
    return entries(
        rows,
        due_kind=pl.lit(TRAINING.id),
        about=pl.when(~neither).then("said"),
        due_month=pl.when(~neither).then("december"),
        due_earliest=pl.col("december"),
        due_latest=pl.col("december"),
        basis=pl.lit(found.parameter.cites),
        facts=pl.lit("started_on ended_on class_hours post_level rank"),
        missing=joined(where(neither, "post_level rank")),
        doubts=joined(
            where(~pl.col("is_complete"), Doubt.TRAINING_MAY_BE_INCOMPLETE.value),
            where(pl.col("is_complete") & pl.col("is_open"), Doubt.HOURS_NOT_RECORDED.value),
        ),
        next_step=pl.lit(Step.TRAIN.value),
    )


def _days(least: dict[str, int]) -> int:
    return least["county_and_above_months"] * _DAYS_A_MONTH


def _short(
    facts: pl.DataFrame, name: str, hours: int, days: int, period: str, year: int
) -> pl.DataFrame:
    """Persons short of both, with what is on record: `person_id`, `said`, `december`, `is_open`."""
    low, days_low = pl.col(f"{name}_hours_low"), pl.col(f"{name}_days_low")
    could = (pl.col(f"{name}_hours_high") >= hours) | (pl.col(f"{name}_days_high") >= days)
    return facts.filter((low < hours) & (days_low < days)).select(
        "person_id",
        said=pl.format(
            "{}登记{}学时、{}天，要求" + f"{hours}学时或{days}天", pl.lit(period), low, days_low
        ),
        december=pl.lit(month_index(year, 12), pl.Int32),
        is_open=could.fill_null(True),
    )


TRAINING = DueKind(
    "training", _("教育培训未达标"), "training not done", _find, (_LEAST,), theme=Theme.DUTY
)
