"""The check that most recorded conclusions share: not met breaks it, under review asks people."""

from __future__ import annotations

import polars as pl

from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import ConclusionKind, ConclusionOutcome
from banzi.rules.runtime.declaring import Check

AWAITED, MET = _("尚待作出结论"), _("结论为符合")


def conclusion_of(kind: ConclusionKind) -> str:
    """The fact that holds the latest conclusion on a matter."""
    return f"concluded_{kind.value}"


def concluded(
    kind: ConclusionKind, *, required: bool, applies: pl.Expr | None = None, elsewhere: str = ""
) -> Check:
    """Hold unless the latest conclusion is "not met".

    Parameters
    ----------
    required
        Without any conclusion the answer is unknown; otherwise the matter is named as awaited
        and holds nobody up at this stage, since the gates of the procedure ask for it.
    """
    outcome = pl.col(conclusion_of(kind))
    return Check(
        applies=applies,
        elsewhere=elsewhere,
        holds=pl.when(outcome.is_null())
        .then(pl.lit(None if required else True, pl.Boolean))
        .otherwise(outcome != ConclusionOutcome.NOT_MET.value),
        doubt=(outcome == ConclusionOutcome.UNDER_REVIEW.value).fill_null(False),
        doubtful=_("正在核查，或者几次结论不一致且有的未填日期"),
        shows={"state": pl.when(outcome.is_null()).then(pl.lit(AWAITED)).otherwise(pl.lit(MET))},
        otherwise=_("结论为不符合"),
        undecided=_("尚无结论"),
        satisfied=_("{state}"),
    )
