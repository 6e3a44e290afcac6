"""Lists of lists in flat arrays: where each inner list begins, and the places of some of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


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


def narrowed(numbers: npt.NDArray[np.signedinteger[Any]]) -> npt.NDArray[np.signedinteger[Any]]:
    """The same numbers in 32 bits where all of them fit, in 64 else.

    What multiplies them widens one side first: two narrow ones would overflow in silence.
    """
    fits = not len(numbers) or -(2**31) < int(numbers.min()) <= int(numbers.max()) < 2**31
    return numbers.astype(np.int32 if fits else np.int64, copy=False)
