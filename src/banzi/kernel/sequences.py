"""Sequences that keep what they hold in another shape and give it out as tuples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

Item_co = TypeVar("Item_co", bound=tuple[Any, ...], covariant=True)


class SequenceOfTuples(Sequence[Item_co]):
    """Equal to any sequence of the same tuples, whatever it is made of."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(tuple.__eq__, self, other))

    __hash__ = None  # type: ignore[assignment]  # as of a list: what it holds may be large
