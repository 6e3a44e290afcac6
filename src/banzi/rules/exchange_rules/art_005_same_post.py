"""同一职位满十年必须交流 — ten years in one post.

EX 5 and AR on exchange: who has held one post for ten years must move; for minority officials in
autonomous areas this may be relaxed with approval.

Reading chosen here: months held without a break to the day, 120 of them; the very post held is
meant, other posts are the move. An approval is a waiver on record, which counts only for officials
of an ethnic minority in an autonomous area, and leaves the decision to people. It says nothing about
being proposed for the post again after two terms, which TM 6 rules out without exception.
Left out: posts held before under another name.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.exchange_rules.relaxing import APPROVED_BY, READS, may_stay
from banzi.rules.runtime import Check, Context, at_least, must, reaches_on


@must(
    id="exchange-rules/5/same-post",
    title=_("同一职位任职满十年交流"),
    cites=["EX/5", "AR/exchange"],
    since="2006-06-10",
    about="appointment",
    reads=["months_in_this_post"],
    also_reads=READS,
    of_post=["post_id", "titular_codes"],
    waivable_by=APPROVED_BY,
)
def same_post(at: Context) -> Check:
    """Hold before ten years in the post."""
    months = at.value("exchange_rules/ten_years")["same_post_must"]
    return Check(
        applies=col("months_in_this_post_low").is_not_null(),
        elsewhere=_("现不担任该职，不适用"),
        holds=~at_least("months_in_this_post", months),
        shows={"months": col("months_in_this_post_low")},
        otherwise=_("连续担任该职{months}个月，满十年必须交流"),
        undecided=_("担任该职起始时间不明"),
        changes_on=reaches_on("months_in_this_post", months, at.as_of),
        waivable=may_stay(),
    )
