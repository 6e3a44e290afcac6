"""What the invented prefecture wants of its new teams: structure targets and plan settings.

Bounds follow the outcome paragraph of systems.md, section 1, so that the demonstration reports the
same kind of paragraph and betters it. The bound on the mean age is the outgoing mean less 2.4
years. Written twice: into the template workbook and as YAML, which are read to the same targets.
"""

from __future__ import annotations

from banzi.demo.census import census
from banzi.demo.region import CONSULTATIVE, GOVERNMENT, PARTY
from banzi.demo.world import World

Row = dict[str, object]

EXECUTIVE = "班子类型为党委、政府之一"
"""党政班子, the members the paragraph is about."""

LOCAL = "换届工作方案（示例，本地要求）"
PLAN_OUTLINE = "《全国党政领导班子建设规划纲要（2024—2028年）》"
WOMEN_OUTLINE = "中国妇女发展纲要"
AUTONOMY = "《民族区域自治法》第十六、十七条；换届工作方案（示例，本地要求）"

PLANTED = ("conference-party-4", "conference-non-party-4")
"""The two targets of the infeasible variant: 4 + 4 members of a team of seven."""


def target_rows(world: World, variant: str = "feasible") -> list[Row]:
    """Rows of the sheet 目标 by column name, values in the words staff would type.

    `variant` "infeasible" adds two targets that cannot both hold.
    """
    rows = [*_minimums(world), *_shares(world), *_wishes()]
    if variant == "infeasible":
        rows += _planted()
    return rows


def hard(name: str, title: str, citation: str, **more: object) -> Row:
    return {"id": name, "title": title, "force": "hard", "citation": citation, **more}


def count(where: str, bound: int, op: str = ">=") -> Row:
    return {"measure": "count", "where": where, "op": op, "bound": str(bound)}


def teams(where: str = "", each: bool = False) -> Row:
    scope: Row = {"scope": "teams", "each": "team" if each else "together"}
    return {**scope, **({"scope_where": where} if where else {})}


def _minimums(world: World) -> list[Row]:
    born_80s = "出生年份>=1980 且 出生年份<=1989"
    return [
        hard("party-members-only", "市委常委会成员均为中共党员", "《中国共产党章程》",
              **teams(f"班子标识={PARTY}"), **count("中共党员=否", 0, "<=")),
        hard("post-80s-each", "党政班子各至少1名“80后”", LOCAL,
              **teams(EXECUTIVE, each=True), **count(born_80s, 1)),
        hard("post-80s-all", "党政班子共至少4名“80后”", LOCAL,
              **teams(EXECUTIVE), **count(born_80s, 4)),
        hard("women-each", "每个班子至少1名女干部", WOMEN_OUTLINE,
              **teams(each=True), **count("女干部=是", 1)),
        hard("women-all", "四套班子女干部不少于6名", f"{PLAN_OUTLINE}；{LOCAL}",
              **count("女干部=是", 6)),
        hard("minority-each", "每个班子至少1名少数民族干部", AUTONOMY,
              **teams(each=True), **count("少数民族干部=是", 1)),
        hard("government-non-party", "市政府班子至少1名党外干部", PLAN_OUTLINE,
              **teams(f"班子标识={GOVERNMENT}"), **count("中共党员=否", 1)),
        hard("conference-non-party", "市政协班子至少3名党外干部", PLAN_OUTLINE,
              **teams(f"班子标识={CONSULTATIVE}"), **count("中共党员=否", 3)),
    ]  # fmt: skip


def _shares(world: World) -> list[Row]:
    around = around_words(*world.knobs.around["prefecture"])

    def share(name: str, title: str, asked: str, where: str) -> Row:
        percent = f"{world.knobs.shares_permille[asked] / 10:g}%"
        return hard(name, f"{title}不低于{percent}", LOCAL, **teams(EXECUTIVE), measure="share",
                    where=where, op=">=", bound=percent)  # fmt: skip

    return [
        share("around-45", "党政班子45岁左右（43至47周岁）干部占比", "around_45", around),
        share("county-leadership", "党政班子成员有县（旗）领导经历的", "county_leadership",
              "县（旗）领导经历=是"),
        share("grassroots", "党政班子成员有基层工作经历的", "grassroots", "基层工作经历=是"),
        hard("mean-age", "党政班子平均年龄较上届降低2.4岁以上", LOCAL,
              **teams(EXECUTIVE), measure="mean", value="年龄（月）", op="<=",
              bound=str(mean_age_bound(world))),
    ]  # fmt: skip


def around_words(least: int, below: int) -> str:
    """The condition on ages "about", in months."""
    return f"年龄（月）>={least} 且 年龄（月）<{below}"


def _wishes() -> list[Row]:
    fields = (("finance", "金融"), ("technology", "科技"), ("social_governance", "社会治理"),
              ("ecology", "生态环保"))  # fmt: skip
    coverage = [
        {"id": f"field-{name}", "title": f"党政班子各有熟悉{label}的成员", "citation": LOCAL,
         **teams(EXECUTIVE, each=True), **count(f"熟悉{label}=是", 1),
         "force": "soft", "priority": "1", "weight": "10"}
        for name, label in fields
    ]  # fmt: skip
    return [
        *coverage,
        {"id": "mayor-70s", "title": "政府正职为“70后”", "citation": LOCAL,
         "scope": "posts", "scope_where": "回避类别=政府正职", "each": "together",
         **count("出生年份>=1970 且 出生年份<=1979", 1),
         "force": "soft", "priority": "1", "weight": "20"},
        {"id": "postgraduates", "title": "党政班子研究生学历不低于50%", "citation": LOCAL,
         **teams(EXECUTIVE), "measure": "share", "where": "最高学历层次（3研究生、2大学、1大专、0以下）=3",
         "op": ">=", "bound": "50%", "force": "soft", "priority": "2", "weight": "5"},
        {"id": "women-executive", "title": "党政班子女干部不低于20%", "citation": WOMEN_OUTLINE,
         **teams(EXECUTIVE), "measure": "share", "where": "女干部=是",
         "op": ">=", "bound": "20%", "force": "soft", "priority": "2", "weight": "5"},
    ]  # fmt: skip


def _planted() -> list[Row]:
    team = teams(f"班子标识={CONSULTATIVE}")
    return [
        hard(PLANTED[0], "市政协班子中共党员不少于4名", LOCAL, **team, **count("中共党员=是", 4)),
        hard(PLANTED[1], "市政协班子党外干部不少于4名", LOCAL, **team, **count("中共党员=否", 4)),
    ]


def planted_titles() -> list[str]:
    """Titles of the two targets that clash in the infeasible variant."""
    return [str(row["title"]) for row in _planted()]


def mean_age_bound(world: World) -> int:
    """Greatest mean age in months that lies 2.4 years below the outgoing Party and government."""
    (outgoing, _planned), *_counties = (census(world, area) for area in world.region.areas)
    return outgoing.mean_age - world.knobs.lower_mean_age_months["prefecture"]


PLAN_NAME = "云岭市换届选配（示例）"


def plan_settings(name: str = PLAN_NAME) -> dict[str, object]:
    """Plan settings as the YAML file has them; every weight is stated and printed with the plan."""
    return {
        "name": name,
        "weights": {"fit": 1, "moves": -8, "short_term": -15, "review": -5},
        "coverage": {"fields": [f"熟悉{name}" for name in FIELDS], "gains": [20, 10]},
        "age_bands": {"edges": ["0", "45岁", "50岁", "55岁", "99岁"],
                      "cap": "ceil(seats/3)", "excess": -20},
        "must_place": "incumbents",
        "level_steps": 1,
        "profiles": profile_rows(),
    }  # fmt: skip


FIELDS = ("科技", "金融", "社会治理", "生态环保")
"""Fields that the outcome paragraph of systems.md names."""


def profile_rows() -> list[Row]:
    """Rows of the sheet 岗位画像: what a post wants of its holder."""
    return [
        {"title": "党政正职有县（旗）领导经历", "post_where": "回避类别属于党委正职、政府正职",
         "where": "县（旗）领导经历", "weight": "30"},
        {"title": "政府班子成员有县（旗）领导经历", "post_where": "班子类型=政府",
         "where": "县（旗）领导经历", "weight": "15"},
        {"title": "有乡镇领导经历", "where": "乡镇领导经历", "weight": "8"},
        {"title": "组织部部长熟悉党务", "post_where": "回避类别=组织部门正职",
         "where": "熟悉党务", "weight": "25"},
        {"title": "公安局局长熟悉法律", "post_where": "回避类别=公安部门正职",
         "where": "熟悉法律", "weight": "25"},
    ]  # fmt: skip


def setting_rows(name: str = PLAN_NAME) -> list[Row]:
    """Rows of the sheet 设置: the same as `plan_settings`."""
    return [
        {"key": "方案名称", "value": name},
        {"key": "画像权重", "value": "1"},
        {"key": "调整权重", "value": "-8", "note": "动一个职位扣分，少动即稳定"},
        {"key": "任不满一届权重", "value": "-15"},
        {"key": "待研究权重", "value": "-5"},
        {"key": "专业领域", "value": "、".join(f"熟悉{name}" for name in FIELDS)},
        {"key": "专业领域得分", "value": "20、10"},
        {"key": "年龄段", "value": "0、45岁、50岁、55岁、99岁"},
        {"key": "年龄段上限", "value": "ceil(seats/3)"},
        {"key": "年龄段超限分值", "value": "-20"},
        {"key": "现任安排", "value": "必须安排"},
        {"key": "层次差", "value": "1"},
    ]
