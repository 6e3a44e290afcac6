"""Goals in order: each is maximised among the optima of those before it, and proven.

An optimum is frozen as an exact integer row (form ≥ value) before the next goal is looked at. When
every goal is proven, one solution among the equal ones is singled out: the smallest when choices
are compared in order (`Task.choices`), so that any seed, thread count or machine ends alike.

Not here: what the goals mean; processes (`remote`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from banzi.solvers.highs import Engine, Outcome, Status
from banzi.solvers.rows import Form, Row, System

WINDOW = 200_000
"""How many combinations of choices one search of the tie-break may tell apart by weights."""


@dataclass(frozen=True, slots=True)
class Task:
    """A system, the goals in order, and the choices that settle ties.

    `choices`: for each choice in order its 0/1 variables, best first; at most one of them is 1,
    and none counts as the last. `start`: a solution to begin with.
    """

    system: System
    goals: tuple[Form, ...]
    choices: tuple[tuple[int, ...], ...] = ()
    threads: int = 1
    seed: int = 0
    start: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """News while the work runs: a better solution for one goal, or a proven bound."""

    goal: int
    value: int
    bound: int | None
    values: list[int]


@dataclass(frozen=True, slots=True)
class Ordered:
    """The outcome. `bounds[k]` is proven over all solutions whose earlier goals reach at least
    their values here; None without a proof. `canonical`: ties were settled to the end.
    """

    status: Status
    values: list[int] | None = None
    bounds: tuple[int | None, ...] = ()
    canonical: bool = False


def maximise_in_order(task: Task, seconds: float, tell: Callable[[Found], None]) -> Ordered:
    """Maximise the goals one after another within so many seconds (infinite allowed)."""
    until = time.monotonic() + seconds
    engine = Engine(task.system, threads=task.threads, seed=task.seed)
    values = None if task.start is None else list(task.start)
    bounds: list[int | None] = [None] * len(task.goals)
    for goal, form in enumerate(task.goals):

        def report(value: int, bound: int | None, found: list[int], goal: int = goal) -> None:
            tell(Found(goal, value, bound, found))

        outcome = engine.maximise(form, until=until, start=values, on_plan=report)
        if values is None and outcome.values is None:
            return Ordered(outcome.status, None, (outcome.bound, *bounds[1:]))
        values = _better(form, values, outcome)
        value, bounds[goal] = form.value(values), outcome.bound
        tell(Found(goal, value, outcome.bound, values))
        if value != outcome.bound:
            return Ordered(Status.FEASIBLE, values, tuple(bounds))
        engine.add_row(
            Row.at_least(value - form.constant, form.terms, name=("frozen goal", str(goal)))
        )
        if goal + 1 < len(task.goals) or task.choices:
            engine.fix_by_bounds(form, value, until)
    values, canonical = _settle_ties(
        engine, task, values or [], task.goals[-1] if task.goals else Form(), until
    )
    return Ordered(
        Status.OPTIMAL if canonical else Status.FEASIBLE, values, tuple(bounds), canonical
    )


def _better(form: Form, known: list[int] | None, outcome: Outcome) -> list[int]:
    """The better of a known solution and a search's: a search may lose its start."""
    if outcome.values is None or (known and form.value(known) >= form.value(outcome.values)):
        if known is None:
            raise ValueError("no solution at all")
        return known
    return outcome.values


def _settle_ties(
    engine: Engine,
    task: Task,
    values: list[int],
    goal: Form,
    until: float,
) -> tuple[list[int], bool]:
    """Fix choice after choice to the best that still leaves a solution.

    A choice that already stands at its best needs no search; of the others, as many as `WINDOW`
    can weigh are settled by one search.
    """
    rivals, choices = _rivals(task.system), task.choices
    place = 0
    while place < len(choices):
        free = _free(engine, choices[place])
        if not free or values[free[0]]:
            _keep(engine, choices[place], values, rivals)
            place += 1
            continue
        window, size = place + 1, len(free) + 1
        options = [free]
        while window < len(choices):
            free = _free(engine, choices[window])
            if size * (len(free) + 1) > WINDOW:
                break
            size *= len(free) + 1
            options.append(free)
            window += 1
        outcome = engine.maximise(_by_rank(options, goal, size), until=until, start=values)
        if outcome.status is not Status.OPTIMAL or outcome.values is None:
            return values, False
        values = outcome.values
        for settled in range(place, window):
            _keep(engine, choices[settled], values, rivals)
        place = window
    return values, True


def _free(engine: Engine, choice: Sequence[int]) -> list[int]:
    return [variable for variable in choice if engine.system.highs[variable]]


def _by_rank(options: Sequence[Sequence[int]], goal: Form, size: int) -> Form:
    """Digits of a number, one per choice: the better the variable, the greater the digit.

    The last goal, which stands at its optimum anyway, is added above the highest digit: it says
    nothing new, but lets the search throw out at once what cannot reach the optimum.
    """
    terms = [(variable, coefficient * size) for variable, coefficient in goal.terms]
    weight = 1
    for free in reversed(options):
        terms += [(variable, weight * (len(free) - rank)) for rank, variable in enumerate(free)]
        weight *= len(free) + 1
    return Form.of(terms)


def _keep(
    engine: Engine, choice: Sequence[int], values: Sequence[int], rivals: dict[int, set[int]]
) -> None:
    for variable in choice:
        if not values[variable]:
            if engine.system.highs[variable]:
                engine.fix(variable, 0)
            continue
        engine.fix(variable, 1)
        for rival in rivals.get(variable, ()):
            if engine.system.highs[rival]:
                engine.fix(rival, 0)


def _rivals(system: System) -> dict[int, set[int]]:
    """For each variable those that must be 0 once it is 1, by rows `Σ x ≤ 1`."""
    rivals: dict[int, set[int]] = {}
    for row in system.rows:
        binary = all(c == 1 and system.lows[v] == 0 and system.highs[v] <= 1 for v, c in row.terms)
        if row.high == 1 and row.low is None and binary:
            members = {variable for variable, _ in row.terms}
            for variable in members:
                rivals.setdefault(variable, set()).update(members - {variable})
    return rivals
