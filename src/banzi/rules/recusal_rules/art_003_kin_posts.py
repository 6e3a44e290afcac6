"""亲属回避 — kin in one team or in a line of command.

RC 3 (same as CSL 74): kin may not report to the same leader in one organ, be direct superior and
subordinate, or work in personnel, discipline, audit or finance of an organ the other leads.

Reading chosen here: one team counts as "same leader", a team and its direct superior team as "direct
superior and subordinate". The rule looks at who sits there on the day. Since the sitting kin may
be moved by the same plan, a breach is for people (review) and says whom it is about; the plan itself
never seats both (`recusals`). A possible link that nobody confirmed is unknown.
Left out: work in sections inside an organ that the other leads, for which there is no data.
"""

from polars import col, lit, when

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must


@must(
    id="recusal-rules/3/kin-posts",
    title=_("亲属回避"),
    cites=["RC/3", "RC/kin-set"],
    since="2006-06-10",
    about="appointment",
    reads=[],
    also_reads=["kin_seated", "kin_to_confirm"],
    of_post=["post_id"],
)
def kin_posts(at: Context) -> Check:
    """Hold when no kin sits in the post's team, its superior team or one directly below."""
    return Check(
        holds=when(col("kin_seated").is_not_null())
        .then(lit(False))
        .when(col("kin_to_confirm").is_not_null())
        .then(None)
        .otherwise(lit(True)),
        lenient=lit(True),
        shows={"kin": col("kin_seated"), "to_confirm": col("kin_to_confirm")},
        otherwise=_("与同班子或上下级班子现任成员{kin}有亲属关系，对方留任则须回避"),
        undecided=_("待确认与{to_confirm}是否有亲属关系"),
    )
