"""同一地区党政班子同一层次满十年应当交流 — ten years at one level in one area.

EX 5: who has served ten years at one level in Party and government teams of one area should move;
for minority officials in autonomous areas this may be relaxed with approval.

Reading chosen here: asked for posts of a Party or government team in that area at the person's present
level. Seats in such teams, and posts in the organs of that name, count by months, overlaps once.
There was no more where posts held are stated to be complete; otherwise the time at the level is
the bound. An approval is a waiver, as for the same post.
Left out: whether the two areas of a reform are one.
"""

from polars import col

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.exchange_rules.relaxing import APPROVED_BY, READS, may_stay
from banzi.rules.runtime import Check, Context, at_least, must


@must(
    id="exchange-rules/5/same-area-level",
    title=_("同一地区同一层次任职满十年交流"),
    cites=["EX/5"],
    since="2006-06-10",
    about="appointment",
    reads=["target_level_order", "level_order", "in_party_or_government", "area_level_months"],
    also_reads=READS,
    of_post=[
        "target_level_order",
        "division_code",
        "in_party_or_government",
        "titular_codes",
    ],
    waivable_by=APPROVED_BY,
)
def same_area_level(at: Context) -> Check:
    """Hold before ten years at the level in the area."""
    months = at.value("exchange_rules/ten_years")["same_area_level_should"]
    return Check(
        applies=col("in_party_or_government") & (col("target_level_order") == col("level_order")),
        elsewhere=_("不是同一层次的党政班子职位，不适用"),
        holds=~at_least("area_level_months", months),
        shows={"months": col("area_level_months_low")},
        otherwise=_("在同一地区党政班子同一层次任职{months}个月，满十年应当交流"),
        undecided=_("在该地区党政班子同一层次的任职时间不能认定"),
        waivable=may_stay(),
    )
