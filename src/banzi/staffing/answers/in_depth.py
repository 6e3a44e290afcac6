"""The best filling of a block by the compiled search in depth that proves bounds.

Prices from the linear relaxation say what each choice loses; the search goes through the posts,
choices by rising loss, and turns back where too much is lost. For blocks of more than a few posts
it takes a fraction of what a general search does, but the process has to open the compiler once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from banzi.solvers.remote import remaining
from banzi.staffing.answers.block import Block, Goal
from banzi.staffing.answers.excerpt import excerpt
from banzi.staffing.proof.blocks import block_of_all
from banzi.staffing.proof.dividing import whole_prices
from banzi.staffing.proof.multipliers import HOPELESS, Prices, reckon
from banzi.staffing.proof.pricing import price
from banzi.staffing.proof.relaxing import relax
from banzi.staffing.system.rows import EMPTY, Int64s

PACE = 8_000_000
"""Choices a second, about what a machine looks at: so that a search ends with its time."""


@dataclass(frozen=True, slots=True)
class InDepth:
    """A whole plan, and what no filling that reaches the floors is worth more than: it is worth as
    much, unless the search had to end before."""

    plan: Int64s
    bound: int


def in_depth(
    block: Block,
    both: Goal,
    weight: int,
    floors: Sequence[int],
    groups: Sequence[int],
    until: float = math.inf,
) -> InDepth | None:
    """The best filling for a goal, None when the time or the way in which it asks does not suit.

    Parameters
    ----------
    both, weight, floors
        As `excerpt` takes them.
    groups
        Per free post the number of its team or teams, from 0.
    """
    question = excerpt(block, both, weight, floors)
    relaxed = None if question is None else relax(question, until, presolve=False)
    if question is None or relaxed is None:
        return None
    every = block_of_all(question.rows)
    within = relaxed.prices.persons[every.rivals]
    reckoned = reckon(
        question, Prices(relaxed.prices.rows, np.zeros(question.rows.persons), np.zeros(0))
    )
    if reckoned.total == HOPELESS:
        return None
    nodes = int(PACE * min(remaining(until), 60.0))
    paid = whole_prices(within, reckoned.scale)
    found = price(question, every, reckoned, paid, nodes, groups=np.array(groups, np.int64))
    if found.plan is None:
        return None
    plan = block.standing.plan.copy()
    plan[block.posts] = np.append(block.arcs, EMPTY)[found.plan]
    return InDepth(plan, (reckoned.total - found.loss) // reckoned.scale)
