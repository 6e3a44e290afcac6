"""自治地方人大常委会正副主任 — one leader of the people's congress of an autonomous area.

MZ 16: among the chairman and vice-chairmen of the standing committee of an autonomous area's people's
congress there is a citizen of a nationality that exercises autonomy there.

Reading chosen here: whoever holds a principal's or deputy's post of the team on the day. Members of
unknown nationality leave it open. Which nationalities, by the name of the area.
Left out: the other members, for whom the law sets no number.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, at_least, must


@must(
    id="autonomy-law/16/congress-leaders",
    title=_("自治地方人大常委会正副主任"),
    cites=["MZ/law"],
    since="2001-02-28",
    about="team",
    reads=["titular_codes", "titular_leaders"],
    also_reads=["titular_names"],
)
def congress_leaders(at: Context) -> Check:
    """Hold with one leader of a titular nationality."""
    bodies = at.value("autonomy_law/titular_posts")["one_among"]
    return Check(
        applies=col("team_kind").is_in(bodies) & (col("titular_codes") != ""),
        elsewhere=_("不是民族自治地方人大常委会，不适用"),
        holds=at_least("titular_leaders", 1),
        shows={"names": col("titular_names")},
        satisfied=_("实行区域自治民族的公民：{names}"),
        otherwise=_("主任、副主任中没有实行区域自治民族的公民"),
        undecided=_("有正副主任民族不掌握，或者自治民族不明"),
    )
