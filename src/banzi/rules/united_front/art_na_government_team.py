"""政府班子配备党外干部 — a non-Party member in government teams.

DW 42 and 43 (partly from memory): government teams from county level up have officials who are not
members of the Party (党外干部).

Reading chosen here: at least one person who holds a post of the team on the day is known not to be a
member. The source is partly memory and the clause a 一般 one, so a team without is for people.
Left out: departments, courts and procuratorates, whose numbers the clause does not state.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, at_least, generally
from banzi.teams.choices import RegionTier, TeamKind


@generally(
    id="united-front/na/government-team",
    title=_("政府班子党外干部"),
    cites=["DW/united-front"],
    since="2020-12-31",
    about="team",
    reads=["region_tier", "non_party"],
    also_reads=["non_party_names"],
)
def government_team(at: Context) -> Check:
    """Hold with one member who is not of the Party."""
    return Check(
        applies=(col("team_kind") == TeamKind.GOVERNMENT.value)
        & (col("region_tier") != RegionTier.TOWNSHIP.value),
        elsewhere=_("不是县级以上政府班子，不适用"),
        holds=at_least("non_party", 1),
        shows={"names": col("non_party_names")},
        satisfied=_("党外干部：{names}"),
        otherwise=_("班子中没有党外干部"),
        undecided=_("有成员政治面貌不掌握"),
    )
