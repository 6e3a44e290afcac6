"""The best choice from a menu, by branching: linear prices at every node, bounds in whole numbers.

A node is what of the menu is still open. The linear programme of the node gives prices, the prices
a bound that holds (`multipliers`), and what cannot reach a plan worth having is struck out; mostly
so much goes that few nodes are enough. What is left is split by a seat: plans of a block that give
a post to a person, and all others of that block. The node that promises most is looked at first, but
a split is followed down while it promises anything, because plans are found deep down.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from banzi.solvers.linear import Floats, LinearProgramme
from banzi.staffing.proof.menu import Served
from banzi.staffing.proof.multipliers import HOPELESS, Reckoned, reckon
from banzi.staffing.proof.question import Mask, Question
from banzi.staffing.proof.relaxing import Assembled, sift
from banzi.staffing.proof.striking import strike
from banzi.staffing.system.rows import Int64s

FORGIVEN = 10_000.0
"""Points that a unit of a broken row costs in a node's programme."""
LEAN = 0.5
"""Share of a programme's arcs still open below which a node gets a programme of its own."""
WHOLE = 1e-6


@dataclass(frozen=True, slots=True)
class _Programme:
    """A linear programme of the menu over some of its arcs."""

    assembled: Assembled
    solver: LinearProgramme

    @classmethod
    def of(cls, question: Question) -> _Programme:
        assembled = Assembled(question)
        assembled.forgive(FORGIVEN)
        columns = assembled.columns()
        return cls(assembled, LinearProgramme(assembled.row_lows, assembled.row_highs, columns))


@dataclass(frozen=True, slots=True)
class _Node:
    """`total`: no choice of the node is worth more, in 1/scale; `shares`: of its programme's arcs."""

    total: int
    scale: int
    open: Mask
    shares: Floats
    programme: _Programme

    @property
    def bound(self) -> int:
        return self.total // self.scale


class Choosing:
    """Looks for the best choice from a menu that is worth at least `least`.

    `best` is the best one found so far, per block its arc of the menu; `least` is always one more
    than it is worth. `bound`: no choice from the menu is worth more, or it is below `least`.
    """

    def __init__(self, served: Served, least: int) -> None:
        self.served, self.least = served, least
        self.best: Int64s | None = None
        self._rows = served.question.rows
        self._tier = served.question.tier
        self._seats = served.seats()
        self._heap: list[tuple[float, int, _Node]] = []
        self._number = 0
        self._current: _Node | None = None
        self._top: int | None = None

    @property
    def bound(self) -> int | None:
        """None before the first node."""
        if self._top is None:
            return None
        waiting = [node.bound for _, _, node in self._heap[:1]]
        waiting += [] if self._current is None else [self._current.bound]
        return max([self.least - 1, *waiting])

    def nodes(self, known: Int64s, until: float) -> Iterator[bool]:
        """Look at node after node, to the end; tells each time whether `best` is a new one.

        `known`: a choice that there is. When time is up it ends early, and `bound` stays above.
        """
        told = self.least
        self._current = self._root(known, until)
        if self._current is None:
            return
        self._top = self._current.bound
        while self._current is not None:
            node = self._current
            if time.monotonic() >= until:
                return
            if node.bound >= self.least:
                kids = []
                for side in self._sides(node):
                    kid = self._evaluated(side, node, until)
                    if kid is None:
                        return
                    if kid.bound >= self.least:
                        kids.append(kid)
                kids.sort(key=lambda kid: kid.total / kid.scale)
                follow = kids.pop() if kids else None
                for kid in kids:
                    self._number += 1
                    entry = (-kid.total / kid.scale, -self._number, kid)
                    heapq.heappush(self._heap, entry)
            else:
                follow = None
            self._current = self._next(follow)
            yield self.least > told
            told = self.least

    def _next(self, follow: _Node | None) -> _Node | None:
        if follow is not None:
            return follow
        while self._heap:
            node = heapq.heappop(self._heap)[2]
            if node.bound >= self.least:
                return node
            self._heap.clear()  # no other promises more
        return None

    def _root(self, known: Int64s, until: float) -> _Node | None:
        question = self.served.question
        reckoned: Reckoned | None = None
        for relaxed in sift(question, known, until):
            reckoned = reckon(question, relaxed.prices)
            if relaxed.whole and reckoned.bound >= self.least:
                strike(question, reckoned, self.least)
        if reckoned is None:
            return None
        start = _Node(
            reckoned.total,
            reckoned.scale,
            question.open.copy(),
            np.zeros(0),
            _Programme.of(question),
        )
        return self._evaluated(start.open, start, until)

    def _evaluated(self, open_: Mask, parent: _Node, until: float) -> _Node | None:
        """A node; None when time is up."""
        question = self._asked(open_)
        programme = parent.programme
        arcs = programme.assembled.arcs
        if open_[arcs].sum() < LEAN * len(arcs):
            programme = _Programme.of(question)
            arcs = programme.assembled.arcs
        # a block without any plan left needs no programme
        if len(np.unique(self._rows.arc_post[open_])) < self._rows.posts:
            return _Node(HOPELESS, 1, open_, np.zeros(0), programme)
        programme.solver.limit_columns(0, np.zeros(len(arcs)), open_[arcs].astype(float))
        found = programme.solver.solve(until, method="simplex")
        if found is None:
            return None
        reckoned = reckon(question, programme.assembled.relaxation(found, whole=True).prices)
        total, scale = reckoned.total, reckoned.scale
        if parent.total * scale < total * parent.scale:
            total, scale = parent.total, parent.scale
        shares = found.columns[: len(arcs)]
        node = _Node(total, scale, question.open, shares, programme)
        if node.bound >= self.least:
            self._take(node)
            strike(question, reckoned, self.least)
        return node

    def _asked(self, open_: Mask) -> Question:
        asked = self.served.question
        question = Question(asked.rows, asked.tier, asked.floors)
        question.open[:] = open_
        question.filled[:] = True
        return question

    def _take(self, node: _Node) -> None:
        """Keep what the programme chose, if that is whole and a plan."""
        shares = np.zeros(self._rows.arcs)
        shares[node.programme.assembled.arcs] = node.shares
        choice = np.flatnonzero(shares > 1 - WHOLE)
        if len(choice) < self._rows.posts or self._rows.breached(choice):
            return
        values = self._rows.tier_values(choice)
        floors = self.served.question.floors
        reaches = all(a >= b for a, b in zip(values, floors, strict=False))
        if reaches and values[self._tier] >= self.least:
            self.best, self.least = choice, values[self._tier] + 1

    def _sides(self, node: _Node) -> Iterator[Mask]:
        """The two parts of a node; none when there is nothing to part."""
        rows = self._rows
        shares = np.zeros(rows.arcs)
        shares[node.programme.assembled.arcs] = node.shares
        with_seat = self._seats.split(shares)
        if with_seat is None:
            count = np.bincount(rows.arc_post[node.open], minlength=rows.posts)
            several = node.open & (count[rows.arc_post] > 1)
            if not several.any():
                self._take_only(node)
                return
            first = np.flatnonzero(several)[int(np.argmax(shares[several]))]
            with_seat = np.array([first])
        block = rows.arc_post == rows.arc_post[with_seat[0]]
        seated = np.zeros(rows.arcs, bool)
        seated[with_seat] = True
        yield node.open & (seated | ~block)
        yield node.open & ~seated

    def _take_only(self, node: _Node) -> None:
        only = np.zeros(len(node.programme.assembled.arcs))
        only[node.open[node.programme.assembled.arcs]] = 1.0
        self._take(_Node(node.total, node.scale, node.open, only, node.programme))
