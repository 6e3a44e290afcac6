"""The best plan of each block at given prices, and the bound that follows.

The loss of a block (`losing`) comes off the bound: L − Σ losses still bounds every plan, and now
knows all that a block's own rows say of whole persons. The search of a block tries small limits
first and widens them, so that it can say "at least so much" whenever it has to stop.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from banzi.kernel.compiling import machine_code
from banzi.solvers.packed import owners, starts_of
from banzi.staffing.proof.blocks import Block, losses_of_rows
from banzi.staffing.proof.losing import NEVER, least_loss, losses_of
from banzi.staffing.proof.multipliers import HOPELESS, Reckoned
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import EMPTY, Int64s

_FIRST_LIMIT = 1.0
_WIDER = 1.4
_AS_BEFORE = 1.05
"""What a block lost when it was asked last is mostly enough with so much more."""


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


@dataclass(frozen=True, slots=True)
class Hint:
    """What may help a search of a block: plans of it that are known, and what it lost when it was
    asked last (in 1/scale)."""

    known: Int64s
    before: int


def price(
    question: Question,
    block: Block,
    reckoned: Reckoned,
    within: Int64s,
    most_nodes: int,
    most_loss: int = NEVER,
    hint: Hint | None = None,
) -> Priced:
    """The least loss of a block; up to `most_loss`, beyond which nobody wants to know.

    `within`: per rival of the block a price ≥ 0 in 1/scale for sitting in it. It is paid back once
    to every plan, so it changes no result, only how soon the search knows.
    """
    search = _Search(question, block, reckoned, within)
    back = search.back
    limit, proven, nodes = int(_FIRST_LIMIT * reckoned.scale), 0, 0
    least, best = NEVER, None

    def priced(spent: int, plan: Int64s | None) -> Priced:
        loss = max(0, spent + back)
        return Priced(loss, loss - back, search.arc_losses, search.empty_losses, plan, nodes)

    if hint is not None:
        limit = max(limit, int(hint.before * _AS_BEFORE) - back)
        least, best = search.known(hint.known)
    while True:
        limit = min(limit, max(0, most_loss - back), least)
        found, took, plan = search.best(limit, most_nodes - nodes)
        nodes += abs(took)
        if took < 0:
            return priced(proven, best if plan is None else plan)
        if found <= limit:
            return priced(found, plan)
        proven = limit + 1
        if limit >= most_loss - back or search.complete:
            return priced(NEVER if search.complete else proven, None)
        limit = int(limit * _WIDER)


@dataclass(frozen=True, slots=True)
class Listed:
    """Plans of a block, per post its arc or EMPTY, and what each loses in 1/scale.

    `whole`: no other plan loses so little.
    """

    plans: Int64s
    losses: Int64s
    whole: bool


def plans_of(
    question: Question,
    block: Block,
    reckoned: Reckoned,
    within: Int64s,
    most_loss: int,
    most_nodes: int,
    most_plans: int,
) -> Listed:
    """Every plan of a block that loses at most `most_loss`, unless there are too many of them."""
    search = _Search(question, block, reckoned, within)
    limit = most_loss - search.back
    if limit < 0:
        return Listed(np.zeros((0, len(block.posts)), np.int64), np.zeros(0, np.int64), True)
    plans, losses, whole = search.every(limit, most_nodes, most_plans)
    return Listed(plans, losses + search.back, whole)


class _Search:
    """`back`: how much the best that posts offer, rivals paid back, lies below what it was without
    `within`."""

    def __init__(
        self, question: Question, block: Block, reckoned: Reckoned, within: Int64s
    ) -> None:
        self.block = block
        self.own = losses_of_rows(question, block, reckoned, within)
        arcs, posts = block.arcs, block.posts
        local_post = owners(block.post_start)
        pays = np.zeros(question.rows.persons, np.int64)
        pays[block.rivals] = within
        offers = reckoned.offers[arcs] - pays[question.rows.arc_person[arcs]]
        open_, filled = question.open[arcs], question.filled[posts]
        self._open, self._filled = question.open, filled
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

    def known(self, plans: Int64s) -> tuple[int, Int64s | None]:
        """The least that one of some plans loses, and the plan; `NEVER` when none may be used."""
        block, used = self.block, plans != EMPTY
        open_ = np.append(self._open, False)  # for EMPTY, and where there are no arcs at all
        usable = np.where(used, open_[plans], ~self._filled).all(axis=1)
        plans = plans[usable]
        if not len(plans):
            return NEVER, None
        arcs = np.where(plans == EMPTY, EMPTY, np.searchsorted(block.arcs, plans))
        losses = machine_code(losses_of)(
            self.own,
            block.arc_start,
            block.arc_rows,
            block.arc_values,
            self.arc_losses,
            self.empty_losses,
            arcs.astype(np.int64),
        )
        least = int(np.argmin(losses))
        return int(losses[least]), plans[least]

    def best(self, limit: int, most_nodes: int) -> tuple[int, int, Int64s | None]:
        """The least loss up to `limit`, else `limit + 1`; nodes, negative when it gave up; a plan."""
        found, nodes, plans, _losses = self._search(limit, most_nodes, 1, every=False)
        return found, nodes, plans[0] if len(plans) else None

    def every(self, limit: int, most_nodes: int, most_plans: int) -> tuple[Int64s, Int64s, bool]:
        """Plans that lose at most `limit`, what each loses, and whether these are all."""
        _found, nodes, plans, losses = self._search(limit, most_nodes, most_plans, every=True)
        return plans, losses, nodes >= 0

    def _search(
        self, limit: int, most_nodes: int, most_plans: int, *, every: bool
    ) -> tuple[int, int, Int64s, Int64s]:
        block = self.block
        within = self.loss <= limit
        post, arc, loss = self.post[within], self.arc[within], self.loss[within]
        count = np.bincount(post, minlength=len(block.posts))
        posts = np.lexsort((count, block.team))
        depth_of = np.argsort(posts)
        order = np.lexsort((loss, depth_of[post]))
        starts = starts_of(count[posts])
        kept = np.empty((most_plans, len(block.posts)), np.int64)
        losses = np.empty(most_plans, np.int64)
        self.complete = limit >= NEVER // 4
        if not count.all():
            return (0 if every else limit + 1), 1, kept[:0], losses[:0]
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
            kept,
            losses,
            every,
        )
        some = found if every else int(found <= limit)
        plans = kept[:some, depth_of]
        used = plans != EMPTY
        plans[used] = block.arcs[plans[used]]
        return found, nodes, plans, losses[:some].copy()
