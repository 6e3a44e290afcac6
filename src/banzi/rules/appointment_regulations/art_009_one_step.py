"""逐级提拔 — promotion one step at a time.

AR 9 and CSL 45: officials are promoted step by step; outstanding ones, or for a special need of the
work, exceptionally (破格), skipping a level (越级) included, but not two (不得越两级).

Reading chosen here: the post's level is at most one step of the ladder above the person's present
level. Skipping one level is waivable when the superior organisation department agreed before the
vetting (AR 35); skipping two is not. Not for moves at the same level or downwards.
Left out: whether the grounds of an exception are met, which people judge and record.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.appointment_regulations.promotion import NO_PROMOTION, is_promotion
from banzi.rules.runtime import Check, Context, must


@must(
    id="appointment-regulations/9/one-step",
    title=_("逐级提拔"),
    cites=["AR/9/one-step", "CSL/45", "AR/9", "AR/35"],
    since="2014-01-14",
    about="appointment",
    reads=["target_level_order", "level_order"],
    of_post=["target_level_order"],
    for_holder="skipped",
    waivable_by=_("上级组织部门"),
    waivable_before="inspection",
)
def one_step(at: Context) -> Check:
    """Hold when no level is skipped."""
    skipped = col("target_level_order") - col("level_order") - 1
    most = at.value("appointment_regulations/exceptional_limits")["levels_skipped"]
    return Check(
        applies=is_promotion(at),
        elsewhere=NO_PROMOTION,
        holds=skipped <= 0,
        shows={"skipped": skipped},
        otherwise=_("越{skipped}级提拔"),
        waivable=skipped <= most,
    )
