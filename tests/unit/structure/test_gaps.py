"""A shortage is said in persons, or in years with the months behind them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from banzi.structure.gaps import gap_message, with_unit
from banzi.structure.indicators import Entry, IndicatorResult
from banzi.structure.targets import Force, Measure, ScopeKind, Target


def result(values: list[int | None], **target: Any) -> IndicatorResult:
    made = Target.model_validate(
        {
            "id": "t",
            "title": "目标",
            "scope": ScopeKind.ALL,
            "force": Force.HARD,
            "citation": "某规划",
            **target,
        }
    )
    entries = tuple(Entry(f"p{n}", "甲", value) for n, value in enumerate(values))
    return IndicatorResult(made, None, "", date(2026, 6, 30), entries, len(entries))


def test_a_mean_age_too_high_is_said_in_years_and_months() -> None:
    aged = result([630, 630], measure=Measure.MEAN, value="age_months", op="<=", bound=600)
    assert gap_message(aged).text() == "高2.5岁（合计需减少60个月）"
    assert with_unit(aged, aged.shown).text() == "52.5岁"


@pytest.mark.parametrize(("op", "bound", "text"), [(">=", 3, "差2人"), ("<=", 0, "超1人")])
def test_counts_are_said_in_persons(op: str, bound: int, text: str) -> None:
    counted = result([1, 0], measure=Measure.COUNT, op=op, bound=bound)
    assert gap_message(counted).text() == text
    assert with_unit(counted, counted.shown).text() == "1"


def test_english_keeps_the_figures() -> None:
    aged = result([630, 630], measure=Measure.MEAN, value="age_months", op="<=", bound=600)
    assert gap_message(aged).text("en") == "2.5 years too high (60 months to lose in all)"
