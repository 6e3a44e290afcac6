"""`python -m benchmarks nation`: every engine in its own process, one after another, then compared.

--persons 70000     size, seven million if not said; six times as many segments
--runs 3            how often ours is repeated (the best run is shown; peers run once)
--engines ours,polars_alone   only some
--folder DIR        where the Parquet files are kept and found again
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.environments import peer_python, said_by

PEERS = Path(__file__).with_name("peers.txt")


@dataclass(frozen=True)
class Engine:
    """`again`: whether it is quick enough to be run several times."""

    module: str
    shown: str
    is_peer: bool = False
    again: bool = True


ENGINES = (
    Engine("ours", "Banzi"),
    Engine("polars_alone", "Polars alone", again=False),
    Engine("duckdb_sql", "DuckDB SQL", is_peer=True, again=False),
    Engine("openfisca_core", "OpenFisca-core", is_peer=True, again=False),
)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks nation", description=__doc__)
    parser.add_argument("--persons", type=int, default=7_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--engines", default=",".join(engine.module for engine in ENGINES))
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args(arguments)
    names = asked.engines.split(",")
    if unknown := set(names) - {engine.module for engine in ENGINES}:
        parser.error(f"no engine {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="banzi-nation-") as own:
        folder = asked.folder or Path(own)
        prepare(folder, asked.persons)
        chosen = [engine for engine in ENGINES if engine.module in names]
        peers = peer_python("peers", PEERS) if any(engine.is_peer for engine in chosen) else None
        results = {}
        for engine in chosen:
            python = peers if engine.is_peer and peers else Path(sys.executable)
            results[engine.module] = measure(engine, python, folder, asked.runs)
            print(told(engine, results[engine.module]), flush=True)
        print(compared(chosen, results, asked.persons))
        return 0 if len({each["digest"] for each in results.values()}) == 1 else 1


def prepare(folder: Path, persons: int) -> None:
    """The Parquet files, written once for a size by a process that then gives its memory back."""
    stamp = folder / f"{persons}.size"
    if stamp.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.size"):
        old.unlink()
    program = (
        "import sys; from pathlib import Path; from benchmarks.nation.data import write; "
        "write(Path(sys.argv[1]), int(sys.argv[2]))"
    )
    said_by(Path(sys.executable), ["-c", program, str(folder), str(persons)])
    stamp.touch()


def measure(engine: Engine, interpreter: Path, folder: Path, runs: int) -> dict[str, Any]:
    times = runs if engine.again else 1
    words = ["-m", "benchmarks.nation.one", engine.module, str(folder), str(times)]
    result: dict[str, Any] = json.loads(said_by(interpreter, words).splitlines()[-1])
    return result


def seconds(result: dict[str, Any], step: str, place: int) -> float | None:
    """The best run of a step by the clock (0) or the processors (1); the whole may be two steps."""
    steps: dict[str, list[list[float]]] = result["steps"]
    if step == "whole" and "whole" not in steps:
        return min(
            a[place] + b[place] for a, b in zip(steps["derive"], steps["screen"], strict=True)
        )
    return min(each[place] for each in steps[step]) if step in steps else None


def told(engine: Engine, result: dict[str, Any]) -> str:
    parts = []
    for step in ("load", "build", "derive", "screen", "whole"):
        clock, busy = (seconds(result, step, place) for place in (0, 1))
        if clock is not None:
            parts.append(f"{step} {clock:.2f} s (CPU {busy:.2f} s)")
    return f"{engine.shown}: {', '.join(parts)}; {result['memory']:,.0f} MB above import"


def compared(chosen: list[Engine], results: dict[str, Any], persons: int) -> str:
    """A Markdown table; the columns × say how many times ours each whole job took."""
    ours = results.get("ours")
    lines = [
        f"\n{persons:,} persons, {6 * persons:,} segments, 30 rules; seconds by the clock / of the processors",
        "| engine | load | build | derive | screen | derive + screen | × clock | × CPU | peak memory |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for engine in chosen:
        result = results[engine.module]
        cells = []
        for step in ("load", "build", "derive", "screen", "whole"):
            pair = [seconds(result, step, place) for place in (0, 1)]
            cells.append("" if pair[0] is None else " / ".join(f"{each:.2f}" for each in pair))
        for place in (0, 1):
            own = ours and seconds(ours, "whole", place)
            this = seconds(result, "whole", place)
            cells.append(f"{this / own:.1f}" if own and this else "")
        lines.append(f"| {engine.shown} | {' | '.join(cells)} | {result['memory']:,.0f} MB |")
    counts = {tuple(result["counts"]) for result in results.values()}
    same = len({result["digest"] for result in results.values()}) == 1
    lines.append(
        f"\nverdicts {'EQUAL' if same else 'DIFFER'}: pass, review, unknown, fail {sorted(counts)}"
    )
    return "\n".join(lines)
