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
from banzi.staffing.proof.losing import NEVER, BlockRows, least_loss
from banzi.staffing.proof.multipliers import Reckoned
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import EMPTY, Int64s

_FIRST_LIMIT = 1.0
_WIDER = 1.4


@dataclass(frozen=True, slots=True)
class Priced:
    """What a block loses at least, in 1/scale; the plan that loses just that, if it was found.

    `plan`: per post of the block its arc (number in the system) or EMPTY; None when the search
    stopped at its limit. `nodes`: how many choices it looked at.
    """

    loss: int
    plan: Int64s | None
    nodes: int


def price(
    question: Question, block: Block, reckoned: Reckoned, most_nodes: int, most_loss: int = NEVER
) -> Priced:
    """The least loss of a block; up to `most_loss`, beyond which nobody wants to know."""
    own = losses_of_rows(question, block, reckoned)
    search = _Search(question, block, reckoned, own)
    limit, proven, nodes = int(_FIRST_LIMIT * reckoned.scale), 0, 0
    while True:
        limit = min(limit, most_loss)
        found, took, plan = search.up_to(limit, most_nodes - nodes)
        nodes += abs(took)
        if took < 0:
            return Priced(proven, None, nodes)
        if found <= limit:
            return Priced(found, plan, nodes)
        proven = limit + 1
        if limit == most_loss or search.complete:
            return Priced(NEVER if search.complete else proven, None, nodes)
        limit = int(limit * _WIDER)


class _Search:
    def __init__(
        self, question: Question, block: Block, reckoned: Reckoned, own: BlockRows
    ) -> None:
        self.block, self.own = block, own
        arcs, posts = block.arcs, block.posts
        local_post = np.repeat(np.arange(len(posts)), np.diff(block.post_start))
        losses = reckoned.best[posts][local_post] - reckoned.offers[arcs]
        open_ = question.open[arcs]
        empty = ~question.filled[posts]
        self.post = np.concatenate([local_post[open_], np.flatnonzero(empty)])
        self.arc = np.concatenate([np.flatnonzero(open_), np.full(int(empty.sum()), EMPTY)])
        self.loss = np.concatenate([losses[open_], reckoned.best[posts][empty]])
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
