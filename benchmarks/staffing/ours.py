"""`python -m benchmarks.staffing.ours PROBLEM PLAN SECONDS THREADS SEED`: our command, measured.

Runs `banzi plan solve` in this process and prints one JSON line: memory above what imports took (that
of its solver's process counted, as far as it goes beyond its own imports) and processor seconds.

Modules that are imported on first use are imports too: the command's own, and the second half of
numba (90 modules and the pages of LLVM, 50 MB), which it imports when asked for a translation.
Reading the stored translations of the loops is counted as ours. The peaks of both processes are
added up, though the command's own is over before the other has begun: the sum is above what is ever held.

Besides: when the problem was read and its rows built, in seconds from the start of the command, how
many processor seconds command and solver's process took from then to the first plan, and what that was
worth. What the solver's process did before, to get ready beside the reading, is in neither.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.environments import said_by
from benchmarks.staffing.peers.common import peak_memory

_CHILD = (
    "from benchmarks.staffing.peers.common import peak_memory; import banzi.solvers.worker; "
    "import banzi.staffing.search.job; import numba; "
    "from numba.core.registry import cpu_target; "
    "cpu_target.typing_context.refresh(); cpu_target.target_context.refresh(); "
    "print(peak_memory())"
)
_COMMAND = (
    "banzi.staffing.answers.names",
    "banzi.staffing.conflicts",
    "banzi.staffing.reading",
    "banzi.staffing.solving",
)
"""What the command imports once it runs."""
_LOOK = 0.2
"""Seconds between two looks at the memory of children, which end without a word."""


def main(problem: str, plan: str, seconds: str, threads: str, seed: str) -> None:
    from banzi.cli.main import load_commands, run

    load_commands()
    for name in _COMMAND:
        import_module(name)
    own, child = peak_memory(), imports_of_child()
    busy = sum(os.times()[:4])
    watch, stages = Watch(), watched_stages()
    watch.start()
    words = ["plan", "solve", problem, "--out", plan, "--seconds", seconds]
    sys.stdout, told = sys.stderr, sys.stdout
    try:
        code = run([*words, "--threads", threads, "--seed", seed])
    finally:
        sys.stdout = told
    watch.over.set()
    watch.join()
    memory = peak_memory() - own + max(0.0, watch.most - child)
    used = sum(os.times()[:4]) - busy
    said = {"exit": code, "memory": round(memory, 1), "processor_seconds": round(used, 1)}
    said.update(stages)
    print(json.dumps(said))


def watched_stages() -> dict[str, Any]:
    """A record that is filled while the command runs; what never happened is missing."""
    from banzi.staffing import record, solving

    said: dict[str, Any] = {}

    class Watched(record.Record):
        def __init__(self, problem: Any, started: float) -> None:
            super().__init__(problem, started)
            said["loaded_seconds"] = self.elapsed()
            self.busy = _busy()

        def keep(self, plan: Any, of: Any = None) -> None:
            first = self.best is None
            super().keep(plan, of)
            if first:
                said["first_plan_processor_seconds"] = round(_busy() - self.busy, 2)
                said["first_plan_values"] = list(self.values)

    setattr(solving, "Record", Watched)  # noqa: B010 - not one of its own names
    return said


def _busy() -> float:
    """Processor seconds of this process and of those it has started."""
    ticks = 0
    for child in children():
        with suppress(OSError):
            after_name = Path(f"/proc/{child}/stat").read_text("utf-8").rpartition(")")[2].split()
            ticks += int(after_name[11]) + int(after_name[12])
    return sum(os.times()[:4]) + ticks / os.sysconf("SC_CLK_TCK")


class Watch(threading.Thread):
    """The largest child of this process so far, in MB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most, self.over = 0.0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(_LOOK):
            self.most = max(self.most, *(peak_memory(child) for child in children()), 0.0)


def children() -> Iterator[int]:
    """Processes that this one started; none where /proc does not tell."""
    for listing in Path("/proc/self/task").glob("*/children"):
        try:
            yield from map(int, listing.read_text("utf-8").split())
        except OSError:
            continue


def imports_of_child() -> float:
    """Peak memory of the solver's process when it has imported all it needs and done nothing, in MB."""
    return float(said_by(Path(sys.executable), ["-c", _CHILD]))


if __name__ == "__main__":
    main(*sys.argv[1:6])
