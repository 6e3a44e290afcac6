"""The best choice from a menu, by branching: linear prices at every node, bounds in whole numbers.

A node is what of the menu is still open. The linear programme of the node gives prices, the prices
a bound that holds (`multipliers`), and what cannot reach a plan worth having is struck out; mostly
so much goes that few nodes are enough. What is left is split by a seat: plans of a block that give
a post to a person, and all others of that block. The node that promises most is looked at first, but
a split is followed down while it promises anything, because plans are found deep down.

Of a large menu only the plans that look best have a column, and such as prices of some node would pay
for: bounds are reckoned over all of it at any prices, and programmes take a fifth of the room.
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from banzi.solvers.linear import Floats, Relaxed, Turn, Turns
from banzi.staffing.proof.multipliers import Reckoned, reckon
from banzi.staffing.proof.question import Mask, Question
from banzi.staffing.proof.relaxing import Assembled
from banzi.staffing.proof.sifting import Sifting, best_of_posts, missing
from banzi.staffing.proof.striking import strike
from banzi.staffing.system.rows import EMPTY, Int32s, Int64s

FORGIVEN = 10_000.0
"""Points that a unit of a broken row costs in a node's programme."""
LEAN = 0.5
"""Share of a programme's arcs still open below which a node gets a programme of its own."""
COLUMNS = 2_500
"""Arcs that have a column at first: the best of each post at the prices of the whole."""
MORE, ROUNDS = 10, 3
"""Arcs of each post that are let in at a time, and how often for one node."""
WHOLE = 1e-6
"""Shares nearer to 0 or 1 than this are whole."""

Bits = npt.NDArray[np.uint8]
Parting = Callable[[Floats], "Int64s | None"]
"""From shares of all arcs to those to split from the others of their post; None if all is whole."""


@dataclass(frozen=True, slots=True)
class _Programme:
    """A linear programme of the menu over some of its arcs: those of `near` that were open."""

    assembled: Assembled
    costs: Floats
    turn: Turn

    @classmethod
    def of(cls, question: Question, near: Mask) -> _Programme:
        narrow = question.copy()
        narrow.open &= near
        assembled = Assembled(narrow)
        assembled.forgive(FORGIVEN)
        columns = assembled.columns()
        turn = Turn(assembled.row_lows, assembled.row_highs, columns)
        return cls(assembled, columns.costs, turn)

    def fits(self, question: Question) -> bool:
        """Whether so many of its arcs are still open that it is not worth making another."""
        arcs = self.assembled.arcs
        return bool(question.open[arcs].sum() >= LEAN * len(arcs))


@dataclass(frozen=True, slots=True)
class _Node:
    """`total`: nothing in it is worth more, in 1/scale. `open` and `filled` are those of its question,
    one bit an arc; `used`: the arcs that its programme chose, `shares`: how much of each.

    Thousands of nodes wait, so they are kept small; `programme` may be one of a node far above.
    """

    total: int
    scale: int
    open: Bits
    filled: Mask
    used: Int32s
    shares: Floats
    programme: _Programme

    @property
    def bound(self) -> int:
        return self.total // self.scale


class Choosing:
    """Looks for the best plan that a question admits and that is worth at least `least`.

    Made for the questions of menus, where a plan is a choice and `parting` says what to split by;
    without it an arc is split from all others of its post. `best` is the best plan found so far
    (per post its arc or EMPTY); `least` is always one more than it is worth. `bound`: no plan is
    worth more, or it is below `least`.
    """

    def __init__(self, question: Question, least: int, parting: Parting | None = None) -> None:
        self.question, self.least = question, least
        self.best: Int64s | None = None
        self._rows, self._tier = question.rows, question.tier
        self._parting = parting or _most_even
        self._heap: list[tuple[float, int, _Node]] = []
        self._turns = Turns(presolve=True)
        self._number = 0
        self._current: _Node | None = None
        self._whole: _Programme | None = None
        self._near = np.zeros(question.rows.arcs, bool)
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

        `known`: a plan that there is. When time is up it ends early, and `bound` stays above.
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
                    self._put_off(kid)
            else:
                follow = None
            self._current = self._next(follow)
            yield self.least > told
            told = self.least

    def _put_off(self, node: _Node) -> None:
        """Let it wait, without a programme of its own: those take a hundred times the room."""
        self._number += 1
        if self._whole is not None:
            node = replace(node, programme=self._whole)
        heapq.heappush(self._heap, (-node.total / node.scale, -self._number, node))

    def _next(self, follow: _Node | None) -> _Node | None:
        if follow is not None:
            return follow
        if not self._heap:
            return None
        node = heapq.heappop(self._heap)[2]
        if node.bound < self.least:
            self._heap.clear()  # no other promises more
            return None
        return replace(node, programme=self._fitting(node.programme, self._question_of(node)))

    def _root(self, known: Int64s, until: float) -> _Node | None:
        question = self.question.copy()
        reckoned: Reckoned | None = None
        for relaxed in Sifting(question, known).steps(until):
            reckoned = reckon(question, relaxed.prices)
            if relaxed.whole and reckoned.bound >= self.least:
                strike(question, reckoned, self.least)
        if reckoned is None:
            return None
        each = max(MORE, COLUMNS // max(1, self._rows.posts))
        self._near = best_of_posts(question, reckoned, each)
        total, scale = reckoned.total, reckoned.scale
        programme = self._whole = _Programme.of(question, self._near)
        none = np.zeros(0, np.int32), np.zeros(0)
        start = _Node(total, scale, np.packbits(question.open), question.filled, *none, programme)
        return self._evaluated(question, start, until)

    def _evaluated(self, question: Question, parent: _Node, until: float) -> _Node | None:
        """A node; None when time is up."""
        solved = self._solved(question, parent.programme, until)
        if solved is None:
            return None
        programme, found, reckoned = solved
        arcs = programme.assembled.arcs
        total, scale = reckoned.total, reckoned.scale
        if parent.total * scale < total * parent.scale:
            total, scale = parent.total, parent.scale
        places = np.flatnonzero(found.columns[: len(arcs)])
        used, shares = arcs[places].astype(np.int32), found.columns[places]
        if total // scale >= self.least:
            self._take(self._of_all(used, shares))
            strike(question, reckoned, self.least)
        still_open = np.packbits(question.open)
        return _Node(total, scale, still_open, question.filled, used, shares, programme)

    def _solved(
        self, question: Question, programme: _Programme, until: float
    ) -> tuple[_Programme, Relaxed, Reckoned] | None:
        """The optimum of a node, with more columns where its prices ask for them; None in no time."""
        programme = self._fitting(programme, question)
        rounds = ROUNDS
        while True:
            arcs = programme.assembled.arcs
            programme.turn.cap(question.open[arcs].astype(float))
            found = self._turns.solve(programme.turn, programme.costs, until)
            if found is None:
                return None
            reckoned = reckon(question, programme.assembled.relaxation(found, whole=True).prices)
            enough = rounds == 0 or reckoned.bound < self.least
            if enough or not self._let_in(question, arcs, reckoned):
                return programme, found, reckoned
            rounds -= 1
            programme = _Programme.of(question, self._near)

    def _fitting(self, programme: _Programme, question: Question) -> _Programme:
        return programme if programme.fits(question) else _Programme.of(question, self._near)

    def _let_in(self, question: Question, arcs: Int64s, reckoned: Reckoned) -> bool:
        """Have columns for more than `arcs` where the prices ask for them; whether they do."""
        inside = np.zeros(self._rows.arcs, bool)
        inside[arcs] = question.open[arcs]
        wanted = missing(question, reckoned, inside, MORE)
        self._near |= wanted
        return bool(wanted.any())

    def _of_all(self, used: Int32s, shares: Floats) -> Floats:
        """Shares of all arcs from those of the arcs used."""
        every = np.zeros(self._rows.arcs)
        every[used] = shares
        return every

    def _question_of(self, node: _Node) -> Question:
        question = self.question.copy()
        question.open[:] = np.unpackbits(node.open, count=len(question.open))
        question.filled[:] = node.filled
        return question

    def _take(self, shares: Floats) -> None:
        """Keep what the programme chose, if that is whole and a plan."""
        rows, question = self._rows, self.question
        used = np.flatnonzero(shares > WHOLE)
        plan = np.full(rows.posts, EMPTY, np.int64)
        plan[rows.arc_post[used]] = used
        apart = len(np.unique(rows.arc_post[used])) == len(np.unique(rows.arc_person[used]))
        if not apart or len(np.unique(rows.arc_post[used])) < len(used):
            return
        if question.filled[plan == EMPTY].any() or rows.breached(plan):
            return
        values = rows.tier_values(plan)
        reaches = all(a >= b for a, b in zip(values, question.floors, strict=False))
        if reaches and values[self._tier] >= self.least:
            self.best, self.least = plan, values[self._tier] + 1

    def _sides(self, node: _Node) -> Iterator[Question]:
        """The two parts of a node; none when there is nothing to part."""
        rows, whole = self._rows, self._question_of(node)
        shares = self._of_all(node.used, node.shares)
        parted = self._parting(shares)
        if parted is None:
            choices = np.bincount(rows.arc_post[whole.open], minlength=rows.posts) + ~whole.filled
            several = np.flatnonzero(whole.open & (choices[rows.arc_post] > 1))
            if not len(several):
                self._take(whole.open.astype(float))
                return
            parted = several[[int(np.argmax(shares[several]))]]
        post = int(rows.arc_post[parted[0]])
        inside = np.zeros(rows.arcs, bool)
        inside[parted] = True
        one, other = whole.copy(), whole.copy()
        one.open &= inside | (rows.arc_post != post)
        one.filled[post] = True
        other.open &= ~inside
        yield one
        yield other


def _most_even(shares: Floats) -> Int64s | None:
    """The arc that is chosen most nearly by half, None if none is."""
    evenness = np.minimum(shares, 1 - shares)
    arc = int(np.argmax(evenness)) if len(evenness) else 0
    return np.array([arc]) if len(evenness) and evenness[arc] > WHOLE else None
