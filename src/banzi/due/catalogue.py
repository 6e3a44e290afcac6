"""Every kind of due month, in the order lists show them. A new kind is one more entry here."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from banzi.due.assessment_missing import ASSESSMENT_MISSING
from banzi.due.entries import DUE, DueCase, DueKind
from banzi.due.personal_report import PERSONAL_REPORT
from banzi.due.post_age import POST_AGE
from banzi.due.probation import PROBATION
from banzi.due.rank_promotion import RANK_PROMOTION
from banzi.due.recommendation import RECOMMENDATION
from banzi.due.retiring import RETIREMENT
from banzi.due.sanction_end import SANCTION_END
from banzi.due.ten_years import SAME_AREA, SAME_POST
from banzi.due.terms import LEVEL, TERMS
from banzi.due.training import TRAINING

KINDS: tuple[DueKind, ...] = (
    RETIREMENT,
    POST_AGE,
    PROBATION,
    TERMS,
    LEVEL,
    SAME_POST,
    SAME_AREA,
    RANK_PROMOTION,
    SANCTION_END,
    RECOMMENDATION,
    PERSONAL_REPORT,
    ASSESSMENT_MISSING,
    TRAINING,
)


def due_months(case: DueCase, kinds: Sequence[DueKind] = KINDS) -> pl.DataFrame:
    """Rows of `DUE` of the kinds asked for, kind by kind, persons in roster order."""
    return pl.concat([DUE.empty(), *(kind.find(case).select(list(DUE.schema)) for kind in kinds)])


def find_kind(typed: str) -> DueKind | None:
    """The kind by its id or Chinese name."""
    return next((kind for kind in KINDS if typed.strip() in (kind.id, kind.zh)), None)
