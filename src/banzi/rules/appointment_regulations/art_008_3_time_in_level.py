"""副职两年、下级正职三年 — time at the level below before promotion.

AR 8(3): a deputy (副职) needs two years in deputy posts before becoming principal (正职) of the same
tier; a principal of the lower tier (下级正职) three years before becoming deputy one tier up.

Reading chosen here: months held at the step just below the post's level, all stretches together;
the ladder alternates principal and deputy, so that step is the deputy's or the lower principal's.
Who skips the step has no month there and fails: that is 越级, an exceptional promotion. Waivable
(破格, AR/9) when the superior organisation department agreed before the discussion (AR/35).
Not for moves at the same level or downwards.
Left out: the limits of AR/9 on exceptional promotion, which have rules of their own.
"""

from polars import col, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.appointment_regulations.promotion import NO_PROMOTION, is_promotion
from banzi.rules.runtime import Check, Context, at_least, must, reaches_on


@must(
    id="appointment-regulations/8.3/time-in-level",
    title=_("下一层次任职年限"),
    cites=["AR/8.3", "AR/9", "AR/35"],
    since="2014-01-14",
    about="appointment",
    reads=["target_level_order", "level_order", "months_at_lower_level"],
    of_post=["target_level_order"],
    for_holder="skipped",
    waivable_by=_("上级组织部门"),
)
def time_in_level(at: Context) -> Check:
    """Hold with two years as deputy, or three as lower principal."""
    least = at.value("appointment_regulations/min_months_in_level")
    to_principal = col("target_level_order") % 2 == 0
    years = (
        when(to_principal)
        .then(at_least("months_at_lower_level", least["deputy_to_principal"]))
        .otherwise(at_least("months_at_lower_level", least["lower_principal_to_deputy"]))
    )
    required = (
        when(to_principal)
        .then(least["deputy_to_principal"])
        .otherwise(least["lower_principal_to_deputy"])
    )
    return Check(
        applies=is_promotion(at),
        elsewhere=NO_PROMOTION,
        holds=years,
        shows={"months": col("months_at_lower_level_high"), "required": required},
        otherwise=_("在下一层次任职{months}个月，应满{required}个月"),
        # Only who serves at that step now will fill the years by going on.
        changes_on=when(col("level_order") + 1 == col("target_level_order")).then(
            when(to_principal)
            .then(reaches_on("months_at_lower_level", least["deputy_to_principal"], at.as_of))
            .otherwise(
                reaches_on("months_at_lower_level", least["lower_principal_to_deputy"], at.as_of)
            )
        ),
    )
