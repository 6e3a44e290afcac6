"""What-if and why-not against trying every plan of a small bundle."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.staffing_answers import best_plans, named
from tests.support.staffing_brute_force import plans_of, values_of

from banzi.staffing import referee
from banzi.staffing.answers.what_if import Question, instant
from banzi.staffing.answers.whying import why

FIRSTS = range(0, 260, 20)


@pytest.mark.parametrize("first", FIRSTS)
def test_the_loss_of_putting_somebody_there_or_not_is_exact(first: int, tmp_path: Path) -> None:
    for best in best_plans(range(first, first + 20), tmp_path):
        problem, read, old, seed = best.problem, best.read, best.plan, best.seed
        case, ids = best.case(), best.posts
        good = [plan for plan in plans_of(read) if not referee.breaches(read, plan)]
        for post, person in list(read["pair"])[seed % 3 :: 3]:
            reason = why(case, ids.index(post), problem.persons.index(person))
            if old.get(post) == person:
                allowed = [values_of(read, p) for p in good if p.get(post) != person]
            else:
                allowed = [values_of(read, p) for p in good if p.get(post) == person]
            if reason.kind == "banned":
                assert not allowed
                continue
            assert (reason.answer is None or reason.answer.standing is None) == (not allowed), seed
            if allowed and reason.answer and reason.answer.standing:
                assert reason.answer.standing.tiers == max(allowed), (seed, post, person)
                assert reason.answer.status == "optimal"
                worst = max(allowed)
                assert reason.losses(case) == [
                    a - b for a, b in zip(best.values, worst, strict=True)
                ]
            elif old.get(post) != person:
                assert reason.kind == "impossible", seed
                assert reason.members
        absent = [(p, c) for p in ids for c in problem.persons if (p, c) not in read["pair"]]
        for post, person in absent[:2]:
            reason = why(case, ids.index(post), problem.persons.index(person))
            assert reason.kind == "not-candidate"


@pytest.mark.parametrize("first", FIRSTS)
def test_what_is_told_at_once_is_a_plan(first: int, tmp_path: Path) -> None:
    """And never better than what every plan could be."""
    for best in best_plans(range(first, first + 20), tmp_path):
        problem, read, seed = best.problem, best.read, best.seed
        case = best.case()
        rows = case.standing.rows
        for arc in range(rows.arcs):
            held = int(case.standing.plan[rows.arc_post[arc]]) == arc
            asked = Question(banned=(arc,)) if held else Question(pinned=(arc,))
            answer = instant(case, asked)
            if answer.standing is None:
                continue
            plan = named(problem, answer.standing)
            assert not referee.breaches(read, plan), seed
            assert values_of(read, plan) == answer.standing.tiers
            assert answer.standing.tiers <= best.values
            used = int(answer.standing.plan[rows.arc_post[arc]]) == arc
            assert used != held
