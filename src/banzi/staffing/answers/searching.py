"""The best way to fill a block: tiers in order, each proven, all in this process.

Nearly always each tier reaches what whole persons could reach by its linear relaxation. So that is
tried first: the relaxations in order, each held at its bound rounded down, and one exact search of
the last tier. That search looks only at the arcs which the relaxation finds cheap; the costs of
the others prove that they could not do better, or bring them in. Only when there is no such plan
are the tiers searched one by one.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np

from banzi.kernel.compiling import opened
from banzi.solvers.highs import SLACK, Engine, Outcome, Relaxed, Status
from banzi.solvers.rows import Form, Row
from banzi.staffing.answers.block import Block, Goal
from banzi.staffing.answers.in_depth import in_depth
from banzi.staffing.answers.standing import Standing
from banzi.staffing.system.rows import EMPTY, Int64s

WHOLE = 60
"""Posts that one search can hold; of more only the teams concerned are filled anew."""
CHEAP = 6
"""How many arcs for each free post the first search looks at."""
SOON = 0.3
"""Seconds that HiGHS may look for the last tier and the fewest moves together before the compiler
is opened, which takes longer still."""
DEEP, TOGETHER = 3.0, 3.0
"""Seconds that they may be sought together, in depth and by HiGHS."""
NEAREST = 1.0
"""Seconds that the fewest moves may be sought alone."""


@dataclass(frozen=True, slots=True)
class Filled:
    """`standing` is None without a plan. `values[k]`, `bounds[k]`: goal k of it, and proven at most.

    `optimal`: value = bound for every goal; `infeasible`: proven that there is no plan.
    """

    status: Status
    standing: Standing | None = None
    values: tuple[int, ...] = ()
    bounds: tuple[int | None, ...] = ()

    @property
    def proven(self) -> bool:
        return self.status in (Status.OPTIMAL, Status.INFEASIBLE)


def fill(
    block: Block,
    *,
    first: Sequence[Goal] = (),
    floors: Sequence[tuple[Goal, int]] = (),
    seconds: float = math.inf,
) -> Filled:
    """Fill a block: the goals `first`, then the tiers, each maximised among the optima before.

    `floors`: goals that must reach at least so much, and are not maximised.
    """
    if block.impossible:
        return Filled(Status.INFEASIBLE)
    goals = [goal.form() for goal in (*first, *block.tiers)]
    until = time.monotonic() + seconds
    held = [(goal.form(), floor) for goal, floor in floors]
    tried = _at_the_ceilings(block, goals, held, until)
    if tried is not None:
        return tried
    return _one_by_one(block, goals, held, until)


def nearest(block: Block, found: Filled, seconds: float = math.inf) -> Filled:
    """Of the plans worth as much in every tier the one that moves fewest posts; `found` if unsure.

    Whoever asks what changes must not be shown persons trading places for nothing.
    """
    if found.standing is None or found.status is not Status.OPTIMAL:
        return found
    until = time.monotonic() + seconds
    worth = found.standing.tiers
    held = [(goal.form(), value) for goal, value in zip(block.tiers, worth, strict=True)]
    engine, goal = _engine(block, held), kept(block).form()
    relaxed = engine.relaxed(goal, until)
    outcome = None if relaxed is None else _cheap_first(block, engine, goal, relaxed, until)
    if outcome is None or outcome.values is None:
        return found
    plan = Standing(block.standing.rows, block.plan(outcome.values))
    return replace(found, standing=plan) if plan.tiers == worth else found


def fill_nearest(
    block: Block,
    *,
    ceilings: Sequence[int | None] = (),
    groups: Sequence[int] | None = None,
    seconds: float = math.inf,
) -> Filled:
    """`nearest` of `fill`: of the best fillings the one that moves fewest posts.

    Mostly every tier but the last reaches the most that anyone could make of it, so those are held
    there unseen, and one search settles the last tier and, of a post kept worth less than a point
    of it, what is moved. Where that finds nothing the two go one after the other. A search in depth
    that has to end keeps the best it has seen, not proven: any other search takes far longer.

    Parameters
    ----------
    ceilings
        Per tier what no plan exceeds that reaches those before, None where unproven.
    groups
        Per free post the number of its teams, from 0, where these are few: then the search in depth
        is used, once the process has the compiler or HiGHS has tried in vain.
    """
    if block.impossible:
        return Filled(Status.INFEASIBLE)
    until = time.monotonic() + seconds
    *before, last = block.tiers
    held: list[tuple[Goal, int]] = []
    firm = True  # a bound of a tier rests on those before being reached
    for goal, ceiling in zip_longest(before, ceilings[: len(before)]):
        highest = most(block, goal)
        firm = firm and ceiling is not None and ceiling <= highest
        held.append((goal, ceiling if firm and ceiling is not None else highest))
    stay, weight = kept(block), _weight(block)
    costs = last.costs * weight + stay.costs
    both = Goal(costs, last.constant * weight + stay.constant)
    ready = groups is not None and opened()
    found = _by_depth(block, both, held, groups, until) if groups is not None and ready else None
    if found is None:
        found = _by_costs(
            block, both, held, min(until, _in(SOON if groups and not ready else TOGETHER))
        )
    if found is None and groups is not None and not ready:
        found = _by_depth(block, both, held, groups, until)
    if found is not None:
        return found
    return nearest(block, fill(block, seconds=until - time.monotonic()), NEAREST)


def _weight(block: Block) -> int:
    """What a unit of the last tier counts: more than all posts kept together."""
    return len(block.posts) + 1


def _in(seconds: float) -> float:
    return time.monotonic() + seconds


def _by_costs(
    block: Block, both: Goal, held: Sequence[tuple[Goal, int]], until: float
) -> Filled | None:
    """The best for a goal, if HiGHS proves it in time; `held` at their ceilings."""
    engine = _engine(block, [(goal.form(), ceiling) for goal, ceiling in held])
    form = both.form()
    relaxed = engine.relaxed(form, until, presolve=False)
    outcome = None if relaxed is None else _cheap_first(block, engine, form, relaxed, until)
    if outcome is None or outcome.values is None or outcome.bound is None:
        return None
    return _proven(block, block.plan(outcome.values), held, outcome.bound)


def _by_depth(
    block: Block,
    both: Goal,
    held: Sequence[tuple[Goal, int]],
    groups: Sequence[int],
    until: float,
) -> Filled | None:
    """The same by the search in depth; what it has when its time ends, if it could not prove it."""
    floors = [ceiling for _goal, ceiling in held]
    found = in_depth(block, both, _weight(block), floors, groups, min(until, _in(DEEP)))
    if found is None:
        return None
    proven = _proven(block, found.plan, held, found.bound)
    return proven or _reached(block, found.plan, floors, found.bound)


def _proven(
    block: Block, plan: Int64s, held: Sequence[tuple[Goal, int]], bound: int
) -> Filled | None:
    """A plan of which `bound` says that it is best, or nothing: of both, last tier and posts kept."""
    standing = Standing(block.standing.rows, plan)
    weight = _weight(block)
    bounds = [*(ceiling for _goal, ceiling in held), bound // weight]
    unmoved = len(block.posts) - len(block.standing.changed(standing))
    if standing.tiers != bounds or standing.tiers[-1] * weight + unmoved != bound:
        return None
    return Filled(Status.OPTIMAL, standing, tuple(standing.tiers), tuple(bounds))


def _reached(block: Block, plan: Int64s, floors: Sequence[int], bound: int) -> Filled | None:
    """A plan that reaches the floors, of which `bound` does not say that it is best."""
    standing = Standing(block.standing.rows, plan)
    if standing.tiers[:-1] != list(floors) or standing.breached:
        return None
    bounds = (*floors, bound // _weight(block))
    return Filled(Status.FEASIBLE, standing, tuple(standing.tiers), bounds)


def most(block: Block, goal: Goal) -> int:
    """What no filling exceeds: the best arc of each post, and all else at its best."""
    arcs, posts = len(block.arcs), block.standing.rows.arc_post[block.arcs]
    best = np.zeros(block.standing.rows.posts, np.int64)
    np.maximum.at(best, posts, goal.costs[:arcs])
    others = np.maximum(0, goal.costs[arcs:]) * block.matrix.highs[arcs:]
    return goal.constant + int(best.sum()) + int(others.sum())


def kept(block: Block) -> Goal:
    """How many posts of a block stay as they are; an empty one does while nobody sits there."""
    rows, plan = block.standing.rows, block.standing.plan
    old = plan[rows.arc_post[block.arcs]]
    weights = np.where(block.arcs == old, 1, 0) - np.where(old == EMPTY, 1, 0)
    return block.counting(weights, int((plan[block.posts] == EMPTY).sum()))


def feasible(block: Block, *, seconds: float = math.inf) -> Filled:
    """Some way to fill a block, or the proof that there is none."""
    if block.impossible:
        return Filled(Status.INFEASIBLE)
    until = time.monotonic() + seconds
    outcome = Engine(block.matrix).maximise(Form(), until=until)
    if outcome.values is None:
        return Filled(outcome.status)
    return Filled(outcome.status, Standing(block.standing.rows, block.plan(outcome.values)))


def _at_the_ceilings(
    block: Block, goals: Sequence[Form], held: Sequence[tuple[Form, int]], until: float
) -> Filled | None:
    engine = _engine(block, held)
    *earlier, last = goals
    ceilings: list[int] = []
    for goal in earlier:
        relaxed = engine.relaxed(goal, until)
        if relaxed is None:
            return None
        ceilings.append(_whole(goal, relaxed.bound))
        _hold(engine, goal, ceilings[-1])
    relaxed = engine.relaxed(last, until)
    outcome = None if relaxed is None else _cheap_first(block, engine, last, relaxed, until)
    if outcome is None or outcome.values is None:
        return None
    return _filled(block, goals, outcome.values, [*ceilings, outcome.bound])


def _cheap_first(
    block: Block, engine: Engine, goal: Form, relaxed: Relaxed, until: float
) -> Outcome | None:
    """The best among the arcs that cost little; proven when the others cost too much."""
    arcs, highs = len(block.arcs), block.matrix.highs
    costs = np.where(relaxed.reduced[:arcs] > 0, 0.0, -relaxed.reduced[:arcs])
    many = CHEAP * len(block.posts)
    edge = float(np.partition(costs, many)[many]) if many < arcs else math.inf
    known: list[int] | None = None
    while True:
        shut = np.zeros(len(highs), bool)
        shut[:arcs] = (costs > edge) & (block.matrix.lows[:arcs] == 0)
        engine.limit(np.where(shut, 0, highs))
        outcome = engine.maximise(goal, until=until, start=known, sure=False)
        engine.limit(highs)
        if outcome.status is not Status.OPTIMAL or outcome.value is None:
            if not shut.any():
                return None
            edge = math.inf
            continue
        # whoever uses a shut arc is worth less than bound − edge
        if not shut.any() or relaxed.bound - edge < outcome.value + 1 - relaxed.slack:
            return outcome
        known, edge = outcome.values, relaxed.bound - outcome.value + relaxed.slack


def _one_by_one(
    block: Block, goals: Sequence[Form], held: Sequence[tuple[Form, int]], until: float
) -> Filled:
    engine = _engine(block, held)
    bounds: list[int | None] = [None] * len(goals)
    values: list[int] | None = None
    for place, goal in enumerate(goals):
        outcome = engine.maximise(goal, until=until, start=values)
        bounds[place] = outcome.bound
        if outcome.values is not None and (
            values is None or goal.value(outcome.values) >= goal.value(values)
        ):
            values = outcome.values
        if values is None:
            return Filled(outcome.status, bounds=tuple(bounds))
        if goal.value(values) != outcome.bound:
            break
        _hold(engine, goal, goal.value(values))
    assert values is not None  # noqa: S101 - the first goal found one, or returned
    return _filled(block, goals, values, bounds)


def _engine(block: Block, held: Sequence[tuple[Form, int]]) -> Engine:
    """An engine of its own: what it adds to the matrix is not the block's."""
    engine = Engine(replace(block.matrix))
    for goal, floor in held:
        _hold(engine, goal, floor)
    return engine


def _hold(engine: Engine, goal: Form, value: int) -> None:
    engine.add_row(Row(("held",), goal.terms, value - goal.constant, None))


def _whole(goal: Form, bound: float) -> int:
    """The greatest value of a form that a bound allows: its coefficients step by their divisor."""
    step = math.gcd(*(c for _, c in goal.terms)) or 1
    return goal.constant + math.floor((bound - goal.constant) / step + SLACK) * step


def _filled(
    block: Block, goals: Sequence[Form], values: list[int], bounds: Sequence[int | None]
) -> Filled:
    plan = Standing(block.standing.rows, block.plan(values))
    reached = [goal.value(values) for goal in goals]
    reached[len(goals) - len(block.tiers) :] = plan.tiers
    status = Status.OPTIMAL if list(bounds) == reached else Status.FEASIBLE
    return Filled(status, plan, tuple(reached), tuple(bounds))
