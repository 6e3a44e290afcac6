"""A first plan by steps over arrays, before the process of the search has opened its compiler.

Each post in turn takes the free person whose arc is worth most, broken hard rows weighed in; then one
broken row after another is mended by the best single change among the posts it touches. A row that
stays broken gets dearer, and now and then its posts are emptied and filled anew. Twenty changes do
for some hundred posts, because a change is chosen among two thousand arcs weighed at once.

Only the first plan, measured as the search measures (`measuring`): what the search proper finds is
better soon and never depends on it. Not here: soft rows, which would take half as long again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import numpy as np
import numpy.typing as npt

from banzi.solvers.packed import reduced, starts_of
from banzi.staffing.search.annealing import STIFF
from banzi.staffing.search.measuring import DEARER, YARD, Measure
from banzi.staffing.search.tables import drawable, typical
from banzi.staffing.system.rows import EMPTY, Int64s, RowKind, RowSystem

BEAT = 20
"""Steps, a post filled or a row changed, after which the asker may stop it: some milliseconds."""
CHANGES, FEWEST_CHANGES = 1, 200
"""Changes for each post, many times what it mostly takes, and the least of them at all."""
AT_ONCE = 20
"""Posts weighed for a change: more than a team has, so that only wide rows are mended by a sample."""
TAKING = 1.0
"""Yards by which it is worth less to take a person from another post, which must be filled again."""
EMPTYING = 5.0
"""Yards by which it is worth less to leave a post empty, which only few rules ask for."""
ANEW = 8
"""Changes to one row after which its posts are filled anew."""
KEPT_OUT = (10, 20)
"""For how many changes an arc that had to go may not come back."""

Worths = npt.NDArray[np.float64]


def opening_plan(rows: RowSystem, seed: int, beat: Callable[[], None]) -> Int64s | None:
    """Some plan that breaks no hard row, None where so few changes do not find any.

    `beat` is called between steps and may raise. Same rows and seed: same plan.
    """
    draft = _Draft(rows, seed)
    for step, _ in enumerate(draft.steps()):
        if step % BEAT == 0:
            beat()
    return None if rows.breached(draft.plan) else draft.plan


class _Draft:
    """A plan in the making: who sits where, what each hard row adds up to and costs.

    Worths are in yards. Terms are those of hard rows alone, by arc; `_above` and `_below` are what a
    row may still gain and lose.
    """

    def __init__(self, rows: RowSystem, seed: int) -> None:
        self.rows = rows
        self.plan = np.full(rows.posts, EMPTY, np.int64)
        self._dice = Random(seed)  # noqa: S311 - no secret
        may, measure = drawable(rows), Measure.of(rows)
        self._open = np.bincount(rows.arc_post[may], minlength=rows.posts) > 0
        self._worth = np.where(may, measure.arcs() / YARD, -np.inf)
        self._price, self._dearest = np.full(rows.rows, STIFF), measure.dearest / YARD
        self._share = 1.0 / typical(rows)
        hard = rows.kind == RowKind.HARD
        real = hard[rows.arc_rows]
        self._start = starts_of(reduced(np.add, real, rows.arc_start))
        self._row, self._coefficient = rows.arc_rows[real], rows.arc_coefficients[real]
        self._hard = np.flatnonzero(hard)
        self._above, self._below = rows.high.copy(), -rows.low
        self._cost = np.zeros(rows.rows)
        self._recost(self._hard)
        self._seat = np.full(rows.persons, EMPTY, np.int64)
        self._out_until = np.zeros(rows.arcs, np.int64)
        self._tries = np.zeros(rows.rows, np.int64)

    def steps(self) -> Iterator[None]:
        """Fill, then mend until nothing is broken or the changes are used up."""
        rows = self.rows
        for arc in rows.pinned.tolist():
            self._put(int(rows.arc_post[arc]), arc)
        few_first = np.argsort(np.diff(rows.post_start), kind="stable")
        for post in few_first[self._open[few_first]].tolist():
            self._fill(post)
            yield
        for change in range(max(FEWEST_CHANGES, CHANGES * rows.posts)):
            broken = self._broken()
            if not len(broken) or not self._mend(self._dice.choice(broken.tolist()), change):
                return
            yield

    def _broken(self) -> Int64s:
        return self._hard[self._cost[self._hard] > 0]

    def _mend(self, row: int, change: int) -> bool:
        """One change for a broken row; False when no post that may change touches it."""
        rows = self.rows
        touching = rows.row_arcs[rows.row_start[row] : rows.row_start[row + 1]]
        of_arcs = rows.arc_post[touching].astype(np.int64)
        posts = of_arcs[np.diff(of_arcs, prepend=EMPTY) > 0]  # np.unique imports a twentieth second
        posts = posts[self._open[posts]]
        if not len(posts):
            return False
        if len(posts) > AT_ONCE:
            posts = np.array(self._dice.sample(posts.tolist(), AT_ONCE))
        self._price[row] = min(self._price[row] * DEARER, self._dearest)
        self._recost(np.array([row]))
        self._tries[row] += 1
        if self._tries[row] % ANEW == 0:
            self._anew(posts)
        else:
            self._change(posts, change)
        return True

    def _anew(self, posts: Int64s) -> None:
        order = posts.tolist()
        self._dice.shuffle(order)
        for post in order:
            self._put(post, EMPTY)
        for post in order:
            self._fill(post)

    def _change(self, posts: Int64s, change: int) -> None:
        """Give one of the posts the arc, or nobody, that gains most or loses least."""
        best, chosen, arc = -np.inf, EMPTY, EMPTY
        for post in posts.tolist():
            old, first = int(self.plan[post]), int(self.rows.post_start[post])
            self._put(post, EMPTY)
            gains, taken = self._gains(post)
            self._put(post, old)
            stays = 0.0
            if old != EMPTY:
                stays = gains[old - first]
                gains[old - first] = -np.inf
                if -stays - EMPTYING > best:
                    best, chosen, arc = -stays - EMPTYING, post, EMPTY
            gains[taken] -= TAKING
            gains[self._out_until[first : first + len(gains)] > change] = -np.inf
            place = int(np.argmax(gains))
            if gains[place] - stays > best:
                best, chosen, arc = gains[place] - stays, post, first + place
        if chosen != EMPTY:
            self._move(chosen, arc, change)

    def _move(self, post: int, arc: int, change: int) -> None:
        """A post gets an arc or nobody; the post that its person leaves is filled again."""
        old = int(self.plan[post])
        if old != EMPTY:
            self._out_until[old] = change + self._dice.randrange(*KEPT_OUT)
        left = EMPTY if arc == EMPTY else int(self._seat[self.rows.arc_person[arc]])
        if left != EMPTY:
            self._put(left, EMPTY)
        self._put(post, arc)
        if left != EMPTY:
            self._fill(left)

    def _fill(self, post: int) -> None:
        """Give an empty post the free person worth most, whatever that breaks."""
        gains, taken = self._gains(post)
        gains[taken] = -np.inf
        best = int(np.argmax(gains))
        if gains[best] > -np.inf:
            self._put(post, int(self.rows.post_start[post]) + best)

    def _gains(self, post: int) -> tuple[Worths, npt.NDArray[np.bool_]]:
        """What an empty post's arcs would be worth to the plan, and whose persons sit elsewhere."""
        first, last = self.rows.post_start[post], self.rows.post_start[post + 1]
        starts = self._start[first : last + 1]
        row, more = self._terms(slice(starts[0], starts[-1]))
        outside = np.maximum(more - self._above[row], -self._below[row] - more)
        np.maximum(outside, 0, out=outside)
        gained = self._cost[row] - self._costs(row, outside)
        sums = np.zeros(len(row) + 1)
        np.cumsum(gained, out=sums[1:])
        at = sums[starts - starts[0]]
        gains: Worths = at[1:] - at[:-1] + self._worth[first:last]
        return gains, self._seat[self.rows.arc_person[first:last]] != EMPTY

    def _terms(self, part: slice) -> tuple[Int64s, Int64s]:
        """Rows and coefficients of some arcs. Kept narrow, they take a third of the room; used so, a
        quarter more time."""
        return self._row[part].astype(np.int64), self._coefficient[part].astype(np.int64)

    def _put(self, post: int, arc: int) -> None:
        for used, sign in ((int(self.plan[post]), -1), (arc, 1)):
            if used != EMPTY:
                row, more = self._terms(slice(self._start[used], self._start[used + 1]))
                more *= sign
                self._above[row] -= more
                self._below[row] += more
                self._recost(row)
                self._seat[self.rows.arc_person[used]] = post if sign > 0 else EMPTY
        self.plan[post] = arc

    def _recost(self, row: Int64s) -> None:
        outside = np.maximum(0, -np.minimum(self._above[row], self._below[row]))
        self._cost[row] = self._costs(row, outside)

    def _costs(self, row: Int64s, outside: Int64s) -> Worths:
        """What rows cost that are so far outside their sides: half the price at once, the rest by the
        typical coefficient."""
        costs: Worths = self._price[row] * (outside * self._share[row] + 0.5 * (outside > 0))
        return costs
