"""Lists of lists in flat arrays: whatever is done in pieces is what it would be at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzi.solvers import packed
from banzi.solvers.packed import (
    counted,
    least_and_greatest,
    pieces,
    reduced,
    starts_of,
    taken,
    turned,
)

LISTS = st.lists(st.lists(st.integers(-1000, 1000), max_size=6), max_size=12)
STRETCHES = st.lists(st.lists(st.integers(0, 2**40), max_size=4), max_size=8)


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(packed, "_AT_ONCE", 7)
        patched.setattr(packed, "_SORTED_AT_ONCE", 7)
        yield


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


@given(st.lists(st.dictionaries(st.integers(0, 5), st.integers(-9, 9)), max_size=12))
def test_a_matrix_turned_has_the_same_entries_with_rows_rising(rows: list[dict[int, int]]) -> None:
    entries = [
        (row, column, rows[row][column]) for row in range(len(rows)) for column in sorted(rows[row])
    ]
    columns = np.array([column for _, column, _ in entries], np.int32)
    values = np.array([value for _, _, value in entries], np.int16)
    column_start = starts_of(counted(columns, 6))
    row_start = starts_of([len(row) for row in rows])
    found, of = turned(columns, values, row_start, column_start, np.int16)
    assert (found.dtype, of.dtype) == (np.dtype(np.int16), np.dtype(np.int16))
    by_column = sorted(entries, key=lambda entry: (entry[1], entry[0]))
    assert found.tolist() == [row for row, _, _ in by_column]
    assert of.tolist() == [value for _, _, value in by_column]
