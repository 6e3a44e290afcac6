"""How little a mean must give way: the least bound at which the other members of a clash hold.

A mean misses by a sum over its members, and how many members a plan has is open. So not the sum
but the bound itself is sought, in the whole units of its column. Over few pairs an exact search
finds the least: it looks for the plan that lies best by a bound just tighter than the last one
reached, until there is none, which fractions mostly show. Over many pairs fractions say which bounds
are out of reach and walks show which are within; in between the bound is halved as long as there is
time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from banzi.solvers.highs import Engine
from banzi.solvers.rows import Form, Name
from banzi.staffing.answers.demands import FREE, Demands
from banzi.staffing.answers.finding import EASED_ROUNDS, walk_to_a_plan
from banzi.staffing.answers.fractions import clash_in_fractions
from banzi.staffing.problem import Target
from banzi.staffing.system.rows import EMPTY

NEARER_ROUNDS = 6
"""Rounds of the walks that come nearer: one that fails takes them all."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A bound at which the others hold, shown by a plan; `least`: shown that none tighter does."""

    bound: int
    least: bool


def least_bound(
    demands: Demands, members: Sequence[Name], target: Target, until: float
) -> Reached | None:
    """The bound that an exact search shows to be the least change, or as far as time allowed."""
    others = [name for name in members if name != ("target", target.target_id)]
    scope = demands.scope_of(target)
    system, arcs = demands.system(others, cuts=False, more=scope)
    column = np.searchsorted(arcs, scope)
    sign = _sign(target)
    values = demands.values_of(target, scope)
    engine, best, asked = Engine(system), None, target.bound
    while time.monotonic() < until:
        form = Form.of(zip(column.tolist(), (sign * (values - asked)).tolist(), strict=True))
        if best is not None and _below_zero(engine, form, until):
            return replace(best, least=True)
        outcome = engine.maximise(form, until=until)
        if best is not None and outcome.bound is not None and outcome.bound < 0:
            return replace(best, least=True)
        if outcome.values is None or (best is not None and form.value(outcome.values) < 0):
            break
        used = arcs[np.flatnonzero(np.array(outcome.values, np.int64))]
        bound = demands.bound_met(target, used)
        if bound is None:
            return None
        asked = bound + sign
        best = Reached(bound, least=asked == target.bound)
        if best.least:
            break
    return best


def _below_zero(engine: Engine, form: Form, until: float) -> bool:
    """Whether fractions show already that a form is below 0: a fiftieth of what the search takes."""
    relaxed = engine.relaxed(form, until)
    return relaxed is not None and relaxed.bound + relaxed.slack < 0


def nearing_bounds(
    demands: Demands, members: Sequence[Name], target: Target, until: float
) -> Iterator[Reached]:
    """Ever tighter bounds over many pairs; whoever asks may stop at any."""
    name, sign = ("target", target.target_id), _sign(target)
    plan = walk_to_a_plan(demands, members, until, {name: FREE}, EASED_ROUNDS)
    within = None if plan is None else demands.bound_met(target, plan[plan != EMPTY])
    if within is None:
        return
    yield Reached(within, least=within + sign == target.bound)
    refuted, unclear = target.bound, within
    while abs(unclear - refuted) > 1 and time.monotonic() < until:
        middle = (refuted + unclear) // 2
        asked = _with_bound(demands, members, target, middle)
        if clash_in_fractions(asked, members, until) is None:
            unclear = middle
        else:
            refuted = middle
    if within + sign == refuted:
        yield Reached(within, least=True)
    out, middle = refuted, refuted - sign  # `out`: no walk has come so far
    while abs(within - out) > 1 and time.monotonic() < until:
        asked = _with_bound(demands, members, target, middle)
        plan = walk_to_a_plan(asked, members, until, rounds=NEARER_ROUNDS)
        met = None if plan is None else demands.bound_met(target, plan[plan != EMPTY])
        if met is None:
            out = middle
        else:
            within = met
            yield Reached(within, least=within + sign == refuted)
        middle = (out + within) // 2


def _with_bound(demands: Demands, members: Sequence[Name], target: Target, bound: int) -> Demands:
    """Only the members of a clash, one of them at another bound."""
    problem = demands.problem
    kept = {name[1] for name in members if name[0] == "target"}
    apart = {name[1] for name in members if name[0] == "exclusion"}
    targets = tuple(
        replace(each, bound=bound) if each.target_id == target.target_id else each
        for each in problem.targets
        if each.target_id in kept
    )
    exclusions = tuple(each for each in problem.exclusions if str(each.number) in apart)
    return Demands.of(replace(problem, targets=targets, exclusions=exclusions, tiers=()))


def _sign(target: Target) -> int:
    """The way in which a bound is tighter."""
    return 1 if target.op == ">=" else -1
