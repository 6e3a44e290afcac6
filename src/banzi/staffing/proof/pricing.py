"""The best plan of each block at given prices, and the bound that follows.

The loss of a block (`losing`) comes off the bound: L − Σ losses still bounds every plan, and now
knows all that a block's own rows say of whole persons. The search of a block tries small limits
first and widens them, so that it can say "at least so much" whenever it has to stop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from banzi.kernel.compiling import machine_code
from banzi.staffing.proof.blocks import Block, losses_of_rows
from banzi.staffing.proof.losing import NEVER, least_loss
from banzi.staffing.proof.multipliers import HOPELESS, Reckoned
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import EMPTY, Int64s

_FIRST_LIMIT = 1.0
_WIDER = 1.4


@dataclass(frozen=True, slots=True)
class Priced:
    """What a block loses at least, and a plan that loses little.

    Attributes
    ----------
    loss
        What comes off the bound, in 1/scale.
    spent
        The same, reckoned from the best that posts offer once rivals have paid `within`.
    arcs, empty
        Per arc of the block and per post of it left empty: what using it alone would lose, from
        the same start as `spent`.
    plan
        Per post of the block its arc (number in the system) or EMPTY: one that loses `spent`, or
        the best one seen when the search ran out of `most_nodes`; None when none was seen.
    nodes
        How many choices the search looked at.
    """

    loss: int
    spent: int
    arcs: Int64s
    empty: Int64s
    plan: Int64s | None
    nodes: int


def price(
    question: Question,
    block: Block,
    reckoned: Reckoned,
    within: Int64s,
    most_nodes: int,
    most_loss: int = NEVER,
) -> Priced:
    """The least loss of a block; up to `most_loss`, beyond which nobody wants to know.

    `within`: per rival of the block a price ≥ 0 in 1/scale for sitting in it. It is paid back once
    to every plan, so it changes no result, only how soon the search knows.
    """
    search = _Search(question, block, reckoned, within)
    back = search.back

    def priced(spent: int, plan: Int64s | None) -> Priced:
        loss = max(0, spent + back)
        return Priced(loss, loss - back, search.arc_losses, search.empty_losses, plan, nodes)

    limit, proven, nodes = int(_FIRST_LIMIT * reckoned.scale), 0, 0
    while True:
        limit = min(limit, max(0, most_loss - back))
        found, took, plan = search.up_to(limit, most_nodes - nodes)
        nodes += abs(took)
        if took < 0:
            return priced(proven, plan if found <= limit else None)
        if found <= limit:
            return priced(found, plan)
        proven = limit + 1
        if limit >= most_loss - back or search.complete:
            return priced(NEVER if search.complete else proven, None)
        limit = int(limit * _WIDER)


class _Search:
    """`back`: how much the best that posts offer, rivals paid back, lies below what it was without
    `within`."""

    def __init__(
        self, question: Question, block: Block, reckoned: Reckoned, within: Int64s
    ) -> None:
        self.block = block
        self.own = losses_of_rows(question, block, reckoned, within)
        arcs, posts = block.arcs, block.posts
        local_post = np.repeat(np.arange(len(posts)), np.diff(block.post_start))
        pays = np.zeros(question.rows.persons, np.int64)
        pays[block.rivals] = within
        offers = reckoned.offers[arcs] - pays[question.rows.arc_person[arcs]]
        open_, filled = question.open[arcs], question.filled[posts]
        best = np.where(filled, HOPELESS, 0)
        np.maximum.at(best, local_post[open_], offers[open_])
        self.back = int(reckoned.best[posts].sum() - best.sum() - within.sum())
        self.arc_losses: Int64s = best[local_post] - offers
        self.empty_losses: Int64s = best
        empty = np.flatnonzero(~filled)
        self.post = np.concatenate([local_post[open_], empty])
        self.arc = np.concatenate([np.flatnonzero(open_), np.full(len(empty), EMPTY)])
        self.loss = np.concatenate([self.arc_losses[open_], best[empty]])
        self.complete = False
        """Whether the last limit let in every choice and no loss of rows could be beyond it."""

    def up_to(self, limit: int, most_nodes: int) -> tuple[int, int, Int64s]:
        block = self.block
        kept = self.loss <= limit
        post, arc, loss = self.post[kept], self.arc[kept], self.loss[kept]
        count = np.bincount(post, minlength=len(block.posts))
        posts = np.lexsort((count, block.team))
        depth_of = np.argsort(posts)
        order = np.lexsort((loss, depth_of[post]))
        starts = np.concatenate([[0], np.cumsum(count[posts])]).astype(np.int64)
        best = np.full(len(block.posts), EMPTY, np.int64)
        self.complete = limit >= NEVER // 4
        if not count.all():
            return limit + 1, 1, best
        found, nodes = machine_code(least_loss)(
            self.own,
            block.arc_start,
            block.arc_rows,
            block.arc_values,
            block.person,
            starts,
            arc[order].astype(np.int64),
            loss[order].astype(np.int64),
            block.persons,
            limit,
            most_nodes,
            best,
        )
        plan = best[depth_of]
        used = plan != EMPTY
        plan[used] = block.arcs[plan[used]]
        return found, nodes, plan
