"""Repair against trying every plan: the fewest changed posts, then the best tiers among those."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.staffing_answers import disk, named, standing_of
from tests.support.staffing_brute_force import best_plan, plans_of
from tests.support.staffing_bundles import random_bundle

from banzi.staffing import referee
from banzi.staffing.answers.repairing import repair
from banzi.staffing.reading import interpret


@pytest.mark.parametrize("first", range(0, 300, 20))
def test_a_repair_changes_the_fewest_posts_and_is_best_among_those(
    first: int, tmp_path: Path
) -> None:
    for seed in range(first, first + 20):
        bundle = random_bundle(seed)
        folder = disk(bundle, tmp_path / str(seed))
        best = best_plan(folder)
        read = referee.load_problem(folder)
        if best is None:
            continue
        problem = interpret(bundle)
        posts = list(read["post"])
        old = {p: c for p, c in zip(posts, best.assignments, strict=True) if c is not None}
        without = sorted(old.values())[: 1 + seed % 2]
        wanted = [
            (
                -sum(1 for post in posts if plan.get(post) != old.get(post)),
                [referee.tier_value(read, t, plan) for t in read["settings"]["tiers"]],
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
    bundle = random_bundle(3)
    best = best_plan(disk(bundle, tmp_path))
    assert best is not None
    problem = interpret(bundle)
    posts = [post.post_id for post in problem.posts]
    old = {p: c for p, c in zip(posts, best.assignments, strict=True) if c is not None}
    found = repair(standing_of(problem, old), [])
    assert found.changed == ()
    assert found.standing is not None
    assert named(problem, found.standing) == old
