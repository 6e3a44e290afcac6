"""A smallest set of clashing rows: why there is no solution.

Solvers' own infeasible subsets are claims, and some have been wrong. Here a set is found by
dividing (the scheme is known as QuickXplain) and then shown: the whole set has no solution, and
without any one member it has one, whose numbers were tested against the rows. Rows that are not
blamable (one post per person, say) stay in force throughout and are never named.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from banzi.solvers.elastic import in_fractions
from banzi.solvers.highs import Engine, Status
from banzi.solvers.rows import Form, Name, System


@dataclass(frozen=True, slots=True)
class ConflictTask:
    """A system and the names, in order, of the rows that may be blamed.

    Of several smallest sets, one whose members stand earlier in the order is preferred.
    """

    system: System
    blamable: tuple[Name, ...]
    threads: int = 1
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """`sufficient`: the members alone admit no solution. `necessary`: each was shown to be needed.

    Either is False when time ran out first; `members` is empty when nothing clashes.
    """

    members: tuple[Name, ...]
    sufficient: bool
    necessary: bool


class _Undecided(Exception):
    """A search neither found a solution nor excluded one in the time."""


def minimal_conflict(task: ConflictTask, seconds: float = math.inf) -> Conflict:
    """Find and verify a smallest set of blamable names whose rows clash."""
    trial = _Trial(task, time.monotonic() + seconds)
    try:
        if trial.possible(task.blamable):
            return Conflict((), sufficient=False, necessary=False)
        if not trial.possible(()):
            return Conflict((), sufficient=True, necessary=True)
        members = tuple(_explain(trial, (), False, task.blamable))
    except _Undecided:
        return Conflict(task.blamable, sufficient=False, necessary=False)
    ordered = tuple(name for name in task.blamable if name in set(members))
    try:
        sufficient = not trial.possible(ordered)
        necessary = all(
            trial.possible(tuple(other for other in ordered if other != name)) for name in ordered
        )
    except _Undecided:
        return Conflict(ordered, sufficient=True, necessary=False)
    return Conflict(ordered, sufficient, necessary)


def _explain(
    trial: _Trial, fixed: tuple[Name, ...], added: bool, names: Sequence[Name]
) -> list[Name]:
    """The members among `names` that clash together with `fixed`; `added`: fixed has grown."""
    if added and not trial.possible(fixed):
        return []
    if len(names) == 1:
        return list(names)
    half = len(names) // 2
    first, second = tuple(names[:half]), tuple(names[half:])
    late = _explain(trial, fixed + first, bool(first), second)
    early = _explain(trial, fixed + tuple(late), bool(late), first)
    return early + late


class _Trial:
    """Answers whether a solution exists under some of the names; remembers solutions seen."""

    def __init__(self, task: ConflictTask, until: float) -> None:
        self._task, self._until = task, until
        self._seen: list[tuple[list[int], set[Name]]] = []

    def possible(self, names: Sequence[Name]) -> bool:
        wanted = set(names)
        if any(wanted.isdisjoint(broken) for _, broken in self._seen):
            return True
        task = self._task
        system = task.system.without(set(task.blamable) - wanted)
        fractions = in_fractions(system, wanted, self._until)
        if fractions.clash is not None:
            return False
        if fractions.values is not None:
            return self._holds(fractions.values)
        engine = Engine(system, threads=task.threads, seed=task.seed)
        outcome = engine.maximise(Form(), until=self._until)
        if outcome.values is not None:
            return self._holds(outcome.values)
        if outcome.status is not Status.INFEASIBLE:
            raise _Undecided
        return False

    def _holds(self, values: list[int]) -> bool:
        self._seen.append((values, set(self._task.system.breaches(values))))
        return True
