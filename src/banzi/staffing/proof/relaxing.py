"""Good prices from a linear programme: the question with fractions of persons allowed.

The programme has a column for each open arc, for each miss and each step of a gain; rows are those
of the question that count, one for each post and person, and one for each earlier tier.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from banzi.solvers.linear import NO_SIDE, Columns, Floats, LinearProgramme, Relaxed
from banzi.solvers.packed import owners, starts_of
from banzi.staffing.proof.multipliers import HOPELESS, Prices, reckon
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import OPEN_HIGH, OPEN_LOW, Int32s, Int64s, RowKind

_FIRST, _MORE = 15, 10
"""Arcs of each post that sifting begins with, and lets in at a time."""
_LARGE = 1_000_000
"""Terms from which the interior point method is faster than the simplex method from nothing."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A linear optimum: its floating value and its prices.

    `whole`: over all open arcs, else only over those that were let in so far.
    """

    value: float
    prices: Prices
    whole: bool


def relax(question: Question, until: float = math.inf) -> Relaxation | None:
    """Solve the linear programme of a question; None without an optimum in the time."""
    programme = Assembled(question)
    columns = programme.columns()
    solver = LinearProgramme(programme.row_lows, programme.row_highs, columns)
    method = "ipm" if len(columns.rows) > _LARGE else "simplex"
    found = solver.solve(until, method=method)
    return None if found is None else programme.relaxation(found, whole=True)


def sift(question: Question, plan: Int64s, until: float = math.inf) -> Iterator[Relaxation]:
    """The same, from few arcs to all that matter; each step gives prices that are of use.

    Begins with the arcs of a plan that the question admits, so that there is a solution, and the
    most valuable ones of each post and person; then lets in arcs that the prices would pay for.
    """
    programme = Assembled(question)
    columns, rows, arcs = programme.columns(), question.rows, programme.arcs
    values = rows.arc_values[question.tier, arcs]
    inside = np.isin(arcs, plan)
    inside |= _rank(rows.arc_post[arcs], values) < _FIRST
    inside |= _rank(rows.arc_person[arcs], values) < 1
    others = np.arange(len(arcs), len(columns))
    first = columns.chosen(np.concatenate([np.flatnonzero(inside), others]))
    solver = LinearProgramme(programme.row_lows, programme.row_highs, first)
    while True:
        found = solver.solve(until, method="simplex")
        if found is None:
            return
        relaxed = programme.relaxation(found, whole=False)
        reckoned = reckon(question, relaxed.prices)
        used = np.full(rows.posts, HOPELESS)
        used[~question.filled] = 0
        np.maximum.at(used, rows.arc_post[arcs[inside]], reckoned.offers[arcs[inside]])
        gain = reckoned.offers[arcs] - used[rows.arc_post[arcs]]
        wanted = ~inside & (gain > reckoned.scale // 10_000)
        if not wanted.any():
            yield replace(relaxed, whole=True)
            return
        yield relaxed
        rank = np.full(len(arcs), _MORE)
        rank[wanted] = _rank(rows.arc_post[arcs[wanted]], gain[wanted])
        new = np.flatnonzero(rank < _MORE)
        inside[new] = True
        solver.add_columns(columns.chosen(new))


def _rank(groups: npt.NDArray[np.integer], values: Int64s) -> Int64s:
    """Place of each entry within its group, the greatest value first."""
    order = np.lexsort((-values, groups))
    starts = starts_of(np.bincount(groups, minlength=1))
    rank = np.zeros(len(groups), np.int64)
    rank[order] = np.arange(len(groups)) - starts[owners(starts)]
    return rank


class Assembled:
    """Terms of the programme as they come: (row, column, value), sorted by column at the end.

    `arcs`: the open arcs of the question, which the first columns stand for.
    """

    def __init__(self, question: Question) -> None:
        rows = question.rows
        self.question = question
        self.arcs = np.flatnonzero(question.open)
        self.counted = np.flatnonzero(question.counted)
        # whom one arc alone seats, its post's row holds already
        often = np.bincount(rows.arc_person[self.arcs], minlength=rows.persons) > 1
        self.persons = np.flatnonzero(often)
        self.lows: list[float] = []
        self.highs: list[float] = []
        self.costs: list[Floats] = [rows.arc_values[question.tier, self.arcs].astype(float)]
        self.column_highs: list[Floats] = [np.ones(len(self.arcs))]
        nothing = np.zeros(0, np.int32)
        self._parts: list[tuple[Int32s, Int32s, Floats]] = [(nothing, nothing, np.zeros(0))]
        self._columns = len(self.arcs)
        tier_terms = self._add_rows()
        self._add_places()
        self._add_tiers(tier_terms)

    def _add(
        self, row: npt.ArrayLike, column: npt.ArrayLike, value: npt.NDArray[np.generic]
    ) -> None:
        """Terms, the rows rising within each column over all calls."""
        rows, columns, values = np.broadcast_arrays(
            np.asarray(row, np.int32), np.asarray(column, np.int32), np.asarray(value, float)
        )
        self._parts.append((rows, columns, values))

    def _add_rows(self) -> list[tuple[int, Int64s, Floats]]:
        """Rows that count; returns (tier, columns, values) of their misses and gains."""
        rows, counted = self.question.rows, self.counted
        place = np.full(rows.rows, -1)
        place[counted] = np.arange(len(counted))
        sizes = np.diff(rows.arc_start)
        used = np.repeat(self.question.open, sizes)
        used &= self.question.counted[rows.arc_rows]
        column = np.full(rows.arcs, -1, np.int32)
        column[self.arcs] = np.arange(len(self.arcs))
        column_of = np.repeat(column, sizes)[used]
        row_of = place.astype(np.int32)[rows.arc_rows[used]]
        self._add(row_of, column_of, rows.arc_coefficients[used])
        self.lows += [-NO_SIDE if low == OPEN_LOW else float(low) for low in rows.low[counted]]
        self.highs += [NO_SIDE if high == OPEN_HIGH else float(high) for high in rows.high[counted]]
        tier_terms = self._add_misses(place)
        for row in counted[rows.kind[counted] == RowKind.STEPS]:
            gains = rows.gains[rows.gains_start[row] : rows.gains_start[row + 1]].astype(float)
            new = self._new_columns(len(gains), 1.0)
            self._add(place[row], new, np.full(len(gains), -1.0))
            self.lows[place[row]] = 0.0
            tier_terms.append((int(rows.tier[row]), new, np.maximum(0.0, gains)))
        return tier_terms

    def _add_misses(self, place: Int64s) -> list[tuple[int, Int64s, Floats]]:
        """A column for each miss; where a row has two sides, one for each would be too kind."""
        rows, counted = self.question.rows, self.counted
        misses = counted[rows.kind[counted] == RowKind.MISS]
        new = self._new_columns(len(misses), NO_SIDE)
        by = np.full(rows.rows, -1)
        by[misses] = new
        for row in counted[by[rows.of[counted]] >= 0].tolist():
            unit = float(rows.unit[row])
            lifts = rows.low[row] != OPEN_LOW
            self._add(place[row], by[rows.of[row]], np.array([unit if lifts else -unit]))
            if lifts:
                self.highs[place[row]] = NO_SIDE
        weights = -rows.weight[misses].astype(float)
        return [
            (int(tier), new[rows.tier[misses] == tier], weights[rows.tier[misses] == tier])
            for tier in np.unique(rows.tier[misses])
        ]

    def _new_columns(self, count: int, high: float) -> Int64s:
        first = self._columns
        self._columns += count
        self.column_highs.append(np.full(count, high))
        self.costs.append(np.zeros(count))
        return np.arange(first, first + count)

    def _add_places(self) -> None:
        """One post a person, one person a post."""
        rows, arcs = self.question.rows, self.arcs
        first = len(self.lows)
        rival = np.flatnonzero(np.isin(rows.arc_person[arcs], self.persons))
        place = np.searchsorted(self.persons, rows.arc_person[arcs[rival]])
        self._add(first + place, rival, np.ones(len(rival)))
        self.lows += [-NO_SIDE] * len(self.persons)
        self.highs += [1.0] * len(self.persons)
        first = len(self.lows)
        self._add(first + rows.arc_post[arcs], np.arange(len(arcs)), np.ones(len(arcs)))
        self.lows += self.question.filled.astype(float).tolist()
        self.highs += [1.0] * rows.posts

    def _add_tiers(self, terms: list[tuple[int, Int64s, Floats]]) -> None:
        """Earlier tiers reach their floors; the costs of this one."""
        question, rows = self.question, self.question.rows
        first = len(self.lows)
        costs = np.concatenate(self.costs)
        for tier in range(question.tier):
            values = rows.arc_values[tier, self.arcs]
            some = np.flatnonzero(values)
            self._add(first + tier, some, values[some])
            self.lows.append(float(question.floors[tier] - rows.constants[tier]))
            self.highs.append(NO_SIDE)
        for tier, columns, values in terms:
            if tier == question.tier:
                costs[columns] += values
            else:
                self._add(first + tier, columns, values)
        self.costs = [costs]

    @property
    def row_lows(self) -> Floats:
        return np.array(self.lows)

    @property
    def row_highs(self) -> Floats:
        return np.array(self.highs)

    def forgive(self, cost: float) -> None:
        """Let every row be broken at so much a unit, so that there is always a solution.

        Prices then stay below the cost, and a question without any plan gets prices that show it.
        """
        for sides, sign in ((self.lows, 1.0), (self.highs, -1.0)):
            closed = np.flatnonzero(np.abs(sides) != NO_SIDE)
            new = self._new_columns(len(closed), NO_SIDE)
            self._add(closed, new, np.full(len(closed), sign))
            self.costs[-1] = np.full(len(closed), -cost)
        self.costs = [np.concatenate(self.costs)]

    def relaxation(self, found: Relaxed, *, whole: bool) -> Relaxation:
        """What a solution of the programme says about the question."""
        rows, duals, tier = self.question.rows, found.row_duals, self.question.tier
        by_row, by_person = np.zeros(rows.rows), np.zeros(rows.persons)
        first = len(self.counted)
        by_row[self.counted] = duals[:first]
        by_person[self.persons] = duals[first : first + len(self.persons)]
        by_tier = -duals[len(duals) - tier :] if tier else np.zeros(0)
        value = found.value + float(rows.constants[tier])
        return Relaxation(value, Prices(by_row, by_person, by_tier), whole)

    def columns(self) -> Columns:
        """All columns, once: the terms are given away, not kept beside the programme."""
        rows, columns, values = (list(part) for part in zip(*self._parts, strict=True))
        self._parts = []
        column = np.concatenate(columns)
        columns.clear()
        order = np.argsort(column, kind="stable")
        starts = starts_of(np.bincount(column, minlength=self._columns))
        return Columns(
            costs=self.costs[0],
            lows=np.zeros(self._columns),
            highs=np.concatenate(self.column_highs),
            starts=starts.astype(np.int32),
            rows=np.concatenate(rows)[order],
            values=np.concatenate(values)[order],
        )
