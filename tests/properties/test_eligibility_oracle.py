"""The frames of facts and rules agree with a second reading in plain Python, for every rule."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.eligibility_oracle import RANK
from tests.eligibility_oracle_teams import TeamOracle
from tests.random_rosters import Maker

from banzi.rules import RULES, judge_ranks, judge_teams, screen
from banzi.rules.catalogue import RANK_RULES, TEAM_RULES
from banzi.rules.teams_and_ranks import Judgement

DAYS = st.sampled_from([date(2026, 6, 30), date(2028, 2, 29), date(2025, 12, 31), date(2026, 3, 1)])
SEEDS = st.integers(0, 2**32)


@settings(max_examples=12, deadline=None)
@given(SEEDS, DAYS)
def test_the_frame_agrees_with_the_scalar_oracle(seed: int, as_of: date) -> None:
    check_against_oracle(seed, as_of)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(SEEDS, DAYS)
def test_the_frame_agrees_with_the_scalar_oracle_on_many(seed: int, as_of: date) -> None:
    check_against_oracle(seed, as_of)


def check_against_oracle(seed: int, as_of: date) -> None:
    roster = Maker(random.Random(seed), as_of).roster(findings=True)
    oracle = TeamOracle({name: frame.to_dicts() for name, frame in roster.tables.items()}, as_of)
    screening = screen(roster, as_of)
    rows = screening.results.select("rule_id", "post_id", "person_id", "verdict")
    found = {tuple(row[:3]): row[3] for row in rows.iter_rows()}
    pairs = {(post, person): v for post, person, v in screening.pairs.iter_rows()}
    judged: set[str] = set()
    for post in roster["posts"].to_dicts():
        for person in roster["persons"].to_dicts():
            expected = oracle.verdicts(person, post)
            key = (post["post_id"], person["person_id"])
            assert {rule: found[rule, *key] for rule in expected} == expected, key
            assert pairs[key] == max(expected.values(), key=RANK.index)
            judged |= set(expected)
    assert judged == {rule for rule, _post, _person in found} == {rule.id for rule in RULES}
    teams = {team["team_id"]: oracle.team_verdicts(team) for team in roster["teams"].to_dicts()}
    assert by_subject(judge_teams(roster, as_of)) == teams
    ranks = {row["person_id"]: oracle.rank_verdicts(row) for row in roster["persons"].to_dicts()}
    assert by_subject(judge_ranks(roster, as_of)) == ranks
    assert set().union(*teams.values()) == {rule.id for rule in TEAM_RULES}
    assert set().union(*ranks.values()) == {rule.id for rule in RANK_RULES}


def by_subject(judgements: list[Judgement]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for each in judgements:
        found.setdefault(each.subject, {})[each.rule_id] = each.verdict.value
    return found
