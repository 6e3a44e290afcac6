"""From fractions to a plan: the linear programme, seat after seat made whole.

Where the linear programme is nearly whole already, its fractions show a better plan than a search
from person to person finds. What it chooses whole is kept, the nearest of the rest are made whole
as well, a few at a time, and it is solved again; whatever costs more than a plan is worth is taken
back and the seat closed. Every dive begins where the sifted programme ended, so that one takes some
tenths of a second. Nothing is proven by this.
"""

from __future__ import annotations

import math

import numpy as np

from banzi.solvers.linear import Floats
from banzi.staffing.proof.multipliers import reckon
from banzi.staffing.proof.question import Mask
from banzi.staffing.proof.relaxing import Relaxation
from banzi.staffing.proof.sifting import Sifting
from banzi.staffing.system.rows import EMPTY, Int64s

CHOICES = 30
"""Arcs of each post that a dive may choose from, besides those that sifting let in."""
PATIENCE, MOST_FAILED = 5, 40
"""Failures after which a dive hopes for half as much more than it must reach, and gives up."""
WHOLE = 1e-6


class Diver:
    """Dives into the programme that sifting ended with. `relaxed`: its optimum."""

    def __init__(self, sifting: Sifting, relaxed: Relaxation, until: float = math.inf) -> None:
        self.question, self._sifting, self._until = sifting.question, sifting, until
        sifting.let_in_best(reckon(self.question, relaxed.prices), CHOICES)
        self._constant = float(self.question.rows.constants[self.question.tier])
        self._read()
        self._solved(np.zeros(len(self._arcs)), self._open(), -math.inf)
        self._top = sifting.programme.basis()

    def down(
        self, floor: int, hope: int, pace: float, held: Int64s | None = None
    ) -> tuple[Int64s | None, bool]:
        """A plan worth `floor` or more, None when the dive ended without; and whether it ended at
        once, fractions being worth less.

        `hope`: what fractions must be worth on the way, as long as not too much fails. `pace`: the share
        of the seats still open that are made whole at a time. `held`: arcs of a plan that stay.
        """
        programme, held = self._sifting.programme, np.zeros(0, np.int64) if held is None else held
        programme.begin_at(self._top)
        if self._sifting.let_in_plan(held):
            self._top = programme.basis()
            self._read()
        kept = np.isin(self._arcs, held)
        low, high = kept.astype(float), self._others_closed(kept, self._open())
        least, failed, size = max(floor, hope), 0, None
        shares = top = self._solved(low, high, least)
        while shares is not None:
            if not ((shares > WHOLE) & (shares < 1 - WHOLE)).any():
                return self._plan(shares, floor), False
            fixed = self._nearest(shares, low, pace, size)
            if not (fixed & (low == 0)).any():
                break
            lower, upper = np.where(fixed, 1.0, low), self._others_closed(fixed, high)
            tried = self._solved(lower, upper, least)
            if tried is not None:
                low, high, shares, size = lower, upper, tried, None
                continue
            new = np.flatnonzero(fixed & (shares < 1 - WHOLE) & (low == 0))
            failed += 1
            if not len(new) or failed > MOST_FAILED:
                break
            if failed % PATIENCE == 0:  # too much was hoped for
                least -= (least - floor) // 2
            if len(new) > 1:
                size = len(new) // 3
                continue
            high[new] = 0.0
            size, shares = 1, self._solved(low, high, least)
        return None, top is None

    def _read(self) -> None:
        """What there are columns for."""
        rows, self._arcs = self.question.rows, self._sifting.arcs
        self._posts, self._persons = rows.arc_post[self._arcs], rows.arc_person[self._arcs]

    def _open(self) -> Floats:
        return self.question.open[self._arcs].astype(np.float64)

    def _solved(self, low: Floats, high: Floats, least: float) -> Floats | None:
        """Shares of the arcs; None when no plan worth `least` can come of it, or time is up."""
        columns, programme = self._sifting.columns, self._sifting.programme
        programme.limit_columns(columns, low, high)
        found = programme.solve(self._until, method="simplex")
        if found is None or found.value + self._constant < least - 1 + WHOLE:
            return None
        return found.columns[columns]

    def _nearest(self, shares: Floats, low: Floats, pace: float, size: int | None) -> Mask:
        """Arcs to be made whole: those that are, and of the others the nearest, each post once."""
        whole = (shares > 1 - WHOLE) | (low == 1)
        order = np.argsort(-np.where(whole, 2.0, shares), kind="stable")
        open_posts = len(np.unique(self._posts[(shares > WHOLE) & ~whole]))
        most = max(1, int(pace * open_posts)) if size is None else max(1, size)
        fixed: Mask = whole.copy()
        posts, persons = set(self._posts[whole].tolist()), set(self._persons[whole].tolist())
        for place in order[int(whole.sum()) :].tolist():
            post, person = int(self._posts[place]), int(self._persons[place])
            if shares[place] <= WHOLE or most == 0:
                break
            if post not in posts and person not in persons:
                fixed[place] = True
                posts.add(post)
                persons.add(person)
                most -= 1
        return fixed

    def _others_closed(self, fixed: Mask, high: Floats) -> Floats:
        posts = np.isin(self._posts, self._posts[fixed])
        persons = np.isin(self._persons, self._persons[fixed])
        return np.where((posts | persons) & ~fixed, 0.0, high)

    def _plan(self, shares: Floats, floor: int) -> Int64s | None:
        """What whole shares mean, if that is a plan worth so much."""
        question, rows = self.question, self.question.rows
        used = self._arcs[shares > 1 - WHOLE]
        plan = np.full(rows.posts, EMPTY, np.int64)
        plan[rows.arc_post[used]] = used
        values = rows.tier_values(plan)
        reaches = all(a >= b for a, b in zip(values, question.floors, strict=False))
        better = values[question.tier] >= floor
        missing = question.filled[plan == EMPTY].any()
        return plan if reaches and better and not missing and not rows.breached(plan) else None
