"""Lists of lists in flat arrays: where each inner list begins, and the places of some of them."""

from __future__ import annotations

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
