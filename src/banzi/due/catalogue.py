"""Every kind of due month, in the order lists show them. A new kind is one more entry here."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from banzi.due.entries import DUE, DueCase, DueKind
from banzi.due.post_age import POST_AGE
from banzi.due.retiring import RETIREMENT

KINDS: tuple[DueKind, ...] = (RETIREMENT, POST_AGE)


def due_months(case: DueCase, kinds: Sequence[DueKind] = KINDS) -> pl.DataFrame:
    """Rows of `DUE` of the kinds asked for, kind by kind, persons in roster order."""
    return pl.concat([DUE.empty(), *(kind.find(case).select(list(DUE.schema)) for kind in kinds)])
