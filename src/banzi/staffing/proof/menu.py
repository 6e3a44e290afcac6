"""The menu: plans of each block that are known; one of each block is a plan of the whole.

Which ones to take is a staffing problem again, with blocks for posts and their plans for
candidates: rows between blocks stay rows, what a block's own rows earn is in the value of its plan,
and a person whom plans of several blocks seat is a row with room for one. So everything that
prices, bounds and strikes works on the menu as well, and far better: what a block is worth as a
whole is known there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from banzi.solvers.packed import counted, narrowed, owners, starts_of, turned
from banzi.staffing.proof.blocks import Block
from banzi.staffing.proof.multipliers import Floats
from banzi.staffing.proof.question import Question
from banzi.staffing.proof.worth import Weighed, weigh
from banzi.staffing.system.rows import (
    EMPTY,
    NO_TIER,
    OPEN_LOW,
    Int32s,
    Int64s,
    Narrow,
    RowKind,
    RowSystem,
)

Plans = Int32s | Int64s

_EVEN = 1e-6
"""Shares nearer to 0 or 1 than this are whole."""
_AT_ONCE = 128
"""Plans weighed at a time: what they do to every row stands in one table."""


class Menu:
    """Known plans of each block of a question, each once, in the order they came."""

    def __init__(self, question: Question, blocks: Sequence[Block]) -> None:
        self.question, self.blocks = question, blocks
        self._known: list[Int32s] = [np.zeros((0, len(b.posts)), np.int32) for b in blocks]

    def __len__(self) -> int:
        return sum(map(len, self._known))

    def add(self, number: int, plans: Plans) -> int:
        """Plans of block `number` (plans × posts); how many of them are new."""
        known = self._known[number]
        if not len(plans):
            return 0
        both = np.concatenate([known, plans.astype(np.int32)])
        whole = both.view(np.dtype((np.void, both.itemsize * both.shape[1]))).reshape(-1)
        first = np.unique(whole, return_index=True)[1]
        first.sort()
        self._known[number] = both[first]
        return len(first) - len(known)

    def served(self) -> Served:
        """The menu as it is now, as a problem of its own."""
        return Served(self.question, self.blocks, list(self._known))


class Served:
    """A menu as a row system: arc k takes plan k, blocks after one another.

    `question` asks of the menu what the question it came from asks of all plans. Rows from
    `first_seat` on are those of persons whom plans of several blocks seat.
    """

    def __init__(
        self, question: Question, blocks: Sequence[Block], plans: Sequence[Int32s]
    ) -> None:
        self._rows, self._blocks, self._plans = question.rows, blocks, plans
        self._starts = starts_of([len(some) for some in plans])
        persons = _shared(self._rows, plans)
        rows = _system(question, blocks, plans, self._starts, persons)
        self.question = Question(rows, question.tier, question.floors)
        self.question.filled[:] = True
        self.first_seat = rows.rows - len(persons)

    def plan(self, choice: Int64s) -> Int64s:
        """The whole plan of a choice: for each block its arc of the menu."""
        plan = np.full(self._rows.posts, EMPTY, np.int64)
        for number, block in enumerate(self._blocks):
            plan[block.posts] = self._plans[number][choice[number] - self._starts[number]]
        return plan

    def choice(self, plan: Int64s) -> Int64s | None:
        """The choice that makes up a plan, None when the menu has not got it."""
        chosen = []
        for number, block in enumerate(self._blocks):
            same = np.flatnonzero((self._plans[number] == plan[block.posts]).all(axis=1))
            if not len(same):
                return None
            chosen.append(int(self._starts[number] + same[0]))
        return np.array(chosen, np.int64)

    def seats(self) -> Seats:
        """Whom arcs of the menu seat in their block, and on which post."""
        return Seats(self._rows, self._plans, self._starts)


class Seats:
    """What arcs of the menu have in common, to split a menu by: a person, or a person's post."""

    def __init__(self, rows: RowSystem, plans: Sequence[Int32s], starts: Int64s) -> None:
        self._rows, self._plans, self._starts = rows, plans, starts

    def split(self, shares: Floats) -> Int64s | None:
        """The arcs that have in common what is chosen most nearly by half; None if nothing is.

        Only arcs with a share are looked at: what the others have in common is not chosen at all.
        """
        even, found = _EVEN, None
        chosen = np.flatnonzero(shares)
        of_block = np.searchsorted(self._starts, chosen, side="right") - 1
        for number in np.unique(of_block).tolist():
            arcs = chosen[of_block == number]
            some = self._plans[number][arcs - self._starts[number]]
            plan, post = np.nonzero(some != EMPTY)
            seats = some[plan, post]
            for what in (self._rows.arc_person[seats], seats):
                known, place = np.unique(what, return_inverse=True)
                share = np.bincount(place, shares[arcs[plan]], minlength=len(known))
                evenness = np.minimum(share, 1 - share)
                if len(known) and evenness.max() > even:
                    kind = int(np.argmax(evenness))
                    even, found = evenness[kind], (number, what is seats, int(known[kind]))
        return None if found is None else self._with(*found)

    def _with(self, number: int, of_post: bool, kind: int) -> Int64s:
        """The arcs of a block that seat a person, or use an arc of the problem."""
        plans = self._plans[number]
        seats = np.array([kind]) if of_post else np.unique(plans[plans != EMPTY])
        if not of_post:
            seats = seats[self._rows.arc_person[seats] == kind]
        has = np.zeros(len(plans), bool)
        for seat in seats.tolist():
            has |= (plans == seat).any(axis=1)
        arcs: Int64s = self._starts[number] + np.flatnonzero(has)
        return arcs


def _system(
    question: Question,
    blocks: Sequence[Block],
    plans: Sequence[Int32s],
    starts: Int64s,
    persons: Int64s,
) -> RowSystem:
    rows = question.rows
    own = np.zeros(rows.rows, bool)
    for block in blocks:
        own[block.rows] = True
    between = np.flatnonzero(question.counted & ~own)
    place = np.full(rows.rows, -1)
    place[between] = np.arange(len(between))
    seat = np.full(rows.persons, -1)
    seat[persons] = len(between) + np.arange(len(persons))
    seat_of = np.append(seat[rows.arc_person], -1)  # for EMPTY
    extra, count = len(persons), int(starts[-1])
    values, terms = [], [_Terms.none()]
    for number, first in _pieces(plans):
        part = plans[number][first : first + _AT_ONCE]
        weighed = weigh(question, blocks[number], part)
        values.append(weighed.values)
        terms.append(_Terms.of(weighed, place, seat_of[part]))
    sizes, row, value = (np.concatenate(part) for part in zip(*terms, strict=True))
    arc_start = starts_of(sizes)

    def with_persons(part: Int64s, filler: int) -> Int64s:
        return np.concatenate([part, np.full(extra, filler, np.int64)])

    total = len(between) + extra
    row_start = starts_of(counted(row, total))
    row_arcs, row_coefficients = turned(row, value, arc_start, row_start, np.int32)
    gains = np.diff(rows.gains_start)[between]
    return RowSystem(
        persons=count,
        post_start=starts,
        arc_post=owners(starts).astype(np.int32),
        arc_person=np.arange(count, dtype=np.int32),
        arc_pair=np.arange(count),
        pinned=np.zeros(0, np.int64),
        banned=np.zeros(0, np.int64),
        arc_values=np.concatenate([np.zeros((len(rows.constants), 0), np.int64), *values], axis=1),
        constants=rows.constants,
        kind=with_persons(rows.kind[between].astype(np.int64), RowKind.HARD).astype(np.int8),
        low=with_persons(rows.low[between], OPEN_LOW),
        high=with_persons(rows.high[between], 1),
        tier=with_persons(rows.tier[between].astype(np.int64), NO_TIER).astype(np.int32),
        weight=with_persons(rows.weight[between], 0),
        unit=with_persons(rows.unit[between], 1),
        of=np.concatenate([place[rows.of[between]], len(between) + np.arange(extra)]).astype(
            np.int32
        ),
        gains_start=starts_of(with_persons(gains, 0)),
        gains=np.concatenate(
            [np.zeros(0, np.int64)]
            + [rows.gains[rows.gains_start[r] : rows.gains_start[r + 1]] for r in between]
        ),
        row_start=row_start,
        row_arcs=row_arcs,
        row_coefficients=row_coefficients,
        arc_start=arc_start,
        arc_rows=row,
        arc_coefficients=value,
        names=tuple(rows.names[r] for r in between) + tuple(("person", str(p)) for p in persons),
    )


class _Terms(NamedTuple):
    """Terms of some arcs of the menu, one behind the other, rows rising within each; `sizes`: how
    many each arc has."""

    sizes: Int64s
    row: Int32s
    value: Narrow

    @classmethod
    def none(cls) -> _Terms:
        return cls(np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int16))

    @classmethod
    def of(cls, weighed: Weighed, place: Int64s, seats: Int64s) -> _Terms:
        """`place`: where rows of the problem stand; `seats`: per plan and post the row of whom it
        seats, -1 for none."""
        plan, column = np.nonzero(weighed.sums)
        seated, post = np.nonzero(seats >= 0)
        arc = np.concatenate([plan, seated])
        row = np.concatenate([place[weighed.rows[column]], seats[seated, post]])
        value = np.concatenate([weighed.sums[plan, column], np.ones(len(seated), np.int64)])
        order = np.lexsort((row, arc))
        sizes = np.bincount(arc, minlength=len(seats))
        return cls(sizes, row[order].astype(np.int32), narrowed(value[order]))


def _pieces(plans: Sequence[Int32s]) -> Iterator[tuple[int, int]]:
    """Block and first plan of each piece of a menu that is weighed at once."""
    for number, some in enumerate(plans):
        for first in range(0, len(some), _AT_ONCE):
            yield number, first


def _shared(rows: RowSystem, plans: Sequence[Int32s]) -> Int64s:
    """Persons whom plans of two blocks at least seat."""
    blocks = np.zeros(rows.persons, np.int64)
    for some in plans:
        blocks[np.unique(rows.arc_person[np.unique(some[some != EMPTY])])] += 1
    return np.flatnonzero(blocks > 1)
