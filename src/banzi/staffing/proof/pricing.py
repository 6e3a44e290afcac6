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
from banzi.staffing.proof.losing import NEVER, OFF, least_loss, losses_of
from banzi.staffing.proof.multipliers import HOPELESS, Reckoned
from banzi.staffing.proof.question import Mask, Question
from banzi.staffing.system.rows import EMPTY, Int32s, Int64s

_FIRST_LIMIT = 1.0
_MORE, _FAST = 0.02, 2.0
"""With groups, the first limit is so much above what these lose by themselves; then it widens."""
_LOW = 2**20
"""The first limit of a group's search, in 1/scale."""
_WIDER = 1.4
_HARD, _ALONE, _LIKELY = 300_000, 10_000, 3
"""Choices after which, with groups, some plan is worth looking for by itself, so that no limit goes
far beyond it, and the same for one group; and the share of all choices (a third) that this may take."""
_AT_ONCE = 4_096
"""Plans that are put in order at a time."""
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
    groups: Int64s | None = None,
) -> Priced:
    """The least loss of a block; up to `most_loss`, beyond which nobody wants to know.

    `within`: per rival of the block a price ≥ 0 in 1/scale for sitting in it. It is paid back once
    to every plan, so it changes no result, only how soon the search knows. The same is true of
    `groups`: numbers from 0 per post, of posts that few rows tie to those of other groups. What each
    group of several loses by itself is found first, and known to the search of all while it is at
    others.
    """
    search = _Search(question, block, reckoned, within)
    back = search.back
    limit, proven, nodes, base = int(_FIRST_LIMIT * reckoned.scale), 0, 0, 0
    if groups is not None and groups.any():
        base = search.part(groups, most_nodes // 4)
        limit = base + max(limit, int(base * _MORE))
    least, best, ready = NEVER, None, groups is None
    hard = _HARD if groups is not None and groups.any() else _ALONE

    def priced(spent: int, plan: Int64s | None) -> Priced:
        loss = max(0, spent + back)
        return Priced(loss, loss - back, search.arc_losses, search.empty_losses, plan, nodes)

    if hint is not None:
        limit = max(limit, int(hint.before * _AS_BEFORE) - back)
        least, best = search.known(hint.known)
    while True:
        if not ready and nodes > hard:
            least, best, took = search.likely(base, limit - base, most_nodes // _LIKELY)
            nodes, ready = nodes + took, True
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
        limit = base + int((limit - base) * (_WIDER if groups is None else _FAST))
        if best is not None and limit - base > (least - base) // 2:
            limit = least


@dataclass(frozen=True, slots=True)
class Listed:
    """Plans of a block, per post its arc or EMPTY, and what each loses in 1/scale.

    `whole`: no other plan loses so little.
    """

    plans: Int32s
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
        return Listed(np.zeros((0, len(block.posts)), np.int32), np.zeros(0, np.int64), True)
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
        self._groups = np.zeros(len(posts), np.int64)
        self._owed = np.zeros(1, np.int64)
        self.complete = False
        """Whether the last limit let in every choice and no loss of rows could be beyond it."""

    def part(self, groups: Int64s, most_nodes: int) -> int:
        """Find what each group of posts loses at least with the rows that are its own; the sum."""
        self._groups, self._owed = groups, np.zeros(int(groups.max(initial=0)) + 1, np.int64)
        first = np.full(len(self.own.kind), len(self._owed))
        last = np.full(len(self.own.kind), -1)
        group = groups[owners(self.block.post_start)][owners(self.block.arc_start)]
        np.minimum.at(first, self.block.arc_rows, group)
        np.maximum.at(last, self.block.arc_rows, group)
        for number in range(len(self._owed)):
            mine = (first == number) & (last == number)
            self._owed[number] = self._least_of(number, mine, most_nodes)
        return min(NEVER, int(self._owed.sum()))

    def likely(self, base: int, spread: int, most_nodes: int) -> tuple[int, Int64s | None, int]:
        """A plan that loses little, if one is soon seen: its loss or `NEVER`, the plan, the nodes.

        Looks only at plans that lose what is beyond `base` evenly, post by post, first `spread` in
        all, then more: few of all plans by far, mostly with the best among them or nearly.
        """
        nodes = 0
        while nodes < most_nodes:
            _found, took, plans, losses = self._search(
                base + spread, most_nodes - nodes, 1, False, even=spread
            )
            nodes += abs(took)
            if len(plans):
                return int(losses[0]), plans[0].astype(np.int64), nodes
            if self.complete:
                break
            spread = int(spread * _FAST)
        return NEVER, None, nodes

    def _least_of(self, number: int, mine: Mask, most_nodes: int) -> int:
        """What one group loses at least, as far as the search gets."""
        own, post, arc, loss = self.own, self.post, self.arc, self.loss
        pairs = mine[own.cut] & mine[own.of]
        inside = self._groups[post] == number
        self.post, self.arc, self.loss = post[inside], arc[inside], loss[inside]
        self.own = own._replace(
            kind=np.where(mine, own.kind, OFF), cut=own.cut[pairs], of=own.of[pairs]
        )
        posts, limit, proven = np.flatnonzero(self._groups == number), _LOW, 0
        while True:
            found, nodes, _plans, _losses = self._search(limit, most_nodes, 1, False, posts)
            if nodes >= 0:
                proven = found
            if nodes < 0 or found <= limit or self.complete:
                break
            limit = int(limit * _WIDER)
        self.own, self.post, self.arc, self.loss = own, post, arc, loss
        return min(proven, NEVER)

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
        found, nodes, plans, _losses = self._search(limit, most_nodes, 1, False)
        return found, nodes, plans[0].astype(np.int64) if len(plans) else None

    def every(self, limit: int, most_nodes: int, most_plans: int) -> tuple[Int32s, Int64s, bool]:
        """Plans that lose at most `limit`, what each loses, and whether these are all."""
        _found, nodes, plans, losses = self._search(limit, most_nodes, most_plans, True)
        return plans, losses, nodes >= 0

    def _search(
        self,
        limit: int,
        most_nodes: int,
        most_plans: int,
        every: bool,
        some: Int64s | None = None,
        even: int = 0,
    ) -> tuple[int, int, Int32s, Int64s]:
        """Over all posts of the block, or over `some`, whose choices alone are there then.

        `even`: what the limit keeps back for posts to come, less and less of it.
        """
        block = self.block
        within = self.loss <= limit
        post, arc, loss = self.post[within], self.arc[within], self.loss[within]
        count = np.bincount(post, minlength=len(block.posts))
        posts = np.lexsort((count, block.team, self._groups))
        if some is not None:
            posts = posts[np.isin(posts, some)]
        depth_of = np.zeros(len(block.posts), np.int64)
        depth_of[posts] = np.arange(len(posts))
        since, owed = self._debts(posts) if some is None else _no_debts(len(posts))
        owed += np.linspace(even, 0, len(owed)).astype(np.int64)
        order = np.lexsort((loss, depth_of[post]))
        starts = starts_of(count[posts])
        kept = np.empty((most_plans, len(posts)), np.int32)  # only what is written takes memory
        losses = np.empty(most_plans, np.int64)
        self.complete = limit >= NEVER // 4
        if not count[posts].all():
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
            since,
            owed,
        )
        many = found if every else int(found <= limit)
        if some is not None:
            return found, nodes, kept[:0], losses[:0]
        arc_of = np.append(block.arcs, EMPTY).astype(np.int32)
        for first in range(0, many, _AT_ONCE):
            part = slice(first, min(first + _AT_ONCE, many))
            kept[part] = arc_of[kept[part, depth_of]]
        return found, nodes, kept[:many], losses[:many]

    def _debts(self, posts: Int64s) -> tuple[Int64s, Int64s]:
        """Per depth where the next group begins, and what all from there on lose at least."""
        since, owed = _no_debts(len(posts))
        starts = np.searchsorted(self._groups[posts], np.arange(len(self._owed)))
        for number in range(len(self._owed) - 1, 0, -1):
            before = slice(0, starts[number] + 1)
            since[before] = starts[number]
            owed[before] = min(NEVER, int(self._owed[number:].sum()))
        return since, owed


def _no_debts(depths: int) -> tuple[Int64s, Int64s]:
    return np.full(depths + 1, depths), np.zeros(depths + 1, np.int64)
