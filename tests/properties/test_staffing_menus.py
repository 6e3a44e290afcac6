"""Menus of plans of blocks, and the best choice from them, against trying everything."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.support.staffing_bundles import random_bundle
from tests.support.staffing_plans import (
    NUMBERS,
    Ranked,
    admitted,
    drawn,
    prove_to_the_end,
    questions,
    some_prices,
    truth,
)
from tests.support.staffing_plans import (
    plain_loops as plain_loops,
)

from banzi.kernel import compiling
from banzi.staffing.proof import choosing, deepening, generating, pricing, rearranging, sifting
from banzi.staffing.proof import prover as prover_module
from banzi.staffing.proof.choosing import Choosing
from banzi.staffing.proof.deepening import Deepening
from banzi.staffing.proof.dividing import Division
from banzi.staffing.proof.generating import Generation
from banzi.staffing.proof.menu import Menu
from banzi.staffing.proof.multipliers import reckon
from banzi.staffing.proof.pricing import plans_of, price
from banzi.staffing.proof.prover import Prover
from banzi.staffing.proof.question import Question
from banzi.staffing.proof.rearranging import Rearranging
from banzi.staffing.proof.relaxing import relax
from banzi.staffing.proof.worth import weigh
from banzi.staffing.reading import interpret
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, Int64s, RowSystem


def menu_of(question: Question, division: Division, plans: Ranked) -> Menu:
    """What admitted plans have in each block."""
    menu = Menu(question, division.blocks)
    for _, plan in admitted(question, plans):
        for number, block in enumerate(division.blocks):
            menu.add(number, np.array(plan, np.int64)[block.posts][np.newaxis])
    return menu


def chosen(choice: Choosing, known: Int64s) -> None:
    for _ in choice.nodes(known, float("inf")):
        pass


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS, most=st.integers(1, 4), few=st.booleans())
def test_the_best_choice_from_a_full_menu_is_the_best_plan(
    number: int, most: int, few: bool
) -> None:
    """Also where next to nothing has a column at first, and a node lets in one arc a post."""
    rows, draw, plans = drawn(number)
    if not plans:
        return
    with few_columns() if few else nullcontext():
        best_choices(rows, draw, plans, most)


@contextmanager
def few_columns() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for module, name in (
            (choosing, "COLUMNS"),
            (choosing, "MORE"),
            (sifting, "_FIRST"),
            (sifting, "_MORE"),
        ):
            patched.setattr(module, name, 1)
        yield


def best_choices(rows: RowSystem, draw: random.Random, plans: Ranked, most: int) -> None:
    for question in questions(rows, plans, draw):
        division, best = Division(question, most=most), truth(question, plans)
        served = menu_of(question, division, plans).served()
        values, known = draw.choice(admitted(question, plans))
        start = served.choice(np.array(known))
        assert start is not None
        assert served.question.rows.tier_values(start)[question.tier] == values[question.tier]
        choice = Choosing(served.question, values[question.tier] + 1, served.seats().split)
        chosen(choice, start)
        assert choice.bound == best
        if best == values[question.tier]:
            assert choice.best is None
            continue
        assert choice.best is not None
        plan = served.plan(choice.best)
        assert (rows.tier_values(plan), plan.tolist()) in admitted(question, plans)
        assert rows.tier_values(plan)[question.tier] == best


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS, most=st.integers(1, 4))
def test_a_menu_knows_what_its_plans_are_worth(number: int, most: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    question = list(questions(rows, plans, draw))[-1]
    division = Division(question, most=most)
    served = menu_of(question, division, plans).served()
    for values, plan in admitted(question, plans):
        choice = served.choice(np.array(plan))
        assert choice is not None
        assert served.plan(choice).tolist() == plan
        assert (
            served.question.rows.tier_values(choice)[: question.tier + 1]
            == (values[: question.tier + 1])
        )
        assert served.question.rows.breached(choice) == []


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS, most=st.integers(1, 4), depth=st.integers(0, 40))
def test_no_plan_that_loses_little_is_missing_from_a_list(
    number: int, most: int, depth: int
) -> None:
    """What is listed loses what the search says, and a plan left out lies below bound − depth."""
    rows, draw, plans = drawn(number)
    if not plans:
        return
    question = next(questions(rows, plans, draw))
    division = Division(question, most=most)
    between, within = division.split(some_prices(question, draw))
    reckoned = reckon(question, between)
    scale, total, listed = reckoned.scale, reckoned.total, []
    for block, guess in zip(division.blocks, within, strict=True):
        paid = np.rint(np.clip(guess, 0, 1e6) * scale).astype(np.int64)
        least = price(question, block, reckoned, paid, 10**6)
        found = plans_of(question, block, reckoned, paid, least.loss + depth * scale, 10**7, 10**5)
        assert found.whole
        assert len(np.unique(found.plans, axis=0)) == len(found.plans)
        assert (found.losses >= least.loss).all()
        total -= least.loss
        listed.append({tuple(plan) for plan in found.plans.tolist()})
    for values, plan in admitted(question, plans):
        inside = [
            tuple(plan[p] for p in block.posts) in some
            for block, some in zip(division.blocks, listed, strict=True)
        ]
        if not all(inside):
            assert values[question.tier] * scale < total - depth * scale


@settings(max_examples=30, deadline=None)
@given(number=NUMBERS)
def test_machine_code_lists_what_plain_python_lists(number: int) -> None:
    rows, draw = assemble(interpret(random_bundle(number))), random.Random(number)
    question = Question(rows, len(rows.constants) - 1, (-99,) * (len(rows.constants) - 1))
    division = Division(question, most=4)
    between, within = division.split(some_prices(question, draw))
    reckoned = reckon(question, between)
    for block, guess in zip(division.blocks, within, strict=True):
        paid = np.rint(np.clip(guess, 0, 1e6) * reckoned.scale).astype(np.int64)
        asked = (question, block, reckoned, paid, 20 * reckoned.scale, 10**4, 50)
        plain = plans_of(*asked)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pricing, "machine_code", compiling.machine_code)
            fast = plans_of(*asked)
        assert fast.plans.tolist() == plain.plans.tolist()
        assert fast.losses.tolist() == plain.losses.tolist()
        assert fast.whole == plain.whole


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS)
def test_a_block_is_weighed_like_a_plan_of_its_posts_alone(number: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    question = list(questions(rows, plans, draw))[-1]
    (block,) = Division(question, most=99).blocks[:1]
    some = np.array([plan for _, plan in draw.sample(plans, min(5, len(plans)))])
    weighed = weigh(question, block, some[:, block.posts])
    for place, plan in enumerate(some):
        alone = np.full(rows.posts, EMPTY, np.int64)
        alone[block.posts] = plan[block.posts]
        sums = rows.activities(alone)
        assert weighed.sums[place].tolist() == sums[weighed.rows].tolist()


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS, few=st.sampled_from([0, 12]))
def test_a_prover_left_to_itself_ends_with_the_best_plan(number: int, few: int) -> None:
    """From any plan, proofs and choices together reach the truth in every tier."""
    rows, draw, plans = drawn(number)
    if not plans:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deepening, "FEW_BLOCKS", few)
        prove_to_the_end(rows, plans, draw)


@contextmanager
def prices_that_never_meet() -> Iterator[None]:
    """Blocks are small, and no two numbers near enough to be taken for one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prover_module, "Division", partial(Division, most=2))
        patch.setattr(generating, "NEAR", -math.inf)
        patch.setattr(generating, "MOST", -math.inf)
        yield


@settings(max_examples=30, deadline=None)
@given(number=NUMBERS)
def test_a_prover_ends_where_prices_settle_and_never_meet(number: int) -> None:
    """Asking for prices again and again is no proof."""
    rows, draw, plans = drawn(number)
    if not plans:
        return
    with prices_that_never_meet():
        prove_to_the_end(rows, plans, draw, seconds=60.0)


@settings(max_examples=30, deadline=None)
@given(number=NUMBERS)
@example(number=1890)
def test_a_prover_goes_on_when_better_plans_come_while_prices_settle(number: int) -> None:
    """As the search finds them: with another plan and the same bound the proof ended in an error."""
    rows, draw, plans = drawn(number)
    if not plans:
        return
    better = iter(sorted({tuple(values): plan for values, plan in plans}.items()))
    prover = Prover(rows)
    prover.hear(next(better)[1])
    with prices_that_never_meet():
        for _news in prover.improve(time.monotonic() + 60):
            found = next(better, None) if draw.random() < 0.5 else None
            if found is not None:
                prover.hear(found[1])
    assert prover.proven


@settings(max_examples=30, deadline=None)
@given(number=NUMBERS, most=st.integers(1, 6), few=st.sampled_from([0, 12]))
def test_what_is_proven_by_menus_that_are_not_whole_is_true(
    number: int, most: int, few: int
) -> None:
    """With room for a few plans of each block: no bound below the truth, no plan that is none."""
    rows, draw, plans = drawn(number)
    if not plans:
        return
    best, known = max(plans)[0], draw.choice(plans)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deepening, "MANY", 4 * most)
        patch.setattr(deepening, "MOST", 4 * most)
        patch.setattr(deepening, "FEW_BLOCKS", few)
        for tier, floors in enumerate(best[:tier] for tier in range(len(best))):
            question = Question(rows, tier, tuple(floors))
            reaching = [each for each in plans if each[0][:tier] == floors]
            known = draw.choice(reaching)
            relaxed = relax(question)
            assert relaxed is not None
            division = Division(question, most=2)
            between, within = division.split(relaxed.prices)
            divided = division.reckon(reckon(question, between), within, None, float("inf"))
            generation = Generation(division, relaxed.prices, divided)
            generation.hear(np.array(known[1]))
            held = [np.array(known[1])]
            steps = Deepening(generation).rounds(lambda held=held: held[-1], time.monotonic() + 10)
            for step in steps:
                if step.plan is not None:
                    assert rows.tier_values(step.plan)[tier] > rows.tier_values(held[-1])[tier]
                    assert (rows.tier_values(step.plan), step.plan.tolist()) in plans
                    held.append(step.plan)
                assert step.bound is None or step.bound >= best[tier]


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS, most=st.integers(1, 4), free=st.floats(1.0, 6.0))
def test_choosing_anew_for_some_blocks_finds_better_plans_only(
    number: int, most: int, free: float
) -> None:
    """Every find is an admitted plan and better; with all blocks free the last is the best."""
    rows, draw, plans = drawn(number)
    if not plans:
        return
    question = list(questions(rows, plans, draw))[-1]
    division = Division(question, most=most)
    served = menu_of(question, division, plans).served()
    values, known = min(admitted(question, plans))
    choice, value = served.choice(np.array(known)), values[question.tier]
    assert choice is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rearranging, "FIRST", free)
        patch.setattr(rearranging, "LEAST", 1.0)
        for found in Rearranging(served).steps(choice, value, math.inf):
            if found is None:
                continue
            plan = served.plan(found)
            assert (rows.tier_values(plan), plan.tolist()) in admitted(question, plans)
            assert rows.tier_values(plan)[question.tier] > value
            value = rows.tier_values(plan)[question.tier]
    if len(division.blocks) <= int(free):
        assert value == truth(question, plans)
