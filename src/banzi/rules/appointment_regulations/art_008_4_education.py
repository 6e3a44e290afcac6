"""大专以上、厅局级本科以上 — education asked of leading officials.

AR 8(4): generally (一般) college education (大学专科); leading officials of 厅局级 and above generally a
university course (大学本科). A breach is therefore for people to decide.

Reading chosen here: the highest education counts, full-time and in-service alike; an education
outside the table might be higher and leaves it unknown. Asked at promotions to 县处级副职 and above.
Left out: the quality of the school, and what the post itself asks for.
"""

from polars import col

from banzi.facts.education import TIERS
from banzi.kernel.messages import gettext_noop as _
from banzi.rules.appointment_regulations.promotion import BUREAU, NO_PROMOTION, is_promotion
from banzi.rules.runtime import Check, Context, generally


@generally(
    id="appointment-regulations/8.4/education",
    title=_("文化程度"),
    cites=["AR/8.4"],
    since="2014-01-14",
    about="appointment",
    reads=["target_level_order", "level_order", "education_tier"],
    of_post=["target_level_order"],
    for_holder="skipped",
    waivable_by=_("上级组织部门"),
)
def education(at: Context) -> Check:
    """Hold with a college education, from 厅局级 on with a university course."""
    least = at.value("appointment_regulations/min_education")
    at_bureau = col("target_level_order") >= BUREAU
    tier = col("education_tier")
    is_enough_below = ~at_bureau & (tier >= TIERS[least["county_and_above"]])
    return Check(
        applies=is_promotion(at),
        elsewhere=NO_PROMOTION,
        holds=(tier >= TIERS[least["bureau_and_above"]]) | is_enough_below,
        otherwise=_("最高学历未达到一般要求（县处级大学专科、厅局级以上大学本科）"),
    )
