"""The local search against recomputing from scratch, and against trying everything."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.staffing_brute_force import best_plan
from tests.support.staffing_bundles import random_bundle
from tests.support.staffing_search import check_plan, random_rows, searched

from banzi.staffing.search.annealing import Loops, Thread
from banzi.staffing.search.fields import (
    ACTIVITY,
    BROKEN,
    FOUND,
    PRICE,
    ROW,
    VACANT,
    WORTH,
)
from banzi.staffing.search.measuring import Measure
from banzi.staffing.search.tables import make_tables
from banzi.staffing.search.weighing import row_worth
from banzi.staffing.system.rows import EMPTY, RowKind
from banzi.staffing.writing import write_bundle

NUMBERS = st.integers(0, 10**6)
QUIET = list(HealthCheck)


@settings(max_examples=50, deadline=None, suppress_health_check=QUIET)
@given(number=NUMBERS, heats=st.lists(st.integers(1, 10_000), min_size=1, max_size=4))
def test_what_moves_bring_up_to_date_is_what_reckoning_anew_gives(
    number: int, heats: list[int]
) -> None:
    rows = random_rows(number, posts=7, persons=9)
    tables = make_tables(rows)
    thread = Thread(rows, Loops(tables, False), np.full(rows.posts, EMPTY), number)
    thread.begin(Measure.of(rows), 1.0, None)
    if not len(tables.open_posts):
        return
    for heat in heats:
        thread.round(60, heat)
        state, plan = thread.state, thread.state.plan
        check_plan(rows, plan)
        fields = state.rows.reshape(-1, ROW)
        real = rows.kind != RowKind.CUT
        assert fields[real, ACTIVITY].tolist() == rows.activities(plan)[real].tolist()
        assert state.tiers.tolist() == rows.tier_values(plan)
        seats = {int(rows.arc_person[arc]): post for post, arc in enumerate(plan) if arc != EMPTY}
        assert {p: int(s) for p, s in enumerate(state.seat) if s != EMPTY} == seats
        broken = state.broken[: state.counters[BROKEN]].tolist()
        assert sorted(broken) == rows.breached(plan)
        vacant = state.vacant[: state.counters[VACANT]].tolist()
        assert sorted(vacant) == [p for p in tables.open_posts.tolist() if plan[p] == EMPTY]
        hard = fields[rows.kind == RowKind.HARD, PRICE]
        assert (hard > 0).all()
        if state.counters[FOUND]:
            check_plan(rows, state.kept)
            assert rows.breached(state.kept) == []
            assert state.tiers_kept.tolist() == rows.tier_values(state.kept)


@settings(max_examples=40, deadline=None, suppress_health_check=QUIET)
@given(number=NUMBERS)
def test_worth_of_rows_follows_their_activity(number: int) -> None:
    rows = random_rows(number, posts=6, persons=8)
    tables = make_tables(rows)
    thread = Thread(rows, Loops(tables, False), np.full(rows.posts, EMPTY), number)
    measure = Measure.of(rows)
    thread.begin(measure, 1.0, None)
    if not len(tables.open_posts):
        return
    before = thread.state.rows.copy()
    thread.round(80, 2_000)
    after = thread.state.rows.reshape(-1, ROW).copy()
    priced = after.copy()
    priced[:, PRICE] = before.reshape(-1, ROW)[:, PRICE]  # a round ends by raising prices
    steps = measure.guide(tables).steps
    for row in np.flatnonzero(rows.kind != RowKind.CUT).tolist():
        worth = row_worth(priced.reshape(-1), steps, ROW * row, int(after[row, ACTIVITY]))
        assert after[row, WORTH] == worth


@settings(max_examples=30, deadline=None, suppress_health_check=QUIET)
@given(number=NUMBERS)
def test_a_plan_found_is_a_plan_and_never_better_than_the_best(
    number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bundle")
    write_bundle(Path(folder), random_bundle(number))
    rows, expected = random_rows(number), best_plan(Path(folder))
    search = searched(rows, 20)
    if search.plan is None:
        return
    assert expected is not None
    check_plan(rows, search.plan)
    assert rows.breached(search.plan) == []
    assert rows.tier_values(search.plan) == list(search.tiers)
    assert list(search.tiers) <= expected.values


def test_a_short_search_finds_the_optimum_of_nearly_every_small_problem(tmp_path: Path) -> None:
    """The same problems and moves every time, so that the count is no matter of chance."""
    problems = optima = 0
    for number in range(25):
        write_bundle(tmp_path / str(number), random_bundle(number))
        expected = best_plan(tmp_path / str(number))
        if expected is None:
            continue
        problems += 1
        optima += list(searched(random_rows(number), 30).tiers) == expected.values
    assert problems > 15
    assert optima >= 0.9 * problems
