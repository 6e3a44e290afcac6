"""法定退休年月: the month of the statutory retirement age, for every person of the roster."""

from __future__ import annotations

import polars as pl

from banzi.due.entries import DueCase, DueKind, entries, joined, where
from banzi.due.words import Doubt, Step
from banzi.facts.retirement import BY_SEX, retirement_bounds
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import RetirementTrack, Sex

CLAUSE = "RETIRE/age"


def _find(case: DueCase) -> pl.DataFrame:
    track, sex = pl.col("retirement_track"), pl.col("sex")
    month = pl.col("retirement_month")
    other_sex = sex != track.replace_strict(BY_SEX, default=None)
    is_woman = sex == Sex.FEMALE.value
    memory = track == RetirementTrack.WOMEN_COUNTY_LEADER.value
    unverified = ~pl.col("retirement_is_verified")
    doubts = joined(
        where(other_sex, Doubt.TABLE_OF_OTHER_SEX.value),
        where(unverified & (is_woman | track.is_not_null()), Doubt.WOMEN_LEADERS.value),
        where(unverified & ~memory.fill_null(False) & ~is_woman, Doubt.TABLE_FROM_MEMORY.value),
    )
    has_month = pl.col("birth") // 100 % 100 > 0
    needs_sex = sex.is_null() & track.is_null()
    missing = joined(
        where(~has_month.fill_null(False), "birth"),
        where(needs_sex, "sex"),
        where((is_woman.fill_null(True)) & track.is_null(), "retirement_track"),
    )
    people = case.people.join(
        retirement_bounds(case.roster["persons"], case.then), on="person_id", how="left"
    )
    return entries(
        people,
        due_kind=pl.lit(RETIREMENT.id),
        due_month=month,
        due_earliest=pl.col("retirement_earliest"),
        due_latest=pl.col("retirement_latest"),
        basis=pl.lit(CLAUSE),
        facts=pl.lit("birth sex retirement_track"),
        missing=missing,
        doubts=doubts,
        next_step=pl.lit(Step.RETIRE.value),
    )


RETIREMENT = DueKind(
    "retirement",
    _("法定退休"),
    "statutory retirement",
    _find,
    ("retirement/schedule", "retirement/schedule_women_leaders"),
)
