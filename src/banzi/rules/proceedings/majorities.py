"""Comparing a number with a fraction of another, in integers and three-valued."""

from __future__ import annotations

from collections.abc import Mapping

from banzi.kernel.logic import Truth


def exceeds(part: int | None, fraction: Mapping[str, int], whole: int | None) -> Truth:
    """Whether a part is more than the fraction of a whole (超过, 过半数): the number itself is not.

    None where a number is not known. A whole of nobody is exceeded by nobody.
    """
    if part is None or whole is None:
        return None
    return part * fraction["denominator"] > whole * fraction["numerator"]


def reaches(part: int | None, fraction: Mapping[str, int], whole: int | None) -> Truth:
    """Whether a part is at least the fraction of a whole (以上, 不少于): the number itself is."""
    if part is None or whole is None:
        return None
    return whole > 0 and part * fraction["denominator"] >= whole * fraction["numerator"]


def least_exceeding(fraction: Mapping[str, int], whole: int) -> int:
    """The smallest number that is more than the fraction of a whole."""
    return whole * fraction["numerator"] // fraction["denominator"] + 1


def least_reaching(fraction: Mapping[str, int], whole: int) -> int:
    """The smallest number that is at least the fraction of a whole."""
    return -(-whole * fraction["numerator"] // fraction["denominator"])
