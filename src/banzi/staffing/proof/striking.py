"""Striking out what no plan worth having uses, by what it would cost.

A plan that uses another arc of a post than the best one is worth at most L − (best − offer). Where
that is less than a plan that is known, the arc is in no plan as good as that; so with leaving a
post empty. What remains holds every plan that reaches the known value, equal ones included.
"""

from __future__ import annotations

import numpy as np

from banzi.staffing.proof.multipliers import HOPELESS, Reckoned
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import Int64s


def strike(
    question: Question, reckoned: Reckoned, value: int, shorter: Int64s | None = None
) -> int:
    """Strike out of the question what no plan of at least `value` uses; how many arcs went.

    `shorter`: per post by how much (in 1/scale) L shrinks whatever is done in that post, where
    more is known than its best offer: the losses of all other blocks.
    """
    if reckoned.total == HOPELESS:
        return 0
    rows = question.rows
    spare = np.full(rows.posts, reckoned.total - value * reckoned.scale, np.int64)
    if shorter is not None:
        spare -= shorter
    least = reckoned.best - spare
    hopeless = question.open & (reckoned.offers < least[rows.arc_post])
    question.open &= ~hopeless
    question.filled |= least > 0
    return int(hopeless.sum())
