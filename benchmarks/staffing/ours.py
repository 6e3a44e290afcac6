"""`python -m benchmarks.staffing.ours PROBLEM PLAN SECONDS THREADS SEED`: our command, measured.

Runs `banzi plan solve` in this process and prints one JSON line: memory above what imports took
(the solver's own child counted, as far as it goes beyond its imports) and processor seconds.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys

_CHILD = (
    "import resource, banzi.solvers.worker; "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
)


def main(problem: str, plan: str, seconds: str, threads: str, seed: str) -> None:
    from banzi.cli.main import load_commands, run

    load_commands()
    own, child = peak(resource.RUSAGE_SELF), imports_of_child()
    busy = sum(os.times()[:4])
    words = ["plan", "solve", problem, "--out", plan, "--seconds", seconds]
    sys.stdout, told = sys.stderr, sys.stdout
    try:
        code = run([*words, "--threads", threads, "--seed", seed])
    finally:
        sys.stdout = told
    memory = peak(resource.RUSAGE_SELF) - own
    memory += max(0.0, peak(resource.RUSAGE_CHILDREN) - child)
    used = sum(os.times()[:4]) - busy
    print(
        json.dumps({"exit": code, "memory": round(memory, 1), "processor_seconds": round(used, 1)})
    )


def peak(who: int) -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit / 1e6


def imports_of_child() -> float:
    """Peak memory of the solver's process when it does nothing, in MB."""
    # our own interpreter and our own words
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _CHILD], check=True, capture_output=True, text=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return int(done.stdout) * unit / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:6])
