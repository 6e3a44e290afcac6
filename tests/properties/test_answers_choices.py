"""Alternates and portfolios against trying every plan of a small bundle."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.staffing_answers import best_plans, named
from tests.support.staffing_brute_force import values_of

from banzi.staffing import referee
from banzi.staffing.answers.alternates import alternates
from banzi.staffing.answers.portfolio import MOST, Measure, portfolio

FIRSTS = range(0, 260, 20)


@pytest.mark.parametrize("first", FIRSTS)
def test_alternates_keep_every_requirement_and_stand_in_order(first: int, tmp_path: Path) -> None:
    for best in best_plans(range(first, first + 20), tmp_path):
        problem, read, old, seed = best.problem, best.read, best.plan, best.seed
        ids = best.posts
        for each in alternates(best.case(), many=5):
            post = ids[each.post]
            wanted = []
            for person in problem.persons:
                swapped = {**old, post: person}
                free = person not in old.values() and (post, person) in read["pair"]
                if free and not referee.breaches(read, swapped):
                    wanted.append(values_of(read, swapped))
            found = []
            for other in each.alternates:
                swapped = {**old, post: problem.persons[other.person]}
                assert not referee.breaches(read, swapped)
                change = zip(best.values, other.changes, strict=True)
                assert values_of(read, swapped) == [now + more for now, more in change]
                found.append(values_of(read, swapped))
            assert found == sorted(wanted, reverse=True)[:5], seed


@pytest.mark.parametrize("first", FIRSTS)
def test_plans_of_a_portfolio_are_lawful_different_and_not_dominated(
    first: int, tmp_path: Path
) -> None:
    for best in best_plans(range(first, first + 20), tmp_path):
        problem, read, seed = best.problem, best.read, best.seed
        columns = sorted({*problem.person_features, *problem.pair_features} - {"female"})
        if not columns:
            continue
        case = best.case()
        measures = [Measure(column, True, MOST(column=column)) for column in columns]
        found = portfolio(case, measures, distance=2, keep=500)
        vectors = []
        for choice in found:
            plan = named(problem, choice.standing)
            assert not referee.breaches(read, plan)
            assert values_of(read, plan) == choice.standing.tiers
            assert choice.standing.tiers[:-1] == best.values[:-1]
            sums = [
                sum(referee.feature(read, column, p, c) for p, c in plan.items())
                for column in columns
            ]
            assert list(choice.scores) == sums
            vectors.append([*choice.standing.tiers, *sums])
        for k, mine in enumerate(vectors):
            for o, other in enumerate(vectors):
                if o != k:
                    assert len(found[k].standing.changed(found[o].standing)) >= 2
                    assert found[k].distances[o] >= 2
                    worse = all(a <= b for a, b in zip(mine, other, strict=True))
                    assert k == 0 or not worse, seed
