"""Steps downhill beside the linear programme, on problems such as the benchmarks draw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from benchmarks.staffing.instances import Instance, write_instance

from banzi.staffing.proof.descending import Slope, descend
from banzi.staffing.proof.multipliers import Prices, reckon
from banzi.staffing.proof.question import Question
from banzi.staffing.proof.relaxing import relax
from banzi.staffing.reading import read_problem
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import RowSystem


def last_tier(folder: Path, instance: Instance) -> Question:
    """The last tier where every earlier one stands at its best, and every post is filled."""
    rows: RowSystem = assemble(read_problem(write_instance(folder, instance)))
    tier = len(rows.constants) - 1
    question = Question(rows, tier, (0,) * tier)
    question.filled[:] = True
    return question


@pytest.mark.parametrize(
    "instance",
    [Instance(30, 1), Instance(60, 2, "tight"), Instance(60, 2, "standard", "soft")],
    ids=lambda each: each.name,
)
def test_steps_end_near_the_linear_programme(tmp_path: Path, instance: Instance) -> None:
    question = last_tier(tmp_path, instance)
    relaxed = relax(question)
    assert relaxed is not None
    plain = reckon(question, Prices.none(question)).bound
    assert plain > 1.05 * relaxed.value, "there is something to go down"
    known = int(0.93 * relaxed.value)  # as poor as a first plan
    *before, end = descend(question, known)
    bound = end.reckoned.bound
    assert relaxed.value - 1 <= bound <= relaxed.value + 0.03 * (plain - relaxed.value)
    assert reckon(question, end.prices).total == end.reckoned.total
    assert end.settled
    assert not any(each.settled for each in before)


def test_where_an_earlier_tier_has_nothing_to_miss_its_rows_have_any_price(tmp_path: Path) -> None:
    question = last_tier(tmp_path, Instance(30, 1, "standard", "soft"))
    assert (Slope(question).tiers > 0).any()
    missed = Question(question.rows, question.tier, (-1,) * question.tier)
    assert not Slope(missed).tiers.any(), "to be missed by one, it may not be paid"


def test_it_ends_at_once_where_the_plan_stands_at_the_bound(tmp_path: Path) -> None:
    question = last_tier(tmp_path, Instance(30, 1))
    plain = reckon(question, Prices.none(question))
    told = list(descend(question, plain.bound))
    assert {each.reckoned.bound for each in told} == {plain.bound}
    assert np.array_equal(told[-1].prices.rows, np.zeros(question.rows.rows))
