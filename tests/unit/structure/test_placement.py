"""Who stays and who moved, and the same numbers in indicator, shortage and solver row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from tests.builders_structure import members

from banzi.kernel.errors import ProblemLog
from banzi.staffing.features import FeatureColumns
from banzi.structure.indicators import measure
from banzi.structure.members import Members
from banzi.structure.placement import placements
from banzi.structure.reading_targets import read_target_rows
from banzi.structure.targets import Target

TEAMS: list[dict[str, Any]] = [
    {"team_id": "甲委", "team_name": "甲委", "team_kind": "party_committee", "region": "甲市"},
    {"team_id": "甲府", "team_name": "甲府", "team_kind": "government", "region": "甲市"},
    {"team_id": "乙府", "team_name": "乙府", "team_kind": "government", "region": "乙市"},
]
POSTS: list[dict[str, Any]] = [
    {"post_id": "书记", "teams": ["甲委"]},
    {"post_id": "市长", "teams": ["甲委", "甲府"]},
    {"post_id": "副市长", "teams": ["甲府"]},
    {"post_id": "乙市长", "teams": ["乙府"]},
]
PEOPLE = [{"person_id": name, "age_months": 600} for name in "赵钱孙李周"]
NOW = {"书记": "赵", "市长": "钱", "副市长": "孙", "乙市长": "李"}
PLAN = {"书记": "钱", "市长": "李", "副市长": "周", "乙市长": "孙"}


def house() -> Members:
    return members(PEOPLE, TEAMS, POSTS, NOW)


def target(where: str, **more: str) -> Target:
    log = ProblemLog()
    row = {"id": "t", "title": "t", "measure": "count", "where": where, "op": ">=", "bound": "2"}
    (made,) = read_target_rows([{**row, **more}], log)
    log.stop_if_any()
    return made


@pytest.mark.parametrize(
    ("where", "met", "unmet", "unknown"),
    [
        ("留任本班子", {"钱"}, {"李", "周", "孙"}, set()),
        ("跨地区交流", {"李", "孙"}, {"钱"}, {"周"}),
        ("跨单位交流", {"李", "孙"}, {"钱"}, {"周"}),
        ("跨条块交流", set(), {"钱", "李", "孙"}, {"周"}),
    ],
)
def test_a_plan_tells_who_stays_and_who_moves(
    where: str, met: set[str], unmet: set[str], unknown: set[str]
) -> None:
    planned = house().with_plan(PLAN, house().as_of)
    (result,) = measure(target(where), planned)
    assert set(result.met_names) == met
    assert set(result.unmet_names) == unmet
    assert set(result.unknown_names) == unknown


def test_without_a_compared_state_nobody_is_known_to_stay() -> None:
    (result,) = measure(target("留任本班子"), house())
    assert result.unknown == 4
    assert result.shortfall == 2


def test_an_earlier_roster_tells_who_stayed() -> None:
    old = members(PEOPLE, TEAMS, POSTS, {"书记": "赵", "市长": "李"})
    (result,) = measure(target("留任本班子"), house().compared_with(old))
    assert result.met_names == ("赵",)


@pytest.mark.parametrize("where", ["留任本班子", "跨地区交流", "跨条块交流 且 年龄（月）<=600"])
@pytest.mark.parametrize("op", [">=", "<="])
def test_indicator_shortage_and_solver_row_say_the_same(where: str, op: str) -> None:
    asked = target(where, op=op, bound="1")
    planned = house().with_plan(PLAN, house().as_of)
    (result,) = measure(asked, planned)
    pairs = pl.DataFrame(
        [(post, person["person_id"]) for post in NOW for person in PEOPLE],
        schema=["post_id", "person_id"],
        orient="row",
    )
    facts = placements(pairs, planned.posts, house().holdings).join(
        planned.people, on="person_id", maintain_order="left"
    )
    features = FeatureColumns(planned.people, [asked], facts)
    name = features.of_target(asked)
    (column,) = features.pair_columns
    assert column.name == name
    assert not features.person_columns
    value = dict(zip(pairs.iter_rows(), column.values, strict=True))
    row = sum(asked.coefficient(value[pair]) for pair in PLAN.items())
    assert row == result.left_side
    assert asked.shortfall(row) == result.shortfall


def test_an_area_that_is_not_known_leaves_the_move_open() -> None:
    teams = [{**each, "region": None} for each in TEAMS]
    unknown = replace(members(PEOPLE, teams, POSTS, NOW))
    (result,) = measure(target("跨地区交流"), unknown.with_plan(PLAN, unknown.as_of))
    assert result.unknown == 4
