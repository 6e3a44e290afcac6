"""A block with every post free is the whole problem: its best filling equals trying every plan."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.support.staffing_answers import disk, standing_of
from tests.support.staffing_brute_force import best_plan, plans_of, values_of
from tests.support.staffing_bundles import random_bundle

from banzi.staffing import referee
from banzi.staffing.answers.block import Block, Wish
from banzi.staffing.answers.searching import feasible, fill, fill_nearest
from banzi.staffing.answers.standing import Standing
from banzi.staffing.problem import Problem
from banzi.staffing.reading import interpret
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, RowSystem

SEEDS = range(0, 240, 8)


@pytest.mark.parametrize("first", SEEDS)
def test_the_best_filling_of_everything_is_the_optimum(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 8):
        bundle = random_bundle(seed)
        folder = disk(bundle, tmp_path / str(seed))
        best = best_plan(folder)
        standing = standing_of(interpret(bundle))
        block = Block(standing, range(standing.rows.posts))
        found = fill(block)
        assert (found.standing is None) == (best is None), seed
        assert (feasible(block).standing is None) == (best is None), seed
        if best is not None and found.standing is not None:
            assert found.standing.tiers == best.values, seed
            assert found.status == "optimal"
            assert list(found.bounds) == best.values


@pytest.mark.parametrize("first", SEEDS)
def test_the_nearest_best_filling_moves_the_fewest_posts_of_all_optima(
    first: int, tmp_path: Path
) -> None:
    """Counted over every plan, whether or not the bounds of earlier tiers are known beforehand."""
    for seed in range(first, first + 8):
        bundle = random_bundle(seed)
        folder = disk(bundle, tmp_path / str(seed))
        read, problem = referee.load_problem(folder), interpret(bundle)
        best, start = best_plan(folder), standing_of(problem)
        block = Block(start, range(start.rows.posts))
        for ceilings in ((), () if best is None else tuple(best.values)):
            found = fill_nearest(block, ceilings=ceilings)
            assert (found.standing is None) == (best is None), seed
            if best is None or found.standing is None:
                continue
            assert found.status == "optimal", seed
            assert found.standing.tiers == best.values, seed
            tiers = read["settings"]["tiers"]
            fewest = min(
                len(start.changed(_standing(start, problem, plan)))
                for plan in plans_of(read)
                if not referee.breaches(read, plan)
                and [referee.tier_value(read, t, plan) for t in tiers] == best.values
            )
            assert len(start.changed(found.standing)) == fewest, seed


def _standing(start: Standing, problem: Problem, plan: dict[str, str]) -> Standing:
    arcs = [
        start.rows.arc_of(place, problem.persons.index(plan[post.post_id]))
        if plan.get(post.post_id)
        else EMPTY
        for place, post in enumerate(problem.posts)
    ]
    return Standing(start.rows, np.array(arcs, np.int64))


@pytest.mark.parametrize("first", SEEDS)
def test_a_block_is_best_among_all_plans_that_agree_with_the_rest(
    first: int, tmp_path: Path
) -> None:
    """Two posts free, the others as in some plan; sometimes with a pin or a ban."""
    for seed in range(first, first + 8):
        bundle = random_bundle(seed)
        problem = interpret(bundle)
        rows = assemble(problem)
        folder = disk(bundle, tmp_path / str(seed))
        read = referee.load_problem(folder)
        ids = [post.post_id for post in problem.posts]
        plans = list(plans_of(read))
        held = plans[(seed * 7919) % len(plans)]
        free = sorted({seed % len(ids), (seed // 3) % len(ids)})
        arcs = np.full(rows.posts, EMPTY, np.int64)
        for post, person in held.items():
            arcs[ids.index(post)] = rows.arc_of(ids.index(post), problem.persons.index(person))
        if any(
            arcs[ids.index(post)] == EMPTY and ids.index(post) not in free for post in held
        ):  # a banned pair, which is no arc
            continue
        arcs[free] = EMPTY
        pinned = tuple(range(rows.post_start[free[0]], rows.post_start[free[0] + 1]))[:1]
        wish = Wish(pinned=pinned if seed % 3 == 0 and pinned else ())
        if seed % 3 == 1 and pinned:
            wish = Wish(banned=pinned)
        allowed = []
        for plan in plans:
            same = all(plan.get(p) == held.get(p) for k, p in enumerate(ids) if k not in free)
            if same and not referee.breaches(read, plan) and _wished(wish, rows, problem, plan):
                allowed.append(values_of(read, plan))
        standing = Standing(rows, arcs)
        found = fill(Block(standing, free, wish))
        pins_elsewhere = any(
            arcs[rows.arc_post[a]] != a for a in rows.pinned if rows.arc_post[a] not in free
        )
        if pins_elsewhere:
            continue  # held posts that ignore a pin are no plan to ask about
        assert (found.standing is None) == (not allowed), seed
        if found.standing is not None:
            assert found.standing.tiers == max(allowed), seed


def _wished(wish: Wish, rows: RowSystem, problem: Problem, plan: dict[str, str]) -> bool:
    for arc in wish.pinned + wish.banned:
        post = problem.posts[rows.arc_post[arc]].post_id
        person = problem.persons[rows.arc_person[arc]]
        if (plan.get(post) == person) != (arc in wish.pinned):
            return False
    return True
