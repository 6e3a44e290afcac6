"""What fractions call a clash is one against every plan; what a walk finds keeps what was asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.properties.test_answers_conflict import infeasible_bundle, possible
from tests.support.staffing_answers import disk
from tests.support.staffing_brute_force import plans_of

from banzi.staffing import referee
from banzi.staffing.answers.demands import Demands, team_blocks
from banzi.staffing.answers.finding import walk_to_a_plan
from banzi.staffing.answers.fractions import clash_in_fractions
from banzi.staffing.reading import interpret
from banzi.staffing.system.rows import EMPTY

FIRSTS = range(500, 740, 20)


@pytest.mark.parametrize("first", FIRSTS)
@pytest.mark.parametrize("persons", [False, True])
def test_no_plan_keeps_what_clashes_in_fractions(first: int, persons: bool, tmp_path: Path) -> None:
    for seed in range(first, first + 20):
        bundle = infeasible_bundle(seed)
        demands = Demands.of(interpret(bundle))
        found = clash_in_fractions(demands, demands.names, persons=persons)
        if found is None:
            continue
        assert set(found) <= set(demands.names)
        read = referee.load_problem(disk(bundle, tmp_path / str(seed)))
        assert not possible(read, list(plans_of(read)), found), seed


def test_fractions_show_most_clashes() -> None:
    """Else the test above would be about nothing; with persons they show at least as many."""
    demands = [Demands.of(interpret(infeasible_bundle(seed))) for seed in range(500, 580)]
    without = {k for k, each in enumerate(demands) if clash_in_fractions(each, each.names)}
    with_persons = {
        k for k, each in enumerate(demands) if clash_in_fractions(each, each.names, persons=True)
    }
    assert len(without) >= 20
    assert len(with_persons) >= len(without)


@pytest.mark.parametrize("first", FIRSTS)
def test_a_plan_walked_to_keeps_every_requirement_asked(first: int, tmp_path: Path) -> None:
    found = 0
    for seed in range(first, first + 6):
        bundle = infeasible_bundle(seed)
        demands = Demands.of(interpret(bundle))
        names = demands.names[::2]
        plan = walk_to_a_plan(demands, names, rounds=15)
        if plan is None:
            continue
        found += 1
        rows, used = demands.rows, plan[plan != EMPTY]
        activities = rows.activities(plan)
        for name in names:
            for row in demands.rows_of.get(name, ()):
                assert rows.low[row] <= activities[row] <= rows.high[row], (seed, name)
            if name in demands.arc_of:
                assert (demands.arc_of[name] in used) == (name[0] == "pin"), (seed, name)
        assert len(np.unique(rows.arc_person[used])) == len(used)
    assert found


def test_a_requirement_is_of_a_block_when_it_speaks_of_no_other_post() -> None:
    inside = across = 0
    for number in range(60):
        problem = interpret(infeasible_bundle(number))
        demands, blocks = Demands.of(problem), team_blocks(problem)
        for block, found in zip(blocks, demands.inside(blocks), strict=True):
            expected = tuple(
                name
                for name in demands.names
                if block.issuperset(demands.rows.arc_post[demands.arcs_of([name])].tolist())
            )
            assert found == expected
            inside, across = inside + len(found), across + len(demands.names) - len(found)
    assert inside > 0
    assert across > 0
