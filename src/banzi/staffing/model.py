"""The rows of a problem as a mixed integer model: what an exact solver works on.

Variables: one 0/1 per arc, in their order; a whole number for each MISS row, and a 0/1 for each step
of a STEPS row, which the goals push to their true values. `Model.system` has the rows,
`Model.goals` one linear form per tier, `Model.choices` the order that settles ties.

Why there is no plan is asked of smaller systems (`answers.demands`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from banzi.solvers.rows import Form, Row, System
from banzi.staffing.problem import Problem
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import (
    EMPTY,
    OPEN_HIGH,
    OPEN_LOW,
    Int64s,
    RowKind,
    RowSystem,
)


@dataclass(slots=True)
class Model:
    """Variable k below `rows.arcs` says whether arc k is used; `helpers` are those of a row."""

    problem: Problem
    rows: RowSystem
    system: System = field(default_factory=System)
    goals: list[Form] = field(default_factory=list)
    choices: list[tuple[int, ...]] = field(default_factory=list)
    helpers: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def plan(self, values: Sequence[int]) -> Int64s:
        """Per post the arc that a solution uses, or EMPTY."""
        plan = np.full(self.rows.posts, EMPTY, np.int64)
        used = np.flatnonzero(np.array(values[: self.rows.arcs], np.int64))
        plan[self.rows.arc_post[used]] = used
        return plan

    def solution(self, plan: Int64s) -> tuple[int, ...]:
        """The values of all variables with a plan: the other way round from `plan`."""
        rows, values = self.rows, [0] * len(self.system.lows)
        activities = rows.activities(plan)
        missed = rows.missed(activities)
        for arc in plan[plan != EMPTY].tolist():
            values[arc] = 1
        for row, variables in self.helpers.items():
            if rows.kind[row] == RowKind.MISS:
                values[variables[0]] = int(missed[row])
            else:
                for k, variable in enumerate(variables):
                    values[variable] = int(k < activities[row])
        return tuple(values)

    def tier_values(self, values: Sequence[int]) -> list[int]:
        """What each tier is worth with the assignments of a solution.

        A search drives the variables of shortfalls, gains and excess to their true values only for
        the tier it maximises; here they are reckoned from the assignments.
        """
        return self.rows.tier_values(self.plan(values))

    def assignments(self, values: Sequence[int]) -> list[int | None]:
        """Person of each post, None for an empty one."""
        persons = self.rows.arc_person
        return [None if arc == EMPTY else int(persons[arc]) for arc in self.plan(values)]


def build_model(problem: Problem) -> Model:
    """Rows, goals and choices of a problem; banned pairs have a variable held at 0."""
    rows = assemble(problem, with_bans=True)
    model = Model(problem, rows)
    for _ in range(rows.arcs):
        model.system.add_variable()
    model.system.add(*_place_rows(rows))
    model.system.add(*_decision_rows(rows))
    goals: list[list[tuple[int, int]]] = [
        [(int(arc), int(values[arc])) for arc in np.flatnonzero(values)]
        for values in rows.arc_values
    ]
    added: dict[int, int] = {}
    for row in range(rows.rows):
        _add_row(model, row, goals, added)
    constants = rows.constants.tolist()
    model.goals = [Form.of(terms, c) for terms, c in zip(goals, constants, strict=True)]
    model.choices = [
        tuple(range(first, last))
        for first, last in zip(rows.post_start[:-1], rows.post_start[1:], strict=True)
    ]
    return model


def _place_rows(rows: RowSystem) -> Iterator[Row]:
    """Every post at most one person, every person at most one post."""
    for kind, side in (("post", rows.arc_post), ("person", rows.arc_person)):
        rivals: dict[int, list[int]] = {}
        for arc, place in enumerate(side.tolist()):
            rivals.setdefault(place, []).append(arc)
        for place, arcs in rivals.items():
            yield Row.at_most(1, _ones(arcs), name=(kind, str(place)))


def _decision_rows(rows: RowSystem) -> Iterator[Row]:
    """Pins hold; banned pairs are never used."""
    for kind, arcs, value in (("pin", rows.pinned, 1), ("ban", rows.banned, 0)):
        for arc in arcs.tolist():
            name = (kind, str(rows.arc_post[arc]), str(rows.arc_person[arc]))
            yield Row.between(value, value, [(arc, 1)], name=name)


def _add_row(
    model: Model, row: int, goals: list[list[tuple[int, int]]], added: dict[int, int]
) -> None:
    """One row of the system, with the variables it needs; `added`: variable of each MISS row."""
    rows, name = model.rows, model.rows.names[row]
    span = slice(rows.row_start[row], rows.row_start[row + 1])
    arcs, coefficients = rows.row_arcs[span], rows.row_coefficients[span]
    terms = list(zip(arcs.tolist(), coefficients.tolist(), strict=True))
    kind, tier = rows.kind[row], int(rows.tier[row])
    if kind == RowKind.STEPS:
        goals[tier] += _add_steps(model, row, terms)
        return
    low = None if rows.low[row] == OPEN_LOW else int(rows.low[row])
    high = None if rows.high[row] == OPEN_HIGH else int(rows.high[row])
    unit = int(rows.unit[row])
    if kind == RowKind.MISS:
        reach = _reach(rows, arcs, coefficients)
        worst = max(0 if low is None else low - reach[0], 0 if high is None else reach[1] - high)
        added[row] = model.system.add_variable(0, max(0, -(-worst // unit)))
        model.helpers[row] = (added[row],)
        goals[tier].append((added[row], -int(rows.weight[row])))
    by = added.get(int(rows.of[row]))
    makes_up = [] if by is None else [(by, unit if low is not None else -unit)]
    model.system.add(Row.between(low, high, [*terms, *makes_up], name=name))


def _reach(rows: RowSystem, arcs: npt.NDArray[np.integer], coefficients: Int64s) -> tuple[int, int]:
    """Least and greatest activity with at most one arc of each post."""
    posts = rows.arc_post[arcs]
    lows, highs = np.zeros(rows.posts, np.int64), np.zeros(rows.posts, np.int64)
    np.minimum.at(lows, posts, coefficients)
    np.maximum.at(highs, posts, coefficients)
    return int(lows.sum()), int(highs.sum())


def _add_steps(model: Model, row: int, terms: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """For the k-th unit of the activity a variable z_k worth the k-th gain: Σ z ≤ activity.

    Gains that do not increase fill themselves in order. A gain below zero would stay unclaimed, so
    its z_k is forced: activity ≤ k − 1 + (the rest)·z_k.
    """
    rows, name = model.rows, model.rows.names[row]
    gains = rows.gains[rows.gains_start[row] : rows.gains_start[row + 1]].tolist()
    most = len({int(rows.arc_post[arc]) for arc, _ in terms})
    steps = [model.system.add_variable() for _ in gains]
    model.helpers[row] = tuple(steps)
    model.system.add(Row.at_least(0, [*terms, *((step, -1) for step in steps)], name=name))
    for k, (step, gain) in enumerate(zip(steps, gains, strict=True)):
        if gain < 0:
            model.system.add(Row.at_most(k, [*terms, (step, k - most)], name=name))
        yield step, gain


def _ones(variables: Iterable[int]) -> list[tuple[int, int]]:
    return [(variable, 1) for variable in variables]
