"""The plan there is before the search: always a right one, by rows, referee and trying everything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.staffing_brute_force import best_plan
from tests.support.staffing_bundles import random_bundle
from tests.support.staffing_search import check_plan, random_rows

from banzi.staffing import referee
from banzi.staffing.reading import interpret
from banzi.staffing.search.opening import BEAT, FEWEST_CHANGES, opening_plan
from banzi.staffing.system.rows import EMPTY
from banzi.staffing.writing import write_bundle

NUMBERS = st.integers(0, 10**6)
QUIET = list(HealthCheck)
POSTS, PERSONS = 7, 9


@settings(max_examples=100, deadline=None, suppress_health_check=QUIET)
@given(number=NUMBERS, seed=st.integers(0, 2**31 - 1))
def test_a_plan_is_right_and_the_same_again_and_none_takes_no_longer(
    number: int, seed: int
) -> None:
    rows, beats = random_rows(number, posts=POSTS, persons=PERSONS), 0

    def beat() -> None:
        nonlocal beats
        beats += 1

    plan = opening_plan(rows, seed, beat)
    assert BEAT * (beats - 1) < POSTS + FEWEST_CHANGES
    again = opening_plan(rows, seed, lambda: None)
    if plan is None:
        assert again is None
        return
    assert again is not None
    assert again.tolist() == plan.tolist()
    check_plan(rows, plan)
    assert rows.breached(plan) == []


@settings(max_examples=30, deadline=None, suppress_health_check=QUIET)
@given(number=NUMBERS)
def test_the_referee_finds_nothing_wrong_with_it(
    number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Path(tmp_path_factory.mktemp("bundle"))
    drawn = random_bundle(number, posts=POSTS, persons=PERSONS)
    write_bundle(folder, drawn)
    rows, problem = random_rows(number, posts=POSTS, persons=PERSONS), interpret(drawn)
    plan = opening_plan(rows, 0, lambda: None)
    if plan is None:
        return
    told = [
        {
            "post_id": post.post_id,
            "person_id": None if arc == EMPTY else problem.persons[rows.arc_person[arc]],
        }
        for post, arc in zip(problem.posts, plan.tolist(), strict=True)
    ]
    bundle = referee.load_problem(folder)
    placed, wrong = referee.placements(bundle, json.loads(json.dumps(told)))
    assert wrong == []
    assert referee.breaches(bundle, placed) == []


def test_nearly_every_small_problem_that_has_a_plan_gets_one_and_no_other(tmp_path: Path) -> None:
    """The same problems every time, so that the count is no matter of chance."""
    possible = found = 0
    for number in range(60):
        folder = tmp_path / str(number)
        write_bundle(folder, random_bundle(number))
        plan = opening_plan(random_rows(number), 1, lambda: None)
        if best_plan(folder) is None:
            assert plan is None
            continue
        possible += 1
        found += plan is not None
    assert 30 < possible < 60
    assert found >= 0.95 * possible
