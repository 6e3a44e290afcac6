"""Facts of a few rows, worked out row by row, are those that Polars works out of a frame."""

from __future__ import annotations

import inspect
import pkgutil
import random
from datetime import date
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.random_rosters import Maker

import banzi.facts
from banzi.facts import derive
from banzi.kernel import few_rows
from banzi.kernel.steps import Step
from banzi.law import load_law
from banzi.rules import explain, screen

DAYS = st.sampled_from([date(2026, 6, 30), date(2028, 2, 29), date(2025, 12, 31), date(2016, 3, 1)])
SEEDS = st.integers(0, 2**32)
STEPS = {
    f"{module.name}.{name}": value
    for module in pkgutil.iter_modules(banzi.facts.__path__)
    for name, value in vars(import_module(f"banzi.facts.{module.name}")).items()
    if isinstance(value, Step)
}


@pytest.mark.parametrize("name", sorted(STEPS))
def test_every_step_of_the_facts_can_be_taken_row_by_row(name: str) -> None:
    given_each_time = tuple(inspect.signature(STEPS[name].make).parameters)
    assert STEPS[name].functions(given_each_time) is not None


@settings(max_examples=12, deadline=None)
@given(SEEDS, DAYS, st.sampled_from([0.0, 0.12, 0.4]))
def test_facts_row_by_row_are_those_of_the_frame(seed: int, as_of: date, gap: float) -> None:
    roster = Maker(random.Random(seed), as_of, gap).roster(findings=True)
    few = derive(roster, as_of, load_law())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(few_rows, "FEW", -1)
        again = Maker(random.Random(seed), as_of, gap).roster(findings=True)
        assert derive(again, as_of, load_law()).equals(few)


@settings(max_examples=4, deadline=None)
@given(SEEDS, DAYS)
def test_verdicts_and_explanations_are_those_of_the_frame(seed: int, as_of: date) -> None:
    roster = Maker(random.Random(seed), as_of, 0.12).roster(findings=True)
    results, explained = screen(roster, as_of).results, explain(roster, as_of, "甲", "1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(few_rows, "FEW", -1)
        again = Maker(random.Random(seed), as_of, 0.12).roster(findings=True)
        assert screen(again, as_of).results.equals(results)
        assert [each.facts for each in explain(again, as_of, "甲", "1")] == [
            each.facts for each in explained
        ]
