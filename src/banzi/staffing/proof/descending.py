"""Prices without any solver: steps downhill, for a good bound of large problems within seconds.

At given prices every post takes its best arc. Rows and persons that this asks too much of get dearer,
those with room to spare cheaper (a subgradient). What one answer says is mostly noise; the way goes
along the average of all so far, newer ones counting for more (the volume algorithm: Barahona and
Anbil, Mathematical Programming 87, 2000), so far that the bound would fall to the known plan if it
went straight there. Steps are reckoned in floating point; what is told, in whole numbers.

An earlier tier has a price only where its floor leaves no row to be missed: it costs nothing then, and
lets rows have any. All others stay at 0, and so do cuts of rows that may be missed.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from banzi.kernel.compiling import machine_code, read_only
from banzi.solvers.packed import least_and_greatest, owners
from banzi.staffing.proof.multipliers import (
    HOPELESS,
    Floats,
    Prices,
    Reckoned,
    limits_of,
    reckon,
)
from banzi.staffing.proof.question import Mask, Question
from banzi.staffing.system.rows import EMPTY, Int32s, Int64s, Narrow, RowKind

NEWER = 0.05
"""Share of the newest answer in the average. With 0.1 bounds end 0.1 to 0.2 % higher."""
FIRST, PATIENCE, SHORTER, LONGER, FARTHEST = 0.05, 5, 0.85, 1.1, 2.0
"""After so many steps in vain they get shorter; longer when a good one was still going downhill."""
LOOK, ENOUGH, STEPS = 100, 0.002, 5_000
"""It ends when so many steps took less than this share off what lies between bound and plan, or after
so many in all."""
TOLD = 0.02
"""The same share for a bound that is told before the end."""
SETTLED = 0.0007
"""Share of the first slope (squared) to which the average has fallen where the end is near the linear
programme. 0.0002 to 0.0004 in drawn problems, 0.2 % above the programme; 0.001 to 0.02 in the
demonstration's regions, where rows over all posts leave the end 7 to 12 % above it."""


@dataclass(frozen=True, slots=True)
class Descent:
    """Prices and their bound; `settled`: whether the linear programme would hardly say more."""

    prices: Prices
    reckoned: Reckoned
    settled: bool


def descend(question: Question, value: int, until: float = math.inf) -> Iterator[Descent]:
    """Bounds, each better than the last; at the end the best once more, which then may say that it
    has settled. `value` is that of a plan that is known."""
    least: Descent | None = None
    slope, told = Slope(question), math.inf
    for best, is_last, steep in _steps(slope, value, until):
        if not is_last and told - best.total < TOLD * (best.total - value):
            continue
        told = best.total
        prices = Prices(best.rows, best.persons, slope.tiers)
        reckoned = reckon(question, prices)
        if reckoned.total == HOPELESS:
            return
        if least is None or _is_below(reckoned, least.reckoned):
            least = Descent(prices, reckoned, settled=False)
            yield least
        if is_last:
            yield replace(least, settled=steep <= SETTLED)


def _is_below(one: Reckoned, other: Reckoned) -> bool:
    return one.total * other.scale < other.total * one.scale


@dataclass(frozen=True, slots=True)
class Point:
    """Prices, what L is there, and what is left of every row and person (below 0: too much asked)."""

    total: float
    rows: Floats
    persons: Floats
    row_room: Floats
    person_room: Floats


def _steps(slope: Slope, value: int, until: float) -> Iterator[tuple[Point, bool, float]]:
    """The best point after each step, whether it was the last one, and how steep the way was lately
    beside the first step (squared)."""
    best = slope.at(np.zeros(len(slope.norms)), np.zeros(slope.persons))
    by_row, by_person = best.row_room, best.person_room
    way, vain, before = FIRST, 0, math.inf
    first, lately = 0.0, math.inf
    for step in range(STEPS):
        yield best, False, lately
        above = best.total - value
        if step % LOOK == 0:
            if before - best.total <= ENOUGH * above:
                break
            before = best.total
        along_row, along_person = slope.along(best, by_row, by_person)
        length = float(along_row @ along_row + along_person @ along_person)
        first = first or length
        lately = 1.0 if step == 0 else NEWER * length / first + (1 - NEWER) * lately
        if length == 0 or above < 1 or time.monotonic() >= until:
            break
        far = way * above / length
        point = slope.at(
            best.rows - far * along_row / slope.norms, best.persons - far * along_person
        )
        by_row = NEWER * point.row_room + (1 - NEWER) * by_row
        by_person = NEWER * point.person_room + (1 - NEWER) * by_person
        if point.total < best.total:
            if point.row_room @ along_row + point.person_room @ along_person > 0:
                way = min(FARTHEST, way * LONGER)
            best, vain = point, 0
        else:
            vain += 1
            if vain == PATIENCE:
                way, vain = way * SHORTER, 0
    yield best, True, lately


class Slope:
    """L over prices of rows and persons, in floating point.

    `tiers`: prices of earlier tiers. `norms`: per row its greatest coefficient; room of rows is
    counted in these, or rows of months would leave no way for rows of heads.
    """

    def __init__(self, question: Question) -> None:
        self._question, rows = question, question.rows
        lows, highs = least_and_greatest(rows.row_coefficients, rows.row_start)
        self.norms = np.maximum(np.maximum(-lows, highs), 1).astype(float)
        self.persons, self.tiers = rows.persons, _free_tiers(question)
        self._least, self._most = limits_of(question, self.tiers)
        self._steps = rows.kind == RowKind.STEPS
        self._left_out, row_of = ~question.counted, owners(rows.gains_start)
        own = question.counted[row_of]
        self._gain_row = row_of[own]
        self._gains = np.where(rows.tier[self._gain_row] == question.tier, rows.gains[own], 0)
        narrow = rows.arc_coefficients
        coefficients = narrow if narrow.dtype == np.int16 else narrow.astype(np.int64)
        self._arrays = [
            read_only(each)
            for each in (
                rows.post_start, rows.arc_person, rows.arc_start, rows.arc_rows, coefficients,
                rows.arc_values[question.tier], question.open, question.filled,
            )
        ]  # fmt: skip

    def at(self, by_row: Floats, by_person: Floats) -> Point:
        """The point nearest to these prices that is inside their limits."""
        question, rows = self._question, self._question.rows
        by_row = np.clip(by_row, self._least, self._most)
        by_person = np.maximum(by_person, 0.0)
        plan = np.full(rows.posts, EMPTY, np.int64)
        total = machine_code(best_arcs)(*self._arrays, by_row, by_person, plan)
        at = rows.activities(plan).astype(float)
        side = np.where(
            by_row > 0, rows.high, np.where(by_row < 0, rows.low, np.clip(at, rows.low, rows.high))
        )
        side[self._steps] = 0.0
        total += float(by_row @ np.where(by_row == 0, 0.0, side)) + float(by_person.sum())
        left = self._gains + by_row[self._gain_row]
        total += float(left[left > 0].sum()) + float(rows.constants[question.tier])
        taken = np.bincount(self._gain_row[left > 0], minlength=rows.rows)
        room = np.where(self._steps, taken, side) - at
        room[self._left_out] = 0.0
        spare: Floats = np.ones(rows.persons)
        np.subtract.at(spare, rows.arc_person[plan[plan != EMPTY]], 1.0)
        return Point(total, by_row, by_person, room / self.norms, spare)

    def along(self, point: Point, by_row: Floats, by_person: Floats) -> tuple[Floats, Floats]:
        """A direction, without what a limit forbids at once."""
        beyond = (by_row < 0) & (point.rows >= self._most) | (by_row > 0) & (
            point.rows <= self._least
        )
        below = (by_person > 0) & (point.persons <= 0)
        return np.where(beyond, 0.0, by_row), np.where(below, 0.0, by_person)


def _free_tiers(question: Question) -> Floats:
    """A price for each earlier tier that cannot be worth more than its floor and only counts misses."""
    rows, first = question.rows, question.tier
    values = rows.arc_values[: first + 1]
    of_gains = rows.tier[owners(rows.gains_start)]
    free = (
        ~values[:first].any(axis=1)
        & (rows.constants[:first] == question.floors)
        & ~np.isin(np.arange(first), of_gains)
    )
    most = float(values[first].max(initial=1) - values[first].min(initial=0))
    return np.where(free, most, 0.0)


def best_arcs(
    post_start: Int64s,
    arc_person: Int32s,
    arc_start: Int64s,
    arc_rows: Narrow,
    arc_coefficients: Narrow,
    worth: Int64s,
    may: Mask,
    must: Mask,
    row_prices: Floats,
    person_prices: Floats,
    plan: Int64s,
) -> float:
    """Fill `plan` with the arc of each post that offers most; what all of them offer.

    A loop for the compiler: over every term of every arc once.
    """
    total = 0.0
    for post in range(len(plan)):
        best = -np.inf if must[post] else 0.0
        for arc in range(post_start[post], post_start[post + 1]):
            if may[arc]:
                offer = worth[arc] - person_prices[arc_person[arc]]
                for term in range(arc_start[arc], arc_start[arc + 1]):
                    offer -= row_prices[arc_rows[term]] * arc_coefficients[term]
                if offer > best:
                    best = offer
                    plan[post] = arc
        total += best
    return total
