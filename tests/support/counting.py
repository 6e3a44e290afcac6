"""A county with its six teams, small enough to count by hand.

    organ      quota 正/副   posts (role; * takes up no quota, ? nobody said)      holders
    party      1 / 3         书记 p                                                  甲
                             (县长 from gov, a deputy here)                          乙
                             常委 d                                                  丙
                             常委2 d                                                 (vacant)
    gov        1 / 1         县长 p                                                  乙
                             副县长1 d, 副县长2 d                                     丁, 戊
                             调研员 d*                                               己
    congress   - / -         主任 p                                                  庚
    cppcc      1 / 2         主席 p, 副主席 d?                                        辛, 壬
    court      1 / 2         院长 p, 副院长 d                                         (vacant), 癸
    procur.    1 / -         检察长 p                                                子

So the government has one deputy too many, the Party committee one too few, the congress no quota
on record, and whether the consultative conference is one or two deputies short nobody can say.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from banzi.roster import Roster

AS_OF = date(2026, 6, 30)
PEOPLE = "甲乙丙丁戊己庚辛壬癸子"

ORGANS: tuple[tuple[str, str, int | None, int | None], ...] = (
    ("party", "party_committee", 1, 3),
    ("gov", "government", 1, 1),
    ("congress", "peoples_congress", None, None),
    ("cppcc", "consultative_conference", 1, 2),
    ("court", "court", 1, 2),
    ("procuratorate", "procuratorate", 1, None),
)
POSTS: tuple[tuple[str, str, str, bool | None, str], ...] = (
    ("书记", "party", "principal", True, "甲"),
    ("县长", "gov", "principal", True, "乙"),
    ("常委", "party", "deputy", True, "丙"),
    ("常委2", "party", "deputy", True, ""),
    ("副县长1", "gov", "deputy", True, "丁"),
    ("副县长2", "gov", "deputy", True, "戊"),
    ("调研员", "gov", "deputy", False, "己"),
    ("主任", "congress", "principal", True, "庚"),
    ("主席", "cppcc", "principal", True, "辛"),
    ("副主席", "cppcc", "deputy", None, "壬"),
    ("院长", "court", "principal", True, ""),
    ("副院长", "court", "deputy", True, "癸"),
    ("检察长", "procuratorate", "principal", True, "子"),
)


def county_tables(prefix: str = "", order: int = 0) -> dict[str, list[dict[str, Any]]]:
    """Rows by table; every id begins with the prefix."""
    return {
        "persons": [{"person_id": prefix + name, "name": name} for name in PEOPLE],
        "organs": [
            {
                "organ_id": prefix + organ,
                "organ_name": f"{prefix}{organ}",
                "region_tier": "county",
                "organ_level": "县处级",
                "principal_quota": principal,
                "deputy_quota": deputy,
            }
            for organ, _kind, principal, deputy in ORGANS
        ],
        "teams": [
            {
                "team_id": f"{prefix}team-{organ}",
                "team_name": f"{prefix}{organ}班子",
                "team_kind": kind,
                "organ_id": prefix + organ,
                "region": f"{prefix}县",
                "display_order": order + number,
            }
            for number, (organ, kind, _principal, _deputy) in enumerate(ORGANS)
        ],
        "posts": [
            {
                "post_id": prefix + name,
                "post_name": name,
                "organ_id": prefix + organ,
                "role": role,
                "counts_against_quota": counts,
                "display_order": number,
            }
            for number, (name, organ, role, counts, _holder) in enumerate(POSTS)
        ],
        "post_teams": [
            {"post_id": prefix + name, "team_id": f"{prefix}team-{team}", "team_order": number}
            for name, organ, *_rest in POSTS
            for number, team in enumerate(("party", "gov") if name == "县长" else (organ,), start=1)
        ],
        "seats": [
            {
                "seat_no": 100 * order + number,
                "post_id": prefix + name,
                "person_id": prefix + holder,
                "started_on": 20230600,
            }
            for number, (name, _organ, _role, _counts, holder) in enumerate(POSTS)
            if holder
        ],
    }


def county(**changed: Any) -> Roster:
    """The county; `changed` replaces whole tables."""
    return Roster.of(AS_OF, **{**county_tables(), **changed})


def with_values(
    rows: list[dict[str, Any]], key: str, **values: dict[str, Any]
) -> list[dict[str, Any]]:
    """The rows, with more columns for those whose key is named."""
    return [{**row, **values.get(row[key], {})} for row in rows]
