"""Tries every plan of a tiny bundle, scoring with the referee: the oracle for the solver.

The referee is a second reading of the specification and shares no line with the model.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from banzi.staffing import referee


@dataclass(frozen=True)
class Best:
    """Tier values and assignments (post order, None for empty) of the canonical optimum."""

    values: list[int]
    assignments: list[str | None]


def best_plan(folder: Path) -> Best | None:
    """The canonical optimum of a bundle, or None when no plan meets the hard rules."""
    problem = referee.load_problem(folder)
    posts, people = list(problem["post"]), list(problem["person"])
    position = {person: place for place, person in enumerate(people)}
    best: tuple[list[int], list[int], list[str | None]] | None = None
    for plan in _plans(problem, posts, {}):
        if referee.breaches(problem, plan):
            continue
        values = values_of(problem, plan)
        order = [position[plan[post]] if post in plan else len(people) for post in posts]
        key = (values, [-place for place in order])
        if best is None or key > best[:2]:
            best = (*key, [plan.get(post) for post in posts])
    return None if best is None else Best(best[0], best[2])


def values_of(problem: referee.Bundle, plan: dict[str, str]) -> list[int]:
    """What each tier is worth with a plan, as the referee reckons it."""
    return [referee.tier_value(problem, tier, plan) for tier in problem["settings"]["tiers"]]


def plans_of(problem: referee.Bundle) -> Iterator[dict[str, str]]:
    """Every way to seat candidates, good or bad: post → person of the filled posts."""
    yield from _plans(problem, list(problem["post"]), {})


def _plans(
    problem: referee.Bundle, posts: list[str], plan: dict[str, str]
) -> Iterator[dict[str, str]]:
    if not posts:
        yield plan
        return
    yield from _plans(problem, posts[1:], plan)
    for person in problem["person"]:
        if (posts[0], person) in problem["pair"] and person not in plan.values():
            yield from _plans(problem, posts[1:], {**plan, posts[0]: person})
