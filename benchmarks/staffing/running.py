"""`python -m benchmarks staffing`: every solver on the same drawn problems, one after another.

    run    draw what is missing, export its rows, let each solver at it, keep a record for each
    table  write results.md from the records (also done after `run`)
    draw   write one problem and its hidden plan: `draw FOLDER --posts 360`

--posts 90,360      sizes; results are kept for 90, 360, 990 and 3000
--seeds 1,2,3       problems of each size
--tightness standard,tight     --variants merit,soft
--solvers ours,highs,cp_sat,scip
--seconds 60        limit of each run
--known             tell the peers the values of the tiers before the last (posts can all be filled)
--note TEXT         kept with the records, e.g. what else the machine was doing
--resume            leave out what is recorded for the same problem; records are written one by one,
                    so that a broken off series goes on where it was
--within 1800       begin no run that could not end within so many seconds from the start
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.environments import cached, peer_python, said_by
from benchmarks.machine import load, machine
from benchmarks.staffing.instances import (
    TIGHTNESS,
    VARIANTS,
    Instance,
    verified_plan,
    write_instance,
)
from benchmarks.staffing.runs import first_plan_after_load
from benchmarks.staffing.tables import write_tables

HERE = Path(__file__).parent
RESULTS = HERE / "results"
PEERS = HERE / "peers"
GRACE = 120
"""Seconds beyond its limit after which a solver's process is ended."""


@dataclass(frozen=True)
class Solver:
    """`threads`: as many as the machine is asked for; CP-SAT needs eight to use its LP workers."""

    key: str
    shown: str
    threads: int


SOLVERS = {
    each.key: each
    for each in (
        Solver("ours", "Banzi", 2),
        Solver("highs", "HiGHS", 2),
        Solver("cp_sat", "CP-SAT", 8),
        Solver("scip", "SCIP", 1),
    )
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks staffing",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("task", choices=("run", "table", "draw"), nargs="?", default="run")
    parser.add_argument("out", type=Path, nargs="?", default=RESULTS)
    parser.add_argument("--posts", default="90")
    parser.add_argument("--seeds", default="1")
    parser.add_argument("--tightness", default="standard")
    parser.add_argument("--variants", default="merit")
    parser.add_argument("--solvers", default=",".join(SOLVERS))
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--known", action="store_true")
    parser.add_argument("--note", default="")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--within", type=float, default=math.inf)
    parser.add_argument("--folder", type=Path, help="where problems are kept and found again")
    asked = parser.parse_args(arguments)
    instances = [
        Instance(int(posts), int(seed), tightness, variant)
        for posts, tightness, variant, seed in product(
            _words(asked.posts), _words(asked.tightness), _words(asked.variants),
            _words(asked.seeds),
        )
    ]  # fmt: skip
    for instance in instances:
        if instance.tightness not in TIGHTNESS or instance.variant not in VARIANTS:
            parser.error(f"{' | '.join(TIGHTNESS)}, {' | '.join(VARIANTS)}")
    if asked.task == "draw":
        (instance, *_others) = instances
        print(write_instance(asked.out, instance))
        return 0
    if asked.task == "run":
        chosen = _words(asked.solvers)
        if unknown := set(chosen) - set(SOLVERS):
            parser.error(f"no solver {', '.join(sorted(unknown))}")
        folder = asked.folder or cached("staffing-problems")
        asked.out.mkdir(parents=True, exist_ok=True)
        _series(instances, [SOLVERS[key] for key in chosen], folder, asked)
    write_tables(asked.out, SOLVERS_SHOWN)
    return 0


def _series(
    instances: Sequence[Instance], chosen: Sequence[Solver], folder: Path, asked: argparse.Namespace
) -> None:
    """A record for each problem and solver, each written as soon as it is there."""
    end = time.monotonic() + asked.within
    for instance, solver in product(instances, chosen):
        tail = "-known" if asked.known and solver.key != "ours" else ""
        path = asked.out / f"{instance.name}-{solver.key}{tail}-{asked.seconds:g}s.json"
        if asked.resume and _recorded(path, folder / instance.name, instance):
            print(f"{path.name}: recorded", flush=True)
            continue
        if time.monotonic() + asked.seconds > end:
            print(f"{path.name}: no time left", flush=True)
            continue
        record = run(solver, instance, folder / instance.name, asked)
        text = json.dumps(record, indent=1) + "\n"
        beside = path.with_suffix(".part")
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(path)
        print(_told(record), flush=True)


def _recorded(path: Path, folder: Path, instance: Instance) -> bool:
    """Whether there is a record of the very problem that would be drawn now, of a run that worked."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    write_instance(folder, instance)
    hidden = json.loads((folder / "hidden" / "plan.json").read_text("utf-8"))
    same = record["problem_sha256"] == hidden["problem_sha256"]
    return bool(same and not record["failed"])


SOLVERS_SHOWN = {key: solver.shown for key, solver in SOLVERS.items()}


def run(
    solver: Solver, instance: Instance, folder: Path, asked: argparse.Namespace
) -> dict[str, Any]:
    """One record: what was asked, the trace, and figures that were reckoned again here."""
    problem = write_instance(folder, instance)
    hidden = json.loads((folder / "hidden" / "plan.json").read_text("utf-8"))
    known = [0] * (len(hidden["tiers"]) > 1) if asked.known and solver.key != "ours" else []
    before = load()
    found = (_ours if solver.key == "ours" else _peer)(solver, instance, folder, asked, known)
    return {
        "instance": asdict(instance),
        "solver": solver.key,
        "threads": solver.threads,
        "limit": asked.seconds,
        "known": known,
        "tier_names": [tier["name"] for tier in hidden["tiers"]],
        "sizes": _sizes(problem),
        "problem_sha256": hidden["problem_sha256"],
        "on": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine().rstrip(),
        "load_before": before,
        "note": asked.note,
        **found,
    }


def _ours(
    solver: Solver, instance: Instance, folder: Path, asked: argparse.Namespace, known: list[int]
) -> dict[str, Any]:
    problem, plan = folder / "problem", folder / "plan"
    words = ["-m", "benchmarks.staffing.ours", str(problem), str(plan)]
    words += [f"{asked.seconds:g}", str(solver.threads), str(instance.seed)]
    (plan / "plan.json").unlink(missing_ok=True)
    try:
        said = json.loads(
            said_by(Path(sys.executable), words, asked.seconds + GRACE).splitlines()[-1]
        )
        told = json.loads((plan / "plan.json").read_text("utf-8"))
    except (subprocess.SubprocessError, OSError, IndexError) as error:
        return _failed(f"{type(error).__name__}")
    held = {a["post_id"]: a["person_id"] for a in told["assignments"] if a["person_id"]}
    return {
        **_figures(problem, held if told["assignments"] else None),
        "bounds": [tier["bound"] for tier in told["tiers"]],
        "trace": told["trace"],
        "first_plan_seconds": told["first_plan_seconds"],
        "loaded_seconds": said.get("loaded_seconds"),
        "first_plan_processor_seconds": said.get("first_plan_processor_seconds"),
        "first_plan_values": said.get("first_plan_values"),
        "seconds": told["seconds"],
        "memory": said["memory"],
        "processor_seconds": said["processor_seconds"],
        "versions": told["versions"],
        "failed": "",
    }


def _peer(
    solver: Solver, instance: Instance, folder: Path, asked: argparse.Namespace, known: list[int]
) -> dict[str, Any]:
    python = peer_python(f"staffing-{solver.key}", PEERS / f"{solver.key}.txt")
    rows, out = folder / "rows.npz", folder / f"{solver.key}.json"
    _export(folder / "problem", rows)
    out.unlink(missing_ok=True)
    words = ["-m", f"benchmarks.staffing.peers.{solver.key}", str(rows), str(out)]
    words += [
        f"{asked.seconds:g}",
        str(solver.threads),
        str(instance.seed),
        ",".join(map(str, known)),
    ]
    try:
        said_by(python, words, asked.seconds + GRACE)
        said = json.loads(out.read_text("utf-8"))
    except (subprocess.SubprocessError, OSError) as error:
        return _failed(type(error).__name__)
    held = None if said["values"] is None else _assignments(folder / "problem", said["values"])
    return {
        **_figures(folder / "problem", held),
        "bounds": said["bounds"],
        "trace": said["trace"],
        "first_plan_seconds": _first(said["trace"]),
        "seconds": said["seconds"],
        "build_seconds": said["build_seconds"],
        "memory": said["memory"],
        "processor_seconds": said["processor_seconds"],
        "versions": said["versions"],
        "failed": said["refused"],
    }


def _first(trace: list[list[Any]]) -> float | None:
    """When the first plan that keeps every hard row was there, filled or not."""
    return next((row[0] for row in trace if row[2] is not None), None)


def _failed(reason: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"values": None, "bounds": [], "trace": [], "first_plan_seconds": None}
    return {**empty, "seconds": None, "memory": None, "processor_seconds": None,
            "versions": {}, "failed": reason}  # fmt: skip


def _figures(problem: Path, held: dict[str, str] | None) -> dict[str, Any]:
    """Tier values as the referee reckons them; it raises for a plan that breaks anything."""
    if held is None:
        return {"values": None, "vacant": None}
    plan = verified_plan(problem, held, may_be_vacant=True)
    vacant = sum(each["person_id"] is None for each in plan["assignments"])
    return {"values": [tier["value"] for tier in plan["tiers"]], "vacant": vacant}


def _export(problem: Path, rows: Path) -> None:
    if rows.exists():
        return
    from banzi.staffing.model import build_model
    from banzi.staffing.reading import read_problem
    from benchmarks.staffing.export import write_rows

    write_rows(rows, build_model(read_problem(problem)))


def _assignments(problem: Path, variables: list[int]) -> dict[str, str]:
    """Post → person for the variables of a peer that are not 0."""
    from banzi.staffing.model import build_model
    from banzi.staffing.reading import read_problem

    read = read_problem(problem)
    model = build_model(read)
    values = [0] * len(model.system.lows)
    for variable in variables:
        values[variable] = 1
    people = model.assignments(values)
    return {
        post.post_id: read.persons[person]
        for post, person in zip(read.posts, people, strict=True)
        if person is not None
    }


def _sizes(problem: Path) -> dict[str, int]:
    def lines(name: str) -> int:
        return (problem / name).read_text("utf-8").count("\n") - 1

    names = ("posts", "persons", "candidates", "targets", "exclusions")
    return {name: lines(f"{name}.csv") for name in names}


def _told(record: dict[str, Any]) -> str:
    instance = Instance(**record["instance"])
    after = first_plan_after_load(record)
    return (
        f"{instance.name} {record['solver']}: first plan {record['first_plan_seconds']} s"
        f"{'' if after is None else f', {after:.2f} s after load'}, values "
        f"{record['values']}, bounds {record['bounds']}, {record['memory']} MB {record['failed']}"
    )


def _words(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]
