"""The search in depth fills blocks as well as trying everything does, and as HiGHS does."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.staffing_answers import standing_of
from tests.support.staffing_bundles import random_bundle

from banzi.solvers.highs import Status
from banzi.staffing.answers import searching
from banzi.staffing.answers.block import Block, Goal, Wish
from banzi.staffing.answers.in_depth import InDepth, in_depth
from banzi.staffing.answers.standing import Standing
from banzi.staffing.proof import pricing
from banzi.staffing.reading import interpret
from banzi.staffing.system.rows import EMPTY, RowSystem

NUMBERS = st.integers(0, 10**6)


@pytest.fixture(autouse=True)
def _plain_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks are tiny: plain Python is faster than opening the compiler."""
    monkeypatch.setattr(pricing, "machine_code", lambda loop: loop)


def fillings(block: Block) -> list[Standing]:
    """Every filling of the free posts that keeps the hard rows and the pins, the rest held."""
    rows: RowSystem = block.standing.rows
    plans = [block.plan([0] * block.matrix.columns)]
    for post in block.posts.tolist():
        arcs = block.arcs[rows.arc_post[block.arcs] == post].tolist()
        more = []
        for plan in plans:
            for arc in (EMPTY, *arcs):
                changed = plan.copy()
                changed[post] = arc
                more.append(changed)
        plans = more
    found = []
    for plan in plans:
        persons = rows.arc_person[plan[plan != EMPTY]]
        pinned = (plan[rows.arc_post[block.pinned]] == block.pinned).all()
        if pinned and len(set(persons.tolist())) == len(persons) and not rows.breached(plan):
            found.append(Standing(rows, plan))
    return found


def asked(block: Block) -> tuple[Goal, int]:
    """The last tier, and, worth less than a point of it, posts kept."""
    stay, weight, last = searching.kept(block), len(block.posts) + 1, block.tiers[-1]
    costs = last.costs * weight + stay.costs
    return Goal(costs, last.constant * weight + stay.constant), weight


def worth(block: Block, standing: Standing, weight: int) -> int:
    kept = len(block.posts) - len(block.standing.changed(standing))
    return standing.tiers[-1] * weight + kept


def drawn_block(number: int) -> tuple[Block, random.Random]:
    """A few posts free around some filling of a drawn problem, sometimes with a pin or a ban."""
    draw = random.Random(number)
    start = standing_of(interpret(random_bundle(number)))
    rows = start.rows
    whole = fillings(Block(start, range(rows.posts)))
    standing = draw.choice(whole) if whole else start
    free = draw.sample(range(rows.posts), draw.randint(1, rows.posts))
    arcs = [a for a in range(rows.arcs) if rows.arc_post[a] in free]
    wish = Wish()
    if arcs and draw.random() < 0.6:
        arc = (draw.choice(arcs),)
        wish = Wish(pinned=arc) if draw.random() < 0.5 else Wish(banned=arc)
    return Block(standing, free, wish), draw


def deep(block: Block, floors: list[int], draw: random.Random) -> InDepth | None:
    both, weight = asked(block)
    groups = [draw.randint(0, 2) for _ in block.posts]
    dense = np.unique(groups, return_inverse=True)[1].tolist()
    return in_depth(block, both, weight, floors, dense)


@settings(max_examples=120, deadline=None)
@given(number=NUMBERS)
def test_no_filling_at_the_ceilings_is_better_whatever_the_groups(number: int) -> None:
    block, draw = drawn_block(number)
    if block.impossible:
        return
    _both, weight = asked(block)
    every = fillings(block)
    floors = [searching.most(block, goal) for goal in block.tiers[:-1]]
    if every and draw.random() < 0.7:  # what the best one reaches, where that is all of something
        floors = max(standing.tiers for standing in every)[:-1]
    reached = [
        worth(block, standing, weight)
        for standing in every
        if all(a >= b for a, b in zip(standing.tiers, floors, strict=False))
    ]
    found = deep(block, floors, draw)
    if found is None:
        return
    standing = Standing(block.standing.rows, found.plan)
    assert standing.plan.tolist() in [each.plan.tolist() for each in every]
    assert all(a >= b for a, b in zip(standing.tiers, floors, strict=False))
    assert worth(block, standing, weight) == found.bound == max(reached)


def test_a_third_of_drawn_blocks_can_be_asked_in_depth() -> None:
    """Else the law above would hold of nothing."""
    answered = possible = 0
    for number in range(60):
        block, draw = drawn_block(number)
        every = [] if block.impossible else fillings(block)
        if not every:
            continue
        possible += 1
        floors = max(standing.tiers for standing in every)[:-1]
        answered += deep(block, floors, draw) is not None
    assert possible > 30
    assert answered > possible / 3


@settings(max_examples=80, deadline=None)
@given(number=NUMBERS)
def test_looking_for_some_plan_first_changes_no_answer(number: int) -> None:
    block, draw = drawn_block(number)
    every = [] if block.impossible else fillings(block)
    if not every:
        return
    floors = max(standing.tiers for standing in every)[:-1]
    state = draw.getstate()
    plain = deep(block, floors, draw)
    draw.setstate(state)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pricing, "_HARD", -1)
        patch.setattr(pricing, "_ALONE", -1)
        helped = deep(block, floors, draw)
    assert (plain is None) == (helped is None)
    if plain is not None and helped is not None:
        _both, weight = asked(block)
        found = [Standing(block.standing.rows, each.plan) for each in (plain, helped)]
        assert worth(block, found[0], weight) == worth(block, found[1], weight) == helped.bound


def test_what_a_search_has_when_its_time_ends_is_given_as_not_proven() -> None:
    given = 0
    for number in range(60):
        block, draw = drawn_block(number)
        every = [] if block.impossible else fillings(block)
        floors = [searching.most(block, goal) for goal in block.tiers[:-1]]
        reaching = [each for each in every if each.tiers[:-1] == floors]
        if not reaching:
            continue
        seen, weight = draw.choice(reaching), len(block.posts) + 1
        bound = max(worth(block, each, weight) for each in reaching) + 1
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(searching, "in_depth", lambda *_: InDepth(seen.plan, bound))  # noqa: B023
            patch.setattr(searching, "opened", lambda: True)
            found = searching.fill_nearest(block, groups=[0] * len(block.posts))
        given += 1
        assert found.status is Status.FEASIBLE
        assert found.standing is not None
        assert found.standing.plan.tolist() == seen.plan.tolist()
        assert found.bounds == (*floors, bound // weight)
    assert given > 10


@settings(max_examples=60, deadline=None)
@given(number=NUMBERS)
def test_the_answer_is_the_same_with_the_compiler_and_without(number: int) -> None:
    block, draw = drawn_block(number)
    groups = [draw.randint(0, 1) for _ in block.posts]
    dense = np.unique(groups, return_inverse=True)[1].tolist()
    plain = searching.fill_nearest(block)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "opened", lambda: True)
        fast = searching.fill_nearest(block, groups=dense)
    assert fast.status == plain.status
    assert (fast.standing is None) == (plain.standing is None)
    if fast.standing is not None and plain.standing is not None:
        assert fast.standing.tiers == plain.standing.tiers
        moved = [len(block.standing.changed(each)) for each in (fast.standing, plain.standing)]
        assert moved[0] == moved[1]
