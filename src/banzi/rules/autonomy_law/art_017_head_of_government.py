"""自治地方政府正职 — the head of government of an autonomous area.

MZ 17: the chairman of an autonomous region, the governor of an autonomous prefecture and the head of
an autonomous county are citizens of the nationality that exercises autonomy there.

Reading chosen here: an area is autonomous, and of which nationalities, by its name; one of several is
enough. An area of 各族 names none and is unknown, as is one whose code no table has. Whoever holds
the post is asked too. Nobody may waive it.
Left out: heads of 民族乡, which stand below the tables of divisions; the other members of government
and the staff of courts and procuratorates, for whom the law sets no number.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.runtime import Check, Context, must
from banzi.teams.choices import RegionTier


@must(
    id="autonomy-law/17/head-of-government",
    title=_("自治地方政府正职"),
    cites=["MZ/law"],
    since="2001-02-28",
    about="appointment",
    reads=["duty_head", "region_tier", "titular_codes", "ethnicity"],
    of_post=["duty_head", "region_tier", "titular_codes"],
)
def head_of_government(at: Context) -> Check:
    """Hold when the person belongs to a titular nationality."""
    heads = at.value("autonomy_law/titular_posts")["heads"]
    is_head = col("duty_head").is_in(heads) & (col("region_tier") != RegionTier.TOWNSHIP.value)
    return Check(
        applies=is_head & (col("titular_codes") != ""),
        elsewhere=_("不是民族自治地方政府正职，不适用"),
        holds=col("titular_codes").str.contains(col("ethnicity"), literal=True),
        otherwise=_("民族自治地方政府正职由实行区域自治民族的公民担任"),
    )
