"""Bundles on disk, plans in arrays: what tests of answers start from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tests.support.staffing_brute_force import best_plan
from tests.support.staffing_bundles import random_bundle

from banzi.staffing import referee
from banzi.staffing.answers.case import Case
from banzi.staffing.answers.names import NAMES_FILE, Names
from banzi.staffing.answers.standing import Standing
from banzi.staffing.answers.writing import plan_of
from banzi.staffing.bundle import Bundle
from banzi.staffing.plan import Plan, TierResult, write_plan
from banzi.staffing.problem import Problem
from banzi.staffing.reading import interpret
from banzi.staffing.system.assembling import assemble
from banzi.staffing.system.rows import EMPTY, RowSystem


def disk(bundle: Bundle, folder: Path) -> Path:
    """Write a bundle where the referee can read it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in bundle.files().items():
        (folder / name).write_bytes(content)
    return folder


def standing_of(problem: Problem, plan: dict[str, str] | None = None) -> Standing:
    """A plan by ids, in the arrays of its problem; nobody placed without one."""
    rows = assemble(problem)
    arcs = np.full(rows.posts, EMPTY, np.int64)
    for place, post in enumerate(problem.posts):
        if plan and post.post_id in plan:
            arcs[place] = rows.arc_of(place, problem.persons.index(plan[post.post_id]))
    return Standing(rows, arcs)


def named(problem: Problem, standing: Standing) -> dict[str, str]:
    """Post id → person id of the filled posts."""
    rows: RowSystem = standing.rows
    return {
        problem.posts[post].post_id: problem.persons[rows.arc_person[arc]]
        for post, arc in enumerate(standing.plan)
        if arc != EMPTY
    }


def case_of(problem: Problem, plan: dict[str, str]) -> Case:
    """A case as `read_case` makes it, the plan's tiers taken as proven."""
    standing = standing_of(problem, plan)
    tiers = tuple(
        TierResult(tier.name, value, value)
        for tier, value in zip(problem.tiers, standing.tiers, strict=True)
    )
    assignments = tuple((post.post_id, plan.get(post.post_id)) for post in problem.posts)
    written = Plan("optimal", tiers, 0, 0, assignments, (), {}, {}, problem.sha256)
    return Case(problem, written, standing, Names())


def asked_of(
    bundle: Bundle, plan: dict[str, str], names: dict[tuple[str, str], str], folder: Path
) -> tuple[str, str]:
    """What the commands that ask about a plan begin with: the folders of a problem and a plan.

    `plan`: post id → person id. `names`: (kind, id) → what the bundle calls it.
    """
    problem = disk(bundle, folder / "problem")
    lines = ["kind,id,name", *(f"{kind},{id_},{name}" for (kind, id_), name in names.items())]
    (problem / NAMES_FILE).write_text("\n".join(lines) + "\n", "utf-8")
    case = case_of(interpret(bundle), plan)
    write_plan(folder / "plan", plan_of(case, case.standing))
    return str(problem), str(folder / "plan")


@dataclass(frozen=True, slots=True)
class Best:
    """A bundle, also as the referee reads it, and its optimum by trying every plan."""

    seed: int
    problem: Problem
    read: referee.Bundle
    plan: dict[str, str]
    values: list[int]

    @property
    def posts(self) -> list[str]:
        return [post.post_id for post in self.problem.posts]

    def case(self) -> Case:
        return case_of(self.problem, self.plan)


def best_plans(seeds: Iterable[int], folder: Path) -> Iterator[Best]:
    """Random bundles that admit a plan, each with its best one."""
    for seed in seeds:
        bundle = random_bundle(seed)
        place = disk(bundle, folder / str(seed))
        best = best_plan(place)
        if best is None:
            continue
        problem = interpret(bundle)
        held = zip(problem.posts, best.assignments, strict=True)
        plan = {post.post_id: person for post, person in held if person is not None}
        yield Best(seed, problem, referee.load_problem(place), plan, best.values)
