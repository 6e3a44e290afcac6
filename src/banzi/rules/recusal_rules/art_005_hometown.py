"""成长地回避 — heads do not serve where they grew up.

RC 5: nobody heads the Party committee, government, discipline body, organisation department, court,
procuratorate or police of the county they grew up in; generally (一般) not of the prefecture.

Reading chosen here: the place of growing up (成长地) lies within the division of the post's organ.
At county tier a breach fails, at prefecture tier it is for people. Whoever holds the post is asked
too: the clause is about holding. Other posts (duty_head none) pass; a duty not yet set is unknown.
Left out: townships (CSL 75) and departments other than those named.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must


@must(
    id="recusal-rules/5/hometown",
    title=_("成长地回避"),
    cites=["RC/5"],
    since="2006-06-10",
    about="appointment",
    reads=["duty_head", "region_tier", "grew_up_in_area"],
    of_post=["duty_head", "region_tier", "division_code"],
)
def hometown(at: Context) -> Check:
    """Hold when the post is not one of those, or the person grew up elsewhere."""
    named = at.value("recusal_rules/hometown_heads")
    tiers = [*named["must"], *named["generally"]]
    return Check(
        applies=col("duty_head").is_in(named["duty_heads"]) & col("region_tier").is_in(tiers),
        elsewhere=_("不是县、市规定回避的正职，不适用"),
        holds=~col("grew_up_in_area"),
        lenient=col("region_tier").is_in(named["generally"]),
        otherwise=_("在本人成长地任该正职"),
    )
