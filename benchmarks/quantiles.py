"""The value that most measurements do not exceed."""

from __future__ import annotations

from collections.abc import Iterable


def share(values: Iterable[float], permille: int) -> float:
    """The value that this many of a thousand do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, (len(ordered) * permille + 999) // 1000 - 1)]
