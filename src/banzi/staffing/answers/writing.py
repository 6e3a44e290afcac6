"""A plan that an answer found, as `plan.json` has it."""

from __future__ import annotations

from banzi.staffing.answers.case import Case
from banzi.staffing.answers.standing import Standing
from banzi.staffing.plan import Plan, TierResult, versions


def plan_of(case: Case, standing: Standing) -> Plan:
    """A feasible plan; the bounds of the plan it came from hold for it while it is no better."""
    problem, tiers, proven = case.problem, [], True
    for tier, old, value in zip(problem.tiers, case.plan.tiers, standing.tiers, strict=True):
        # a bound holds over plans whose earlier tiers reach at least the old values
        bound = old.bound if proven and old.bound is not None and old.bound >= value else None
        tiers.append(TierResult(tier.name, value, bound))
        proven = proven and old.value == value
    assignments = tuple(
        (post.post_id, None if (person := standing.person(place)) < 0 else problem.persons[person])
        for place, post in enumerate(problem.posts)
    )
    return Plan(
        status="feasible",
        tiers=tuple(tiers),
        seconds=0.0,
        first_plan_seconds=0.0,
        assignments=assignments,
        trace=(),
        settings={},
        versions=versions(),
        problem_sha256=problem.sha256,
    )
