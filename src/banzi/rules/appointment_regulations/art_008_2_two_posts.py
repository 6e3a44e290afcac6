"""下一级两个以上职位任职经历 — two posts held at the next lower level.

AR 8(2): promotion to 县处级 or above generally (一般) needs experience in two or more posts at the next
lower level; so a breach is for people to decide.

Reading chosen here: for a principal's post the deputy posts of the same tier count, for a deputy's
post those of the tier below, principal and deputy alike. Two organs or two names make two posts. A
post without a date of appointment or without a known level decides nothing: if it is needed for
the second one the answer is unknown. Not for moves at the same level or downwards.
Left out: holding two posts at the same time counts as two; the clause does not speak of it.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.appointment_regulations.promotion import NO_PROMOTION, is_promotion
from banzi.rules.runtime import Check, Context, at_least, generally


@generally(
    id="appointment-regulations/8.2/two-posts",
    title=_("下一级两个以上职位任职经历"),
    cites=["AR/8.2"],
    since="2014-01-14",
    about="appointment",
    reads=["target_level_order", "level_order", "posts_at_lower_level"],
    of_post=["target_level_order"],
    for_holder="skipped",
    waivable_by=_("上级组织部门"),
)
def two_posts(at: Context) -> Check:
    """Hold with two distinct posts at the next lower level."""
    least = at.value("appointment_regulations/min_posts_at_lower_level")
    return Check(
        applies=is_promotion(at),
        elsewhere=NO_PROMOTION,
        holds=at_least("posts_at_lower_level", least),
        shows={"posts": col("posts_at_lower_level_high")},
        otherwise=_("下一级职位任职经历{posts}个，一般应有两个以上"),
    )
