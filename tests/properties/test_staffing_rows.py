"""The rows in arrays judge any plan, good or bad, as the referee does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.staffing_brute_force import values_of
from tests.support.staffing_bundles import random_bundle

from banzi.staffing import referee
from banzi.staffing.reading import interpret
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, RowKind, RowSystem
from banzi.staffing.writing import write_bundle


def some_plan(rows: RowSystem, draw: random.Random) -> list[int]:
    """Per post an arc or EMPTY, no person twice; rules may be broken, pins and bans included."""
    plan, used = [], set()
    for post in range(rows.posts):
        first, last = int(rows.post_start[post]), int(rows.post_start[post + 1])
        free = [arc for arc in range(first, last) if rows.arc_person[arc] not in used]
        arc = draw.choice([EMPTY, *free])
        if arc != EMPTY:
            used.add(rows.arc_person[arc])
        plan.append(arc)
    return plan


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(number=st.integers(0, 10**6))
def test_rows_and_referee_agree_on_any_plan(
    number: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("bundle")
    bundle = random_bundle(number)
    write_bundle(Path(folder), bundle)
    problem, judged = interpret(bundle), referee.load_problem(folder)
    rows, draw = assemble(problem, with_bans=True), random.Random(number)
    for _ in range(12):
        plan = some_plan(rows, draw)
        placed = {
            problem.posts[post].post_id: problem.persons[rows.arc_person[arc]]
            for post, arc in enumerate(plan)
            if arc != EMPTY
        }
        assert rows.tier_values(plan) == values_of(judged, placed)
        said = {kind for kind, _about in referee.breaches(judged, placed)}
        assert {rows.names[row][0] for row in rows.breached(plan)} == said & {"exclusion", "target"}
        assert bool(set(rows.pinned) - set(plan)) == ("pin" in said)
        assert bool(set(rows.banned) & set(plan)) == ("ban" in said)


@settings(max_examples=30, deadline=None)
@given(number=st.integers(0, 10**6))
def test_terms_by_row_and_by_arc_are_the_same(number: int) -> None:
    problem = interpret(random_bundle(number))
    rows = assemble(problem)
    by_row = {
        (row, int(rows.row_arcs[k]), int(rows.row_coefficients[k]))
        for row in range(rows.rows)
        for k in range(rows.row_start[row], rows.row_start[row + 1])
    }
    by_arc = {
        (int(rows.arc_rows[k]), arc, int(rows.arc_coefficients[k]))
        for arc in range(rows.arcs)
        for k in range(rows.arc_start[arc], rows.arc_start[arc + 1])
    }
    assert by_row == by_arc
    pairs = {problem.pairs[k] for k in rows.arc_pair}
    assert pairs == set(problem.pairs) - set(problem.bans)
    for arc in range(rows.arcs):
        assert rows.arc_of(int(rows.arc_post[arc]), int(rows.arc_person[arc])) == arc


@settings(max_examples=60, deadline=None)
@given(number=st.integers(0, 10**6))
def test_a_cut_says_nothing_that_its_row_does_not_say_of_whole_persons(number: int) -> None:
    rows, draw = assemble(interpret(random_bundle(number))), random.Random(number)
    for _ in range(12):
        missed = rows.missed(rows.activities(some_plan(rows, draw)))
        for row in range(rows.rows):
            if rows.kind[row] == RowKind.CUT:
                assert missed[row] <= missed[rows.of[row]]
