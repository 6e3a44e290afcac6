"""Lists of lists in flat arrays: where each inner list begins, and the places of some of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Number = TypeVar("Number", bound=np.generic)


def starts_of(sizes: npt.ArrayLike) -> Ints:
    """Where each of several stretches of these sizes begins, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)])


def owners(starts: npt.NDArray[np.integer]) -> Ints:
    """For each entry of all stretches the number of its own."""
    return np.repeat(np.arange(len(starts) - 1), np.diff(starts))


def spans(starts: npt.NDArray[np.integer], chosen: npt.NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Places of all entries of the chosen stretches, and for each entry which of the chosen."""
    sizes = starts[chosen + 1] - starts[chosen]
    owner = np.repeat(np.arange(len(chosen)), sizes)
    before = starts_of(sizes)[:-1]
    places = np.arange(len(owner)) - before[owner] + starts[chosen][owner]
    return places.astype(np.int64), owner.astype(np.int64)


def reduced(
    operation: np.ufunc,
    numbers: npt.NDArray[np.integer] | npt.NDArray[np.bool_],
    starts: npt.NDArray[np.integer],
) -> Ints:
    """Each stretch of the numbers as one (`np.add`, `np.maximum` …); 0 for an empty one."""
    found = np.zeros(len(starts) - 1, np.int64)
    for first, last in pieces(starts):  # widened all at once they would take eight times the room
        at = starts[first : last + 1]
        used = first + np.flatnonzero(np.diff(at))
        if len(used):
            part = numbers[at[0] : at[-1]]
            found[used] = operation.reduceat(part, starts[used] - at[0], dtype=np.int64)
    return found


def least_and_greatest(
    numbers: npt.NDArray[np.signedinteger[Any]], starts: npt.NDArray[np.integer]
) -> tuple[Ints, Ints]:
    """The least and the greatest number of each stretch, both 0 where it has none."""
    return reduced(np.minimum, numbers, starts), reduced(np.maximum, numbers, starts)


_AT_ONCE = 2**16
"""Numbers taken at a time where all at once would need room for as many of 64 bits."""


def pieces(starts: npt.NDArray[np.integer]) -> Iterator[tuple[int, int]]:
    """Ranges of stretches, one behind the other, each of a moderate number of entries."""
    cuts = np.searchsorted(starts, np.arange(0, int(starts[-1]) + _AT_ONCE, _AT_ONCE))
    last = len(starts) - 1
    return pairwise(np.unique([0, *np.minimum(cuts, last).tolist(), last]).tolist())


def taken(numbers: npt.NDArray[Number], places: npt.NDArray[np.integer]) -> npt.NDArray[Number]:
    """`numbers[places]`, for very many narrow places."""
    found = np.empty(len(places), numbers.dtype)
    for first in range(0, len(places), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        found[some] = numbers[places[some]]
    return found


def counted(places: npt.NDArray[np.integer], size: int) -> Ints:
    """How often each of `size` places occurs among very many narrow ones."""
    counts = np.zeros(size, np.int64)
    for first in range(0, len(places), _AT_ONCE):
        counts += np.bincount(places[first : first + _AT_ONCE], minlength=size)
    return counts


_SORTED_AT_ONCE = 2**14


def turned(
    columns: npt.NDArray[np.integer],
    values: npt.NDArray[Number],
    row_start: npt.NDArray[np.integer],
    column_start: npt.NDArray[np.integer],
    numbers: npt.DTypeLike,
) -> tuple[npt.NDArray[np.signedinteger[Any]], npt.NDArray[Number]]:
    """A matrix by rows, turned into one by columns: row (as `numbers`) and value of each entry.

    Rows rise within each column. Some entries at a time: to sort all of them at once takes more
    memory than they do.

    Parameters
    ----------
    columns, values
        By row, columns rising within each.
    row_start, column_start
        Where rows begin, and where columns will.
    """
    rows, found = np.empty(len(columns), numbers), np.empty_like(values)
    free = column_start[:-1].copy()
    for first in range(0, len(columns), _SORTED_AT_ONCE):
        part = slice(first, first + _SORTED_AT_ONCE)
        order = np.argsort(columns[part], kind="stable")
        sorted_ = columns[part][order]
        begins = np.flatnonzero(np.diff(sorted_, prepend=-1))
        runs = np.diff(begins, append=len(sorted_))
        places = np.arange(len(sorted_)) + np.repeat(free[sorted_[begins]] - begins, runs)
        free[sorted_[begins]] += runs
        rows[places] = np.searchsorted(row_start, first + order, side="right") - 1
        found[places] = values[part][order]
    return rows, found


_WIDTHS = (16, 32, 65)
"""Bits of whole numbers; the last stand in 64, and whatever there is fits."""


def narrowed(numbers: npt.NDArray[np.signedinteger[Any]]) -> npt.NDArray[np.signedinteger[Any]]:
    """The same numbers in 16 or 32 bits where all of them fit, in 64 else.

    What reckons with them widens one side first: two narrow ones would overflow in silence.
    """
    least, greatest = int(numbers.min(initial=0)), int(numbers.max(initial=0))
    bits = next(
        bits for bits in _WIDTHS if -(2 ** (bits - 1)) < least and greatest < 2 ** (bits - 1)
    )
    return numbers.astype(f"i{bits // 8}", copy=False)
