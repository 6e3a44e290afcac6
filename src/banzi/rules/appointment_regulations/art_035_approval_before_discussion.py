"""破格须事先同意 — agreement to an exception comes first.

AR 35: the superior organisation department agrees before the discussion; to skipping a level, or an
exception without recommendation, before the vetting.

Reading chosen here: of every waiver on record for the person and post the day of agreement lies
before the day of discussion (of vetting, for skipping a level), and a reason is stored. The same
day is not before. A waiver that is too late does not count for its rule either. One whose
discussion has no date yet is in time.
Left out: exceptions without recommendation, which no record tells apart.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must


@must(
    id="appointment-regulations/35/approval-before-discussion",
    title=_("破格审批在先"),
    cites=["AR/35"],
    since="2014-01-14",
    about="appointment",
    reads=[],
    also_reads=["has_waiver", "late_waiver"],
    of_post=["post_id"],
    for_holder="skipped",
)
def approval_before_discussion(at: Context) -> Check:
    """Hold when every waiver on record was agreed to in time and with a reason."""
    return Check(
        applies=col("has_waiver").fill_null(False),
        elsewhere=_("没有破格审批记录，不适用"),
        holds=col("late_waiver").is_null(),
        shows={"late": col("late_waiver")},
        otherwise=_("破格审批{late}未在讨论决定（越级的，考察）之前同意，或者没有写明理由"),
    )
