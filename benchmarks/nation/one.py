"""`python -m benchmarks.nation.one ENGINE FOLDER`: time one engine, alone in this process.

Prints one JSON line: seconds by the clock and of the processors for each step, memory above what the
imports took, the number of persons by verdict, and a digest of all verdicts. An engine is a module
with `load`, `derive`, `screen`, `whole`, `ranks`, and `build` where it needs one.
"""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np


def main(engine: str, folder: str, runs: int) -> None:
    module = importlib.import_module(f"benchmarks.nation.{engine}")
    imported = peak_memory()
    steps: dict[str, list[tuple[float, float]]] = {}

    def timed(name: str, step: Callable[[Any], Any], given: Any) -> Any:
        started, used = time.perf_counter(), sum(os.times()[:4])
        result = step(given)
        spent = (time.perf_counter() - started, sum(os.times()[:4]) - used)
        steps.setdefault(name, []).append(spent)
        return result

    given = timed("load", module.load, Path(folder))
    if hasattr(module, "build"):
        given = timed("build", module.build, given)
    found: Any = None
    for _run in range(runs):
        found = None
        facts = timed("derive", module.derive, given)
        found = timed("screen", module.screen, facts)
        facts = None
        if hasattr(module, "whole"):
            found = timed("whole", module.whole, given)
    memory = peak_memory() - imported
    ranks = [np.ascontiguousarray(each, dtype=np.uint8) for each in module.ranks(found)]
    digest = hashlib.sha256()
    for each in ranks:
        digest.update(each.data)
    counts = sum(np.bincount(each, minlength=4) for each in ranks)
    print(
        json.dumps(
            {
                "steps": steps,
                "memory": memory,
                "counts": np.asarray(counts).tolist(),
                "digest": digest.hexdigest(),
            }
        )
    )


def peak_memory() -> float:
    """Largest resident memory so far, in MB; 0 on Windows."""
    if sys.platform == "win32":
        return 0.0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
