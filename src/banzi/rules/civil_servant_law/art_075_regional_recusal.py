"""地域回避 — main leaders do not serve where they grew up.

CSL 75: main leaders of township, county and city organs and their departments are under regional
recusal, by the rules about it.

Reading chosen here: the heads whom RC 5 names have their own rule; of other principals (正职) at these
tiers who grew up in the division of their organ, people decide, since the law points to rules and
names no consequence. Whoever holds the post is asked too.
Left out: main leaders who are not the organ's principal.
"""

from polars import col, lit

from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import SeatRole
from banzi.rules.runtime import Check, Context, must
from banzi.teams.choices import DutyHead


@must(
    id="civil-servant-law/75/regional-recusal",
    title=_("地域回避"),
    cites=["CSL/75"],
    since="2019-06-01",
    about="appointment",
    reads=["role", "duty_head", "region_tier", "grew_up_in_area"],
    of_post=["role", "duty_head", "region_tier", "division_code"],
)
def regional_recusal(at: Context) -> Check:
    """Hold when the person grew up elsewhere."""
    tiers = at.value("civil_servant_law/regional_recusal_tiers")
    unnamed = col("duty_head") == DutyHead.NONE.value
    principal = col("role") == SeatRole.PRINCIPAL.value
    return Check(
        applies=principal & unnamed & col("region_tier").is_in(tiers),
        elsewhere=_("不是乡、县、市机关及其部门的其他主要领导职务，不适用"),
        holds=~col("grew_up_in_area"),
        lenient=lit(True),
        otherwise=_("在本人成长地担任主要领导职务，是否回避由组织研究"),
    )
