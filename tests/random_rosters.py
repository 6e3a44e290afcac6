"""Random small rosters around the thresholds of the rules: gaps, vague dates, kin, sanctions."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from banzi.roster import TABLES, Roster

LEVELS = ["1A42", "1A41", "1A32", "1A31", "1A22", "1A50"]
KINDS = [
    "warning", "demerit", "demotion", "discharge", "party_warning", "party_probation",
    "admonition", "suspension", "organisational_removal", "organisational_demotion",
    "ordered_resignation",
]  # fmt: skip
PLACES = [
    "内蒙古通辽",
    "内蒙古科尔沁左翼中旗",
    "内蒙古开鲁",
    "内蒙古赤峰",
    "辽宁大连",
    "不存在的地方",
]
MATTERS = [
    "basic_conditions", "political_gate", "health", "sanction_effect", "file_check",
    "family_business", "removal_ground", "personal_matters_check", "legal_qualification",
]  # fmt: skip


TEAM_KINDS = [
    "government", "government", "party_committee", "party_committee", "peoples_congress",
    "peoples_congress", "court", "discipline_commission", "department",
]  # fmt: skip
RANKS = [f"{number:02}" for number in range(1, 13)]
PLACES_IN_DISPUTE = [
    ("persons", "birth"),
    ("persons", "id_number"),
    ("persons", "party_joined"),
    ("persons", "work_started"),
    ("education", "started_on"),
    ("persons", "native_place"),
    ("career_segments", None),
]


class Maker:
    """Draws one roster; `gap` is how likely a value is missing."""

    def __init__(self, rng: random.Random, as_of: date, gap: float = 0.12) -> None:
        self.rng, self.as_of, self.gap = rng, as_of, gap
        self.ids = ["甲", "乙", "丙", "丁", "戊"]

    def maybe(self, value: Any) -> Any:
        return None if self.rng.random() < self.gap else value

    def day(self, years_back: int) -> int:
        """A date up to so many years before the day, or a little after; sometimes vague."""
        day = self.as_of - timedelta(days=self.rng.randint(-200, years_back * 365))
        vague = self.rng.random()
        month = 0 if vague < 0.08 else day.month
        return day.year * 10000 + month * 100 + (day.day if vague > 0.5 else 0)

    def month(self, years_back: int) -> int:
        return self.as_of.year * 12 + self.as_of.month - 1 - self.rng.randint(-3, years_back * 12)

    def roster(self, *, findings: bool = False) -> Roster:
        """One roster, with findings of the reading of its files if asked for."""
        rows = {
            name: [row for person in self.ids for row in self.about(name, person)]
            for name in (
                "career_segments", "career_tags", "appointments", "level_history", "assessments",
                "sanctions", "conclusions", "waivers", "relatives", "completeness", "training",
            )
        }  # fmt: skip
        rows["persons"] = [self.person(name) for name in self.ids]
        rows.update(self.teams())
        rows["findings"] = [] if not findings else self.findings()
        rows["decisions"] = [
            {
                "finding_id": row["finding_id"],
                "chosen": "甲",
                "decided_by": "某市委组织部",
                "decided_on": self.as_of,
            }
            for row in rows["findings"]
            if self.rng.random() < 0.3
        ]
        tables = {name: TABLES[name].frame(given) for name, given in rows.items()}
        return Roster(self.as_of, tables)

    def person(self, name: str) -> dict[str, Any]:
        rng = self.rng
        return {
            "person_id": name,
            "name": rng.choice([name, name, "同名"]),
            "sex": self.maybe(rng.choice(["male", "female"])),
            "birth": self.maybe(self.day(20) - 400000),
            "work_started": self.maybe(self.day(9)),
            "ethnicity": self.maybe(rng.choice(["01", "02", "45"])),
            "political_status": self.maybe(rng.choice(["01", "01", "02", "13"])),
            "party_joined": self.maybe(self.day(7)),
            "full_time_education": self.maybe(rng.choice(["研究生", "大学", "大专", "高中"])),
            "growth_place": self.maybe(rng.choice(PLACES)),
            "post_level": self.maybe(rng.choice(LEVELS)),
            "post_level_since": self.maybe(self.day(6)),
            "rank": rng.choice([None, None, *RANKS]),
            "rank_since": self.maybe(self.day(5)),
            "retirement_track": rng.choice(
                [None, None, "women_cadre", "women_county_leader", "women_worker"]
            ),
        }

    def findings(self) -> list[dict[str, Any]]:
        rng = self.rng
        found = []
        for number in range(rng.randint(0, 6)):
            table, column = rng.choice(PLACES_IN_DISPUTE)
            found.append(
                {
                    "finding_id": f"f{number}",
                    "code": rng.choice(["import/conflict", "form/id-birth-differs", "form/other"]),
                    "person_id": self.maybe(rng.choice(self.ids)),
                    "table_name": table,
                    "column_name": column,
                    "text_zh": "两处不一致",
                    "values_json": "{}",
                    "state": rng.choice(["open", "settled", "noted"]),
                }
            )
        return found

    def about(self, table: str, person: str) -> list[dict[str, Any]]:
        make = getattr(self, table)
        return [{"person_id": person, **make(number)} for number in range(self.rng.randint(0, 3))]

    def career_segments(self, number: int) -> dict[str, Any]:
        start = self.month(9)
        end = self.rng.choice([None, start + self.rng.randint(0, 60)])
        return {
            "segment_no": number,
            "segment_kind": self.rng.choice(["main", "nested"]),
            "started": self.maybe(start),
            "ended": end,
            "is_open": self.maybe(end is None),
            "text": self.rng.choice(["某县工作", "挂职某乡"]),
        }

    def career_tags(self, number: int) -> dict[str, Any]:
        return {
            "segment_no": number,
            "tag": self.rng.choice(["grassroots", "grassroots", "secondment"]),
            "holds": self.maybe(self.rng.random() < 0.7),
        }

    def appointments(self, number: int) -> dict[str, Any]:
        rng = self.rng
        return {
            "appointment_no": number,
            "organ_name": self.maybe(rng.choice(["某县", "某局", "机构1"])),
            "is_team_member": self.maybe(rng.random() < 0.6),
            "post_name": rng.choice(["副县长", "局长"]),
            "post_level": self.maybe(rng.choice(LEVELS)),
            "appointed_on": self.maybe(self.day(8)),
            "in_office": self.maybe(rng.random() < 0.3),
            "post_id": rng.choice([None, None, "1", "2"]),
            "removed_on": rng.choice([None, None, self.day(3)]),
            "appointment_method": self.maybe(rng.choice(["选任", "委任"])),
            "is_exceptional": self.maybe(rng.random() < 0.2),
        }

    def level_history(self, number: int) -> dict[str, Any]:
        return {
            "level_no": number,
            "level_kind": self.rng.choice(["post_level", "post_level", "rank"]),
            "post_level": self.maybe(self.rng.choice(LEVELS)),
            "rank": self.maybe(self.rng.choice(RANKS)),
            "started_on": self.maybe(self.day(self.rng.choice([8, 8, 22]))),
            "ended_on": self.rng.choice([None, self.day(4)]),
            "in_force": self.maybe(self.rng.random() < 0.5),
        }

    def assessments(self, number: int) -> dict[str, Any]:
        return {
            "assessment_kind": "annual" if number < 2 else "term",
            "year": self.as_of.year - 1 - number,
            "outcome": self.maybe(self.rng.choice(["1", "2", "2", "3", "4B", "4", "5B", "6"])),
        }

    def sanctions(self, number: int) -> dict[str, Any]:
        return {
            "sanction_no": number,
            "sanction_family": "administrative",
            "sanction_kind": self.maybe(self.rng.choice(KINDS)),
            "decided_on": self.maybe(self.day(4)),
            "revoked_on": self.rng.choice([None, None, self.day(2)]),
        }

    def conclusions(self, number: int) -> dict[str, Any]:
        day = self.as_of - timedelta(days=self.rng.randint(-100, 500))
        return {
            "conclusion_no": number,
            "conclusion_kind": self.rng.choice(MATTERS),
            "conclusion_outcome": self.rng.choice(["met", "met", "not_met", "under_review"]),
            "concluded_on": self.maybe(day),
            "concluded_by": "某市委组织部",
            "valid_until": self.rng.choice([None, day + timedelta(days=300)]),
        }

    def waivers(self, number: int) -> dict[str, Any]:
        return {
            "waiver_no": number,
            "rule_id": self.rng.choice(
                [
                    "appointment-regulations/8.3/time-in-level",
                    "appointment-regulations/9/one-step",
                    "exchange-rules/5/same-post",
                    "retirement/na/before-retirement",
                ]
            ),
            "post_id": self.rng.choice("123"),
            "approved_by": "某省委组织部",
            "approved_on": self.as_of - timedelta(days=self.rng.randint(-30, 60)),
            "reason": self.rng.choice(["特别优秀", "特别优秀", " "]),
            "inspected_on": self.rng.choice([None, self.as_of - timedelta(days=25)]),
            "discussed_on": self.rng.choice([None, self.as_of - timedelta(days=10)]),
        }

    def relatives(self, number: int) -> dict[str, Any]:
        rng = self.rng
        return {
            "relative_no": number,
            "relation": self.maybe(rng.choice(["13", "72", "10"])),
            "relation_text": "亲属",
            "name": rng.choice([*self.ids, "同名", "外人"]),
            "birth": self.maybe(self.day(20) - 400000),
            "relative_person_id": rng.choice([None, None, *self.ids]),
            "is_linked": self.maybe(rng.random() < 0.6),
        }

    def completeness(self, number: int) -> dict[str, Any]:
        table = ("sanctions", "appointments", "training")[number]
        return {"table_name": table, "complete_on": self.day(2)}

    def training(self, number: int) -> dict[str, Any]:
        end = self.day(6)
        return {
            "training_no": number,
            "training_name": "培训班",
            "started_on": self.maybe(end - 10000 if self.rng.random() < 0.3 else end),
            "ended_on": self.maybe(end),
            "class_hours": self.maybe(self.rng.choice([20, 90, 300, 550])),
        }

    def teams(self) -> dict[str, list[dict[str, Any]]]:
        rng = self.rng
        codes = ["150500", "150521", "150522", "150400", "150724"]
        organs = [
            {
                "organ_id": str(number),
                "organ_name": f"机构{number}",
                "division_code": self.maybe(rng.choice(codes)),
                "region_tier": self.maybe(
                    rng.choice(["county", "county", "prefecture", "province"])
                ),
            }
            for number in range(3)
        ]
        teams = [
            {
                "team_id": f"t{number}",
                "team_name": f"班子{number}",
                "team_kind": rng.choice(TEAM_KINDS),
                "organ_id": str(number),
                "superior_team_id": None if number == 0 else rng.choice([None, "t0"]),
            }
            for number in range(3)
        ]
        duties = ["none", "none", "government", "government", "police", "court"]
        posts = [
            {
                "post_id": str(number),
                "post_name": f"职位{number}",
                "organ_id": rng.choice("012"),
                "post_level": self.maybe(rng.choice(LEVELS)),
                "role": rng.choice(["deputy", "principal", "deputy", "principal", "member"]),
                "duty_head": self.maybe(rng.choice(duties)),
                "is_elected": self.maybe(rng.random() < 0.5),
            }
            for number in range(4)
        ]
        return {
            "organs": organs,
            "teams": teams,
            "posts": posts,
            "post_teams": [
                {"post_id": post["post_id"], "team_id": team, "team_order": order}
                for post in posts
                for order, team in enumerate(
                    rng.sample(["t0", "t1", "t2"], rng.choice([1, 1, 1, 2, 2, 0])), 1
                )
            ],
            "seats": [
                {
                    "seat_no": number,
                    "post_id": rng.choice("0123"),
                    "person_id": rng.choice(self.ids),
                    "started_on": self.maybe(self.day(rng.choice([6, 14]))),
                    "ended_on": rng.choice([None, None, self.day(2)]),
                }
                for number in range(4)
            ],
        }
