"""Rows judged in whole numbers, HiGHS kept honest, goals in order, ties settled."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from banzi.solvers.conflict import ConflictTask, minimal_conflict
from banzi.solvers.highs import Engine, Outcome, Status
from banzi.solvers.lexicographic import Found, Task, maximise_in_order
from banzi.solvers.rows import Form, Row, System


def knapsack() -> tuple[System, Form]:
    """Weights 3, 4, 5 under 8; values 4, 5, 6: best is {3, 5} = 10."""
    system = System()
    items = [system.add_variable() for _ in range(3)]
    system.add(Row.at_most(8, zip(items, (3, 4, 5), strict=True), name=("weight",)))
    return system, Form.of(zip(items, (4, 5, 6), strict=True), constant=100)


def test_rows_add_up_repeated_variables_and_know_what_breaks_them() -> None:
    row = Row.between(1, 2, [(0, 1), (1, 2), (0, 1), (1, -2)], name=("r",))
    assert row.terms == ((0, 2),)
    assert [row.holds([value, 9]) for value in (0, 1, 2)] == [False, True, False]
    system = System()
    system.add_variable(0, 1)
    system.add(Row.at_least(1, [(0, 1)], name=("low",)))
    assert system.breaches([2]) == [("bounds",)]
    assert system.breaches([0]) == [("low",)]
    assert system.without({("low",)}).breaches([0]) == []


def test_an_optimum_is_proven_with_its_constant() -> None:
    system, form = knapsack()
    outcome = Engine(system).maximise(form)
    assert outcome == Outcome(Status.OPTIMAL, [1, 0, 1], 110, 110)


def test_what_cannot_be_is_infeasible_even_with_an_empty_row() -> None:
    system, form = knapsack()
    system.add(Row.at_least(1, [], name=("nothing",)))
    assert Engine(system).maximise(form).status is Status.INFEASIBLE


def test_no_time_gives_no_answer() -> None:
    system, form = knapsack()
    assert Engine(system).maximise(form, until=time.monotonic() - 1).status is Status.UNKNOWN


def test_the_limit_counts_from_each_search_and_not_from_the_engines_birth() -> None:
    system, form = knapsack()
    engine = Engine(system)
    for _ in range(5):
        assert engine.maximise(form, until=time.monotonic() + 5).status is Status.OPTIMAL


def random_choice_task(seed: int) -> Task:
    """Four choices among three variables each, two goals, a budget row."""
    draw = random.Random(seed)
    system = System()
    choices = []
    for _ in range(4):
        group = tuple(system.add_variable() for _ in range(3))
        system.add(Row.at_most(1, [(v, 1) for v in group], name=("group",)))
        choices.append(group)
    everything = range(len(system.lows))
    system.add(Row.at_most(9, [(v, draw.randint(1, 5)) for v in everything], name=("budget",)))
    goals = tuple(Form.of((v, draw.randint(0, 3)) for v in everything) for _ in range(2))
    return Task(system, goals, tuple(choices))


@pytest.mark.parametrize("seed", range(25))
def test_ordered_goals_and_ties_equal_those_of_trying_everything(seed: int) -> None:
    task = random_choice_task(seed)
    rows = list(task.system.rows)
    best = max(
        (
            tuple(goal.value(values) for goal in task.goals)
            + tuple(tuple(values[v] for v in choice) for choice in task.choices),
            values,
        )
        for values in itertools.product((0, 1), repeat=12)
        if all(row.holds(values) for row in rows)
    )
    heard: list[Found] = []
    ordered = maximise_in_order(task, 60, heard.append)
    assert ordered.status is Status.OPTIMAL
    assert ordered.canonical
    assert ordered.values == list(best[1])
    assert ordered.bounds == best[0][:2]
    assert {found.goal for found in heard} == {0, 1}
    assert all(row.holds(found.values) for found in heard for row in rows)


@pytest.mark.parametrize("seed", range(25))
def test_fixing_by_bounds_removes_no_optimal_solution(seed: int) -> None:
    task = random_choice_task(seed)
    goal = task.goals[0]
    engine = Engine(task.system)
    rows = list(task.system.rows)
    value = engine.maximise(goal).value
    assert value is not None
    engine.fix_by_bounds(goal, value, time.monotonic() + 60)
    for values in itertools.product((0, 1), repeat=12):
        if all(row.holds(values) for row in rows) and goal.value(values) == value:
            assert task.system.breaches(values) == []


def test_fixing_by_bounds_does_remove_hopeless_variables() -> None:
    """Two equal good ones under one row: its dual can only be 9, and the poor one is out."""
    system = System()
    good, other, poor = (system.add_variable() for _ in range(3))
    system.add(Row.at_most(1, [(good, 1), (other, 1), (poor, 1)], name=("one",)))
    engine = Engine(system)
    form = Form.of([(good, 9), (other, 9), (poor, 1)])
    engine.fix_by_bounds(form, 9, time.monotonic() + 60)
    assert (system.lows, system.highs) == ([0, 0, 0], [1, 1, 0])


@pytest.mark.parametrize("seed", range(15))
def test_a_conflict_set_is_sufficient_and_each_member_necessary(seed: int) -> None:
    draw = random.Random(seed)
    system = System()
    variables = [system.add_variable(0, 3) for _ in range(4)]
    for number in range(10):
        chosen = draw.sample(variables, 2)
        row = Row.at_most if draw.random() < 0.5 else Row.at_least
        system.add(row(draw.randint(1, 5), [(v, 1) for v in chosen], name=("row", str(number))))
    names = tuple(row.name for row in system.rows)

    def possible(kept: set[tuple[str, ...]]) -> bool:
        rows = [row for row in system.rows if row.name in kept]
        points = itertools.product(range(4), repeat=4)
        return any(all(row.holds(point) for row in rows) for point in points)

    found = minimal_conflict(ConflictTask(system, names))
    if possible(set(names)):
        assert found.members == ()
        return
    assert found.sufficient
    assert found.necessary
    assert not possible(set(found.members))
    assert all(possible(set(found.members) - {name}) for name in found.members)


def test_rows_that_may_not_be_blamed_are_not() -> None:
    system = System()
    x = system.add_variable()
    system.add(Row.at_least(2, [(x, 1)], name=("asked", "1")))
    system.add(Row.at_most(0, [(x, 1)], name=("given",)))
    found = minimal_conflict(ConflictTask(system, (("asked", "1"),)))
    assert found.members == (("asked", "1"),)
