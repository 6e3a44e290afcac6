"""Better and better plans from fractions: dives from the top, then into parts of the best plan.

A dive over all posts goes wrong somewhere. So some blocks of the best plan, drawn each time, are set free
and the rest is held: the linear programme of what is free says at once whether there can be anything better,
and mostly a dive into it is done in a tenth of a second. When fractions show nothing more blocks are set free the
next time, when a dive ends without a plan fewer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from banzi.staffing.proof.diving import Diver
from banzi.staffing.system.rows import EMPTY, Int64s

FROM_TOP = ((0.12, 0.1), (0.05, 0.1), (0.03, 0.25), (0.12, 0.4))
"""Dives over all posts, until one ends with a plan: the share of the open seats made whole at a time, and of
what lies between plan and bound how much may be lost."""
PACE = 0.1
FIRST_SHARE, LEAST_SHARE, MOST_SHARE = 0.3, 0.05, 0.9
"""Share of the blocks that are set free; `MORE`, `FEWER`: what it is multiplied with."""
MORE, FEWER = 1.1, 0.95
ENOUGH = 100
"""Dives in vain, one after another, after which nothing more is to be had."""


def renew(
    diver: Diver, parts: Sequence[Int64s], bound: int, best: Callable[[], Int64s], until: float
) -> Iterator[Int64s | None]:
    """After each dive a plan better than `best()`, or None; ends when nothing more is to be had.

    `parts`: posts of each block. `bound`: what fractions of the whole are worth.
    """
    question = diver.question

    def value() -> int:
        return question.rows.tier_values(best())[question.tier]

    for pace, lost in FROM_TOP:
        floor = value() + 1
        found, _hopeless = diver.down(floor, int(bound - lost * (bound - floor)), pace)
        yield found
        if found is not None:
            break
    draw, share, vain = np.random.default_rng(0), FIRST_SHARE, 0
    while vain < ENOUGH and time.monotonic() < until:
        number = max(1, int(share * len(parts)))
        free = draw.choice(len(parts), min(number, len(parts)), replace=False)
        held = best().copy()
        for part in free.tolist():
            held[parts[part]] = EMPTY
        floor = value() + 1
        found, hopeless = diver.down(floor, floor, PACE, held[held != EMPTY])
        yield found
        vain = 0 if found is not None else vain + 1
        if found is None:
            share = min(MOST_SHARE, share * MORE) if hopeless else max(LEAST_SHARE, share * FEWER)
