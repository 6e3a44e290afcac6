"""Whether taking a post is a promotion (提任) to the levels AR/8 speaks of.

A post counts when its level is above the person's present one and reaches 县处级副职; an equal or
lower level is a transfer (平级调整) or a step down, to which the conditions do not speak.
"""

import polars as pl
from polars import col

from banzi.codes.levels import LADDER
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Context

BUREAU = LADDER.index("1A22") + 1
"""厅局级副职 on the ladder: where 厅局级以上 begins."""

NO_PROMOTION = _("不是提任县处级以上职务，不适用")


def is_promotion(at: Context) -> pl.Expr:
    """Boolean; null when the post's or the person's level is not known."""
    higher = col("target_level_order") > col("level_order")
    return (col("target_level_order") >= lowest_level(at)) & higher


def lowest_level(at: Context) -> int:
    """县处级副职 on the ladder: where 县处级以上 begins."""
    return LADDER.index(at.value("appointment_regulations/county_level")) + 1
