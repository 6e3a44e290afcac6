"""The menu: plans of each block that are known; one of each block is a plan of the whole.

Which ones to take is a staffing problem again, with blocks for posts and their plans for
candidates: rows between blocks stay rows, what a block's own rows earn is in the value of its plan,
and a person whom plans of several blocks seat is a row with room for one. So everything that
prices, bounds and strikes works on the menu as well, and far better: what a block is worth as a
whole is known there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from banzi.solvers.packed import owners, starts_of
from banzi.staffing.proof.blocks import Block
from banzi.staffing.proof.multipliers import Floats
from banzi.staffing.proof.question import Question
from banzi.staffing.proof.worth import weigh
from banzi.staffing.system.rows import EMPTY, NO_TIER, OPEN_LOW, Int64s, RowKind, RowSystem

_EVEN = 1e-6
"""Shares nearer to 0 or 1 than this are whole."""


class Menu:
    """Known plans of each block of a question, each once."""

    def __init__(self, question: Question, blocks: Sequence[Block]) -> None:
        self.question, self.blocks = question, blocks
        self._known: list[dict[bytes, None]] = [{} for _ in blocks]

    def __len__(self) -> int:
        return sum(map(len, self._known))

    def add(self, number: int, plans: Int64s) -> int:
        """Plans of block `number` (plans × posts); how many of them are new."""
        known = self._known[number]
        before = len(known)
        known.update(dict.fromkeys(map(bytes, np.ascontiguousarray(plans, np.int64))))
        return len(known) - before

    def served(self) -> Served:
        """The menu as it is now, as a problem of its own."""
        width = [len(block.posts) for block in self.blocks]
        plans = [
            np.frombuffer(b"".join(known), np.int64).reshape(-1, posts)
            for known, posts in zip(self._known, width, strict=True)
        ]
        return Served(self.question, self.blocks, plans)


class Served:
    """A menu as a row system: arc k takes plan k, blocks after one another.

    `question` asks of the menu what the question it came from asks of all plans.
    """

    def __init__(
        self, question: Question, blocks: Sequence[Block], plans: Sequence[Int64s]
    ) -> None:
        self._rows, self._blocks, self._plans = question.rows, blocks, plans
        self._starts = starts_of([len(some) for some in plans])
        rows = _system(question, blocks, plans, self._starts)
        self.question = Question(rows, question.tier, question.floors)
        self.question.filled[:] = True

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

    def __init__(self, rows: RowSystem, plans: Sequence[Int64s], starts: Int64s) -> None:
        kinds, arcs, count = [], [], 0
        for number, some in enumerate(plans):
            plan, post = np.nonzero(some != EMPTY)
            seats = some[plan, post]
            for what in (rows.arc_person[seats], seats):
                known, place = np.unique(what, return_inverse=True)
                kinds.append(count + place)
                arcs.append(starts[number] + plan)
                count += len(known)
        kind, arc = np.concatenate(kinds), np.concatenate(arcs)
        order = np.argsort(kind, kind="stable")
        self._kind, self._arc = kind[order], arc[order]
        self._starts = starts_of(np.bincount(kind, minlength=count))

    def split(self, shares: Floats) -> Int64s | None:
        """The arcs that have in common what is chosen most nearly by half; None if nothing is."""
        chosen = np.bincount(self._kind, shares[self._arc], minlength=len(self._starts) - 1)
        evenness = np.minimum(chosen, 1 - chosen)
        kind = int(np.argmax(evenness)) if len(evenness) else 0
        if not len(evenness) or evenness[kind] < _EVEN:
            return None
        return self._arc[self._starts[kind] : self._starts[kind + 1]]


def _system(
    question: Question, blocks: Sequence[Block], plans: Sequence[Int64s], starts: Int64s
) -> RowSystem:
    rows = question.rows
    own = np.zeros(rows.rows, bool)
    for block in blocks:
        own[block.rows] = True
    between = np.flatnonzero(question.counted & ~own)
    place = np.full(rows.rows, -1)
    place[between] = np.arange(len(between))
    values, terms = [], []
    for number, (block, some) in enumerate(zip(blocks, plans, strict=True)):
        weighed = weigh(question, block, some)
        values.append(weighed.values)
        plan, column = np.nonzero(weighed.sums)
        arcs, held = starts[number] + plan, weighed.sums[plan, column]
        terms.append((place[weighed.rows[column]], arcs, held))
    persons, seated, arcs = _persons(rows, plans, starts)
    terms.append((len(between) + seated, arcs, np.ones(len(arcs), np.int64)))
    row, arc, value = (np.concatenate(part) for part in zip(*terms, strict=True))
    extra, count = len(persons), int(starts[-1])

    def with_persons(part: Int64s, filler: int) -> Int64s:
        return np.concatenate([part, np.full(extra, filler, np.int64)])

    by_row, by_arc = np.lexsort((arc, row)), np.lexsort((row, arc))
    total = len(between) + extra
    gains = np.diff(rows.gains_start)[between]
    return RowSystem(
        persons=count,
        post_start=starts,
        arc_post=owners(starts).astype(np.int32),
        arc_person=np.arange(count, dtype=np.int32),
        arc_pair=np.arange(count),
        pinned=np.zeros(0, np.int64),
        banned=np.zeros(0, np.int64),
        arc_values=np.concatenate(values, axis=1),
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
        row_start=starts_of(np.bincount(row, minlength=total)),
        row_arcs=arc[by_row].astype(np.int32),
        row_coefficients=value[by_row],
        arc_start=starts_of(np.bincount(arc, minlength=count)),
        arc_rows=row[by_arc].astype(np.int32),
        arc_coefficients=value[by_arc],
        names=tuple(rows.names[r] for r in between) + tuple(("person", str(p)) for p in persons),
    )


def _persons(
    rows: RowSystem, plans: Sequence[Int64s], starts: Int64s
) -> tuple[Int64s, Int64s, Int64s]:
    """Persons whom plans of two blocks at least seat, and (place among them, arc) of each seat."""
    person, arc, block = [], [], []
    for number, some in enumerate(plans):
        plan, post = np.nonzero(some != EMPTY)
        person.append(rows.arc_person[some[plan, post]])
        arc.append(starts[number] + plan)
        block.append(np.full(len(plan), number))
    who, where, whose = (np.concatenate(part) for part in (person, arc, block))
    seats = np.unique(who.astype(np.int64) * len(plans) + whose) // max(1, len(plans))
    several = np.flatnonzero(np.bincount(seats, minlength=rows.persons) > 1)
    place = np.full(rows.persons, -1)
    place[several] = np.arange(len(several))
    kept = place[who] >= 0
    return several, place[who[kept]], where[kept]
