"""The relaxation of EX 5: minority officials of autonomous areas may stay, with approval."""

import polars as pl
from polars import col

from banzi.kernel.messages import gettext_noop as _

APPROVED_BY = _("上级党委（民族自治地方少数民族干部）")
READS = ("is_minority", "titular_codes")


def may_stay() -> pl.Expr:
    """Whether an approval on record counts: of an ethnic minority, in an autonomous area."""
    return col("is_minority") & (col("titular_codes") != "")
