"""The search of a block against trying everything, and the bound of all blocks together."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.support.staffing_bundles import random_bundle
from tests.support.staffing_plans import (
    NUMBERS,
    admitted,
    drawn,
    questions,
    some_prices,
    truth,
)
from tests.support.staffing_plans import (
    plain_loops as plain_loops,
)

from banzi.kernel import compiling
from banzi.staffing.proof import pricing
from banzi.staffing.proof.dividing import Division, whole_prices
from banzi.staffing.proof.multipliers import Prices, reckon
from banzi.staffing.proof.question import Question
from banzi.staffing.proof.relaxing import relax
from banzi.staffing.reading import interpret
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS, most=st.integers(1, 4))
@example(number=65536, most=2)  # prices so great that a loss was once taken for "no plan at all"
def test_blocks_together_prove_no_less_than_the_truth(number: int, most: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    for question in questions(rows, plans, draw):
        division, best = Division(question, most=most), truth(question, plans)
        known = draw.choice(admitted(question, plans))[0][question.tier]
        relaxed = relax(question)
        guesses = [some_prices(question, draw), Prices.none(question)]
        for prices in [*guesses, *([relaxed.prices] if relaxed else [])]:
            between, within = division.split(prices)
            wide = draw.choice([0, 3])
            within = [w + [draw.uniform(-wide, wide) for _ in w] for w in within]
            reckoned = reckon(question, between)
            divided = division.reckon(reckoned, within, None, float("inf"))
            assert divided.bound >= best
            assert divided.bound <= reckoned.bound
            division.strike(divided, known)
            for values, plan in admitted(question, plans):
                if values[question.tier] >= known:
                    assert all(arc == EMPTY or question.open[arc] for arc in plan)
                    assert not (np.array(plan) == EMPTY)[question.filled].any()


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS)
def test_one_block_of_everything_is_the_truth_itself(number: int) -> None:
    """With no row left between blocks, earlier tiers aside, nothing is lost."""
    rows, draw, plans = drawn(number)
    if not plans:
        return
    question = next(questions(rows, plans, draw))
    division = Division(question, most=99)
    prices = some_prices(question, draw)
    prices.persons[:] = 0
    prices.rows[:] = np.where(np.abs(prices.rows) > 1e6, 0, prices.rows)
    within = division.split(prices)[1]
    divided = division.reckon(reckon(question, prices), within, None, float("inf"))
    whole = [block for block in division.blocks if len(block.posts) == rows.posts]
    if whole and len(whole[0].rows) == int(question.counted.sum()):
        assert divided.bound == truth(question, plans)
        plan = divided.priced[0].plan
        assert plan is not None
        assert rows.breached(plan) == []
        assert rows.tier_values(plan)[0] == divided.bound


@settings(max_examples=60, deadline=None)
@given(number=NUMBERS, most=st.integers(1, 4))
def test_whatever_is_known_of_a_block_changes_nothing_about_its_loss(
    number: int, most: int
) -> None:
    rows, draw = assemble(interpret(random_bundle(number))), random.Random(number)
    question = Question(rows, len(rows.constants) - 1, (-99,) * (len(rows.constants) - 1))
    division = Division(question, most=most)
    between, within = division.split(some_prices(question, draw))
    reckoned = reckon(question, between)
    most_loss = draw.choice([pricing.NEVER, 30 * reckoned.scale])
    for block, guess in zip(division.blocks, within, strict=True):
        paid = whole_prices(guess, reckoned.scale)
        alone = pricing.price(question, block, reckoned, paid, 10**6, most_loss)
        if alone.loss >= pricing.NEVER // 4:
            continue
        deep = alone.loss + draw.randrange(100) * reckoned.scale
        plans = pricing.plans_of(question, block, reckoned, paid, deep, 10**6, 100).plans
        known = plans[[k for k in range(len(plans)) if draw.random() < 0.5]]
        hint = pricing.Hint(known, draw.choice([0, alone.loss, 2 * alone.loss]))
        helped = pricing.price(question, block, reckoned, paid, 10**6, most_loss, hint)
        assert helped.loss == alone.loss
        assert (helped.plan is None) == (alone.plan is None)


@settings(max_examples=20, deadline=None)
@given(number=NUMBERS)
def test_machine_code_finds_what_plain_python_finds(number: int) -> None:
    rows, draw = assemble(interpret(random_bundle(number))), random.Random(number)
    question = Question(rows, len(rows.constants) - 1, (-99,) * (len(rows.constants) - 1))
    division = Division(question, most=4)
    between, within = division.split(some_prices(question, draw))
    reckoned = reckon(question, between)
    plain = division.reckon(reckoned, within, None, float("inf"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pricing, "machine_code", compiling.machine_code)
        fast = division.reckon(reckoned, within, None, float("inf"))
    assert [one.loss for one in fast.priced] == [one.loss for one in plain.priced]
    assert [one.nodes for one in fast.priced] == [one.nodes for one in plain.priced]
