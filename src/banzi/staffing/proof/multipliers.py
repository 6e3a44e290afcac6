"""From prices of rows and persons to a bound that holds, in whole numbers.

Give every row r of a question a price y_r per unit of its activity, every person c a price
ρ_c ≥ 0 and every earlier tier s a price θ_s ≥ 0 per point. Then no plan that the question admits
is worth more than

    L = Σ_s θ_s (constant_s − floor_s) + constant_t + Σ_r k_r(y_r) + Σ_c ρ_c
        + Σ_posts max( 0, max over its arcs of  v_a + Σ_s θ_s v_sa − Σ_r y_r A_ra − ρ_c(a) )

(the 0 stands for leaving the post empty and goes where that may not be). What a row adds:

=====  ==================================  =====================================================
kind   prices allowed                      k_r
=====  ==================================  =====================================================
HARD   y > 0 only with a high side,        y·high where y > 0, y·low where y < 0
       y < 0 only with a low side
MISS   the same, and unit·|y| plus the     the same: a shortfall earns no more than it costs
       |y| of its cuts ≤ weight (times θ)
STEPS  y ≤ 0                               Σ_k max(0, gain_k (times θ) + y)
=====  ==================================  =====================================================

Each line is plain arithmetic: a plan keeps low ≤ a ≤ high, a·y ≤ k is what the table says, and no
person holds two posts. It is true of *any* such prices, so it does not matter that they come from
floating point numbers: they are rounded to multiples of 1/scale, pushed inside the limits of the
table, and L is added up in 64-bit whole numbers. `scale` shrinks until no sum can overflow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from banzi.solvers.packed import owners
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import OPEN_HIGH, OPEN_LOW, Int64s, RowKind, RowSystem

SCALE = 2**20
HOPELESS = -(2**62)
"""Instead of a bound: the question admits no plan at all."""
_MOST = 2.0**57
"""No sum gets so great: what a block of whole persons loses, a difference of two, then stays well
below `losing.NEVER // 4`, from which on a loss means that there is no plan."""
_AT_ONCE = 4_096
"""Arcs that are priced at a time."""

Floats = npt.NDArray[np.float64]
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True, slots=True)
class Prices:
    """Floating guesses: per row, per person, per earlier tier."""

    rows: Floats
    persons: Floats
    tiers: Floats

    @classmethod
    def none(cls, question: Question) -> Prices:
        rows = question.rows
        return cls(np.zeros(rows.rows), np.zeros(rows.persons), np.zeros(question.tier))

    @classmethod
    def of_persons(cls, question: Question) -> Prices:
        """What each person adds wherever they sit is their price: it is earned once, not per post.

        Enough to see that nothing is lost when every post is filled and everybody placed.
        """
        rows = question.rows
        prices = np.zeros(rows.persons)
        values = rows.arc_values[question.tier, question.open].astype(float)
        if len(values):
            least = np.full(rows.persons, np.inf)
            np.minimum.at(least, rows.arc_person[question.open], values)
            there = np.isfinite(least)
            prices[there] = least[there] - values.min()
        return cls(np.zeros(rows.rows), prices, np.zeros(question.tier))


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A bound and what it was made of, everything but `bound` in 1/scale of a point.

    Attributes
    ----------
    rows, persons, tiers
        The prices used: rounded and inside their limits. `tiers` has `scale` itself for the
        question's own tier, 0 for later ones.
    offers
        Per arc what it adds after all prices.
    best
        Per post the best of its open arcs and, where that is allowed, of leaving it empty.
    total
        L times scale.
    """

    scale: int
    rows: Int64s
    persons: Int64s
    tiers: Int64s
    offers: Int64s
    best: Int64s
    total: int

    @property
    def bound(self) -> int:
        """No plan that the question admits is worth more."""
        return HOPELESS if self.total == HOPELESS else self.total // self.scale


def reckon(question: Question, prices: Prices) -> Reckoned:
    """The bound that these prices prove."""
    scale = SCALE
    while True:
        whole = _Whole(question, prices, scale)
        if whole.greatest() < _MOST:
            return whole.reckoned()
        if scale == 1:
            prices = Prices.none(question)
        scale = max(1, scale >> 4)


class _Whole:
    """Prices as whole numbers at one scale."""

    def __init__(self, question: Question, prices: Prices, scale: int) -> None:
        rows = question.rows
        self.question, self.scale = question, scale
        self.tiers = np.zeros(len(rows.constants), np.int64)
        self.tiers[: question.tier] = np.maximum(0, _rounded(prices.tiers, scale))
        self.tiers[question.tier] = scale
        self.persons = np.maximum(0, _rounded(prices.persons, scale))
        self.weights = weights_of(rows, self.tiers)
        self.rows = _inside(question, _rounded(prices.rows, scale), self.weights)

    def sides(self) -> Int64s:
        """Per row the side that its price pays for; 0 where none does."""
        rows = self.question.rows
        sides = np.where(self.rows > 0, rows.high, np.where(self.rows < 0, rows.low, 0))
        sides[rows.kind == RowKind.STEPS] = 0
        return sides

    def greatest(self) -> float:
        """At least the size of every number and sum that turns up."""
        rows, tiers, prices = self.question.rows, self.tiers, np.abs(self.rows.astype(float))
        by_arc = _paid(rows, prices, np.abs)
        for price, values in zip(tiers.tolist(), rows.arc_values, strict=True):
            if price:
                by_arc += np.abs(values.astype(float)) * price
        by_arc += self.persons.astype(float)[rows.arc_person]
        sides = self.sides().astype(float)
        floors = [*map(float, self.question.floors), 0.0]
        constants = sum(
            float(tier) * (abs(float(constant)) + abs(floor))
            for tier, constant, floor in zip(tiers, rows.constants, floors, strict=False)
        )
        gains = float(np.abs(rows.gains).sum()) * float(tiers.max())
        return float(
            by_arc.max(initial=0.0) * (rows.posts + 1)
            + float(prices @ np.abs(sides))
            + float(self.persons.astype(float).sum())
            + constants
            + gains
            + float(self.weights.astype(float).max(initial=0)) * rows.posts
        )

    def reckoned(self) -> Reckoned:
        question, rows, scale = self.question, self.question.rows, self.scale
        offers = rows.arc_values[: question.tier + 1].T @ self.tiers[: question.tier + 1]
        offers -= _paid(rows, self.rows)
        offers -= self.persons[rows.arc_person]
        best = best_of_posts(question, offers)
        total = int((self.rows * self.sides()).sum()) + int(self.persons.sum())
        steps = np.repeat(self.rows, np.diff(rows.gains_start))  # only STEPS rows have gains
        total += int(
            np.maximum(0, gains_of(rows, self.tiers) + steps)[
                np.repeat(question.counted, np.diff(rows.gains_start))
            ].sum()
        )
        for tier in range(question.tier + 1):
            floor = question.floors[tier] if tier < question.tier else 0
            total += int(self.tiers[tier]) * (int(rows.constants[tier]) - floor)
        total = HOPELESS if (best == HOPELESS).any() else total + int(best.sum())
        return Reckoned(scale, self.rows, self.persons, self.tiers, offers, best, total)


def weights_of(rows: RowSystem, tiers: Int64s) -> Int64s:
    """Per row what a unit of its miss costs at these prices of tiers; 0 unless a MISS row."""
    miss = rows.kind == RowKind.MISS
    weights: Int64s = np.where(miss, rows.weight * tiers[np.where(miss, rows.tier, 0)], 0)
    return weights


def limits_of(question: Question, earlier: Floats) -> tuple[Floats, Floats]:
    """The least and the greatest price of each row while so much is paid to earlier tiers.

    Cuts of rows that may be missed share their row's price; here all of it is the row's own.
    """
    rows, kind = question.rows, question.rows.kind
    dearest = rows.weight.max(initial=0) * max(1.0, earlier.max(initial=0.0))
    scale = SCALE if dearest < _MOST / SCALE else 1
    tiers = np.zeros(len(rows.constants), np.int64)
    tiers[: question.tier], tiers[question.tier] = _rounded(earlier, scale), scale
    shared = (kind == RowKind.CUT) & (kind[rows.of] == RowKind.MISS)
    most = np.where(shared, 0, int(_MOST))
    weights = weights_of(rows, tiers)
    return _inside(question, -most, weights) / scale, _inside(question, most, weights) / scale


def best_of_posts(question: Question, offers: Int64s) -> Int64s:
    """Per post the best offer, `HOPELESS` where it must be filled and nobody may."""
    rows = question.rows
    best = np.where(question.filled, HOPELESS, 0)
    usable = np.where(question.open, offers, HOPELESS)
    np.maximum.at(best, rows.arc_post, usable)
    return best


def _rounded(prices: Floats, scale: int) -> Int64s:
    scaled = np.nan_to_num(np.asarray(prices, float) * scale, nan=0.0, posinf=0.0, neginf=0.0)
    whole: Int64s = np.rint(np.clip(scaled, -_MOST, _MOST)).astype(np.int64)
    return whole


def _paid(
    rows: RowSystem,
    prices: npt.NDArray[Number],
    size: Callable[[npt.NDArray[Number]], npt.NDArray[Number]] = lambda terms: terms,
) -> npt.NDArray[Number]:
    """Per arc the prices of its rows times its coefficients, each term taken by its `size`.

    A few arcs at a time: with all their terms at once, every bound took as much memory as half of
    the rows.
    """
    paid = np.zeros(rows.arcs, prices.dtype)
    for first in range(0, rows.arcs, _AT_ONCE):
        starts = rows.arc_start[first : first + _AT_ONCE + 1]
        span = slice(starts[0], starts[-1])
        terms = prices[rows.arc_rows[span]]
        terms *= rows.arc_coefficients[span]
        paid[first : first + _AT_ONCE] = _summed(size(terms), starts - starts[0])
    return paid


def _summed(terms: npt.NDArray[Number], starts: Int64s) -> npt.NDArray[Number]:
    """Sums of consecutive stretches, empty ones 0."""
    some = np.flatnonzero(starts[1:] > starts[:-1])
    sums = np.zeros(len(starts) - 1, terms.dtype)
    if len(some):
        sums[some] = np.add.reduceat(terms, starts[some])
    return sums


def _inside(question: Question, prices: Int64s, weights: Int64s) -> Int64s:
    """Prices pushed into the limits of the table, towards 0."""
    rows, kind = question.rows, question.rows.kind
    prices = np.where(question.counted, prices, 0)
    steps = kind == RowKind.STEPS
    prices[steps] = np.minimum(prices[steps], 0)
    prices[~steps & (prices > 0) & (rows.high == OPEN_HIGH)] = 0
    prices[~steps & (prices < 0) & (rows.low == OPEN_LOW)] = 0
    cuts = np.flatnonzero((kind == RowKind.CUT) & (kind[rows.of] == RowKind.MISS))
    left = weights.copy()
    if len(cuts):
        of = rows.of[cuts]
        share = weights[of] // np.bincount(of, minlength=rows.rows)[of]
        prices[cuts] = np.clip(prices[cuts], -share, share)
        np.subtract.at(left, of, np.abs(prices[cuts]))
    miss = kind == RowKind.MISS
    most = left[miss] // rows.unit[miss]
    prices[miss] = np.clip(prices[miss], -most, most)
    return prices


def gains_of(rows: RowSystem, tiers: Int64s) -> Int64s:
    """The gains of STEPS rows, one behind the other, at these prices of tiers."""
    row_of = owners(rows.gains_start)
    gains: Int64s = rows.gains * tiers[rows.tier[row_of]]
    return gains
