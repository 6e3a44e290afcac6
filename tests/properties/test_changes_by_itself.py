"""A verdict said to change on a day by itself does so on that day, and not the day before."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.builders import of, person, roster
from tests.random_rosters import Maker

from banzi.rules import RULES, explain
from banzi.rules.explaining import RuleResult

COUNTING = {
    "appointment-regulations/8.1/work-years",
    "appointment-regulations/8.3/time-in-level",
    "retirement/na/before-retirement",
    "term-rules/3/full-term",
}
"""Rules that look at months only; the others also look at which year it is, or at documents."""


@settings(max_examples=12)
@example(10000000)  # counted on past the recorded end of the level
@given(st.integers(0, 2**32))
def test_the_day_named_is_the_day_of_the_change(seed: int) -> None:
    as_of = date(2026, 6, 30)
    made = Maker(random.Random(seed), as_of, 0.05).roster()
    rng = random.Random(seed)
    who, where = rng.choice(["甲", "乙", "丙", "丁", "戊"]), rng.choice("0123")
    rules = [rule for rule in RULES if rule.id in COUNTING]

    def on(day: date) -> dict[str, RuleResult]:
        return {r.rule_id: r for r in explain(made, day, who, where, rules=rules)}

    for rule, result in on(as_of).items():
        if result.changes_on is None:
            continue
        assert result.changes_on > as_of
        assert on(result.changes_on - timedelta(days=1))[rule].verdict == result.verdict, rule
        assert on(result.changes_on)[rule].verdict != result.verdict, rule


@pytest.mark.parametrize(
    ("since", "expected"), [(20240700, date(2026, 7, 1)), (20250100, date(2027, 1, 1))]
)
def test_a_deputy_learns_when_the_two_years_are_full(since: int, expected: date) -> None:
    as_of = date(2026, 6, 30)
    made = roster(
        as_of,
        persons=[person("甲", post_level="1A32", post_level_since=since)],
        organs=[{"organ_id": "o", "organ_name": "某县委"}],
        teams=[
            {"team_id": "t", "team_name": "某班子", "team_kind": "party_committee", "organ_id": "o"}
        ],
        posts=[
            {
                "post_id": "p",
                "post_name": "书记",
                "organ_id": "o",
                "role": "principal",
                "post_level": "1A31",
            }
        ],
        post_teams=[{"post_id": "p", "team_id": "t", "team_order": 1}],
        level_history=[
            of(
                "甲",
                level_no=1,
                level_kind="post_level",
                post_level="1A32",
                started_on=since,
                in_force=True,
            )
        ],
    )
    rules = [rule for rule in RULES if rule.id == "appointment-regulations/8.3/time-in-level"]
    (result,) = explain(made, as_of, "甲", "p", rules=rules)
    assert (result.verdict.value, result.changes_on) == ("fail", expected)
