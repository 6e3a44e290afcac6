"""A problem and a plan for it, read together, with names for people to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from banzi.kernel.errors import BadInput, Location
from banzi.kernel.errors import Problem as Finding
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.answers.counting import Counting
from banzi.staffing.answers.demands import team_blocks
from banzi.staffing.answers.names import Names
from banzi.staffing.answers.standing import Standing
from banzi.staffing.conflicts import titles
from banzi.staffing.plan import Plan, read_plan
from banzi.staffing.problem import Problem
from banzi.staffing.reading import read_problem
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY

OTHER_PROBLEM = MessageKind(
    "plan/other-problem", _("方案不是按这份选配问题求得的；请用同一份问题，或重新求解")
)
NOTHING_IN_PLAN = MessageKind(
    "plan/nothing-in-plan", _("方案中没有人员安排（状态：{status}）；请先求得可行方案")
)
NOT_IN_PROBLEM = MessageKind(
    "plan/not-in-problem", _("方案中的职位{post}、人员{person}不是这份选配问题的可选组合")
)
NO_POST = MessageKind("plan/no-post", _("没有名称或标识为“{typed}”的职位"))
NO_PERSON = MessageKind(
    "plan/no-person", _("选配问题中没有“{typed}”：不是任何职位的可选人员，或姓名、标识有误")
)
SEVERAL = MessageKind("plan/several", _("“{typed}”不止一个，请改用标识：{ids}"))
BAD_PAIR = MessageKind("plan/bad-pair", _("“{typed}”不对：写作 职位=人员"))


@dataclass(frozen=True)
class Case:
    """`plan` is the plan as written; `standing` the same in the arrays of the problem."""

    problem: Problem
    plan: Plan
    standing: Standing
    names: Names

    @cached_property
    def blocks(self) -> list[frozenset[int]]:
        """Posts of teams that share a concurrent post."""
        return team_blocks(self.problem)

    @cached_property
    def counting(self) -> Counting:
        """What each tier counts, in persons and posts."""
        return Counting(self.problem, self.standing.rows)

    def block_of(self, post: int) -> frozenset[int]:
        return next(block for block in self.blocks if post in block)

    def around(self, arc: int) -> frozenset[int]:
        """The blocks an arc touches: that of its post, and that of the seat its person leaves."""
        rows = self.standing.rows
        free = self.block_of(int(rows.arc_post[arc]))
        seat = int(self.standing.seat_of[rows.arc_person[arc]])
        return free if seat == EMPTY else free | self.block_of(seat)

    def groups(self, posts: Iterable[int]) -> list[int]:
        """Per post, rising, the number of its block among theirs."""
        numbers: dict[frozenset[int], int] = {}
        return [
            numbers.setdefault(self.block_of(post), len(numbers)) for post in sorted(set(posts))
        ]

    def post_name(self, post: int) -> str:
        return self.names.post(self.problem.posts[post].post_id)

    def person_name(self, person: int) -> str:
        return "" if person == EMPTY else self.names.person(self.problem.persons[person])

    @cached_property
    def titles(self) -> dict[str, str]:
        """Target id → as the office words it; the id where it does not."""
        worded = titles(self.problem)
        ids = (target.target_id for target in self.problem.targets)
        return {each: worded.get(each) or each for each in ids}

    def post(self, typed: str) -> int:
        """The place of a post by id or name."""
        ids = [post.post_id for post in self.problem.posts]
        return _place(typed, ids, self.names.posts, NO_POST)

    def person(self, typed: str) -> int:
        """The place of a person by id, name, or name with what tells namesakes apart."""
        ids = list(self.problem.persons)
        told = (each for each in self.names.apart if self.names.person(each) == typed)
        return _place(next(told, typed), ids, self.names.persons, NO_PERSON)

    def find_person(self, typed: str) -> int | None:
        """The same, None for somebody whom the problem does not know.

        Raises
        ------
        BadInput
            `plan/several`.
        """
        ids = self.problem.persons
        known = typed in ids or any(
            typed == self.names.persons.get(each)
            or (each in self.names.apart and typed == self.names.person(each))
            for each in ids
        )
        return self.person(typed) if known else None

    def pair(self, typed: str) -> tuple[int, int]:
        """Post and person of a text `POST=PERSON`."""
        post, sign, person = typed.partition("=")
        if not sign or not post or not person:
            raise BadInput([Finding(BAD_PAIR(typed=typed))])
        return self.post(post), self.person(person)

    def ids(self, post: int, person: int) -> dict[str, str | None]:
        return {
            "post_id": self.problem.posts[post].post_id,
            "person_id": None if person == EMPTY else self.problem.persons[person],
        }


def _place(typed: str, ids: list[str], names: dict[str, str], missing: MessageKind) -> int:
    if typed in ids:
        return ids.index(typed)
    found = [each for each in ids if names.get(each) == typed]
    if len(found) == 1:
        return ids.index(found[0])
    message: Message = SEVERAL(typed=typed, ids=found) if found else missing(typed=typed)
    raise BadInput([Finding(message)])


def read_case(folder: Path, plan_path: Path) -> Case:
    """Read a problem and one of its plans.

    Raises
    ------
    BadInput
        Also when the plan belongs to another problem, or has nobody in it.
    """
    return with_plan(read_problem(folder), plan_path, Names.read(folder))


def with_plan(problem: Problem, plan_path: Path, names: Names) -> Case:
    """A plan for a problem that is read already."""
    plan, at = read_plan(plan_path), Location(str(plan_path))
    if plan.problem_sha256 != problem.sha256:
        raise BadInput([Finding(OTHER_PROBLEM(), at)])
    if not plan.found:
        raise BadInput([Finding(NOTHING_IN_PLAN(status=plan.status), at)])
    return case_of(problem, plan, names, at)


def case_of(problem: Problem, plan: Plan, names: Names, at: Location | None = None) -> Case:
    """A plan of a problem, both in memory; `at` is where wrong pairs are reported.

    Raises
    ------
    BadInput
        `plan/not-in-problem`: a pair that is no candidate, or a person in two posts.
    """
    at = at or Location()
    rows = assemble(problem)
    posts = {post.post_id: place for place, post in enumerate(problem.posts)}
    persons = {person: place for place, person in enumerate(problem.persons)}
    arcs = np.full(rows.posts, EMPTY, np.int64)
    wrong = []
    for post, person in plan.assignments:
        if person is None:
            continue
        arc = EMPTY
        if post in posts and person in persons:
            arc = rows.arc_of(posts[post], persons[person])
        if arc == EMPTY:
            wrong.append(Finding(NOT_IN_PROBLEM(post=post, person=person), at))
        else:
            arcs[posts[post]] = arc
    twice = [k for k, n in Counter(rows.arc_person[arcs[arcs != EMPTY]].tolist()).items() if n > 1]
    wrong += [
        Finding(NOT_IN_PROBLEM(post="", person=problem.persons[person]), at) for person in twice
    ]
    if wrong:
        raise BadInput(wrong)
    return Case(problem, plan, Standing(rows, arcs), names)
