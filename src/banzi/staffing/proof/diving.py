"""From fractions to a plan: the linear programme, seat after seat made whole.

Where the linear programme is nearly whole already, its fractions show a better plan than a search
from person to person finds. What it chooses whole is kept, the nearest of the rest are made whole
as well, a few at a time, and it is solved again; whatever costs more than a plan is worth is taken
back and the seat closed. Nothing is proven by this.
"""

from __future__ import annotations

import numpy as np

from banzi.solvers.linear import Floats, LinearProgramme
from banzi.staffing.proof.multipliers import reckon
from banzi.staffing.proof.question import Mask, Question
from banzi.staffing.proof.relaxing import Assembled, Relaxation
from banzi.staffing.proof.striking import strike
from banzi.staffing.system.rows import EMPTY, Int64s

FORGIVEN = 10_000.0
"""Points that a unit of a broken row costs: no plan is worth it."""
AT_ONCE = 0.12
"""Share of the seats still open that are made whole at a time."""
HOPES = (0.1, 0.4)
"""Shares of what lies between plan and bound that a dive may lose, one after another: the less, the
fewer arcs there are to look at."""
PATIENCE, MOST_FAILED = 8, 40
"""Failures after which a dive hopes for half as much more than the known plan, and gives up."""
WHOLE = 1e-6


def dive(question: Question, relaxed: Relaxation, known: Int64s, until: float) -> Int64s | None:
    """A plan better than a known one, None when no dive ended with one."""
    value = question.rows.tier_values(known)[question.tier]
    for hope in HOPES:
        narrowed = Question(question.rows, question.tier, question.floors)
        narrowed.open[:], narrowed.filled[:] = question.open, question.filled
        reckoned = reckon(question, relaxed.prices)
        least = max(value + 1, int(reckoned.bound - hope * (reckoned.bound - value)))
        strike(narrowed, reckoned, least)
        plan = _Dive(narrowed, least, value + 1).plan(until)
        if plan is not None:
            return plan
    return None


class _Dive:
    def __init__(self, question: Question, least: int, floor: int) -> None:
        self._question, self._least, self._floor = question, least, floor
        self._assembled = Assembled(question)
        self._assembled.forgive(FORGIVEN)
        columns = self._assembled.columns()
        lows, highs = self._assembled.row_lows, self._assembled.row_highs
        self._programme = LinearProgramme(lows, highs, columns)
        self._arcs = self._assembled.arcs
        rows = question.rows
        self._posts, self._persons = rows.arc_post[self._arcs], rows.arc_person[self._arcs]
        self._constant = float(rows.constants[question.tier])

    def plan(self, until: float) -> Int64s | None:
        """A plan worth `least` or more, None when the dive ended without."""
        count, failed = len(self._arcs), 0
        low, high = np.zeros(count), np.ones(count)
        shares = self._solved(low, high, until)
        size: int | None = None
        while shares is not None:
            if not ((shares > WHOLE) & (shares < 1 - WHOLE)).any():
                return self._whole(shares)
            fixed = self._nearest(shares, low, size)
            if not (fixed & (low == 0)).any():
                return None
            lower, upper = np.where(fixed, 1.0, low), self._others_closed(fixed, high)
            tried = self._solved(lower, upper, until)
            if tried is not None:
                low, high, shares, size = lower, upper, tried, None
                continue
            new = np.flatnonzero(fixed & (shares < 1 - WHOLE) & (low == 0))
            failed += 1
            if not len(new) or failed > MOST_FAILED:
                return None
            if failed % PATIENCE == 0:  # too much was hoped for
                self._least -= (self._least - self._floor) // 2
            if len(new) > 1:
                size = len(new) // 3
                continue
            high[new] = 0.0
            size, shares = 1, self._solved(low, high, until)
        return None

    def _solved(self, low: Floats, high: Floats, until: float) -> Floats | None:
        """Shares of the arcs; None when no plan worth having can come of it, or time is up."""
        self._programme.limit_columns(0, low, high)
        found = self._programme.solve(until, method="simplex")
        if found is None or found.value + self._constant < self._least - 1 + WHOLE:
            return None
        return found.columns[: len(self._arcs)]

    def _nearest(self, shares: Floats, low: Floats, size: int | None) -> Mask:
        """Arcs to be made whole: those that are, and of the others the nearest, each post once."""
        whole = (shares > 1 - WHOLE) | (low == 1)
        order = np.argsort(-np.where(whole, 2.0, shares), kind="stable")
        open_posts = len(np.unique(self._posts[(shares > WHOLE) & ~whole]))
        most = max(1, int(AT_ONCE * open_posts)) if size is None else max(1, size)
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

    def _whole(self, shares: Floats) -> Int64s | None:
        question, rows = self._question, self._question.rows
        used = self._arcs[shares > 1 - WHOLE]
        plan = np.full(rows.posts, EMPTY, np.int64)
        plan[rows.arc_post[used]] = used
        values = rows.tier_values(plan)
        reaches = all(a >= b for a, b in zip(values, question.floors, strict=False))
        better = values[question.tier] >= self._floor
        missing = question.filled[plan == EMPTY].any()
        return plan if reaches and better and not missing and not rows.breached(plan) else None
