"""Exact counts from a seeded generator: who is dealt what, in numbers that do not vary by seed."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def deal(rng: Random, items: Sequence[Item], count: int) -> list[Item]:
    """`count` different items in random order.

    Raises
    ------
    ValueError
        When there are fewer: the knobs ask for more than the region has.
    """
    return rng.sample(list(items), count)


def spread(rng: Random, least: int, most: int, count: int) -> list[int]:
    """`count` whole numbers evenly over [least, most], in random order; none for 0 or fewer."""
    if count <= 0:
        return []
    if count == 1:
        return [(least + most) // 2]
    values = [least + round((most - least) * step / (count - 1)) for step in range(count)]
    rng.shuffle(values)
    return values


def in_parts(total: int, weights: Sequence[int]) -> list[int]:
    """`total` split in proportion to the weights; the largest remainders get what is left over."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-remainders[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
