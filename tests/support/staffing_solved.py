"""Solving without a child process, for tests that solve many bundles."""

from __future__ import annotations

import math

from banzi.solvers.lexicographic import Ordered, Task, maximise_in_order
from banzi.staffing.bundle import Bundle
from banzi.staffing.model import Model, build_model
from banzi.staffing.plan import Plan, TierResult
from banzi.staffing.reading import interpret


def solved(bundle: Bundle) -> tuple[Model, Ordered]:
    """The model of a bundle and its canonical optimum, found in this process."""
    model = build_model(interpret(bundle))
    task = Task(model.system, tuple(model.goals), tuple(model.choices))
    return model, maximise_in_order(task, math.inf, lambda _: None)


def plan_of(model: Model, ordered: Ordered) -> Plan:
    """The plan that `solving.solve` would report."""
    problem = model.problem
    names = [tier.name for tier in problem.tiers]
    if ordered.values is None:
        tiers = tuple(TierResult(name, None, None) for name in names)
        return Plan(str(ordered.status), tiers, 0, None, (), (), {}, {}, problem.sha256)
    worth = model.tier_values(ordered.values)
    people = model.assignments(ordered.values)
    assignments = tuple(
        (post.post_id, None if person is None else problem.persons[person])
        for post, person in zip(problem.posts, people, strict=True)
    )
    tiers = tuple(map(TierResult, names, worth, ordered.bounds))
    return Plan(str(ordered.status), tiers, 0, 0, assignments, (), {}, {}, problem.sha256)
