"""`python -m benchmarks answers`: what-if within blocks, and clashes with their ways out.

A problem is drawn and planned by the command of the program; then, in this process, with the compiler
open as where people ask one question after another, each question is timed by the clock: a person set
on a post (who is free, or who leaves another seat), a person kept from a post, by the number of posts
filled anew. Clashes are planted in the same problem: in one team (as many born in the 1980s as make a
mean age impossible) and across all regions (fewer of them in each than all together must have); the
time is that of the whole answer: the smallest clash, verified, and every way out that is found.

--posts 360 --seed 1 --tightness standard
--seconds 60        limit of the plan
--questions 60      of each kind
--teams 12          teams with a clash planted, one problem each
--folder FOLDER     where problem and plan are kept and found again
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np

from banzi.cli.plan_whatif import BLOCK_SECONDS
from banzi.staffing.answers import what_if
from banzi.staffing.answers.case import Case, read_case
from banzi.staffing.bundle import Bundle, Table
from banzi.staffing.conflicts import explain_infeasible
from banzi.staffing.problem import Problem
from banzi.staffing.reading import interpret
from banzi.staffing.search.warming import warm
from banzi.staffing.system.rows import EMPTY
from benchmarks.environments import said_by
from benchmarks.machine import load_text, machine
from benchmarks.staffing.instances import Instance, bundle_of, drawn_for, write_instance

_OLD = 55 * 12
"""Months that no team has on the mean of which more than half were born in the 1980s."""
_WARM = 5
"""Questions before the clock starts: the loops are read then."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks answers", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--posts", type=int, default=360)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tightness", default="standard")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--teams", type=int, default=12)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args(arguments)
    print(machine(("numpy", "numba", "highspy")), flush=True)
    with tempfile.TemporaryDirectory(prefix="banzi-answers-") as made:
        folder = asked.folder or Path(made)
        instance = Instance(asked.posts, asked.seed, asked.tightness)
        problem = write_instance(folder / instance.name, instance)
        plan = folder / instance.name / "plan"
        if not plan.exists():
            words = ["-m", "banzi", "plan", "solve", str(problem), "--out", str(plan)]
            said_by(Path(sys.executable), [*words, "--seconds", str(asked.seconds)], expected=0)
        draw = Random(asked.seed)  # noqa: S311 - the same questions each time
        _questions(read_case(problem, plan), draw, asked.questions)
        _clashes(instance, asked.teams)
    return 0


def _questions(case: Case, draw: Random, count: int) -> None:
    warm()
    rows, standing = case.standing.rows, case.standing
    free: list[what_if.Question] = []
    leaving: list[what_if.Question] = []
    kept: list[what_if.Question] = []
    for post in draw.choices(range(rows.posts), k=count):
        first, last = rows.post_start[post : post + 2]
        arcs = [a for a in range(int(first), int(last)) if a != standing.plan[post]]
        seats = standing.seat_of[rows.arc_person[arcs]]
        for into, which in ((free, seats == EMPTY), (leaving, seats != EMPTY)):
            if which.any():
                arc = draw.choice(np.array(arcs)[which].tolist())
                into.append(what_if.Question(pinned=(arc,)))
        if standing.plan[post] != EMPTY:
            kept.append(what_if.Question(banned=(int(standing.plan[post]),)))
    for question in (*free[:_WARM], *leaving[:_WARM], *kept[:_WARM]):
        what_if.within_blocks(case, question)
    print(f"\nload {load_text()}\n\n| question | posts anew | asked | median | p90 | slowest | |")
    print("|---|--:|--:|--:|--:|--:|---|")
    for title, questions in (
        ("set, free before", free), ("set, leaving a seat", leaving), ("kept from a post", kept),
    ):  # fmt: skip
        if questions:
            _timed(case, title, questions)


def _timed(case: Case, title: str, questions: Sequence[what_if.Question]) -> None:
    taken: dict[int, list[tuple[float, str]]] = {}
    for question in questions:
        touched: set[int] = set()
        for arc in (*question.pinned, *question.banned):
            touched |= case.around(arc)
        began = time.perf_counter()
        answer = what_if.within_blocks(case, question, BLOCK_SECONDS)
        taken.setdefault(len(touched), []).append(
            (1_000 * (time.perf_counter() - began), answer.status)
        )
    lines: list[tuple[object, list[tuple[float, str]]]] = sorted(taken.items())
    lines.append(("any", [one for each in taken.values() for one in each]))
    for posts, each in lines:
        times = [ms for ms, _ in each]
        median, late, most = np.percentile(times, [50, 90, 100])
        states = ", ".join(f"{n} {status}" for status, n in Counter(s for _, s in each).items())
        print(f"| {title} | {posts} | {len(times)} | {median:.0f} ms | {late:.0f} ms | {most:.0f} ms "
              f"| {states} |", flush=True)  # fmt: skip


def _clashes(instance: Instance, count: int) -> None:
    bundle = bundle_of(drawn_for(instance), instance)
    ids = bundle.tables["teams.csv"].column("team_id")
    regions = list(dict.fromkeys(bundle.tables["teams.csv"].column("region")))
    print(f"\nload {load_text()}\n\n| clash | members | verified | ways out | whole answer |")
    print("|---|--:|---|--:|--:|")
    size = Counter(
        team for teams in bundle.tables["posts.csv"].column("team_ids") for team in teams.split(";")
    )
    for team in ids[:count]:
        _answered(f"in {team}", _with(bundle, [
            _target("planted/young", team=team, feature="born_1980s", op=">=", bound=size[team] // 2 + 1),
            _target("planted/old", team=team, feature="age_months", op=">=", bound=_OLD, measure="mean"),
        ]))  # fmt: skip
    least = sum(
        int(row[bundle.tables["targets.csv"].columns.index("bound")])
        for row in bundle.tables["targets.csv"].rows
        if row[0] == "all-executive/born_1980s-count-min"
    )
    few = [
        _target(f"planted/{region}", executive_of=region, feature="born_1980s", op="<=",
                bound=(least - 1) // len(regions))
        for region in regions
    ]  # fmt: skip
    _answered("across all regions", _with(bundle, few))


def _target(
    name: str, *, feature: str, op: str, bound: int, measure: str = "count",
    team: str | None = None, executive_of: str | None = None,
) -> Mapping[str, object]:  # fmt: skip
    column, value = ("team_id", team) if team is not None else ("executive_of", executive_of)
    return {
        "target_id": name, "scope_table": "teams", "scope_column": column, "scope_values": value,
        "measure": measure, "feature": feature, "op": op, "bound": bound, "force": "hard",
        "citation": "计划",
    }  # fmt: skip


def _with(bundle: Bundle, targets: Sequence[Mapping[str, object]]) -> Problem:
    table = bundle.tables["targets.csv"]
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    more = Table.of(table.columns, [*rows, *targets])
    return interpret(Bundle(bundle.settings, {**bundle.tables, "targets.csv": more}))


def _answered(title: str, problem: Problem) -> None:
    began = time.perf_counter()
    found = explain_infeasible(problem, 60.0)
    taken = time.perf_counter() - began
    proven = "yes" if found.sufficient and found.necessary else "NO"
    print(f"| {title} | {len(found.members)} | {proven} | {len(found.ways_out)} | {taken:.2f} s |",
          flush=True)  # fmt: skip
