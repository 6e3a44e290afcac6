"""A conflict set against trying every plan: each member is necessary, the whole sufficient."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.support.staffing_answers import disk
from tests.support.staffing_brute_force import plans_of
from tests.support.staffing_bundles import random_bundle, with_hard_targets

from banzi.kernel.progress import Silent
from banzi.solvers.rows import Name
from banzi.staffing import referee
from banzi.staffing.answers.clashing import smallest_clash
from banzi.staffing.answers.demands import Demands
from banzi.staffing.answers.names import Names
from banzi.staffing.answers.relaxing import ways_out
from banzi.staffing.bundle import Bundle
from banzi.staffing.reading import interpret

FIRSTS = range(0, 480, 20)


def infeasible_bundle(seed: int) -> Bundle:
    """A random bundle with every target hard and each minimum higher, so that many admit no plan."""
    bundle = random_bundle(seed, posts=4, persons=4)
    table = bundle.tables["targets.csv"]
    rows = []
    for cells in table.rows:
        row = dict(zip(table.columns, cells, strict=True))
        more = (1 if row["op"] == ">=" else -1) if row["measure"] == "count" else 0
        bound = str(int(row["bound"]) + more)
        rows.append({**row, "force": "hard", "priority": "", "weight": "", "bound": bound})
    return with_hard_targets(bundle, rows)


def possible(read: referee.Bundle, plans: list[dict[str, str]], members: Iterable[Name]) -> bool:
    """Whether some plan breaks none of the members, by the referee's reading."""
    return any(not broken_names(read, plan) & set(members) for plan in plans)


def broken_names(read: referee.Bundle, plan: dict[str, str]) -> set[Name]:
    posts, people = list(read["post"]), list(read["person"])
    found: set[Name] = set()
    for code, values in referee.breaches(read, plan):
        if code in ("pin", "ban"):
            place = (str(posts.index(values["post"])), str(people.index(values["person"])))
            found.add((code, *place))
        elif code == "target":
            found.add(("target", values["target"]))
        else:
            for number, row in enumerate(read["exclusions"], start=1):
                pair = {row["person_a"], row["person_b"]}
                if pair == {values["a"], values["b"]} and _apart(read, row, plan):
                    found.add(("exclusion", str(number)))
    return found


def _apart(read: referee.Bundle, row: dict[str, Any], plan: dict[str, str]) -> bool:
    post_of = {person: post for post, person in plan.items()}
    a, b = post_of[row["person_a"]], post_of[row["person_b"]]
    return referee.too_close(read, a, b, row["scope"])


@pytest.mark.parametrize("first", FIRSTS)
def test_a_conflict_is_smallest_and_found_whenever_there_is_no_plan(
    first: int, tmp_path: Path
) -> None:
    for seed in range(first, first + 20):
        bundle = infeasible_bundle(seed)
        read = referee.load_problem(disk(bundle, tmp_path / str(seed)))
        plans = list(plans_of(read))
        demands = Demands.of(interpret(bundle))
        until = math.inf
        found = smallest_clash(demands, until, Silent())
        if possible(read, plans, demands.names):
            assert not found.members, seed
            continue
        assert found.sufficient, seed
        assert found.necessary, seed
        assert not possible(read, plans, found.members), seed
        for member in found.members:
            others = [name for name in found.members if name != member]
            assert possible(read, plans, others), (seed, member)
        _check_ways_out(demands, found.members, read, plans, until)


def _check_ways_out(
    demands: Demands,
    members: tuple[Name, ...],
    read: referee.Bundle,
    plans: list[dict[str, str]],
    until: float,
) -> None:
    """With the new bound the members hold together; with one less they do not, shares aside.

    Every target of a clash has such a way.
    """
    ways = ways_out(demands, members, {}, Names(), until)
    rows = {row["target_id"]: row for row in read["targets"]}
    moved = {("target", way.about["target_id"]) for way in ways if way.kind == "target"}
    assert moved == {name for name in members if name[0] == "target"}
    for way in ways:
        if way.kind != "target":
            continue
        row = rows[way.about["target_id"]]
        before = row["bound"]
        assert before == str(way.about["bound"])
        row["bound"] = str(way.about["new_bound"])
        assert possible(read, plans, members), way
        if row["measure"] in ("count", "mean"):
            assert way.least
            step = 1 if row["op"] == ">=" else -1
            row["bound"] = str(way.about["new_bound"] + step)
            assert not possible(read, plans, members), way
        row["bound"] = before


def test_many_of_the_bundles_admit_no_plan() -> None:
    """Else the test above would be about nothing."""
    demands = [Demands.of(interpret(infeasible_bundle(seed))) for seed in range(60)]
    until = math.inf
    clashes = [smallest_clash(each, until, Silent()).members for each in demands]
    assert sum(1 for members in clashes if members) >= 25
    assert any(len(members) > 1 for members in clashes)
