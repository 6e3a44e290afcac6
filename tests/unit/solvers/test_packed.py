"""Stretches of a flat array, each reduced to one number, empty ones too."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from banzi.solvers.packed import reduced, starts_of

STRETCHES = st.lists(st.lists(st.integers(0, 2**40), max_size=4), max_size=8)


@given(stretches=STRETCHES)
def test_each_stretch_is_reduced_by_itself_and_an_empty_one_is_nothing(
    stretches: list[list[int]],
) -> None:
    starts = starts_of([len(each) for each in stretches])
    numbers = np.array([number for each in stretches for number in each], np.int64)
    assert reduced(np.add, numbers, starts).tolist() == [sum(each) for each in stretches]
    largest = [max(each, default=0) for each in stretches]
    assert reduced(np.maximum, numbers, starts).tolist() == largest


def test_sums_of_narrow_numbers_do_not_overflow() -> None:
    numbers = np.full(4, 2**31 - 1, np.int32)
    assert reduced(np.add, numbers, starts_of([4])).tolist() == [4 * (2**31 - 1)]
