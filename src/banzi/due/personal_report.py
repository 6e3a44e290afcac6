"""个人有关事项集中报告: who reports by 31 January (RP/who-when), and when the last check was.

From 县处级副职 up, everybody every year; the next such day after the day of the list is given.
What was declared is stored nowhere; of a check only its day and conclusion are.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.due.entries import (
    DUE,
    DueCase,
    DueKind,
    county_leader,
    entries,
    joined,
    month_of_day,
    where,
)
from banzi.due.words import Step, Theme
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import ConclusionKind

_REPORTING = "personal_matters/reporting"


def _find(case: DueCase) -> pl.DataFrame:
    found, is_leader = case.then.find(_REPORTING), county_leader(case)
    if found is None or is_leader is None:
        return DUE.empty()
    day = date(case.as_of.year, found.value["yearly_by_month"], found.value["yearly_by_day"])
    if day < case.as_of:
        day = day.replace(year=day.year + 1)
    checks = (
        case.roster["conclusions"]
        .filter(
            (pl.col("conclusion_kind") == ConclusionKind.PERSONAL_MATTERS_CHECK.value)
            & (pl.col("concluded_on") <= case.as_of)
        )
        .group_by("person_id")
        .agg(checked=pl.col("concluded_on").max().dt.strftime("%Y.%m.%d"))
    )
    level = pl.col("level_order")
    rows = case.people.join(checks, on="person_id", how="left", maintain_order="left").filter(
        is_leader.fill_null(True)
    )
    known = level.is_not_null()
    due = pl.lit(day)
    return entries(
        rows,
        due_kind=pl.lit(PERSONAL_REPORT.id),
        about=pl.format(
            "{}年集中报告，{}",
            pl.lit(day.year),
            pl.coalesce(pl.format("最近核查{}", "checked"), pl.lit("无核查登记")),
        ),
        due_on=pl.when(known).then(due),
        due_month=pl.when(known).then(month_of_day(due)),
        due_earliest=month_of_day(due),
        due_latest=month_of_day(due),
        basis=pl.lit(found.parameter.cites),
        facts=pl.lit("post_level concluded_on"),
        missing=joined(where(~known, "post_level")),
        next_step=pl.lit(Step.REPORT_MATTERS.value),
    )


PERSONAL_REPORT = DueKind(
    "personal_report",
    _("个人有关事项报告"),
    "yearly report of personal matters",
    _find,
    (_REPORTING, "appointment_regulations/county_level"),
    theme=Theme.DUTY,
    in_bulk=True,
)
