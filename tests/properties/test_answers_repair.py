"""Repair against trying every plan: the fewest changed posts, then the best tiers among those."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.staffing_answers import best_plans, named, standing_of
from tests.support.staffing_brute_force import plans_of, values_of

from banzi.staffing import referee
from banzi.staffing.answers.repairing import repair


@pytest.mark.parametrize("first", range(0, 300, 20))
def test_a_repair_changes_the_fewest_posts_and_is_best_among_those(
    first: int, tmp_path: Path
) -> None:
    for best in best_plans(range(first, first + 20), tmp_path):
        problem, read, old, seed = best.problem, best.read, best.plan, best.seed
        posts = best.posts
        without = sorted(old.values())[: 1 + seed % 2]
        wanted = [
            (
                -sum(1 for post in posts if plan.get(post) != old.get(post)),
                values_of(read, plan),
            )
            for plan in plans_of(read)
            if not set(without) & set(plan.values()) and not referee.breaches(read, plan)
        ]
        found = repair(
            standing_of(problem, old), [problem.persons.index(person) for person in without]
        )
        assert (found.standing is None) == (not wanted), seed
        assert found.impossible == (not wanted), seed
        if found.standing is not None:
            assert (-len(found.changed), found.standing.tiers) == max(wanted), seed
            assert found.fewest
            assert found.best
            assert not set(without) & set(named(problem, found.standing).values())


def test_nobody_missing_changes_nothing(tmp_path: Path) -> None:
    (best,) = best_plans([3], tmp_path)
    found = repair(standing_of(best.problem, best.plan), [])
    assert found.changed == ()
    assert found.standing is not None
    assert named(best.problem, found.standing) == best.plan
