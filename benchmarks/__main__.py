"""`python -m benchmarks [NAME …]`: time the problems and print a Markdown table.

Every problem runs in a process of its own, so that its peak memory is its own; inside it the runs
follow one another, and the first, which also warms caches up, is shown beside the median.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.environments import said_by
from benchmarks.machine import load_text, machine
from benchmarks.problems import PROBLEMS
from benchmarks.workspace import Workspace, prepare

_ONE, _MAKE = "--one", "--make"
_NATION, _STAFFING, _BOARD, _SITE, _REGION = "nation", "staffing", "board", "site", "region"
_ANSWERS = "answers"
_PACKAGES = ("polars", "numpy", "highspy", "lxml", "python-docx", "typst")


def main(arguments: list[str]) -> int:
    """Time the problems named, or all of them."""
    if arguments[:1] == [_ONE]:
        print(json.dumps(measure(arguments[1], Workspace(Path(arguments[2])))))
        return 0
    if arguments[:1] == [_MAKE]:
        make_ready(arguments[1], Workspace(Path(arguments[2])))
        return 0
    if arguments[:1] == [_NATION]:
        from benchmarks.nation.running import main as nation

        return nation(arguments[1:])
    if arguments[:1] == [_STAFFING]:
        from benchmarks.staffing.running import main as staffing

        return staffing(arguments[1:])
    if arguments[:1] == [_BOARD]:
        from benchmarks.board.running import main as board

        return board(arguments[1:])
    if arguments[:1] == [_SITE]:
        from benchmarks.site.running import main as site

        return site(arguments[1:])
    if arguments[:1] == [_REGION]:
        from benchmarks.region import main as region

        return region(arguments[1:])
    if arguments[:1] == [_ANSWERS]:
        from benchmarks.answers import main as answers

        return answers(arguments[1:])
    if unknown := [name for name in arguments if name not in PROBLEMS]:
        print(f"no problem {', '.join(unknown)}; there are: {', '.join(PROBLEMS)}", file=sys.stderr)
        return 2
    before = load_text()
    print(machine(_PACKAGES), flush=True)
    print("| problem | what | runs | first | mean | median | slowest | CPU | rate | peak memory |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    with tempfile.TemporaryDirectory(prefix="banzi-bench-") as folder:
        prepare(Path(folder))
        usual = [name for name, problem in PROBLEMS.items() if not problem.only_named]
        for name in arguments or usual:
            # Linux counts the memory of whoever starts a process as that process's own.
            in_own_process(_MAKE, name, folder)
            result = json.loads(in_own_process(_ONE, name, folder).splitlines()[-1])
            print(row(name, result), flush=True)
    print(f"\nLoad before {before}, after {load_text()}.")
    return 0


def in_own_process(*words: str) -> str:
    """What this program says, run with some words."""
    return said_by(Path(sys.executable), ["-m", "benchmarks", *words])


def make_ready(name: str, space: Workspace) -> None:
    """Make what a problem shall find made."""
    from banzi.cli.main import load_commands

    load_commands()
    make = PROBLEMS[name].makes
    if make is not None:
        make(space)


def measure(name: str, space: Workspace) -> dict[str, Any]:
    """Seconds of each run by the clock and of the processors, and peak memory in MB.

    Processor time and memory hold the children too (the solver works in a process of its own).
    """
    from banzi.cli.main import load_commands

    load_commands()
    problem = PROBLEMS[name]
    timed = problem.ready(space)
    seconds, processors = [], []
    for _run in range(problem.runs):
        started, used = time.perf_counter(), processor_seconds()
        timed()
        seconds.append(time.perf_counter() - started)
        processors.append(processor_seconds() - used)
    return {"seconds": seconds, "processors": processors, "memory": peak_memory()}


def processor_seconds() -> float:
    """Seconds that this process and its ended children have kept processors busy."""
    times = os.times()
    # The clock of children ticks in hundredths; our own may be asked for less.
    return time.process_time() + times.children_user + times.children_system


def peak_memory() -> float | None:
    """Peak resident memory in MB, a child counted beside its parent; None on Windows."""
    if sys.platform == "win32":
        return None
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return sum(
        resource.getrusage(who).ru_maxrss * unit / 1e6
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def row(name: str, result: dict[str, Any]) -> str:
    problem, seconds = PROBLEMS[name], result["seconds"]
    mean, middle = statistics.mean(seconds), statistics.median(seconds)
    rate = f"{problem.per_run / middle:,.0f} {problem.unit}/s" if problem.unit else ""
    memory = "–" if result["memory"] is None else f"{result['memory']:,.0f} MB"
    busy = statistics.median(result["processors"])
    times = " | ".join(shown(each) for each in (seconds[0], mean, middle, max(seconds), busy))
    return f"| {name} | {problem.about} | {len(seconds)} | {times} | {rate} | {memory} |"


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
