"""Plans from fractions, against trying everything: each is a plan, better than the known one, or none."""

from __future__ import annotations

import math
import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from tests.support.staffing_plans import (
    NUMBERS,
    Ranked,
    admitted,
    drawn,
    prove_to_the_end,
    questions,
    truth,
)
from tests.support.staffing_plans import plain_loops as plain_loops

from banzi.staffing.proof import prover as prover_module
from banzi.staffing.proof import renewing
from banzi.staffing.proof.dividing import Division
from banzi.staffing.proof.diving import Diver
from banzi.staffing.proof.prover import Chosen, Prover
from banzi.staffing.proof.question import Question
from banzi.staffing.proof.renewing import renew
from banzi.staffing.proof.sifting import Sifting
from banzi.staffing.system.rows import EMPTY, Int64s, RowSystem


def begun(question: Question, plans: Ranked, draw: random.Random) -> tuple[Diver, Int64s, int]:
    """What dives begin with: a known plan, and what fractions are worth."""
    known = np.array(draw.choice(admitted(question, plans))[1], np.int64)
    sifting = Sifting(question, known)
    *_, relaxed = sifting.steps()
    return Diver(sifting, relaxed), known, math.floor(relaxed.value + 1e-6)


def is_admitted(rows: RowSystem, plan: Int64s, question: Question, plans: Ranked) -> bool:
    return (rows.tier_values(plan), plan.tolist()) in admitted(question, plans)


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS)
def test_a_dive_ends_with_a_plan_worth_what_is_asked_or_none(number: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    for question in questions(rows, plans, draw):
        diver, known, most = begun(question, plans, draw)
        best = truth(question, plans)
        floor = draw.randint(rows.tier_values(known)[question.tier], most + 1)
        for pace in (0.1, 0.9):
            held = known[known != EMPTY]
            held = held[[draw.random() < 0.5 for _ in held]]
            plan, hopeless = diver.down(floor, draw.randint(floor, most + 1), pace, held)
            if plan is None:
                continue
            assert not hopeless
            assert is_admitted(rows, plan, question, plans)
            assert floor <= rows.tier_values(plan)[question.tier] <= best
            assert set(held.tolist()) <= set(plan.tolist())


@settings(max_examples=100, deadline=None)
@given(number=NUMBERS)
def test_a_dive_at_what_the_held_plan_is_worth_gives_it_back(number: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    for question in questions(rows, plans, draw):
        diver, known, _most = begun(question, plans, draw)
        if (known == EMPTY).any():
            continue
        worth = rows.tier_values(known)[question.tier]
        plan, _hopeless = diver.down(worth, worth, 0.1, known)
        assert plan is not None
        assert plan.tolist() == known.tolist()


@settings(max_examples=60, deadline=None)
@given(number=NUMBERS)
def test_each_plan_renewed_is_better_than_all_before_and_they_end(number: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    for question in questions(rows, plans, draw):
        diver, known, most = begun(question, plans, draw)
        parts = [block.posts for block in Division(question, most=2).blocks]
        held = [known]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(renewing, "ENOUGH", 5)
            for plan in renew(diver, parts, most, lambda held=held: held[-1], math.inf):
                if plan is not None:
                    before = rows.tier_values(held[-1])[question.tier]
                    assert rows.tier_values(plan)[question.tier] > before
                    assert is_admitted(rows, plan, question, plans)
                    held.append(plan)


@settings(max_examples=40, deadline=None)
@given(number=NUMBERS)
def test_a_prover_that_dives_whatever_blocks_say_ends_with_the_best_plan(number: int) -> None:
    rows, draw, plans = drawn(number)
    if not plans:
        return
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(renewing, "ENOUGH", 3)
        patched.setattr(Prover, "_say_little", lambda *_: True)
        prove_to_the_end(rows, plans, draw)


@settings(max_examples=15, deadline=None)
@given(number=NUMBERS)
def test_a_prover_that_is_not_to_choose_never_dives(number: int) -> None:
    """With a given number of moves, what plan comes up must not depend on the clock."""
    rows, draw, plans = drawn(number)
    if not plans:
        return
    dived: list[object] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Prover, "_say_little", lambda *_: True)
        patched.setattr(prover_module, "Diver", lambda *parts: dived.append(parts))
        prover = Prover(rows, choosing=False)
        prover.hear(draw.choice(plans)[1])
        for news in prover.improve(time.monotonic() + 0.3):
            assert not isinstance(news, Chosen)
    assert not dived
