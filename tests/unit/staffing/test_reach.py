"""Where candidates may come from: home, above, elsewhere; groups; who is never left out."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from tests.builders_structure import members

from banzi.kernel.errors import BadInput
from banzi.staffing.building import build
from banzi.staffing.candidate_pairs import Screened
from banzi.staffing.reach import place_of_organ, relation
from banzi.staffing.settings import PlanSettings, Reach
from banzi.structure.settling import condition
from banzi.structure.vocabulary import PERSON_WORDS, POST_WORDS

INVENTED = ("990000",)
TEAMS = [
    {"team_id": "p1", "team_name": "云岭市委", "team_kind": "party_committee", "region": "云岭市"},
    {"team_id": "c1", "team_name": "云岭市政协", "team_kind": "consultative_conference",
     "region": "云岭市"},
    {"team_id": "p2", "team_name": "桐岭市委", "team_kind": "party_committee", "region": "桐岭市"},
    {"team_id": "p3", "team_name": "澜溪市委", "team_kind": "party_committee", "region": "澜溪市"},
]  # fmt: skip
POSTS = [
    {"post_id": "1", "role": "principal", "teams": ["p1"]},
    {"post_id": "2", "role": "deputy", "teams": ["c1"]},
    {"post_id": "3", "role": "principal", "teams": ["p2"]},
    {"post_id": "4", "role": "principal", "teams": ["p3"]},
]
PEOPLE = [
    {"person_id": "seated", "reporting_organ": "某部"},
    {"person_id": "county", "reporting_organ": "中共望麓区委", "age_months": 500},
    {"person_id": "city", "current_posts_text": "云岭市财政局局长"},
    {"person_id": "province", "reporting_organ": "澜川省财政厅", "age_months": 600},
    {"person_id": "nowhere", "reporting_organ": "某集团公司"},
]
DIVISIONS = {"1": "990100", "2": "990100", "3": "990200", "4": "990300"}


def pairs(**settings: Any) -> dict[str, set[str]]:
    """Post → candidates when the rules let everybody in everywhere."""
    posts, people = [p["post_id"] for p in POSTS], [p["person_id"] for p in PEOPLE]
    verdicts = [{"post_id": post, "person_id": person, "verdict": "pass", "text": ""}
                for post in posts for person in people]  # fmt: skip
    none = pl.DataFrame(
        schema={name: pl.String() for name in ("person_a", "person_b", "scope", "reason")}
    )
    screened = Screened(pl.DataFrame(verdicts), none, settings.pop("divisions", DIVISIONS))
    house = members(PEOPLE, TEAMS, POSTS, {"1": "seated"})
    built = build(house, screened, [], PlanSettings(level_steps=None, **settings))
    found: dict[str, set[str]] = {post: set() for post in posts}
    for post, person in (row[:2] for row in built.bundle.tables["candidates.csv"].rows):
        found[post].add(person)
    assert built.left_out.get("reach", 0) == len(verdicts) - sum(map(len, found.values()))
    return found


EVERYBODY = {person["person_id"] for person in PEOPLE}
OWN, ABOVE, ELSEWHERE = Reach(source="own"), Reach(source="above"), Reach(source="elsewhere")


def test_without_sources_nobody_is_left_out() -> None:
    assert set(map(frozenset, pairs().values())) == {frozenset(EVERYBODY)}


def test_own_people_work_in_the_area_of_the_post_or_inside_it() -> None:
    assert pairs(reach=(OWN,)) == {
        "1": {"seated", "county", "city"},
        "2": {"seated", "county", "city"},
        "3": set(),
        "4": set(),
    }


def test_above_is_a_wider_area_and_only_for_the_posts_named() -> None:
    heads = Reach(source="above", post_where=condition("正副职=正职", POST_WORDS))
    found = pairs(reach=(heads,))
    assert found == {"1": {"seated", "province"}, "2": set(), "3": {"province"}, "4": {"province"}}
    young = Reach(source="above", where=condition("年龄（月）<50岁", PERSON_WORDS))
    assert pairs(reach=(young,))["2"] == set()


def test_elsewhere_is_open_to_all_or_to_the_group() -> None:
    others = {"seated", "county", "city"}
    assert pairs(reach=(ELSEWHERE,)) == {"1": {"seated"}, "2": set(), "3": others, "4": others}
    found = pairs(reach=(ELSEWHERE,), exchange=(("云岭市", "桐岭市"),))
    assert found == {"1": {"seated"}, "2": set(), "3": others, "4": set()}


def test_who_works_nowhere_known_is_in_no_reach_but_keeps_the_post_held() -> None:
    found = pairs(reach=(OWN, ABOVE, ELSEWHERE))
    assert all("nowhere" not in people for people in found.values())
    assert found["1"] == {"seated", "county", "city", "province"}
    unknown = pairs(reach=(OWN,), divisions={})
    assert unknown["1"] == {"seated", "county", "city"}  # the region names the place


def test_an_exchange_group_names_regions_that_posts_have() -> None:
    with pytest.raises(BadInput) as caught:
        pairs(reach=(ELSEWHERE,), exchange=(("云岭市", "云领市"),))
    (problem,) = caught.value.problems
    assert problem.message.code == "plan-build/no-such-region"
    assert problem.at.column == "exchange[0]"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("中共望麓区委", "990102"),
        ("云岭市林业和草原局", "990100"),
        ("云岭师范学院", "990100"),
        ("澜川云岭城市建设有限公司", "990100"),
        ("澜川省审计厅", "990000"),
        ("澜川粮食储备集团有限公司", "990000"),
        ("政协青禾县委员会", "990121"),
        ("中国人民政治协商会议云岭市委员会", "990100"),
        ("国家税务总局", None),
        ("", None),
    ],
)
def test_an_organ_lies_where_its_name_begins(name: str, code: str | None) -> None:
    assert place_of_organ(name, INVENTED) == code


def test_a_name_that_two_counties_of_a_province_share_tells_nothing() -> None:
    assert place_of_organ("鼓楼区人民政府", ("320000",)) is None
    assert place_of_organ("鼓楼区人民政府", ("410000",)) == "410204"


@pytest.mark.parametrize(
    ("home", "place", "source"),
    [
        ("990121", "990100", "own"),
        ("990100", "990100", "own"),
        ("990100", "990121", "above"),
        ("990000", "990100", "above"),
        ("990122", "990121", "elsewhere"),
        ("990200", "990100", "elsewhere"),
        ("110000", "990100", "elsewhere"),
        ("110105", "110000", "own"),
    ],
)
def test_relation_of_two_divisions(home: str, place: str, source: str) -> None:
    assert relation(home, place) == source
