"""Every bound against trying everything: it lies at or above the truth, whatever the prices."""

from __future__ import annotations

import random
import threading
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.staffing_bundles import random_bundle
from tests.support.staffing_plans import (
    NUMBERS,
    Ranked,
    admitted,
    drawn,
    questions,
    some_prices,
    taken_for_large,
    truth,
)
from tests.support.staffing_plans import plain_loops as plain_loops

from banzi.staffing.proof import multipliers, relaxing
from banzi.staffing.proof.descending import Slope, descend
from banzi.staffing.proof.multipliers import HOPELESS, Prices, reckon
from banzi.staffing.proof.prover import Chosen, Prover
from banzi.staffing.proof.question import Question
from banzi.staffing.proof.relaxing import relax
from banzi.staffing.proof.sifting import Sifting
from banzi.staffing.proof.striking import strike
from banzi.staffing.reading import interpret
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, RowSystem


@settings(max_examples=200, deadline=None)
@given(number=NUMBERS)
def test_any_prices_give_a_bound_that_no_plan_exceeds(number: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    for question in questions(rows, plans, draw):
        most = truth(question, plans)
        assert reckon(question, Prices.none(question)).bound >= most
        assert reckon(question, Prices.of_persons(question)).bound >= most
        assert reckon(question, some_prices(question, draw)).bound >= most


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS)
def test_prices_of_the_linear_programme_prove_what_it_believes(number: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    for question in questions(rows, plans, draw):
        relaxed = relax(question)
        assert relaxed is not None
        reckoned = reckon(question, relaxed.prices)
        assert reckoned.bound >= truth(question, plans)
        assert reckoned.total / reckoned.scale == pytest.approx(relaxed.value, abs=0.01)
        *_, sifted = Sifting(question, np.array(draw.choice(admitted(question, plans))[1])).steps()
        assert sifted.whole
        assert sifted.value == pytest.approx(relaxed.value, abs=0.01)


@settings(max_examples=30, deadline=None)
@given(number=NUMBERS, parts=st.integers(1, 5))
def test_bounds_and_columns_made_in_parts_are_those_made_at_once(number: int, parts: int) -> None:
    rows, draw = assemble(interpret(random_bundle(number))), random.Random(number)
    question = Question(rows, 0, ())
    prices = some_prices(question, draw)
    made = []
    for at_once in (parts, 10**6):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(multipliers, "_AT_ONCE", at_once)
            patched.setattr(relaxing, "_AT_ONCE", at_once)
            made.append((reckon(question, prices), relaxing.Assembled(question).columns()))
    (first, few), (second, all_) = made
    assert first.total == second.total
    assert first.offers.tolist() == second.offers.tolist()
    for name in ("costs", "lows", "highs", "starts", "rows", "values"):
        assert getattr(few, name).tolist() == getattr(all_, name).tolist()
    assert len(few.starts) == len(few) + 1


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS)
def test_striking_leaves_every_plan_as_good_as_the_known_one(number: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    for question in questions(rows, plans, draw):
        known = draw.choice(admitted(question, plans))[0][question.tier]
        relaxed = relax(question)
        for prices in [some_prices(question, draw), *([relaxed.prices] if relaxed else [])]:
            strike(question, reckon(question, prices), known)
        for values, plan in admitted(question, plans):
            if values[question.tier] >= known:
                assert all(arc == EMPTY or question.open[arc] for arc in plan)
                assert not (np.array(plan) == EMPTY)[question.filled].any()


@settings(max_examples=20, deadline=None)
@given(number=NUMBERS)
def test_every_step_downhill_is_a_better_bound_and_holds(number: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    for question in questions(rows, plans, draw):
        known = draw.choice(admitted(question, plans))[0][question.tier]
        totals = [d.reckoned.total / d.reckoned.scale for d in descend(question, known)]
        assert totals == sorted(totals, reverse=True)
        assert totals[-1] >= truth(question, plans)


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS)
def test_steps_are_reckoned_as_whole_numbers_are(number: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    for question in questions(rows, plans, draw):
        guess = some_prices(question, draw)
        slope = Slope(question)
        point = slope.at(guess.rows, guess.persons)
        reckoned = reckon(question, Prices(point.rows, point.persons, slope.tiers))
        floors = 0 if reckoned.total == HOPELESS else reckoned.total / reckoned.scale
        assert point.total == pytest.approx(floors, rel=1e-6, abs=0.01 * (1 + rows.rows))


def test_a_post_that_nobody_may_fill_though_it_must_leaves_no_plan() -> None:
    rows = assemble(interpret(random_bundle(1)))
    question = Question(rows, 0, ())
    question.filled[:] = True
    question.open[:] = False
    assert reckon(question, Prices.none(question)).total == HOPELESS


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS, is_large=st.booleans())
def test_whatever_plans_a_prover_hears_its_proofs_and_open_arcs_hold(
    number: int, is_large: bool
) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    with taken_for_large(is_large):
        _proofs_hold(rows, draw, plans)


def _proofs_hold(rows: RowSystem, draw: random.Random, plans: Ranked) -> None:
    prover = Prover(rows)
    told = sorted(draw.sample(plans, min(len(plans), 3)))
    told += [max(plans)] * draw.randint(0, 1)
    values = told[0][0]
    for place, (heard, plan) in enumerate(told):
        values = max(values, heard)
        prover.hear(plan)
        if place == len(told) - 1:
            threading.Timer(0.2, prover.stop).start()
        for proof in prover.improve(time.monotonic() + 0.1):
            if isinstance(proof, Chosen):
                assert (rows.tier_values(proof.plan), proof.plan.tolist()) in plans
                values = max(values, rows.tier_values(proof.plan))
                continue
            kept = [v for v, _ in plans if proof.holds_for(v)]
            assert proof.bound is not None
            assert proof.bound >= max(v[proof.tier] for v in kept)
        assert not prover.proven or values == max(plans)[0]
        used = prover.open_arcs()
        for better, other in plans:
            if better >= values and all(a >= b for a, b in zip(better, values, strict=True)):
                assert all(arc == EMPTY or used[arc] for arc in other)
