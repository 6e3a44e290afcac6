"""A dozen invented people in two counties, some with facts that nobody knows, for tests of queries."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.law_cases import roster_of_rows

from banzi.roster import Roster
from banzi.web.audit.acts import act
from banzi.web.records.freezing import current_roster, store_roster

AS_OF = date(2026, 6, 30)
_PEOPLE: tuple[dict[str, Any], ...] = (
    {"name": "丁一", "sex": "male", "birth": "1970-05", "party_joined": "1994-07", "ethnicity": "01"},
    {"name": "王林", "sex": "female", "birth": "1981-02", "party_joined": "2003-06", "ethnicity": "01"},
    {"name": "王小明", "sex": "male", "birth": "1985", "ethnicity": "05"},
    {"name": "马川", "sex": "male", "birth": "1979-11", "party_joined": "2001-12", "ethnicity": "03"},
    {"name": "方原", "sex": "female", "ethnicity": "01"},
    {"name": "石河", "sex": "male", "birth": "1990-01-15", "party_joined": "2012-03"},
    {"name": "白桦", "sex": "female", "birth": "1983-08", "ethnicity": "05"},
    {"name": "江岸", "sex": "male", "birth": "1974-03", "party_joined": "1996-09", "ethnicity": "01"},
    {"name": "安澜", "birth": "1988-10", "party_joined": "2010-05", "ethnicity": "01"},
    {"name": "何山", "sex": "male", "birth": "1966-12", "party_joined": "1990-06", "ethnicity": "01"},
    {"name": "林海", "sex": "female", "birth": "1992-04", "ethnicity": "01"},
    {"name": "郑重", "sex": "male", "birth": "1980-06", "party_joined": "2005-07", "ethnicity": "01"},
)  # fmt: skip
PEOPLE = tuple(f"p{number:02}" for number in range(1, len(_PEOPLE) + 1))
_POSTS = {
    "post_a1": ("county_a", ("a_party",), "principal", "p01", "2021-09"),
    "post_a2": ("county_a", ("a_party", "a_government"), "deputy", "p02", "2023-03"),
    "post_a3": ("county_a", ("a_government",), "deputy", "p03", None),
    "post_b1": ("county_b", ("b_party",), "principal", "p04", "2020-05"),
    "post_b2": ("county_b", ("b_party",), "deputy", "p05", "2024-11"),
    "post_b3": ("county_b", ("b_congress",), "principal", "p10", "2019-01"),
}
_TEAMS = {
    "a_party": ("county_a", "party_committee"),
    "a_government": ("county_a", "government"),
    "b_party": ("county_b", "party_committee"),
    "b_congress": ("county_b", "peoples_congress"),
}
_AREAS = {"county_a": "青山县", "county_b": "绿水县"}
IN_A = frozenset({"p01", "p02", "p03"})


def query_roster() -> Roster:
    organs = [
        {"organ_id": each, "organ_name": name, "region_tier": "county"}
        for each, name in _AREAS.items()
    ]
    rows: dict[str, list[dict[str, Any]]] = {
        "persons": [
            {"person_id": person, "post_level": "1A31" if place % 3 else "1A32", **row}
            for place, (person, row) in enumerate(zip(PEOPLE, _PEOPLE, strict=True))
        ],
        "organs": organs,
        "teams": [
            {
                "team_id": team,
                "team_name": team,
                "organ_id": organ,
                "team_kind": kind,
                "region": _AREAS[organ],
                "display_order": place,
            }
            for place, (team, (organ, kind)) in enumerate(_TEAMS.items())
        ],
        "posts": [],
        "post_teams": [],
        "seats": [],
        "conclusions": [
            {
                "person_id": person,
                "conclusion_no": 1,
                "conclusion_kind": "political_gate",
                "conclusion_outcome": outcome,
                "concluded_on": date(2026, 3, 1),
                "concluded_by": "组织部",
            }
            for person, outcome in (("p01", "met"), ("p02", "not_met"), ("p07", "met"))
        ],
    }
    for place, (post, (organ, teams, role, person, since)) in enumerate(_POSTS.items()):
        rows["posts"].append(
            {
                "post_id": post,
                "post_name": "职位",
                "organ_id": organ,
                "role": role,
                "post_level": "1A31",
                "display_order": place,
            }
        )
        rows["post_teams"] += [
            {"post_id": post, "team_id": team, "team_order": order}
            for order, team in enumerate(teams, 1)
        ]
        rows["seats"].append(
            {"seat_no": place, "post_id": post, "person_id": person, "started_on": since}
        )
    return roster_of_rows(AS_OF, rows)


def store_query_region() -> Roster:
    """Put the people into the database; the roster of their day."""
    with act("test.region", by=None):
        store_roster(query_roster())
    return current_roster(AS_OF)
