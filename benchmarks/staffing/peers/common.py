"""What the programs of the peers share: reading the rows, keeping the trace, telling what was found.

Tiers are maximised one after another as `banzi plan solve` does: an earlier tier's value becomes a
row, and the next search starts from the plan found. Values of first tiers may be given beforehand
(argument KNOWN, comma-separated, else ""), which spares a peer that work.

Times count from the moment the model stands in the solver: building it is a matter of its Python
interface, and is kept apart.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

NO_SIDE = 2**40

Array = npt.NDArray[np.int64]


def peak_memory(process: int | str = "self") -> float:
    """Largest resident memory of a process so far, in MB; 0 where /proc does not tell.

    Not `getrusage`: on Linux a child begins with the peak of the process that started it.
    """
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(x.split()[1]) * 1024 / 1e6 for x in lines if x.startswith("VmHWM:")), 0.0)


class Rows:
    """The arrays of `export.write_rows`."""

    def __init__(self, path: str) -> None:
        held = np.load(path)
        self.low: Array = held["low"]
        self.high: Array = held["high"]
        self.start: Array = held["start"]
        self.index: Array = held["index"]
        self.value: Array = held["value"]
        self.row_low: Array = held["row_low"]
        self.row_high: Array = held["row_high"]
        self.goal_start: Array = held["goal_start"]
        self.goal_index: Array = held["goal_index"]
        self.goal_value: Array = held["goal_value"]
        self.goal_constant: Array = held["goal_constant"]
        self.goals = len(self.goal_constant)

    def row(self, number: int) -> tuple[Array, Array]:
        part = slice(self.start[number], self.start[number + 1])
        return self.index[part], self.value[part]

    def goal(self, number: int) -> tuple[Array, Array]:
        part = slice(self.goal_start[number], self.goal_start[number + 1])
        return self.goal_index[part], self.goal_value[part]

    def worth(self, number: int, values: Array) -> int:
        index, value = self.goal(number)
        return int(self.goal_constant[number] + value @ values[index])

    def holds(self, values: Array) -> bool:
        """Whether whole numbers keep every row and bound."""
        sums = np.add.reduceat(np.append(self.value * values[self.index], 0), self.start[:-1])
        sums[np.diff(self.start) == 0] = 0
        inside = (self.row_low <= sums).all() and (sums <= self.row_high).all()
        return bool(inside and (self.low <= values).all() and (values <= self.high).all())


@dataclass
class Search:
    """One tier's outcome: `values` None without a plan."""

    values: Array | None
    bound: int | None
    done: bool


@dataclass
class Race:
    """Trace rows are seconds, tier, value, bound, as in plan.json."""

    rows: Rows
    seconds: float
    started: float = field(default_factory=time.monotonic)
    trace: list[list[Any]] = field(default_factory=list)

    def elapsed(self) -> float:
        return round(time.monotonic() - self.started, 3)

    def left(self) -> float:
        return self.seconds - (time.monotonic() - self.started)

    def hear(self, tier: int, value: float | None, bound: float | None) -> None:
        """Keep a line when value or bound is new; floats are rounded to the safe side."""
        said = None if value is None else round(value)
        top = None if bound is None or abs(bound) > NO_SIDE else int(np.floor(bound + 1e-5))
        if not self.trace or self.trace[-1][1:] != [tier, said, top]:
            self.trace.append([self.elapsed(), tier, said, top])


Solve = Callable[[Race, int, list[tuple[int, int]], Array | None], Search]
"""race, tier, frozen (tier, least value) pairs, start → search."""


@dataclass(frozen=True)
class Asked:
    """The words of the command line."""

    rows: str
    out: Path
    seconds: float
    threads: int
    seed: int
    known: tuple[int, ...]


def asked() -> Asked:
    rows, out, seconds, threads, seed, known = sys.argv[1:7]
    values = tuple(int(each) for each in known.split(",") if each)
    return Asked(rows, Path(out), float(seconds), int(threads), int(seed), values)


def compete(versions: dict[str, str], make: Callable[[Rows, Asked], Solve]) -> None:
    """Run one peer over all tiers and write what it found."""
    imported = peak_memory()
    words = asked()
    rows = Rows(words.rows)
    busy, loaded = sum(os.times()[:4]), time.monotonic()
    solve = make(rows, words)
    built = round(time.monotonic() - loaded, 1)
    race = Race(rows, words.seconds)
    frozen = list(enumerate(words.known))
    values: Array | None = None
    bounds: list[int | None] = [None] * rows.goals
    refused = ""
    for tier in range(len(frozen), rows.goals):
        if race.left() <= 0:
            break
        found = solve(race, tier, frozen, values)
        bounds[tier] = found.bound
        if found.values is not None:
            if not rows.holds(found.values):
                refused = f"tier {tier}: the plan breaks a row"
                break
            values = found.values
        if values is None:
            break
        worth = rows.worth(tier, values)
        race.hear(tier, worth, found.bound)
        if not found.done and worth != found.bound:
            break
        frozen.append((tier, worth))
    result = {
        "seconds": race.elapsed(),
        "build_seconds": built,
        "processor_seconds": round(sum(os.times()[:4]) - busy, 1),
        "memory": round(peak_memory() - imported, 1),
        "trace": race.trace,
        "values": None if values is None else np.flatnonzero(values).tolist(),
        "numbers": None if values is None else values[values != 0].tolist(),
        "tiers": [None if values is None else rows.worth(t, values) for t in range(rows.goals)],
        "bounds": bounds,
        "known": list(words.known),
        "refused": refused,
        "versions": versions,
    }
    words.out.write_text(json.dumps(result), encoding="utf-8", newline="\n")
