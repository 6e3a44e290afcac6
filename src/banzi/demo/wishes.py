"""What the invented prefecture wants of its new teams: structure targets and plan settings.

Bounds follow the outcome paragraph of systems.md, section 1, so that the demonstration reports the
same kind of paragraph and betters it. The bound on the mean age is the outgoing mean less 2.4
years. Written twice: into the template workbook and as YAML, which are read to the same targets.
"""

from __future__ import annotations

from banzi.demo.region import CONSULTATIVE, GOVERNMENT, PARTY
from banzi.demo.world import World

Row = dict[str, object]

EXECUTIVE = "班子类型为党委、政府之一"
"""党政班子, the members the paragraph is about."""

LOWER_MEAN_AGE_MONTHS = 29
"""2.4 years in months, rounded up."""

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


def _hard(name: str, title: str, citation: str, **more: object) -> Row:
    return {"id": name, "title": title, "force": "hard", "citation": citation, **more}


def _count(where: str, bound: int, op: str = ">=") -> Row:
    return {"measure": "count", "where": where, "op": op, "bound": str(bound)}


def _teams(where: str = "", each: bool = False) -> Row:
    scope: Row = {"scope": "teams", "each": "team" if each else "together"}
    return {**scope, **({"scope_where": where} if where else {})}


def _minimums(world: World) -> list[Row]:
    born_80s = "出生年份>=1980 且 出生年份<=1989"
    return [
        _hard("party-members-only", "市委常委会成员均为中共党员", "《中国共产党章程》",
              **_teams(f"班子标识={PARTY}"), **_count("中共党员=否", 0, "<=")),
        _hard("post-80s-each", "党政班子各至少1名“80后”", LOCAL,
              **_teams(EXECUTIVE, each=True), **_count(born_80s, 1)),
        _hard("post-80s-all", "党政班子共至少4名“80后”", LOCAL,
              **_teams(EXECUTIVE), **_count(born_80s, 4)),
        _hard("women-each", "每个班子至少1名女干部", WOMEN_OUTLINE,
              **_teams(each=True), **_count("女干部=是", 1)),
        _hard("women-all", "四套班子女干部不少于6名", f"{PLAN_OUTLINE}；{LOCAL}",
              **_count("女干部=是", 6)),
        _hard("minority-each", "每个班子至少1名少数民族干部", AUTONOMY,
              **_teams(each=True), **_count("少数民族干部=是", 1)),
        _hard("government-non-party", "市政府班子至少1名党外干部", PLAN_OUTLINE,
              **_teams(f"班子标识={GOVERNMENT}"), **_count("中共党员=否", 1)),
        _hard("conference-non-party", "市政协班子至少3名党外干部", PLAN_OUTLINE,
              **_teams(f"班子标识={CONSULTATIVE}"), **_count("中共党员=否", 3)),
    ]  # fmt: skip


def _shares(world: World) -> list[Row]:
    around = "年龄（月）>=516 且 年龄（月）<576"
    return [
        _hard("around-45", "党政班子45岁左右（43至47周岁）干部占比不低于35.7%", LOCAL,
              **_teams(EXECUTIVE), measure="share", where=around, op=">=", bound="35.7%"),
        _hard("county-leadership", "党政班子成员有县（旗）领导经历的不低于51.5%", LOCAL,
              **_teams(EXECUTIVE), measure="share", where="县（旗）领导经历=是", op=">=", bound="51.5%"),
        _hard("grassroots", "党政班子成员有基层工作经历的不低于97.5%", LOCAL,
              **_teams(EXECUTIVE), measure="share", where="基层工作经历=是", op=">=", bound="97.5%"),
        _hard("mean-age", "党政班子平均年龄较上届降低2.4岁以上", LOCAL,
              **_teams(EXECUTIVE), measure="mean", value="年龄（月）", op="<=",
              bound=str(mean_age_bound(world))),
    ]  # fmt: skip


def _wishes() -> list[Row]:
    fields = (("finance", "金融"), ("technology", "科技"), ("social_governance", "社会治理"),
              ("ecology", "生态环保"))  # fmt: skip
    coverage = [
        {"id": f"field-{name}", "title": f"党政班子各有熟悉{label}的成员", "citation": LOCAL,
         **_teams(EXECUTIVE, each=True), **_count(f"熟悉{label}=是", 1),
         "force": "soft", "priority": "1", "weight": "10"}
        for name, label in fields
    ]  # fmt: skip
    return [
        *coverage,
        {"id": "mayor-70s", "title": "政府正职为“70后”", "citation": LOCAL,
         "scope": "posts", "scope_where": "回避类别=政府正职", "each": "together",
         **_count("出生年份>=1970 且 出生年份<=1979", 1),
         "force": "soft", "priority": "1", "weight": "20"},
        {"id": "postgraduates", "title": "党政班子研究生学历不低于50%", "citation": LOCAL,
         **_teams(EXECUTIVE), "measure": "share", "where": "最高学历层次（3研究生、2大学、1大专、0以下）=3",
         "op": ">=", "bound": "50%", "force": "soft", "priority": "2", "weight": "5"},
        {"id": "women-executive", "title": "党政班子女干部不低于20%", "citation": WOMEN_OUTLINE,
         **_teams(EXECUTIVE), "measure": "share", "where": "女干部=是",
         "op": ">=", "bound": "20%", "force": "soft", "priority": "2", "weight": "5"},
    ]  # fmt: skip


def _planted() -> list[Row]:
    team = _teams(f"班子标识={CONSULTATIVE}")
    return [
        _hard(PLANTED[0], "市政协班子中共党员不少于4名", LOCAL, **team, **_count("中共党员=是", 4)),
        _hard(PLANTED[1], "市政协班子党外干部不少于4名", LOCAL, **team, **_count("中共党员=否", 4)),
    ]


def planted_titles() -> list[str]:
    """Titles of the two targets that clash in the infeasible variant."""
    return [str(row["title"]) for row in _planted()]


def mean_age_bound(world: World) -> int:
    """Greatest mean age in months that lies 2.4 years below the outgoing Party and government."""
    now = world.knobs.as_of_month
    ages = [
        now - person.born
        for person in world.incumbents
        if {PARTY, GOVERNMENT} & set(world.region.post(str(person.now.post_id)).teams)
    ]
    return sum(ages) // len(ages) - LOWER_MEAN_AGE_MONTHS


def plan_settings() -> dict[str, object]:
    """Plan settings as the YAML file has them; every weight is stated and printed with the plan."""
    return {
        "name": "云岭市换届选配（示例）",
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


def setting_rows() -> list[Row]:
    """Rows of the sheet 设置: the same as `plan_settings`."""
    return [
        {"key": "方案名称", "value": "云岭市换届选配（示例）"},
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
