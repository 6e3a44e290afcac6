"""Striking out what no plan worth having uses, by what it would cost.

A plan that uses another arc of a post than the best one is worth at most L − (best − offer). Where
that is less than a plan that is known, the arc is in no plan as good as that; so with leaving a
post empty. What remains holds every plan that reaches the known value, equal ones included.
"""

from __future__ import annotations

from banzi.staffing.proof.multipliers import HOPELESS, Reckoned
from banzi.staffing.proof.question import Question


def strike(question: Question, reckoned: Reckoned, value: int) -> int:
    """Strike out of the question what no plan of at least `value` uses; how many arcs went."""
    if reckoned.total == HOPELESS:
        return 0
    rows = question.rows
    spare = reckoned.total - value * reckoned.scale
    least = reckoned.best - spare
    hopeless = question.open & (reckoned.offers < least[rows.arc_post])
    question.open &= ~hopeless
    question.filled |= least > 0
    return int(hopeless.sum())
