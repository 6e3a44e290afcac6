"""年度考核结果未登记: years that AR/24 looks back on and that have no result on record.

A year is due with its December. Somebody who started work after it was not assessed in it; where
the start is not known the year is listed all the same and the missing start is named.
"""

from __future__ import annotations

import polars as pl

from banzi.due.entries import DUE, DueCase, DueKind, entries, joined, where
from banzi.due.words import Step, Theme
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import AssessmentKind

_YEARS = "appointment_regulations/assessment_years_back"
_DECEMBER = 12


def _find(case: DueCase) -> pl.DataFrame:
    found = case.then.find(_YEARS)
    if found is None:
        return DUE.empty()
    years = [case.as_of.year - back for back in range(1, found.value + 1)]
    recorded = (
        case.roster["assessments"]
        .filter(
            (pl.col("assessment_kind") == AssessmentKind.ANNUAL.value)
            & pl.col("outcome").is_not_null()
        )
        .select("person_id", "year")
    )
    began = pl.col("work_started") // 10000
    year = pl.col("year")
    rows = (
        case.people.select("person_id", "work_started")
        .join(pl.DataFrame({"year": years}, schema={"year": pl.Int64}), how="cross")
        .join(recorded, on=["person_id", "year"], how="anti", maintain_order="left")
        .filter((began <= year).fill_null(True))
    )
    known = began.is_not_null()
    month = (year * 12 + _DECEMBER - 1).cast(pl.Int32)
    return entries(
        rows,
        due_kind=pl.lit(ASSESSMENT_MISSING.id),
        about=pl.format("{}年度", year),
        due_month=pl.when(known).then(month),
        due_earliest=month,
        basis=pl.lit(found.parameter.cites),
        facts=pl.lit("outcome work_started"),
        missing=joined(where(~known, "work_started")),
        next_step=pl.lit(Step.ASSESS.value),
    )


ASSESSMENT_MISSING = DueKind(
    "assessment_missing",
    _("年度考核结果未登记"),
    "annual assessment missing",
    _find,
    (_YEARS,),
    theme=Theme.DUTY,
)
