"""How many persons a round trip is shown: a few in every run, a thousand in a full one.

Every format that is written is shown `PERSONS` persons, counted as they come back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

PERSONS = 1_000
_WITHOUT_SHRINKING = [phase for phase in Phase if phase is not Phase.shrink]
"""Shrinking a hundred persons takes hours; what fails for many nearly always fails for few."""


class _Example:
    """Hypothesis would print what it holds, a hundred persons, as it fails."""

    def __init__(self, thing: Any) -> None:
        self.thing = thing

    def __repr__(self) -> str:
        return f"{type(self.thing).__name__} of many persons"


@st.composite
def _examples(draw: st.DrawFn, things: st.SearchStrategy[Any]) -> _Example:
    return _Example(draw(things))


@dataclass(frozen=True)
class Amount:
    """So many examples of so many persons each."""

    examples: int
    together: int

    def see(
        self, check: Callable[[Any], int], things: Callable[[int], st.SearchStrategy[Any]]
    ) -> None:
        """Run a check, which returns how many persons came back, on all of the examples."""
        seen = 0

        @settings(
            max_examples=self.examples,
            deadline=None,
            phases=_WITHOUT_SHRINKING,
            suppress_health_check=list(HealthCheck),
        )
        @given(_examples(things(self.together)))
        def run(example: _Example) -> None:
            nonlocal seen
            seen += check(example.thing)

        run()
        assert seen >= self.examples * self.together


FEW = Amount(examples=4, together=3)
ALL = Amount(examples=10, together=PERSONS // 10)

amounts = pytest.mark.parametrize(
    "amount",
    [pytest.param(FEW, id="few"), pytest.param(ALL, id="thousand", marks=pytest.mark.slow)],
)
"""Runs a test for both; its argument is `amount`."""
