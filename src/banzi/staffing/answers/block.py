"""A few posts free, the rest of a plan held: the problem of the few, as a small matrix.

Built straight from the arrays of the row system. Rows that nothing free can bring to their sides
are left out; what the held posts contribute is taken off the sides of the others. A row that the
held posts alone break makes the block impossible.

Variables: one 0/1 for each usable arc, then one per MISS row that may miss, then one per step of a
STEPS row. The value of each tier of a solution is the value of the *whole* plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from banzi.solvers.matrix import NO_HIGH, NO_LOW, Matrix
from banzi.solvers.packed import spans
from banzi.solvers.rows import Form
from banzi.staffing.answers.standing import Standing
from banzi.staffing.system.rows import EMPTY, Int64s, RowKind


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question adds: arcs that must be used, arcs that must not, persons that must not."""

    pinned: tuple[int, ...] = ()
    banned: tuple[int, ...] = ()
    without: tuple[int, ...] = ()


@dataclass(slots=True)
class Goal:
    """A linear form over the variables of a block."""

    costs: Int64s
    constant: int = 0

    def form(self) -> Form:
        used = np.flatnonzero(self.costs)
        terms = zip(used.tolist(), self.costs[used].tolist(), strict=True)
        return Form(tuple(terms), self.constant)


@dataclass(slots=True)
class _Terms:
    """Rows of the matrix while they are collected."""

    row: list[Int64s] = field(default_factory=list)
    column: list[Int64s] = field(default_factory=list)
    value: list[Int64s] = field(default_factory=list)
    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)

    def new_rows(self, lows: Sequence[int], highs: Sequence[int]) -> int:
        first = len(self.low)
        self.low.extend(lows)
        self.high.extend(highs)
        return first

    def put(self, row: npt.ArrayLike, column: npt.ArrayLike, value: npt.ArrayLike) -> None:
        r, c, v = np.broadcast_arrays(
            np.asarray(row, np.int64), np.asarray(column, np.int64), np.asarray(value, np.int64)
        )
        self.row.append(np.atleast_1d(r))
        self.column.append(np.atleast_1d(c))
        self.value.append(np.atleast_1d(v))


class Block:
    """The problem of the free posts.

    Attributes
    ----------
    arcs
        Arcs that may be used, rising; variable k of the matrix is arc `arcs[k]`.
    held
        Per row of the system what the held posts add.
    matrix, tiers
        The rows, and per tier the form that gives its value.
    impossible
        True when the held posts alone break a row, or a pinned arc cannot be used.
    """

    def __init__(self, standing: Standing, free: Iterable[int], wish: Wish | None = None) -> None:
        rows, wish = standing.rows, wish or Wish()
        self.standing = standing
        self.posts: Int64s = np.array(sorted(set(free)), np.int64)
        self.pinned = self._pinned(wish)
        self.arcs = self._usable(wish)
        self.column = np.full(rows.arcs, -1, np.int64)
        self.column[self.arcs] = np.arange(len(self.arcs))
        self.impossible = bool((self.column[self.pinned] < 0).any())
        self.held = standing.activities - standing.activity_of(self.posts)
        self._lows, self._highs = [0] * len(self.arcs), [1] * len(self.arcs)
        self._terms = _Terms()
        self._goals: list[dict[int, int]] = [{} for _ in rows.constants]
        constants = self._held_values()
        self._add_places()
        self._add_rows(constants)
        self.tiers = [self._goal(tier, constants[tier]) for tier in range(len(constants))]
        lows = np.array(self._lows, np.int64)
        if not self.impossible:
            lows[self.column[self.pinned]] = 1
        self.matrix = Matrix.of_terms(
            (lows, np.array(self._highs, np.int64)),
            (np.array(self._terms.low, np.int64), np.array(self._terms.high, np.int64)),
            _together(self._terms),
        )

    def plan(self, values: Sequence[int]) -> Int64s:
        """The whole plan that a solution means."""
        plan = self.standing.plan.copy()
        plan[self.posts] = EMPTY
        used = self.arcs[np.flatnonzero(np.array(values[: len(self.arcs)], np.int64))]
        plan[self.standing.rows.arc_post[used]] = used
        return plan

    def counting(self, weights: npt.ArrayLike, constant: int = 0) -> Goal:
        """A goal of so much for each usable arc."""
        costs = np.zeros(self.matrix.columns, np.int64)
        costs[: len(self.arcs)] = weights
        return Goal(costs, constant)

    def _pinned(self, wish: Wish) -> Int64s:
        """Arcs that must be used: the problem's in free posts, and the question's."""
        rows = self.standing.rows
        inside = np.isin(rows.arc_post[rows.pinned], self.posts)
        return np.array(sorted({*rows.pinned[inside].tolist(), *wish.pinned}), np.int64)

    def _usable(self, wish: Wish) -> Int64s:
        rows, standing = self.standing.rows, self.standing
        places, _owner = spans(rows.post_start, self.posts)
        seat = standing.seat_of[rows.arc_person[places]]
        usable = (seat == EMPTY) | np.isin(seat, self.posts)
        banned = np.array(sorted({*wish.banned, *rows.banned.tolist()}), np.int64)
        usable &= ~np.isin(places, banned)
        usable &= ~np.isin(rows.arc_person[places], np.array(wish.without, np.int64))
        kept: Int64s = places[usable]
        if len(self.pinned):  # nothing else in a pinned post, the person nowhere else
            posts, persons = rows.arc_post[self.pinned], rows.arc_person[self.pinned]
            rival = np.isin(rows.arc_post[kept], posts) | np.isin(rows.arc_person[kept], persons)
            kept = kept[~rival | np.isin(kept, self.pinned)]
        return kept

    def _held_values(self) -> list[int]:
        """Per tier what the held posts alone are worth."""
        rows, standing = self.standing.rows, self.standing
        arcs = standing.plan[self.posts]
        mine = arcs[arcs != EMPTY]
        places, _owner = spans(rows.arc_start, mine)
        touched = np.unique(rows.arc_rows[places]).astype(np.int64)
        values = np.array(standing.tiers, np.int64) - rows.arc_values[:, mine].sum(axis=1)
        before = standing.row_values
        after = rows.values_at(touched, self.held[touched])
        soft = rows.tier[touched] >= 0
        np.add.at(values, rows.tier[touched][soft], (after - before[touched])[soft])
        return [int(value) for value in values]

    def _add_places(self) -> None:
        """Every post at most one person, every person at most one post."""
        rows = self.standing.rows
        for side, of in ((rows.arc_post, rows.posts), (rows.arc_person, rows.persons)):
            owners = side[self.arcs]
            several = np.bincount(owners, minlength=of) > 1
            number = np.cumsum(several) - 1
            count = int(several.sum())
            first = self._terms.new_rows([NO_LOW] * count, [1] * count)
            mine = np.flatnonzero(several[owners])
            self._terms.put(first + number[owners[mine]], mine, 1)

    def _add_rows(self, constants: list[int]) -> None:
        rows = self.standing.rows
        places, owner = spans(rows.arc_start, self.arcs)
        row_of = rows.arc_rows[places].astype(np.int64)
        coefficient = rows.arc_coefficients[places].astype(np.int64)
        order = np.lexsort((owner, row_of))
        row_of, coefficient, column = row_of[order], coefficient[order], owner[order]
        touched, first = np.unique(row_of, return_index=True)
        least, most = self.reach(row_of, coefficient, column, touched)
        ends = np.append(first, len(row_of))[1:]
        free = np.zeros(rows.rows, bool)
        free[touched] = True
        lost = (self.held < rows.low) | (self.held > rows.high)
        self.impossible |= bool((lost & ~free & (rows.kind == RowKind.HARD)).any())
        made: dict[int, int] = {}
        for place, row in enumerate(touched.tolist()):
            span = slice(first[place], ends[place])
            terms = (column[span], coefficient[span])
            reach = (int(least[place]), int(most[place]))
            self._add_row(row, terms, reach, made, constants)

    def reach(
        self, row_of: Int64s, coefficient: Int64s, column: Int64s, touched: Int64s
    ) -> tuple[Int64s, Int64s]:
        """Least and greatest that the free posts can add to each touched row."""
        if not len(row_of):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        post = self.standing.rows.arc_post[self.arcs[column]]
        begins = np.flatnonzero(
            np.append(True, (row_of[1:] != row_of[:-1]) | (post[1:] != post[:-1]))
        )
        low = np.minimum(0, np.minimum.reduceat(coefficient, begins))
        high = np.maximum(0, np.maximum.reduceat(coefficient, begins))
        group = np.searchsorted(touched, row_of[begins])
        least, most = np.zeros(len(touched), np.int64), np.zeros(len(touched), np.int64)
        np.add.at(least, group, low)
        np.add.at(most, group, high)
        return least, most

    def _add_row(
        self,
        row: int,
        terms: tuple[Int64s, Int64s],
        reach: tuple[int, int],
        made: dict[int, int],
        constants: list[int],
    ) -> None:
        """One row of the system, less what is held; `made`: variable of each MISS row so far."""
        rows, held = self.standing.rows, int(self.held[row])
        kind, tier = rows.kind[row], int(rows.tier[row])
        if kind == RowKind.STEPS:
            self._add_steps(row, terms[0], reach[1])
            return
        low, high = int(rows.low[row]) - held, int(rows.high[row]) - held
        open_low, open_high = rows.low[row] == NO_LOW, rows.high[row] == NO_HIGH
        short = 0 if open_low else max(0, low - reach[0])
        over = 0 if open_high else max(0, reach[1] - high)
        if not short and not over:
            return
        by = -1
        if kind == RowKind.MISS:
            unit = int(rows.unit[row])
            by = self._variable(-(-max(short, over) // unit))
            made[row] = by
            self._goals[tier][by] = -int(rows.weight[row])
            # what it misses with all free posts empty is counted by the variable from here on
            constants[tier] += int(rows.weight[row]) * _missed(
                rows.low[row], rows.high[row], held, unit
            )
        elif kind == RowKind.CUT:
            of = int(rows.of[row])
            if rows.kind[of] == RowKind.MISS:
                if of not in made:
                    return
                by, unit = made[of], int(rows.unit[row])
        place = self._terms.new_rows(
            [NO_LOW if open_low else low], [NO_HIGH if open_high else high]
        )
        self._terms.put(place, terms[0], terms[1])
        if by >= 0:
            self._terms.put(place, by, unit if not open_low else -unit)

    def _add_steps(self, row: int, columns: Int64s, most: int) -> None:
        """For the k-th further unit a variable worth its gain; negative gains are forced."""
        rows, held = self.standing.rows, int(self.held[row])
        first, last = int(rows.gains_start[row]) + held, int(rows.gains_start[row + 1])
        gains = rows.gains[first : min(last, first + most)].tolist() if first < last else []
        if not any(gains):
            return
        steps = [self._variable(1) for _ in gains]
        place = self._terms.new_rows([0], [NO_HIGH])
        self._terms.put(place, columns, 1)
        self._terms.put(place, steps, -1)
        for k, (step, gain) in enumerate(zip(steps, gains, strict=True)):
            self._goals[int(rows.tier[row])][step] = gain
            if gain < 0:
                place = self._terms.new_rows([NO_LOW], [k])
                self._terms.put(place, columns, 1)
                self._terms.put(place, step, k - most)

    def _variable(self, most: int) -> int:
        self._lows.append(0)
        self._highs.append(most)
        return len(self._lows) - 1

    def _goal(self, tier: int, constant: int) -> Goal:
        costs = np.zeros(len(self._lows), np.int64)
        costs[: len(self.arcs)] = self.standing.rows.arc_values[tier, self.arcs]
        for variable, cost in self._goals[tier].items():
            costs[variable] = cost
        return Goal(costs, constant)


def _missed(low: int, high: int, activity: int, unit: int) -> int:
    return -(-max(0, int(low) - activity, activity - int(high)) // unit)


def _together(terms: _Terms) -> tuple[Int64s, Int64s, Int64s]:
    empty = [np.zeros(0, np.int64)]
    row, column, value = (
        np.concatenate(part or empty) for part in (terms.row, terms.column, terms.value)
    )
    return row, column, value
