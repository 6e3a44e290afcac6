"""Every plan of a small problem drawn at random, and what a prover may be asked about it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

import numpy as np
import pytest
from hypothesis import strategies as st
from tests.support.staffing_bundles import random_bundle

from banzi.staffing.proof import descending, pricing
from banzi.staffing.proof import prover as prover_module
from banzi.staffing.proof.multipliers import Prices
from banzi.staffing.proof.prover import Chosen, Prover
from banzi.staffing.proof.question import Question
from banzi.staffing.reading import interpret
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, RowSystem


@pytest.fixture(autouse=True)
def plain_loops(monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks are tiny: plain Python is faster than opening the compiler."""
    for module in (pricing, descending):
        monkeypatch.setattr(module, "machine_code", lambda loop: loop)


NUMBERS = st.integers(0, 10**6)
Ranked = list[tuple[list[int], list[int]]]


def drawn(number: int) -> tuple[RowSystem, random.Random, Ranked]:
    """A problem, what its test draws from, and every plan of it; none where it has none."""
    rows = assemble(interpret(random_bundle(number)))
    return rows, random.Random(number), all_plans(rows)


def all_plans(rows: RowSystem) -> Ranked:
    """Every plan that keeps the hard rows and pins, with its tier values."""
    spans = [
        [EMPTY, *range(int(a), int(b))]
        for a, b in zip(rows.post_start[:-1], rows.post_start[1:], strict=True)
    ]
    found: Ranked = []
    pinned = set(rows.pinned.tolist())
    for plan in product(*spans):
        used = [arc for arc in plan if arc != EMPTY]
        alone = len(set(rows.arc_person[used].tolist())) == len(used)
        if alone and pinned <= set(used) and not rows.breached(plan):
            found.append((rows.tier_values(plan), list(plan)))
    return found


def prove_to_the_end(
    rows: RowSystem, plans: Ranked, draw: random.Random, seconds: float = 300.0
) -> None:
    """A prover left to itself, beginning with any plan: what it chooses are plans, each better than
    all before, and it ends with the best one, proven in every tier; as if it were large or not."""
    best, (values, known) = max(plans)[0], draw.choice(plans)
    prover = Prover(rows)
    prover.hear(known)
    proven: set[int] = set()
    with taken_for_large(draw.random() < 0.5):
        for news in prover.improve(time.monotonic() + seconds):
            if isinstance(news, Chosen):
                assert rows.tier_values(news.plan) > values
                assert (rows.tier_values(news.plan), news.plan.tolist()) in plans
                values = rows.tier_values(news.plan)
            elif news.holds_for(best) and news.bound == best[news.tier]:
                proven.add(news.tier)
            if values == best and len(proven) == len(best):
                return
    pytest.fail(f"{values}, best {best}, proven {proven}")


@contextmanager
def taken_for_large(is_large: bool) -> Iterator[None]:
    """Provers go down from step to step, and have no linear programme, where that gives prices sooner."""
    with pytest.MonkeyPatch.context() as patched:
        if is_large:
            patched.setattr(prover_module, "LARGE", 0)
        yield


def questions(rows: RowSystem, plans: Ranked, draw: random.Random) -> Iterator[Question]:
    """For each tier the question at the floors of the best plan, and at those of some plan."""
    best, some = max(plans)[0], draw.choice(plans)[0]
    for tier in range(len(rows.constants)):
        yield Question(rows, tier, tuple(best[:tier]))
        yield Question(rows, tier, tuple(some[:tier]))


def admitted(question: Question, plans: Ranked) -> Ranked:
    return [
        (values, plan)
        for values, plan in plans
        if all(v >= f for v, f in zip(values, question.floors, strict=False))
    ]


def truth(question: Question, plans: Ranked) -> int:
    return max(values[question.tier] for values, _ in admitted(question, plans))


def some_prices(question: Question, draw: random.Random) -> Prices:
    rows, wide = question.rows, draw.choice([0.1, 1, 5, 1e9])

    def drawn(size: int) -> list[float]:
        return [draw.uniform(-wide, wide) for _ in range(size)]

    return Prices(*(np.array(drawn(n)) for n in (rows.rows, rows.persons, question.tier)))
