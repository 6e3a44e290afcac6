"""民主推荐结果有效期: until when the last recorded recommendation counts (AR/16).

The result counts while the day of vetting is not later than twelve months after the
recommendation, so the due day is the last one that does. Only conclusions on record are looked
at: whoever has none is not waiting for anything. One past its validity is left out.
"""

from __future__ import annotations

import polars as pl

from banzi.due.entries import DUE, DueCase, DueKind, entries, joined, month_of_day, where
from banzi.due.words import Step, Theme
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import ConclusionKind, ConclusionOutcome

_MONTHS = "appointment_regulations/recommendation_valid_months"


def _find(case: DueCase) -> pl.DataFrame:
    found = case.then.find(_MONTHS)
    if found is None:
        return DUE.empty()
    on = pl.col("concluded_on")
    last = (
        case.roster["conclusions"]
        .filter(
            (pl.col("conclusion_kind") == ConclusionKind.RECOMMENDATION.value)
            & (pl.col("conclusion_outcome") == ConclusionOutcome.MET.value)
            & (on.is_null() | (on <= case.as_of))
        )
        .sort("person_id", "concluded_on", nulls_last=False)
        .group_by("person_id", maintain_order=True)
        .last()
        .with_columns(
            due_on=pl.min_horizontal(on.dt.offset_by(f"{found.value}mo"), pl.col("valid_until"))
        )
        .filter(pl.col("due_on").is_null() | (pl.col("due_on") >= case.as_of))
    )
    month = pl.when(on.is_not_null()).then(month_of_day(pl.col("due_on")))
    return entries(
        last,
        due_kind=pl.lit(RECOMMENDATION.id),
        about=pl.col("concluded_by"),
        due_on=pl.when(on.is_not_null()).then("due_on"),
        due_month=month,
        basis=pl.lit(found.parameter.cites),
        facts=pl.lit("concluded_on valid_until"),
        missing=joined(where(on.is_null(), "concluded_on")),
        next_step=pl.lit(Step.INSPECT.value),
    )


RECOMMENDATION = DueKind(
    "recommendation",
    _("民主推荐有效期"),
    "validity of a recommendation",
    _find,
    (_MONTHS,),
    theme=Theme.DUTY,
)
