"""An invented prefecture of thirteen counties and five institutions, for pictures of the tables
that count teams: the demonstration region has one set of teams only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from banzi.roster import Roster

AS_OF = date(2026, 6, 30)
COUNTIES = (
    "青河",
    "石桥",
    "白山",
    "东川",
    "西川",
    "南屏",
    "北原",
    "柳林",
    "云台",
    "松江",
    "望湖",
    "金沙",
    "双岭",
)
INSTITUTIONS = ("云岭能源集团", "云岭交通集团", "云岭水务集团", "云岭市人民医院", "云岭职业学院")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = (
    "志远",
    "丽",
    "海峰",
    "秀英",
    "建国",
    "晓燕",
    "文博",
    "雅静",
    "国栋",
    "敏",
    "思齐",
    "子涵",
    "立新",
    "慧",
    "明哲",
    "若兰",
)
FULL_TIME = (("大学", "法学学士"), ("大学", "工学学士"), ("大专", None), ("研究生", "管理学硕士"))
HEADS = ("纪委书记", "组织部部长", "宣传部部长", "统战部部长", "政法委书记", "办公室主任")

Post = tuple[str, str, bool | None]


class _Maker:
    def __init__(self) -> None:
        self.rng = Random(5)  # noqa: S311 - an invented region, not a secret
        self.tables: dict[str, list[dict[str, object]]] = {
            name: [] for name in ("persons", "organs", "teams", "posts", "post_teams", "seats")
        }

    def team(self, area: str, kind: str, organ: Mapping[str, object], posts: Sequence[Post]) -> str:
        number = len(self.tables["organs"])
        team = f"t{number}"
        self.tables["organs"].append({"organ_id": f"o{number}", **organ})
        self.tables["teams"].append(
            {
                "team_id": team,
                "team_name": f"{organ['organ_name']}班子",
                "team_kind": kind,
                "organ_id": f"o{number}",
                "region": area,
                "display_order": number,
            }
        )
        for place, (name, role, counts) in enumerate(posts):
            post = f"{team}-{place}"
            self.tables["posts"].append(
                {
                    "post_id": post,
                    "post_name": name,
                    "organ_id": f"o{number}",
                    "role": role,
                    "counts_against_quota": counts,
                    "display_order": 100 * number + place,
                }
            )
            self.tables["post_teams"].append({"post_id": post, "team_id": team, "team_order": 1})
            if self.rng.random() > 0.08:
                self.seat(post)
        return team

    def also(self, post: str, team: str) -> None:
        """The holder of a post of the government sits in the Party committee too."""
        link = next(row for row in self.tables["post_teams"] if row["post_id"] == post)
        link["team_order"] = 2
        self.tables["post_teams"].append({"post_id": post, "team_id": team, "team_order": 1})

    def seat(self, post: str) -> None:
        rng, number = self.rng, len(self.tables["persons"])
        education, degree = rng.choice(FULL_TIME)
        self.tables["persons"].append(
            {
                "person_id": f"p{number}",
                "name": rng.choice(SURNAMES) + rng.choice(GIVEN),
                "birth": 10000 * rng.randint(1967, 1988) + 100 * rng.randint(1, 12),
                "sex": rng.choice(("male", "male", "male", "female")),
                "ethnicity": rng.choice(("01", "01", "05")),
                "political_status": rng.choice(("01",) * 8 + ("13",)),
                "full_time_education": education,
                "full_time_degree": degree,
                "in_service_education": rng.choice((None, "大学", "研究生")),
                "establishment_kind": "行政编制",
                "management_status": "现职人员",
            }
        )
        seat = {"seat_no": number, "post_id": post, "person_id": f"p{number}"}
        self.tables["seats"].append({**seat, "started_on": 20230600})


def areas() -> Roster:
    maker = _Maker()
    for place, name in enumerate(COUNTIES):
        _county(maker, name + ("区" if place in (3, 4, 8) else "县"), place)
    for place, name in enumerate(INSTITUTIONS):
        _institution(maker, name, place)
    return Roster.of(AS_OF, **maker.tables)


def _county(maker: _Maker, area: str, place: int) -> None:
    end = area[-1]

    def organ(name: str, principals: int, deputies: int) -> dict[str, object]:
        return {
            "organ_name": name,
            "organ_level": "县处级",
            "organ_category": "党政机关",
            "region_tier": "county",
            "principal_quota": principals,
            "deputy_quota": deputies,
            "establishment": principals + deputies + 1,
            "worker_establishment": 1,
        }

    def deputies(name: str, count: int) -> list[Post]:
        return [(name, "deputy", True)] * count

    party = maker.team(
        area,
        "party_committee",
        organ(f"中共{area}委", 1, 9),
        [("书记", "principal", True), ("副书记", "deputy", True)]
        + [(f"常委、{head}", "deputy", True) for head in HEADS],
    )
    heads: list[Post] = [(f"{end}长", "principal", True), (f"常务副{end}长", "deputy", True)]
    government = maker.team(
        area,
        "government",
        organ(f"{area}政府", 1, 6 if place % 4 else 5),
        [*heads, *deputies(f"副{end}长", 5), ("三级调研员", "deputy", False)],
    )
    for number in (0, 1):
        maker.also(f"{government}-{number}", party)
    for kind, name, head, deputy in (
        ("peoples_congress", "人大常委会", "主任", "副主任"),
        ("consultative_conference", "政协", "主席", "副主席"),
        ("court", "法院", "院长", "副院长"),
        ("procuratorate", "检察院", "检察长", "副检察长"),
    ):
        count = 4 if kind in ("peoples_congress", "consultative_conference") else 2
        posts: list[Post] = [(head, "principal", True), *deputies(deputy, count)]
        maker.team(area, kind, organ(area + name, 1, count), posts)


def _institution(maker: _Maker, name: str, place: int) -> None:
    is_company = place < 3
    organ = {
        "organ_name": name,
        "organ_level": "县处级",
        "organ_category": "国有企业" if is_company else "事业单位",
        "region_tier": "prefecture",
        "principal_quota": 1,
        "deputy_quota": 4,
        "technical_head_quota": 3 if is_company else None,
        "institution_establishment": None if is_company else 6,
    }
    head, deputy = ("董事长", "副总经理") if is_company else ("院长", "副院长")
    technical: list[Post] = [("总工程师", "deputy", True), ("总会计师", "deputy", True)]
    posts: list[Post] = [(head, "principal", True), *[(deputy, "deputy", True)] * (3 + place % 3)]
    posts += technical if is_company else []
    maker.team("云岭市", "other", organ, [*posts, ("工会主席", "deputy", False)])
