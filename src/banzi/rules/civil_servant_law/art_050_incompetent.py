"""年度考核不称职的降低一个层次 — down one level after an assessment as not competent.

CSL 50: whoever is assessed as 不称职 in the yearly assessment is lowered by one post or rank level.

Reading chosen here: the year before the year of judgement. A post at the person's present level or
above it is therefore closed, the very post held included; a lower one is not. A year without a
known result is unknown.
Left out: whether the lowering has been carried out already; then the record has the lower level.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must


@must(
    id="civil-servant-law/50/incompetent",
    title=_("年度考核不称职的降低层次任职"),
    cites=["CSL/50"],
    since="2019-06-01",
    about="appointment",
    reads=["target_level_order", "level_order", "last_assessment"],
    of_post=["target_level_order"],
)
def incompetent(at: Context) -> Check:
    """Hold when last year's assessment was not 不称职, or the post is lower."""
    outcomes = at.value("civil_servant_law/incompetent_outcomes")
    return Check(
        applies=col("target_level_order") >= col("level_order"),
        elsewhere=_("职位层次低于现职务层次，不适用"),
        holds=~col("last_assessment").is_in(outcomes),
        otherwise=_("上年度考核不称职，应当降低一个职务层次任职"),
    )
