"""The requirements of a problem by name, and small systems of just some of them.

Whether some requirements can hold together never depends on posts that none of them speaks of:
those may stay empty. So a question about a few names is a system of a few arcs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from banzi.solvers.matrix import NO_HIGH, NO_LOW
from banzi.solvers.packed import least_and_greatest, spans
from banzi.solvers.rows import Name, Row, System
from banzi.staffing.problem import Measure, Problem, Target
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, Int64s, RowKind, RowSystem

BLAMABLE = ("pin", "ban", "target", "exclusion")
"""First words of row names that may be blamed, those a department can change first. That a post
takes one person and a person one post is part of what a plan is and is never blamed."""
FREE = 2**31
"""More units than a target can be missed by."""
FEW_ARCS = 4_000
"""Pairs up to which an exact search knows sooner than a walk has begun."""


@dataclass(frozen=True)
class Demands:
    """Everything that may be blamed when there is no plan. `rows` has banned pairs as arcs."""

    problem: Problem
    rows: RowSystem

    @classmethod
    def of(cls, problem: Problem) -> Demands:
        return cls(problem, assemble(problem, with_bans=True))

    @cached_property
    def rows_of(self) -> dict[Name, list[int]]:
        """Hard rows by name, cuts among them."""
        rows = self.rows
        found: dict[Name, list[int]] = {}
        hard = (rows.kind == RowKind.HARD) | (
            (rows.kind == RowKind.CUT) & (rows.kind[rows.of] == RowKind.HARD)
        )
        for row in np.flatnonzero(hard).tolist():
            found.setdefault(rows.names[row], []).append(row)
        return found

    @cached_property
    def arc_of(self) -> dict[Name, int]:
        """Arcs of pins and bans by name."""
        rows = self.rows
        return {
            (kind, str(rows.arc_post[arc]), str(rows.arc_person[arc])): int(arc)
            for kind, arcs in (("pin", rows.pinned), ("ban", rows.banned))
            for arc in arcs
        }

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """What a department can change first, first."""
        every = [*self.arc_of, *self.rows_of]
        return tuple(sorted(every, key=lambda name: BLAMABLE.index(name[0])))

    def inside(self, blocks: Sequence[frozenset[int]]) -> list[tuple[Name, ...]]:
        """Per block of posts the requirements that speak of these only.

        Blocks have no post in common. What speaks of no candidate at all is of every block.
        """
        rows, block = self.rows, np.full(self.rows.posts, EMPTY, np.int64)
        for number, posts in enumerate(blocks):
            block[list(posts)] = number
        of = block[rows.arc_post]
        first, last = least_and_greatest(of[rows.row_arcs], rows.row_start)
        spoken = np.diff(rows.row_start) > 0
        found: list[list[Name]] = [[] for _ in blocks]
        for name in self.names:
            if name in self.arc_of:
                among = {int(of[self.arc_of[name]])}
            else:
                mine = [row for row in self.rows_of[name] if spoken[row]]
                among = {int(side[row]) for side in (first, last) for row in mine}
            if len(among) < 2:
                for number in (among or {*range(len(blocks))}) - {EMPTY}:
                    found[number].append(name)
        return [tuple(names) for names in found]

    def arcs_of(self, names: Iterable[Name]) -> Int64s:
        """Arcs that these requirements speak of, rising."""
        wanted = list(names)
        mine = [row for name in wanted for row in self.rows_of.get(name, ())]
        places, _owner = spans(self.rows.row_start, np.array(mine, np.int64))
        named = [self.arc_of[name] for name in wanted if name in self.arc_of]
        return np.unique(np.concatenate([self.rows.row_arcs[places], np.array(named, np.int64)]))

    def scope_of(self, target: Target) -> Int64s:
        """Arcs that a target counts, rising."""
        posts = np.array(sorted(target.posts), np.int64)
        return np.flatnonzero(np.isin(self.rows.arc_post, posts)).astype(np.int64)

    def values_of(self, target: Target, arcs: Int64s) -> Int64s:
        """What a target counts of each of these arcs."""
        pairs = self.rows.arc_pair[arcs].tolist()
        found = [self.problem.feature_of_pair(target.feature, pair) for pair in pairs]
        return np.array(found, np.int64)

    def bound_met(self, target: Target, arcs: Int64s) -> int | None:
        """The tightest whole bound of a target that a plan of these arcs meets.

        None for a share or a mean with nobody in scope.
        """
        inside = np.intersect1d(arcs, self.scope_of(target))
        total = int(self.values_of(target, inside).sum())
        if target.measure is Measure.COUNT:
            return total
        if not len(inside):
            return None
        total *= target.unit
        return total // len(inside) if target.op == ">=" else -(-total // len(inside))

    def system(
        self, names: Sequence[Name], *, cuts: bool = True, more: Int64s | None = None
    ) -> tuple[System, Int64s]:
        """Rows of these names over the arcs they speak of, and those arcs; one post a person.

        `more`: arcs to take in besides.
        """
        arcs = self.arcs_of(names)
        if more is not None:
            arcs = np.union1d(arcs, more)
        column = np.full(self.rows.arcs, -1, np.int64)
        column[arcs] = np.arange(len(arcs))
        system = System([0] * len(arcs), [1] * len(arcs))
        system.add(*self._places(arcs))
        for name in names:
            if name in self.arc_of:
                value = int(name[0] == "pin")
                term = (int(column[self.arc_of[name]]), 1)
                system.add(Row(name, (term,), value, value))
            for row in self.rows_of.get(name, ()):
                if not cuts and self.rows.kind[row] == RowKind.CUT:
                    continue
                system.add(self._row(row, column))
        return system, arcs

    def _row(self, row: int, column: Int64s) -> Row:
        rows = self.rows
        span = slice(rows.row_start[row], rows.row_start[row + 1])
        terms = zip(
            column[rows.row_arcs[span]].tolist(),
            rows.row_coefficients[span].tolist(),
            strict=True,
        )
        low, high = int(rows.low[row]), int(rows.high[row])
        return Row(
            rows.names[row],
            tuple(terms),
            None if low == NO_LOW else low,
            None if high == NO_HIGH else high,
        )

    def _places(self, arcs: Int64s) -> Iterator[Row]:
        for kind, side in (("post", self.rows.arc_post), ("person", self.rows.arc_person)):
            rivals: dict[int, list[int]] = {}
            for variable, owner in enumerate(side[arcs].tolist()):
                rivals.setdefault(owner, []).append(variable)
            for owner, variables in rivals.items():
                if len(variables) > 1:
                    terms = tuple((variable, 1) for variable in variables)
                    yield Row((kind, str(owner)), terms, None, 1)


def team_blocks(problem: Problem) -> list[frozenset[int]]:
    """Posts of teams that share a concurrent post, directly or by way of others."""
    leader = list(range(len(problem.teams)))

    def find(team: int) -> int:
        while leader[team] != team:
            leader[team] = team = leader[leader[team]]
        return team

    for post in problem.posts:
        for team in post.teams[1:]:
            leader[find(team)] = find(post.teams[0])
    blocks: dict[int, set[int]] = {}
    for place, post in enumerate(problem.posts):
        blocks.setdefault(find(post.teams[0]), set()).add(place)
    return [frozenset(blocks[first]) for first in sorted(blocks, key=lambda b: min(blocks[b]))]
