"""Shares in whole persons against a percentage."""

from __future__ import annotations

from banzi.kernel.logic import Truth


def at_most_percent(part: int | None, percent: int, whole: int | None) -> Truth:
    """Whether a part is no more than so many per cent of a whole; None where not known."""
    return None if part is None or whole is None else part * 100 <= whole * percent


def at_least_percent(part: int | None, percent: int, whole: int | None) -> Truth:
    """Whether a part is so many per cent of a whole or more; None where not known."""
    return None if part is None or whole is None else part * 100 >= whole * percent
