"""An invented city with two teams, and a plan for it: what tests of printed papers are about.

    post      teams                now        plan
    shuji     party                赵大山     赵大山
    shizhang  party + government   钱文       孙明
    fushi1    government           孙明       李芳（from outside）
    fushi2    government           周强       (vacant)

So 钱文 and 周强 leave, 孙明 moves up, 李芳 enters.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from banzi.roster import Roster
from banzi.staffing import referee

AS_OF = date(2021, 7, 1)
PLAN = (("shuji", "p1"), ("shizhang", "p3"), ("fushi1", "p5"), ("fushi2", None))
_RESUME = "1995.07--2001.03  青河县教育局科员\n2001.03--         云岭市委组织部科员"


def example_roster() -> Roster:
    people = [
        ("p1", "赵大山", 196805, "male", "01", "云岭市委书记", "01"),
        ("p2", "钱文", 196702, "male", "01", "云岭市委副书记、市长", "01"),
        ("p3", "孙明", 197403, "male", "05", "云岭市副市长", "01"),
        ("p4", "周强", 196909, "male", "01", "云岭市副市长", "01"),
        ("p5", "李芳", 198106, "female", "01", "青河县委书记", "01"),
        ("p6", "吴用", 197811, "male", "01", "石桥县县长", "01"),
    ]
    return Roster.of(
        AS_OF,
        persons=[
            {
                "person_id": key,
                "name": name,
                "birth": birth * 100,
                "sex": sex,
                "ethnicity": ethnicity,
                "current_posts_text": posts,
                "political_status": status,
                "party_text": "199806",
                "party_joined": 19980600,
                "work_started": 19950700,
                "full_time_education": "大学",
                "full_time_degree": "经济学学士",
                "full_time_education_school": "云山大学经济系经济学专业",
                "resume_text": _RESUME,
                "native_place": "云山青河",
            }
            for key, name, birth, sex, ethnicity, posts, status in people
        ],
        organs=[
            {"organ_id": "party", "organ_name": "中共云岭市委员会"},
            {"organ_id": "gov", "organ_name": "云岭市人民政府"},
        ],
        teams=[
            {
                "team_id": "party",
                "team_name": "中共云岭市委领导班子",
                "team_kind": "party_committee",
                "organ_id": "party",
                "region": "云岭市",
                "display_order": 1,
            },
            {
                "team_id": "gov",
                "team_name": "云岭市政府领导班子",
                "team_kind": "government",
                "organ_id": "gov",
                "region": "云岭市",
                "display_order": 2,
            },
        ],
        posts=[
            {
                "post_id": key,
                "post_name": name,
                "organ_id": organ,
                "role": role,
                "display_order": order,
            }
            for order, (key, name, organ, role) in enumerate(
                (
                    ("shuji", "市委书记", "party", "principal"),
                    ("shizhang", "市委副书记、市长", "gov", "principal"),
                    ("fushi1", "副市长", "gov", "deputy"),
                    ("fushi2", "副市长", "gov", "deputy"),
                )
            )
        ],
        post_teams=[
            {"post_id": post, "team_id": team, "team_order": order}
            for post, team, order in (
                ("shuji", "party", 1),
                ("shizhang", "party", 1),
                ("shizhang", "gov", 2),
                ("fushi1", "gov", 1),
                ("fushi2", "gov", 1),
            )
        ],
        seats=[
            {"seat_no": number, "post_id": post, "person_id": person, "started_on": 20180300}
            for number, (post, person) in enumerate(
                (("shuji", "p1"), ("shizhang", "p2"), ("fushi1", "p3"), ("fushi2", "p4"))
            )
        ],
        expertise=[
            {"person_id": person, "field": field, "holds": True}
            for person, field in (("p1", "party_affairs"), ("p3", "finance"), ("p5", "ecology"))
        ],
    )


def write_example_plan(folder: Path) -> tuple[Path, Path]:
    """A problem bundle and a right plan for it; returns both folders."""
    problem, plan = folder / "problem", folder / "plan"
    problem.mkdir()
    plan.mkdir()
    tables = {
        "persons": "person_id\n" + "".join(f"p{n}\n" for n in range(1, 7)),
        "teams": "team_id,superior_team_id\nparty,\ngov,party\n",
        "posts": "post_id,team_ids,incumbent_person_id\n"
        "shuji,party,p1\nshizhang,party;gov,p2\nfushi1,gov,p3\nfushi2,gov,p4\n",
        "candidates": "post_id,person_id,review\nshuji,p1,0\nshizhang,p3,0\nfushi1,p5,1\n",
        "review": "post_id,person_id,text\nfushi1,p5,任现职不满三年：须附破格提拔请示批复\n",
        "exclusions": "person_a,person_b,scope,reason\n",
        "targets": "target_id,scope_table,scope_column,scope_values,measure,feature,op,bound,"
        "force,priority,weight,citation\n",
    }
    for name, text in tables.items():
        (problem / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")
    settings = {
        "format": "banzi-problem",
        "version": 1,
        "name": "云岭市换届",
        "as_of": AS_OF.isoformat(),
        "protected": [],
        "tiers": [{"name": "fill", "vacancy": -1000}],
        "pins": [],
        "bans": [],
    }
    text = json.dumps(settings, ensure_ascii=False)
    (problem / "problem.json").write_text(text, encoding="utf-8", newline="\n")
    said = {
        "format": "banzi-plan",
        "version": 1,
        "status": "optimal",
        "tiers": [{"name": "fill", "value": -1000, "bound": -1000}],
        "value": -1000,
        "bound": -1000,
        "gap": 0.0,
        "seconds": 0.1,
        "first_plan_seconds": 0.1,
        "assignments": [{"post_id": post, "person_id": person} for post, person in PLAN],
        "trace": [],
        "settings": {},
        "versions": {},
        "problem_sha256": referee.load_problem(problem)["sha256"],
    }
    text = json.dumps(said, ensure_ascii=False)
    (plan / "plan.json").write_text(text, encoding="utf-8", newline="\n")
    return problem, plan
