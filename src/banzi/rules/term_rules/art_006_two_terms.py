"""连续任满两个任期 — two terms in one post.

TM 6 and AR on exchange: who has served two terms running in a post is not proposed for it again.

Reading chosen here: a term is five years, so 120 months in the post without a break are two terms.
The very post held is meant. Nobody may waive it: EX 5 may spare minority officials of autonomous
areas the move, with approval, and lets them serve on; TM 6 knows no such exception for being
proposed again, so both rules stand side by side and the stricter decides.
Left out: when terms began and ended; who entered in mid-term reaches two full terms later than
this, and who served through two shortened terms earlier.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, at_least, must, reaches_on


@must(
    id="term-rules/6/two-terms",
    title=_("同一职务连续任满两个任期"),
    cites=["TM/3-7/two-terms", "AR/exchange"],
    since="2006-06-10",
    about="appointment",
    reads=["months_in_this_post"],
    of_post=["post_id"],
)
def two_terms(at: Context) -> Check:
    """Hold before two whole terms in the post."""
    terms = at.value("term_rules/limits")["consecutive_terms"]
    months = terms * at.value("term_rules/term_months")
    return Check(
        applies=col("months_in_this_post_low").is_not_null(),
        elsewhere=_("现不担任该职，不适用"),
        holds=~at_least("months_in_this_post", months),
        shows={"months": col("months_in_this_post_low")},
        otherwise=_("连续担任该职{months}个月，已满两个任期，不再推荐担任同一职务"),
        undecided=_("担任该职起始时间不明"),
        changes_on=reaches_on("months_in_this_post", months, at.as_of),
    )
