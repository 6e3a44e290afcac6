"""A full run shows every format a thousand persons, and one that shows fewer fails."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st
from tests.support.thousand import ALL, FEW, PERSONS


def test_a_full_run_is_a_thousand_persons() -> None:
    assert ALL.examples * ALL.together >= PERSONS >= 1_000


def test_persons_that_do_not_come_back_are_missed() -> None:
    def lists(count: int) -> st.SearchStrategy[list[int]]:
        return st.lists(st.integers(), min_size=count, max_size=count)

    FEW.see(len, lists)
    with pytest.raises(AssertionError):
        FEW.see(lambda persons: len(persons) - 1, lists)
