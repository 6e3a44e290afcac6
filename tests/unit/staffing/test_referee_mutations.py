"""Is the referee watched? Every mutation of its source must change some verdict.

`CASES` are plans, good and bad, over one bundle that uses every construct. A mutation that no case
notices means that the referee could lose that line without a test failing.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.support.referee_mutations import MUTATIONS
from tests.support.staffing_bundles import bundle, target
from tests.support.staffing_solved import plan_of, solved

from banzi.staffing import referee
from banzi.staffing.bundle import Bundle
from banzi.staffing.plan import write_plan
from banzi.staffing.writing import write_bundle

SOURCE = Path(str(referee.__file__)).read_text("utf-8")


def _where(table: str, column: str, values: str) -> dict[str, object]:
    return {"scope_table": table, "scope_column": column, "scope_values": values}


def _soft(priority: int, weight: int) -> dict[str, object]:
    return {"force": "soft", "priority": priority, "weight": weight}


def sample() -> Bundle:
    """Six posts in three teams (s0 concurrent), nine persons, every kind of target and term."""
    ages = [31, 38, 40, 44, 49, 50, 52, 55, 59]
    persons = [
        {
            "person_id": f"p{i}",
            "must_place": int(i in (6, 8)),
            "one": 1,
            "age": age,
            "young": int(age < 45),
            "female": i % 2,
            "field": [0, 2, 1, 0, 1, 1, 0, -1, 1][i],
        }
        for i, age in enumerate(ages)
    ]
    posts = [
        {"post_id": "s0", "team_ids": "A;B", "kind": "x"},
        {"post_id": "s1", "team_ids": "A", "kind": "x"},
        {"post_id": "s2", "team_ids": "A", "kind": "y"},
        {"post_id": "s3", "team_ids": "B", "kind": "y"},
        {"post_id": "s4", "team_ids": "B", "kind": "z"},
        {"post_id": "s5", "team_ids": "C", "kind": "z"},
    ]
    candidates = [
        {"post_id": f"s{s}", "person_id": f"p{p}", "fit": (3 * s + 5 * p) % 7, "moves": (s + p) % 2}
        for s in range(6)
        for p in range(9)
        if (s, p) != (5, 0)
    ]
    couple = {"reason": "夫妻"}
    exclusions = [
        {"person_a": "p0", "person_b": "p1", "scope": "same_team", **couple},
        {"person_a": "p2", "person_b": "p3", "scope": "line_of_command", **couple},
    ]
    targets = [
        target("count-min", "one", ">=", 3),
        target("count-max", "one", "<=", 2, **_where("teams", "team_id", "B")),
        target("share", "young", ">=", 300, measure="share_permille"),
        target("mean", "age", "<=", 50, measure="mean", **_where("teams", "region", "东;西")),
        target("kinds", "fit", ">=", 1, **_where("posts", "kind", "x;y")),
        target("soft-share", "young", ">=", 700, measure="share_permille", **_soft(1, 3)),
        target("soft-count", "field", ">=", 3, **_soft(2, 2), **_where("posts", "kind", "x")),
        target("soft-mean", "age", "<=", 40, measure="mean", **_soft(2, 1)),
    ]
    tiers = [
        {"name": "fill", "vacancy": -10, "displaced": -4},
        {"name": "soft-1", "soft_priority": 1},
        {
            "name": "merit",
            "soft_priority": 2,
            "pair_terms": {"fit": 2, "moves": -1},
            "coverage": {"features": ["field", "young"], "gains": [7, 3]},
            "bands": {
                "feature": "age",
                "edges": [30, 40, 50, 60],
                "cap": "ceil(seats/2)",
                "excess": -5,
            },
        },
    ]
    teams = [
        {"team_id": "A", "superior_team_id": "", "region": "东"},
        {"team_id": "B", "superior_team_id": "A", "region": "西"},
        {"team_id": "C", "superior_team_id": "B", "region": "南"},
    ]
    return bundle(
        persons=persons,
        teams=teams,
        posts=posts,
        candidates=candidates,
        exclusions=exclusions,
        targets=targets,
        tiers=tiers,
        pins=[{"post_id": "s5", "person_id": "p6"}],
        bans=[{"post_id": "s1", "person_id": "p4"}],
    )


Edit = Callable[[dict[str, Any]], None]


@dataclass
class Ground:
    """The bundle on disk, the optimal plan's JSON, and folders for edited plans."""

    folder: Path
    good: dict[str, Any] = field(default_factory=dict)
    plans: list[tuple[Path, Path]] = field(default_factory=list)
    expected: list[object] = field(default_factory=list)

    def add(self, name: str, plan: object, problem: str = "problem") -> None:
        path = self.folder / f"{name}.json"
        text = plan if isinstance(plan, str) else json.dumps(plan)
        path.write_text(text, "utf-8")
        self.plans.append((self.folder / problem, path))

    def edited(self, name: str, edit: Edit) -> None:
        plan = json.loads(json.dumps(self.good))
        edit(plan)
        self.add(name, plan)

    def seated(self, name: str, **people: str) -> None:
        """The plan with these persons, its figures made right again by the true referee."""
        plan = json.loads(json.dumps(self.good))
        plan["status"] = "feasible"
        plan["assignments"] = [
            {"post_id": post, "person_id": people.get(post)} for post in referee_posts(self)
        ]
        problem = referee.load_problem(self.folder / "problem")
        placed = {p: people[p] for p in people if (p, people[p]) in problem["pair"]}
        worth = [referee.tier_value(problem, t, placed) for t in problem["settings"]["tiers"]]
        for tier, value in zip(plan["tiers"], worth, strict=True):
            tier["value"] = tier["bound"] = value
        plan["value"] = plan["bound"] = worth[-1]
        plan["gap"] = 0.0
        self.add(name, plan)


def referee_posts(ground: Ground) -> list[str]:
    return [entry["post_id"] for entry in ground.good["assignments"]]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    made = Ground(tmp_path_factory.mktemp("referee"))
    write_bundle(made.folder / "problem", sample())
    plan = plan_of(*solved(sample()))
    assert plan.status == "optimal"
    write_plan(made.folder / "good", plan)
    made.good = plan.as_json()
    made.plans.append((made.folder / "problem", made.folder / "good"))
    _edits(made)
    _seatings(made)
    _other_bundles(made)
    made.expected = list(verdicts(referee, made))
    return made


def _edits(ground: Ground) -> None:
    def put(name: str, value: object) -> Edit:
        return lambda plan: plan.__setitem__(name, value)

    def tier(place: int, **values: object) -> Edit:
        return lambda plan: plan["tiers"][place].update(values)

    good = ground.good
    merit = good["tiers"][2]["value"]
    for name in ("problem_sha256", "value", "bound", "gap", "status", "format", "version"):
        ground.edited(f"other-{name}", put(name, "x"))
        ground.edited(f"no-{name}", lambda plan, name=name: plan.pop(name))  # type: ignore[misc]
    ground.edited("value-off", put("value", merit + 1))
    ground.edited("value-float", put("value", float(merit)))
    ground.edited("bound-off", put("bound", merit + 1))
    ground.edited("gap-off", put("gap", 0.0002))
    ground.edited("gap-within-rounding", put("gap", 0.00004))
    ground.edited("gap-null", put("gap", None))
    ground.edited("tier-value-off", tier(1, value=good["tiers"][1]["value"] + 1))
    ground.edited("tier-bound-below", tier(0, bound=good["tiers"][0]["value"] - 1))
    ground.edited("tier-bound-text", tier(0, bound="0"))
    ground.edited("tier-bound-true", tier(0, bound=True))
    ground.edited("tier-renamed", tier(0, name="other"))
    ground.edited("tier-missing", lambda plan: plan["tiers"].pop())
    ground.edited("feasible-though-proven", put("status", "feasible"))

    def open_end(bound: int | None, gap: float | None, status: str) -> Edit:
        def edit(plan: dict[str, Any]) -> None:
            plan["status"] = status
            plan["tiers"][2]["bound"] = plan["bound"] = bound
            plan["gap"] = gap

        return edit

    gap = round(7 / max(1, abs(merit)), 4)
    ground.edited("open", open_end(merit + 7, gap, "feasible"))
    ground.edited("open-but-optimal", open_end(merit + 7, gap, "optimal"))
    ground.edited("open-gap-wrong", open_end(merit + 7, 0.0, "feasible"))
    ground.edited("open-gap-null", open_end(merit + 7, None, "feasible"))
    ground.edited("no-bound", open_end(None, None, "feasible"))
    ground.edited("no-bound-but-gap", open_end(None, 0.0, "feasible"))
    ground.edited("no-bound-but-optimal", open_end(None, None, "optimal"))

    def early(plan: dict[str, Any]) -> None:
        """The first tier is not proven: its figures stand on top, negative value and all."""
        plan["status"] = "feasible"
        first = plan["tiers"][0]
        first["bound"] = first["value"] + 3
        plan["value"], plan["bound"] = first["value"], first["bound"]
        plan["gap"] = round(3 / max(1, abs(first["value"])), 4)

    ground.edited("early", early)

    def without(status: str, **more: object) -> Edit:
        def edit(plan: dict[str, Any]) -> None:
            plan.update(status=status, value=None, bound=None, gap=None, assignments=[])
            for entry in plan["tiers"]:
                entry.update(value=None, bound=None)
            plan.update(more)

        return edit

    ground.edited("unknown", without("unknown"))
    ground.edited("infeasible", without("infeasible"))
    ground.edited("infeasible-with-value", without("infeasible", value=0))
    ground.edited("infeasible-with-gap", without("infeasible", gap=0.0))
    ground.edited("infeasible-with-seats", without("infeasible", assignments=good["assignments"]))
    ground.edited("infeasible-with-tiers", without("infeasible", tiers=good["tiers"]))
    seats = good["assignments"]
    ground.edited("post-missing", lambda plan: plan["assignments"].pop())
    ground.edited("post-twice", put("assignments", [*seats, {**seats[0], "person_id": None}]))
    ground.edited("post-unknown", put("assignments", [*seats, {**seats[0], "post_id": "?"}]))
    ground.edited("person-number", put("assignments", [{**seats[0], "person_id": 1}]))
    ground.edited("post-number", put("assignments", [{**seats[0], "post_id": 1}]))
    ground.add("not-json", "{")
    ground.add("not-object", [])


def _seatings(ground: Ground) -> None:
    seat = ground.seated
    seat("empty")
    seat("minimum", s5="p6", s2="p0", s3="p4")
    seat("pin-broken", s5="p4", s2="p0", s1="p2")
    seat("ban-broken", s5="p6", s1="p4", s2="p0")
    seat("person-twice", s5="p6", s1="p0", s2="p0", s3="p2")
    seat("not-candidate", s5="p0", s1="p2", s2="p5")
    seat("too-few", s5="p6", s2="p0")
    seat("too-many-in-B", s5="p6", s0="p0", s3="p2", s4="p4")
    seat("two-in-B-one-concurrent", s5="p6", s0="p0", s3="p2", s2="p4")
    seat("too-old", s5="p6", s1="p8", s2="p7", s3="p0")
    seat("share-just", s5="p6", s3="p8", s2="p1", s1="p0", s0="p7")
    seat("no-fit-in-x-y", s5="p6", s4="p0", s0="p7")
    seat("couple-in-A", s5="p6", s1="p0", s2="p1")
    seat("couple-through-s0", s5="p6", s0="p0", s3="p1")
    seat("couple-A-and-B", s5="p6", s1="p0", s3="p1")
    seat("line-down", s5="p6", s1="p2", s3="p3")
    seat("line-up", s5="p6", s1="p3", s3="p2")
    seat("line-same-team", s5="p6", s1="p2", s2="p3")
    seat("line-one-apart", s5="p2", s1="p3", s2="p0")
    seat("full", s0="p1", s1="p2", s2="p0", s3="p4", s5="p6")
    seat("covered", s0="p1", s1="p2", s2="p5", s5="p6")
    seat("covered-thrice", s0="p4", s1="p2", s2="p5", s3="p0", s5="p6")
    seat("one-band", s0="p2", s1="p3", s2="p4", s5="p6")
    seat("band-edges", s0="p2", s1="p0", s2="p5", s3="p4", s5="p6")


def _other_bundles(ground: Ground) -> None:
    """The empty plan is no proof against this bundle; and files that are not right."""
    easy = bundle(
        persons=[{"person_id": "p", "one": 1}],
        teams=[{"team_id": "t"}],
        posts=[{"post_id": "s", "team_ids": "t"}],
        candidates=[{"post_id": "s", "person_id": "p"}],
        tiers=[
            {"name": "x", "vacancy": -1, "bands": {
                "feature": "one", "edges": [0, 2], "cap": 0, "excess": -2}},
        ],
    )  # fmt: skip
    sha = write_bundle(ground.folder / "easy", easy)
    head = {"format": "banzi-plan", "version": 1, "problem_sha256": sha}
    none = {"value": None, "bound": None, "gap": None, "assignments": []}
    tier = {"name": "x", "value": None, "bound": None}
    claim = {**head, **none, "status": "infeasible", "tiers": [tier]}
    ground.add("easy-infeasible", claim, "easy")
    ground.add("easy-unknown", {**claim, "status": "unknown"}, "easy")
    figures = {"value": -1, "bound": -1, "gap": 0, "tiers": [{**tier, "value": -1, "bound": -1}]}
    seats = [{"post_id": "s", "person_id": None}]
    ground.add("easy-good", {**claim, **figures, "status": "optimal", "assignments": seats}, "easy")
    figures = {"value": -2, "bound": -2, "gap": 0, "tiers": [{**tier, "value": -2, "bound": -2}]}
    seats = [{"post_id": "s", "person_id": "p"}]
    ground.add("easy-full", {**claim, **figures, "status": "optimal", "assignments": seats}, "easy")
    broken = ground.folder / "broken"
    write_bundle(broken, easy)
    (broken / "problem.json").write_text("{", "utf-8")
    ground.plans.append((broken, ground.folder / "easy-good.json"))
    ground.plans.append((ground.folder / "absent", ground.folder / "easy-good.json"))
    ground.plans.append((ground.folder / "easy", ground.folder / "absent.json"))
    marked = ground.folder / "marked"
    write_bundle(marked, easy)
    for name in ("persons.csv", "problem.json"):
        (marked / name).write_bytes(b"\xef\xbb\xbf" + (marked / name).read_bytes())
    ground.plans.append((marked, ground.folder / "easy-good.json"))


def verdicts(module: Any, ground: Ground) -> Iterator[object]:
    """What a referee says of each case: differences, or that the input is unreadable."""
    for problem, plan in ground.plans:
        try:
            yield module.check(problem, plan)
        except module.Unreadable:
            yield "unreadable"
        except Exception as error:  # a crash is a changed verdict too
            yield type(error).__name__


def test_the_cases_hold_plans_of_every_verdict(ground: Ground) -> None:
    found = ground.expected
    codes = {code for said in found if isinstance(said, list) for code, _values in said}
    assert codes == {
        "hash", "tier-names", "tier-value", "value", "bound", "gap", "bound-below", "not-proven",
        "post-unknown", "post-twice", "post-missing", "not-candidate", "person-twice", "pin", "ban",
        "exclusion", "target", "assignments-without-plan", "infeasible-refuted",
    }  # fmt: skip
    assert found[0] == []
    assert found.count([]) >= 10
    assert "unreadable" in found


@pytest.mark.parametrize(("old", "new"), MUTATIONS)
def test_a_mutation_of_the_referee_changes_some_verdict(old: str, new: str, ground: Ground) -> None:
    assert SOURCE.count(old) >= 1, "the mutation no longer fits the source"
    module: Any = types.ModuleType("mutated_referee")
    mutated = compile(SOURCE.replace(old, new, 1), "mutated", "exec")
    exec(mutated, module.__dict__)  # noqa: S102 - our own source with one change
    pairs = zip(verdicts(module, ground), ground.expected, strict=True)
    assert any(said != expected for said, expected in pairs)


def test_the_referee_stays_short_and_stands_alone() -> None:
    assert len(SOURCE.splitlines()) < 300
    imports = [line for line in SOURCE.splitlines() if line.startswith(("import ", "from "))]
    modules = {line.split()[1].split(".")[0] for line in imports}
    assert modules == {"csv", "hashlib", "io", "json", "sys", "pathlib", "typing"}
