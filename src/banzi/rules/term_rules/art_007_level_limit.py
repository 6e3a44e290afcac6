"""同一层次满十五年 — fifteen years at one level.

TM 7: who has held leading posts of one level for fifteen years altogether is not proposed for that
level again.

Reading chosen here: months at the post's own level, all stretches together, 180 of them. Whoever
holds the post is asked too. Nobody may waive it.
Left out: levels held as rank only, which are no leading posts.
"""

from polars import col, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, at_least, must, reaches_on


@must(
    id="term-rules/7/level-limit",
    title=_("同一层次任职累计满十五年"),
    cites=["TM/3-7/level-limit"],
    since="2006-06-10",
    about="appointment",
    reads=["target_level_order", "level_order", "months_at_target_level"],
    of_post=["target_level_order"],
)
def level_limit(at: Context) -> Check:
    """Hold before fifteen years at the level of the post."""
    months = at.value("term_rules/limits")["level_months"]
    return Check(
        holds=~at_least("months_at_target_level", months),
        shows={"months": col("months_at_target_level_low")},
        otherwise=_("在该层次任职累计{months}个月，满十五年不再推荐担任该层次职务"),
        changes_on=when(col("level_order") == col("target_level_order")).then(
            reaches_on("months_at_target_level", months, at.as_of)
        ),
    )
