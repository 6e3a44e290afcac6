"""Good prices from a linear programme: the question with fractions of persons allowed.

The programme has a column for each open arc, for each miss and each step of a gain; rows are those
of the question that count, one for each post and person, and one for each earlier tier.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from banzi.solvers.linear import NO_SIDE, Columns, Floats, LinearProgramme, Relaxed
from banzi.solvers.packed import spans, starts_of
from banzi.staffing.proof.multipliers import Prices
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import OPEN_HIGH, OPEN_LOW, Int64s, RowKind

_LARGE = 1_000_000
"""Terms from which the interior point method is faster than the simplex method from nothing."""
_AT_ONCE = 4_096
"""Arcs whose columns are made at a time."""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A linear optimum: its floating value and its prices.

    `whole`: over all open arcs, else only over those that were let in so far.
    """

    value: float
    prices: Prices
    whole: bool


def relax(
    question: Question, until: float = math.inf, *, presolve: bool = True
) -> Relaxation | None:
    """Solve the linear programme of a question; None without an optimum in the time.

    Small programmes are sooner done without `presolve`.
    """
    programme = Assembled(question)
    columns = programme.columns()
    solver = LinearProgramme(programme.row_lows, programme.row_highs, columns)
    method = "ipm" if len(columns.rows) > _LARGE else "simplex"
    found = solver.solve(until, method=method, presolve=presolve)
    return None if found is None else programme.relaxation(found, whole=True)


class Assembled:
    """The rows of the programme, and its columns for whoever asks for them.

    Columns of arcs are most of it, and mostly few of them are wanted: they are made from the row
    system each time. Terms of all other columns are kept as they come: (row, column, value).

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
        self._costs: list[Floats] = []
        self._column_highs: list[Floats] = []
        self._parts: list[tuple[Int64s, Int64s, Floats]] = []
        self._others = 0
        self._place = np.full(rows.rows, -1, np.int32)
        self._place[self.counted] = np.arange(len(self.counted))
        tier_terms = self._add_rows()
        self._person_place = np.full(rows.persons, -1, np.int32)
        self._person_place[self.persons] = len(self.lows) + np.arange(len(self.persons))
        self._add_sides(np.full(len(self.persons), -NO_SIDE), np.ones(len(self.persons)))
        self._posts_at = len(self.lows)
        self._add_sides(question.filled.astype(float), np.ones(rows.posts))
        self._tiers_at = len(self.lows)
        self._add_tiers(tier_terms)

    def _add(self, row: npt.ArrayLike, column: npt.ArrayLike, value: npt.ArrayLike) -> None:
        """Terms of other columns, rows rising within each column over all calls."""
        rows, columns, values = np.broadcast_arrays(
            np.asarray(row, np.int64), np.asarray(column, np.int64), np.asarray(value, float)
        )
        self._parts.append((rows, columns, values))

    def _add_sides(self, lows: Floats, highs: Floats) -> None:
        self.lows += lows.tolist()
        self.highs += highs.tolist()

    def _add_rows(self) -> list[tuple[int, Int64s, Floats]]:
        """Rows that count; returns (tier, columns, values) of their misses and gains."""
        rows, counted, place = self.question.rows, self.counted, self._place
        self.lows += [-NO_SIDE if low == OPEN_LOW else float(low) for low in rows.low[counted]]
        self.highs += [NO_SIDE if high == OPEN_HIGH else float(high) for high in rows.high[counted]]
        tier_terms = self._add_misses()
        for row in counted[rows.kind[counted] == RowKind.STEPS]:
            gains = rows.gains[rows.gains_start[row] : rows.gains_start[row + 1]].astype(float)
            new = self._new_columns(len(gains), 1.0)
            self._add(place[row], new, np.full(len(gains), -1.0))
            self.lows[place[row]] = 0.0
            tier_terms.append((int(rows.tier[row]), new, np.maximum(0.0, gains)))
        return tier_terms

    def _add_misses(self) -> list[tuple[int, Int64s, Floats]]:
        """A column for each miss; where a row has two sides, one for each would be too kind."""
        rows, counted, place = self.question.rows, self.counted, self._place
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
        """Places of new columns among the others."""
        first = self._others
        self._others += count
        self._column_highs.append(np.full(count, high))
        self._costs.append(np.zeros(count))
        return np.arange(first, first + count)

    def _add_tiers(self, terms: list[tuple[int, Int64s, Floats]]) -> None:
        """Earlier tiers reach their floors; the costs of this one."""
        question, rows = self.question, self.question.rows
        costs = np.concatenate([np.zeros(0), *self._costs])
        for tier in range(question.tier):
            self.lows.append(float(question.floors[tier] - rows.constants[tier]))
            self.highs.append(NO_SIDE)
        for tier, columns, values in terms:
            if tier == question.tier:
                costs[columns] += values
            else:
                self._add(self._tiers_at + tier, columns, values)
        self._costs = [costs]

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
            self._costs[-1] = np.full(len(closed), -cost)

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
        """All columns: those of the open arcs, then the others."""
        return Columns.joined([*self.pieces(np.arange(len(self.arcs))), self.other_columns()])

    def pieces(self, chosen: Int64s) -> Iterator[Columns]:
        """Columns of very many open arcs, some of them at a time."""
        for first in range(0, len(chosen), _AT_ONCE):
            yield self.arc_columns(chosen[first : first + _AT_ONCE])

    def arc_columns(self, chosen: Int64s) -> Columns:
        """Columns of open arcs, by their places in `arcs`."""
        question, rows, arcs = self.question, self.question.rows, self.arcs[chosen]
        terms, owner = spans(rows.arc_start, arcs)
        place = self._place[rows.arc_rows[terms]]
        counts = place >= 0
        person = self._person_place[rows.arc_person[arcs]]
        rival = np.flatnonzero(person >= 0)
        parts: list[tuple[Int64s, npt.NDArray[np.int32], npt.NDArray[np.generic]]] = [
            (owner[counts], place[counts], rows.arc_coefficients[terms[counts]]),
            (rival, person[rival], np.ones(len(rival))),
            (
                np.arange(len(arcs)),
                (self._posts_at + rows.arc_post[arcs]).astype(np.int32),
                np.ones(len(arcs)),
            ),
        ]
        for tier in range(question.tier):
            values = rows.arc_values[tier, arcs]
            some = np.flatnonzero(values)
            parts.append((some, np.full(len(some), self._tiers_at + tier, np.int32), values[some]))
        costs = rows.arc_values[question.tier, arcs].astype(float)
        return _by_column(parts, costs, np.ones(len(arcs)))

    def other_columns(self) -> Columns:
        """Columns of misses, of steps of gains and of what is forgiven."""
        parts = [(column, row.astype(np.int32), value) for row, column, value in self._parts]
        costs, highs = (
            np.concatenate(self._costs),
            np.concatenate([np.zeros(0), *self._column_highs]),
        )
        return _by_column(parts, costs, highs)


def _by_column(
    parts: Sequence[tuple[Int64s, npt.NDArray[np.int32], npt.NDArray[np.generic]]],
    costs: Floats,
    highs: Floats,
) -> Columns:
    """Columns from (column, row, value), the rows rising within each column over all parts."""
    nothing = np.zeros(0, np.int32)
    column = np.concatenate([np.zeros(0, np.int64), *(part[0] for part in parts)])
    order = np.argsort(column, kind="stable")
    return Columns(
        costs=costs,
        lows=np.zeros(len(costs)),
        highs=highs,
        starts=starts_of(np.bincount(column, minlength=len(costs))).astype(np.int32),
        rows=np.concatenate([nothing, *(part[1] for part in parts)])[order],
        values=np.concatenate([nothing, *(part[2] for part in parts)])[order].astype(np.float64),
    )
