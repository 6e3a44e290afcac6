"""What a whole region wants of its new teams: the targets of all prefectures and counties at once.

The same wishes as for one prefecture (`wishes`), each written once for every team, and the shares of
the outcome paragraph over the whole region. Bounds never ask more than the hidden plan has, so that
all targets, hard and soft, can be met together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from banzi.demo.census import Census
from banzi.demo.knobs import Knobs
from banzi.demo.region import CONSULTATIVE, Area
from banzi.demo.wishes import (
    AUTONOMY,
    EXECUTIVE,
    LOCAL,
    PLAN_OUTLINE,
    PLANTED,
    WOMEN_OUTLINE,
    Row,
    around_words,
    count,
    hard,
    plan_settings,
    setting_rows,
    teams,
)

STANDARD, TIGHT = "standard", "tight"
TIGHTNESS = (STANDARD, TIGHT)
"""`standard` asks the figures of `marginals.yaml`; `tight` exactly what the hidden plan has."""

_CITY, _COUNTY = "层级=市级", "层级=县级"


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """One area with its outgoing and its planned members."""

    area: Area
    outgoing: Census
    planned: Census


def region_target_rows(
    knobs: Knobs, figures: Sequence[AreaFigures], tightness: str, infeasible: bool = False
) -> list[Row]:
    """Rows of the sheet 目标 for all areas; with `infeasible` two more that cannot both hold."""
    cities = [each for each in figures if each.area.tier == "prefecture"]
    counties = [each for each in figures if each.area.tier == "county"]
    tight = tightness == TIGHT
    rows = [
        *_every_team(),
        *_cities(knobs, cities, tight),
        *(_counties(knobs, counties, tight) if counties else []),
        *_wishes(cities),
    ]
    return [*rows, *_planted(cities[0].area)] if infeasible else rows


SOURCES = (
    ("本地区", ""),
    ("上级机关", "正副职=正职 或 班子类型=政府"),
    ("外地区", "正副职=正职 或 班子类型=党委"),
)
"""Sources of candidates, and the posts that draw from them: one's own people for every post, organs
above for heads and governments, neighbours for heads and standing committees."""


def exchange_groups(figures: Sequence[AreaFigures]) -> list[list[str]]:
    """Prefectures side by side, two and two, the odd last one with those before; and every prefecture
    with its counties, so that these exchange officials among themselves."""
    names = [each.area.name for each in figures if each.area.tier == "prefecture"]
    groups = [names[start : start + 2] for start in range(0, len(names) - 1, 2)]
    if groups and len(names) % 2:
        groups[-1].append(names[-1])
    inside: dict[str, list[str]] = {}
    for each in figures:
        if each.area.above is not None:
            inside.setdefault(each.area.above.name, []).append(each.area.name)
    return [*groups, *([above, *counties] for above, counties in inside.items())]


def region_settings(figures: Sequence[AreaFigures], name: str) -> dict[str, object]:
    """`wishes.plan_settings` with the sources of candidates of a whole region."""
    reach = [
        {"source": source, **({"post_where": posts} if posts else {})} for source, posts in SOURCES
    ]
    groups = exchange_groups(figures)
    return {
        **plan_settings(name),
        "reach": reach if groups else reach[:-1],
        **({"exchange": groups} if groups else {}),
    }


def region_setting_rows(figures: Sequence[AreaFigures], name: str) -> list[Row]:
    """The same as rows of the sheet 设置."""
    groups = exchange_groups(figures)
    sources = SOURCES if groups else SOURCES[:-1]
    rows: list[Row] = setting_rows(name)
    for source, posts in sources:
        rows.append({"key": "人选来源", "value": f"{source}：{posts}" if posts else source})
    rows += [{"key": "交流片区", "value": "、".join(group)} for group in groups]
    return rows


def _every_team() -> list[Row]:
    def each(name: str, title: str, citation: str, scope: str, **more: object) -> Row:
        return hard(name, title, citation, **teams(scope, each=True), **more)

    return [
        each("party-members-only", "党委班子成员均为中共党员", "《中国共产党章程》",
             "班子类型=党委", **count("中共党员=否", 0, "<=")),
        each("women-each", "每个班子至少1名女干部", WOMEN_OUTLINE, "", **count("女干部=是", 1)),
        each("minority-each", "每个班子至少1名少数民族干部", AUTONOMY, "",
             **count("少数民族干部=是", 1)),
        each("government-non-party", "每个政府班子至少1名党外干部", PLAN_OUTLINE,
             "班子类型=政府", **count("中共党员=否", 1)),
        each("conference-non-party", "每个政协班子至少3名党外干部", PLAN_OUTLINE,
             "班子类型=政协", **count("中共党员=否", 3)),
    ]  # fmt: skip


def _cities(knobs: Knobs, cities: Sequence[AreaFigures], tight: bool) -> list[Row]:
    scope = f"{EXECUTIVE} 且 {_CITY}"
    born_80s = "出生年份>=1980 且 出生年份<=1989"
    total = reduce(add, (each.planned for each in cities))
    post_80s = total.post_80s if tight else _of_twelve(knobs.post_80s_in_twelve, len(cities))
    around = around_words(*knobs.around["prefecture"])
    rows = [
        hard("post-80s-each", "市级党政班子各至少1名“80后”", LOCAL,
             **teams(scope, each=True), **count(born_80s, 1)),
        hard("post-80s-all", f"市级党政班子共至少{post_80s}名“80后”", LOCAL,
             **teams(scope), **count(born_80s, post_80s)),
        _share("around-45", "市级党政班子45岁左右（43至47周岁）干部", scope, around,
               knobs.shares_permille["around_45"], total.around, total, tight),
        _share("county-leadership", "市级党政班子有县（旗）领导经历的成员", scope,
               "县（旗）领导经历=是", knobs.shares_permille["county_leadership"],
               total.county_leadership, total, tight),
        _share("grassroots", "市级党政班子有基层工作经历的成员", scope, "基层工作经历=是",
               knobs.shares_permille["grassroots"], total.grassroots, total, tight),
    ]  # fmt: skip
    for each in cities:
        rows += _of_area(knobs, each, tight)
    return rows


def _of_twelve(count: int, prefectures: int) -> int:
    """A figure of a region of twelve prefectures for one of so many, rounded up."""
    return -(-count * prefectures // 12)


def _counties(knobs: Knobs, counties: Sequence[AreaFigures], tight: bool) -> list[Row]:
    scope = f"{EXECUTIVE} 且 {_COUNTY}"
    total = reduce(add, (each.planned for each in counties))
    around = around_words(*knobs.around["county"])
    shares = knobs.shares_permille
    rows = [
        _share("county-around-38", "县级党政班子38岁左右（36至40周岁）干部", scope, around,
               shares["around_38"], total.around, total, tight),
        _share("county-township-leadership", "县级党政班子有乡镇领导经历的成员", scope,
               "乡镇领导经历=是", shares["township_leadership"], total.township_leadership,
               total, tight),
        _share("county-grassroots", "县级党政班子有基层工作经历的成员", scope,
               "基层工作经历=是", shares["grassroots"], total.grassroots, total, tight),
    ]  # fmt: skip
    for each in counties:
        rows += _of_area(knobs, each, tight)
    return rows


def _of_area(knobs: Knobs, each: AreaFigures, tight: bool) -> list[Row]:
    """Mean age and women of one area; the planned mean is rounded up to whole months."""
    area = each.area
    here = f"地区={area.name}"
    lower = knobs.lower_mean_age_months[area.tier]
    planned = -(-each.planned.ages // each.planned.members)
    bound = planned if tight else each.outgoing.mean_age - lower
    women = each.planned.women if tight else knobs.least_in_teams["women"]
    return [
        hard(f"mean-age-{area.code}", f"{area.name}党政班子平均年龄不高于目标值", LOCAL,
             **teams(f"{EXECUTIVE} 且 {here}"), measure="mean", value="年龄（月）", op="<=",
             bound=str(bound)),
        hard(f"women-{area.code}", f"{area.name}四套班子女干部不少于{women}名",
             f"{PLAN_OUTLINE}；{LOCAL}", **teams(here), **count("女干部=是", women)),
    ]  # fmt: skip


def _share(
    name: str,
    title: str,
    scope: str,
    where: str,
    asked: int,
    planned: int,
    total: Census,
    tight: bool,
) -> Row:
    """A share over the region in permille: as asked, or what the hidden plan has, rounded down."""
    permille = planned * 1000 // total.members if tight else asked
    percent = f"{permille / 10:g}%"
    return hard(
        name, f"{title}占比不低于{percent}", LOCAL,
        **teams(scope), measure="share", where=where, op=">=", bound=percent,
    )  # fmt: skip


def _wishes(cities: Sequence[AreaFigures]) -> list[Row]:
    scope = f"{EXECUTIVE} 且 {_CITY}"

    def soft(
        name: str, title: str, citation: str, priority: int, weight: int, **more: object
    ) -> Row:
        force = {"force": "soft", "priority": str(priority), "weight": str(weight)}
        return {**hard(name, title, citation, **more), **force}

    fields = (("finance", "金融"), ("technology", "科技"), ("social_governance", "社会治理"),
              ("ecology", "生态环保"))  # fmt: skip
    return [
        *(
            soft(f"field-{name}", f"市级党政班子各有熟悉{label}的成员", LOCAL, 1, 10,
                 **teams(scope, each=True), **count(f"熟悉{label}=是", 1))
            for name, label in fields
        ),
        soft("mayor-70s", "市级政府正职为“70后”", LOCAL, 1, 20,
             scope="posts", scope_where=f"回避类别=政府正职 且 {_CITY}", each="together",
             **count("出生年份>=1970 且 出生年份<=1979", len(cities))),
        soft("postgraduates", "市级党政班子研究生学历不低于50%", LOCAL, 2, 5, **teams(scope),
             measure="share", where="最高学历层次（3研究生、2大学、1大专、0以下）=3", op=">=",
             bound="50%"),
        soft("women-executive", "市级党政班子女干部不低于20%", WOMEN_OUTLINE, 2, 5,
             **teams(scope), measure="share", where="女干部=是", op=">=", bound="20%"),
    ]  # fmt: skip


def _planted(area: Area) -> list[Row]:
    team = teams(f"班子标识={area.id_of(CONSULTATIVE)}")
    name = area.name
    return [
        hard(PLANTED[0], f"{name}政协班子中共党员不少于4名", LOCAL, **team,
             **count("中共党员=是", 4)),
        hard(PLANTED[1], f"{name}政协班子党外干部不少于4名", LOCAL, **team,
             **count("中共党员=否", 4)),
    ]  # fmt: skip
