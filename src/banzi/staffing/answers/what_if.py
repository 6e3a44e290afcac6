"""What if this person were to sit there, or not: told in three steps, each saying which it is.

`instant`  what moving one or two persons gives at once: a plan at least as good as that exists when
           it keeps every requirement, and none is better than the bounds of the plan.
`block`    the teams concerned are filled anew, the rest held: in tens of milliseconds for one or two
           teams, in a second or three for four; mostly proven, and says so.
`all`      every post filled anew, proven: where there are few posts.
`whole`    everything is solved anew (`solving`), with a time limit.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np

from banzi.kernel.errors import BadInput
from banzi.kernel.errors import Problem as Finding
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.solvers.highs import Status
from banzi.staffing.answers.block import Block, Wish
from banzi.staffing.answers.case import Case
from banzi.staffing.answers.searching import fill_nearest
from banzi.staffing.answers.standing import Standing
from banzi.staffing.answers.swapping import swaps
from banzi.staffing.plan import Plan
from banzi.staffing.solving import solve
from banzi.staffing.system.rows import EMPTY

NO_CANDIDATE = MessageKind(
    "plan/pin-no-candidate",
    _("{person}不是职位{post}的可选人员，不能指定；可用banzi plan why查看原因"),
)
TWICE = MessageKind("plan/pin-twice", _("职位{post}或人员{person}指定了不止一次，或又指定又排除"))


@dataclass(frozen=True, slots=True)
class Answer:
    """`step`: instant | block | all | whole. `standing` is None when the step found no plan.

    `status`: optimal (nothing better within the step's reach), feasible, infeasible (within that
    reach), unknown. `ceilings`: per tier what no plan exceeds at all, None where unproven.
    """

    step: str
    status: str
    standing: Standing | None
    ceilings: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Arcs that must be used, arcs that must not."""

    pinned: tuple[int, ...] = ()
    banned: tuple[int, ...] = ()

    @property
    def wish(self) -> Wish:
        return Wish(self.pinned, self.banned)


def question(
    case: Case, pins: Iterable[tuple[int, int]], bans: Iterable[tuple[int, int]]
) -> Question:
    """A question from (post, person) places.

    Raises
    ------
    BadInput
        A pin that is no candidate pair, two that cannot both hold, or a ban of what the problem
        itself has decided.
    """
    rows = case.standing.rows
    pins, bans = list(dict.fromkeys(pins)), list(dict.fromkeys(bans))
    wrong = [
        Finding(TWICE(post=case.post_name(post), person=case.person_name(person)))
        for post, person in bans
        if (post, person) in case.problem.pins
    ]
    for post, person in pins:
        said = {"post": case.post_name(post), "person": case.person_name(person)}
        if rows.arc_of(post, person) == EMPTY:
            wrong.append(Finding(NO_CANDIDATE(**said)))
        elif (post, person) in bans or any(
            (post == p) != (person == c) for p, c in (*pins, *case.problem.pins)
        ):
            wrong.append(Finding(TWICE(**said)))
    if wrong:
        raise BadInput(wrong)
    arcs = [rows.arc_of(*pair) for pair in bans]
    return Question(
        tuple(rows.arc_of(*pair) for pair in pins), tuple(arc for arc in arcs if arc != EMPTY)
    )


def instant(case: Case, asked: Question) -> Answer:
    """Each pin set and each ban emptied, seats that fall free given to the best free person."""
    standing = case.standing
    rows, banned = standing.rows, set(asked.banned)
    open_posts: list[int] = []
    for arc in asked.pinned:
        post = int(rows.arc_post[arc])
        seat = int(standing.seat_of[rows.arc_person[arc]])
        if seat not in (EMPTY, post):
            open_posts.append(seat)
        standing = standing.with_arc(post, arc)
    for arc in asked.banned:
        post = int(rows.arc_post[arc])
        if int(standing.plan[post]) == arc:
            standing = standing.with_arc(post, EMPTY)
            open_posts.append(post)
    for post in open_posts:
        found = swaps(standing, post)
        usable = replace(found, keeps=found.keeps & ~np.isin(found.arcs, list(banned)))
        for best in usable.best(1):
            standing = standing.with_arc(post, int(found.arcs[best]))
    ceilings = tuple(tier.bound for tier in case.plan.tiers)
    if standing.breached or _breaks_pins(standing):
        return Answer("instant", str(Status.UNKNOWN), None, ceilings)
    return Answer("instant", str(Status.FEASIBLE), standing, ceilings)


def within_blocks(case: Case, asked: Question, seconds: float = math.inf) -> Answer:
    """The teams concerned filled anew, the rest of the plan held."""
    free: set[int] = set()
    for arc in (*asked.pinned, *asked.banned):
        free |= case.around(arc)
    return _filled(case, "block", free, asked, seconds, case.groups(free))


def within_all(case: Case, asked: Question, seconds: float = math.inf) -> Answer:
    """Every post filled anew, in this process: for problems of a few dozen posts."""
    return _filled(case, "all", range(case.standing.rows.posts), asked, seconds)


def _filled(
    case: Case,
    step: str,
    free: Iterable[int],
    asked: Question,
    seconds: float,
    groups: Sequence[int] | None = None,
) -> Answer:
    block = Block(case.standing, free, asked.wish)
    ceilings = tuple(tier.bound for tier in case.plan.tiers)
    found = fill_nearest(block, ceilings=_firm(case.plan), groups=groups, seconds=seconds)
    return Answer(step, str(found.status), found.standing, ceilings)


def _firm(plan: Plan) -> tuple[int | None, ...]:
    """Bounds of the tiers that hold for every plan: each rests on those before being reached."""
    firm = list(takewhile(lambda tier: tier.proven, plan.tiers))
    return tuple(tier.bound for tier in firm)


def whole(
    case: Case, asked: Question, seconds: float, progress: Progress | None = None
) -> tuple[Answer, Plan]:
    """Everything solved anew under the question; the plan found is given too."""
    problem, rows = case.problem, case.standing.rows
    pairs = [
        [(int(rows.arc_post[arc]), int(rows.arc_person[arc])) for arc in arcs]
        for arcs in (asked.pinned, asked.banned)
    ]
    pins, bans = (
        dict.fromkeys((*old, *new))
        for old, new in zip((problem.pins, problem.bans), pairs, strict=True)
    )
    changed = replace(problem, pins=tuple(pins), bans=tuple(bans))
    plan = solve(changed, seconds, progress=progress)
    bounds = tuple(tier.bound for tier in plan.tiers)
    return Answer("whole", plan.status, _standing(case, plan), bounds), plan


def _standing(case: Case, plan: Plan) -> Standing | None:
    if not plan.found:
        return None
    persons = {person: place for place, person in enumerate(case.problem.persons)}
    rows = case.standing.rows
    arcs = [
        EMPTY if person is None else rows.arc_of(post, persons[person])
        for post, (_id, person) in enumerate(plan.assignments)
    ]
    return Standing(rows, np.array(arcs, np.int64))


def _breaks_pins(standing: Standing) -> bool:
    rows = standing.rows
    return bool((standing.plan[rows.arc_post[rows.pinned]] != rows.pinned).any())
