"""Lists of lists in flat arrays: whatever is done in pieces is what it would be at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzi.solvers import packed
from banzi.solvers.packed import counted, least_and_greatest, pieces, starts_of, taken

LISTS = st.lists(st.lists(st.integers(-1000, 1000), max_size=6), max_size=12)


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> Iterator[None]:
    before = packed._AT_ONCE
    packed._AT_ONCE = 7
    yield
    packed._AT_ONCE = before


@given(LISTS)
def test_least_and_greatest_are_those_of_each_list(lists: list[list[int]]) -> None:
    numbers = np.array([number for some in lists for number in some], np.int16)
    least, greatest = least_and_greatest(numbers, starts_of([len(some) for some in lists]))
    assert least.tolist() == [min(some, default=0) for some in lists]
    assert greatest.tolist() == [max(some, default=0) for some in lists]


@given(LISTS)
def test_pieces_hold_every_list_once_and_in_order(lists: list[list[int]]) -> None:
    found = list(pieces(starts_of([len(some) for some in lists])))
    assert [k for first, last in found for k in range(first, last)] == list(range(len(lists)))


@given(st.lists(st.integers(0, 4), max_size=40))
def test_narrow_places_are_taken_and_counted(places: list[int]) -> None:
    narrow = np.array(places, np.int32)
    assert taken(np.arange(5) * 3, narrow).tolist() == [3 * place for place in places]
    assert counted(narrow, 5).tolist() == [places.count(place) for place in range(5)]
