"""What is known while a problem is solved: the best plan, the bounds proven, and when each came."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from banzi.kernel.memory import give_back
from banzi.staffing.problem import Problem
from banzi.staffing.proof.prover import Proof
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, Int64s, RowSystem

Trace = tuple[float, int, int, int | None]
"""Seconds since the start, tier, value, bound."""


class Record:
    """The best plan heard of (arcs of `rows`), its tier values, and what bounds them.

    `rows` leave banned pairs out; plans of a system that has them are translated by their pairs.
    """

    def __init__(self, problem: Problem, started: float) -> None:
        self.problem, self.started = problem, started
        give_back()  # what reading left, then what assembling did
        self.rows = assemble(problem)
        give_back()
        self.best: Int64s | None = None
        self.values: list[int] = []
        self.trace: list[Trace] = []
        self._proofs: list[Proof] = []

    def elapsed(self) -> float:
        return round(time.monotonic() - self.started, 3)

    def keep(self, plan: Int64s, of: RowSystem | None = None) -> None:
        """A plan that meets every hard rule, of these rows or of another system of the problem."""
        mine = plan if of is None else _translated(plan, of, self.rows)
        values = self.rows.tier_values(mine)
        if self.best is None or values >= self.values:
            self.best, self.values = mine, values

    def prove(self, tier: int, bound: int | None, floors: Sequence[int] | None = None) -> None:
        """A bound over plans that reach `floors`, by default the values known, in earlier tiers."""
        self._proofs.append(
            Proof(tier, bound, tuple(self.values[:tier] if floors is None else floors))
        )

    def bounds(self) -> tuple[int | None, ...]:
        """Of each tier the least bound that holds for the best plan and whatever betters it."""
        least: list[int | None] = [None] * len(self.problem.tiers)
        for proof in self._proofs:
            known = least[proof.tier]
            if proof.bound is None or (self.values and not proof.holds_for(self.values)):
                continue
            if known is None or proof.bound < known:
                least[proof.tier] = proof.bound
        return tuple(least)

    @property
    def proven(self) -> bool:
        """Whether the best plan stands at its bound in every tier."""
        return self.best is not None and self.bounds() == tuple(self.values)

    def decisive(self) -> int:
        """The first tier that is not proven, else the last; the first of all while there is no plan."""
        if self.best is None:
            return 0
        bounds = self.bounds()
        unproven = (t for t, bound in enumerate(bounds) if bound != self.values[t])
        return next(unproven, len(bounds) - 1)

    def note(self, tier: int | None = None) -> Trace | None:
        """Add a line to the trace for a tier, by default the decisive one; None if nothing is new."""
        if self.best is None:
            return None
        chosen = self.decisive() if tier is None else tier
        line = (self.elapsed(), chosen, self.values[chosen], self.bounds()[chosen])
        if self.trace and self.trace[-1][1:] == line[1:]:
            return None
        self.trace.append(line)
        return line

    def plan_of(self, rows: RowSystem) -> Int64s | None:
        """The best plan in arcs of another system of the same problem."""
        return None if self.best is None else _translated(self.best, self.rows, rows)

    def assignments(self) -> tuple[tuple[str, str | None], ...]:
        """Post id and person id of the best plan, person None for an empty post."""
        if self.best is None:
            return ()
        problem, persons = self.problem, self.rows.arc_person
        return tuple(
            (post.post_id, None if arc == EMPTY else problem.persons[persons[arc]])
            for post, arc in zip(problem.posts, self.best.tolist(), strict=True)
        )


def _translated(plan: Int64s, of: RowSystem, to: RowSystem) -> Int64s:
    """The same pairs as arcs of another system, which has them all."""
    used = plan != EMPTY
    place = np.full(int(max(of.arc_pair.max(initial=0), to.arc_pair.max(initial=0))) + 1, EMPTY)
    place[to.arc_pair] = np.arange(to.arcs)
    arcs = np.full(len(plan), EMPTY, np.int64)
    arcs[used] = place[of.arc_pair[plan[used]]]
    return arcs
