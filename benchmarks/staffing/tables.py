"""From the records of runs to Markdown: medians over seeds, losses shown like wins.

A value is that of the last tier, once the tiers before it stand at the values the run ended with;
`–` is no plan by then. The gap to the best bound uses the least bound any solver proved for the same
problem with the same earlier tiers.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.staffing.overtaking import overtaken
from benchmarks.staffing.runs import (
    Record,
    first_plan_after_load,
    full_plan_seconds,
    last,
    value_at,
)

MARKS = (1, 10, 60, 300)
"""Seconds at which values are shown, as far as the run went."""

_INTRO = """# The staffing optimiser beside generic solvers

Written by `python -m benchmarks staffing table` from the records in this folder; medians over the
problems of a row. *First plan*: every hard row kept; *full*: and every post filled. Seconds of ours
begin with the command (Python has its modules then) and include reading the bundle and building the rows,
those of the peers do not. *After load* they begin when the rows are built, as the peers' do; our second
process, which is started first of all, has got ready beside the reading by then or goes on with it.
*CPU to first*: processor seconds of all our processes from there. Older records have neither.
*Vacant*: posts left empty; a value with such does not compare with one without.
Memory is the peak above imports. Where the load at the start was above 1 the machine had other work:
compare processor seconds.
"""


def write_tables(folder: Path, shown: Mapping[str, str]) -> None:
    """Write `results.md` beside the records."""
    records = [json.loads(p.read_text("utf-8")) for p in sorted(folder.glob("*.json"))]
    groups: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for record in records:
        instance = record["instance"]
        key = (instance["posts"], instance["tightness"], instance["variant"], record["limit"])
        groups[key].append(record)
    parts = [_INTRO]
    for key in sorted(groups):
        parts.append(_group(key, groups[key], shown))
    parts.append(overtaken(records, shown))
    (folder / "results.md").write_text("\n".join(parts), encoding="utf-8", newline="\n")


def _group(key: tuple[Any, ...], records: Sequence[Record], shown: Mapping[str, str]) -> str:
    posts, tightness, variant, limit = key
    sizes = records[0]["sizes"]
    lines = [
        f"## {posts:,} posts, {tightness}, {variant}; limit {limit:g} s",
        "",
        f"{sizes['persons']:,} persons, {sizes['candidates']:,} pairs, {sizes['targets']} targets, "
        f"{sizes['exclusions']} exclusions (seed {records[0]['instance']['seed']}).",
        "",
    ]
    marks = [mark for mark in MARKS if mark <= limit]
    head = ["solver", "runs", "with plan", "first plan", "after load", "CPU to first", "full plan"]
    head += [f"value @{mark} s" for mark in marks]
    head += ["vacant", "value", "bound", "gap", "gap to best bound", "memory", "CPU"]
    lines += [f"| {' | '.join(head)} |", "|---|" + "--:|" * (len(head) - 1)]
    best = _best_bounds(records)
    by_solver: dict[tuple[str, bool], list[Record]] = defaultdict(list)
    for record in records:
        by_solver[record["solver"], bool(record["known"])].append(record)
    order = list(shown)
    for solver, known in sorted(by_solver, key=lambda each: (order.index(each[0]), each[1])):
        runs = by_solver[solver, known]
        name = f"{shown[solver]}, threads: {runs[0]['threads']}" + (", fill known" if known else "")
        lines.append(_line(name, runs, marks, best))
    lines += ["", *_notes(records), ""]
    return "\n".join(lines)


def _line(name: str, runs: Sequence[Record], marks: Sequence[int], best: Mapping[Any, int]) -> str:
    planned = [run for run in runs if run["values"] is not None]
    cells = [name, str(len(runs)), str(len(planned))]
    cells.append(_middle([run["first_plan_seconds"] for run in runs], len(runs), "{:.1f} s"))
    cells.append(_middle([first_plan_after_load(run) for run in runs], len(runs), "{:.2f} s"))
    busy = [run.get("first_plan_processor_seconds") for run in runs]
    cells.append(_middle(busy, len(runs), "{:.2f} s"))
    cells.append(_middle([full_plan_seconds(run) for run in runs], len(runs), "{:.1f} s"))
    for mark in marks:
        cells.append(_middle([value_at(run, mark) for run in runs], len(runs), "{:,.0f}"))
    cells.append(_middle([run["vacant"] for run in runs], len(runs), "{:,.0f}"))
    cells.append(_middle([last(run["values"]) for run in runs], len(runs), "{:,.0f}"))
    cells.append(_middle([_bound(run) for run in runs], len(runs), "{:,.0f}"))
    cells.append(_middle([_gap(run, _bound(run)) for run in runs], len(runs), "{:.2f} %"))
    to_best = [_gap(run, best.get(_problem(run))) for run in runs]
    cells.append(_middle(to_best, len(runs), "{:.2f} %"))
    cells.append(_middle([run["memory"] for run in runs], len(runs), "{:,.0f} MB"))
    cells.append(_middle([run["processor_seconds"] for run in runs], len(runs), "{:,.0f} s"))
    return f"| {' | '.join(cells)} |"


def _bound(run: Record) -> int | None:
    return last(run["bounds"])


def _problem(run: Record) -> tuple[Any, ...]:
    earlier = tuple(run["values"][:-1]) if run["values"] else None
    return (run["problem_sha256"], earlier)


def _best_bounds(records: Sequence[Record]) -> dict[tuple[Any, ...], int]:
    best: dict[tuple[Any, ...], int] = {}
    for record in records:
        bound = _bound(record)
        if bound is not None and record["values"]:
            key = _problem(record)
            best[key] = min(bound, best.get(key, bound))
    return best


def _gap(run: Record, bound: int | None) -> float | None:
    value = last(run["values"])
    if value is None or bound is None:
        return None
    return 100 * (bound - value) / max(1, abs(value))


def _middle(found: Sequence[float | None], runs: int, form: str) -> str:
    """The median; `–` when half of the runs or more have nothing, which counts as the worst."""
    known = sorted(each for each in found if each is not None)
    if 2 * len(known) <= runs:
        return "–"
    return form.format(statistics.median(known))


def _notes(records: Sequence[Record]) -> list[str]:
    machines = sorted({record["machine"] for record in records})
    days = sorted({record["on"] for record in records})
    loads = [record["load_before"] for record in records if record["load_before"] is not None]
    versions: dict[str, str] = {}
    for record in records:
        versions.update(record["versions"])
    said = sorted({record["note"] for record in records if record["note"]})
    lost = sorted({f"{r['solver']}: {r['failed']}" for r in records if r["failed"]})
    lines = [
        f"{'; '.join(machines)}. {', '.join(f'{n} {v}' for n, v in sorted(versions.items()))}. "
        f"{', '.join(days)}, load before each run {min(loads):.1f} to {max(loads):.1f}."
        if loads
        else f"{'; '.join(machines)}. {', '.join(days)}."
    ]
    return [*lines, *(f"Note: {each}." for each in said), *(f"Failed: {each}." for each in lost)]
