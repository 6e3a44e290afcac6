"""How soon we are where the best of the others ends, problem by problem.

Plans compare by their tiers, in order: one that leaves a post empty is below all that fill them, whatever
its merit. Of each problem the best plan of any run of a peer counts, and our shortest run; its seconds begin
when the rows are built, as theirs do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.staffing.runs import Record, value_at

_HEAD = """## How soon the best of the others is overtaken

*Their seconds*: until the plan that the best of them ended with. *Ours*: after load, until one that is
no worse; *share*: ours of theirs. *At 10 s*: our value above theirs at the end. A dash: no plan by any of them.

| problem | best of the others, limit | its values | their seconds | ours | share | our value at 10 s | above |
|---|---|--:|--:|--:|--:|--:|--:|
"""


def overtaken(records: Sequence[Record], shown: Mapping[str, str]) -> str:
    """A line for each problem that we and a peer were at."""
    of_problem: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        of_problem[record["problem_sha256"]].append(record)
    lines = []
    for runs in sorted(of_problem.values(), key=_place):
        ours = [run for run in runs if run["solver"] == "ours" and run["values"]]
        peers = [run for run in runs if run["solver"] != "ours" and not run["failed"]]
        if ours and peers:
            lines.append(_line(min(ours, key=_limit), peers, shown))
    return _HEAD + "\n".join(lines) + "\n" if lines else ""


def reached(run: Record, values: Sequence[int]) -> float | None:
    """Seconds after load until a plan of ours was no worse; None when that is not known.

    The trace has the first tier that is not proven, so earlier ones stand at their best there.
    """
    loaded = run.get("loaded_seconds") or 0.0
    first, last = run.get("first_plan_values"), len(run["tier_names"]) - 1
    if first is not None and first >= list(values):
        return float(run["first_plan_seconds"]) - loaded
    for seconds, tier, value, _bound in run["trace"]:
        if tier == last and [*run["values"][:-1], value] >= list(values):
            return float(seconds) - loaded
    return None


def _line(ours: Record, peers: Sequence[Record], shown: Mapping[str, str]) -> str:
    at_ten = value_at(ours, 10)
    value = "–" if at_ten is None else f"{at_ten:,}"
    planned = [run for run in peers if run["values"]]
    if not planned:
        most = max(map(_limit, peers))
        tried = sorted({shown[run["solver"]] for run in peers if run["limit"] == most})
        return f"| {_name(ours)} | {', '.join(tried)}: none, {most:g} s | – | – | – | – | {value} | – |"
    best = max(planned, key=lambda run: (run["values"], -run["limit"]))
    theirs, mine = _seconds(best), reached(ours, best["values"])
    cells = [
        _name(ours),
        f"{shown[best['solver']]}, {best['limit']:g} s",
        _values(best),
        f"{theirs:.1f} s",
    ]
    cells += ["–", "–"] if mine is None else [f"{mine:.2f} s", f"1/{theirs / mine:,.0f}"]
    same = ours["values"][:-1] == best["values"][:-1]
    above = "–" if at_ten is None else f"{100 * (at_ten / best['values'][-1] - 1):.1f} %"
    cells += [value, above if same else "fills more"]
    return f"| {' | '.join(cells)} |"


def _name(run: Record) -> str:
    instance = run["instance"]
    return (
        f"{instance['posts']:,} posts, {instance['tightness']}, {instance['variant']}, "
        f"seed {instance['seed']}"
    )


def _place(runs: Sequence[Record]) -> tuple[Any, ...]:
    instance = runs[0]["instance"]
    return tuple(instance[key] for key in ("posts", "tightness", "variant", "seed"))


def _limit(run: Record) -> float:
    return float(run["limit"])


def _seconds(run: Record) -> float:
    """When the plan stood that a peer ended with; its limit when it told of it only at the end."""
    last, value = len(run["tier_names"]) - 1, run["values"][-1]
    told = (row[0] for row in run["trace"] if row[1] == last and row[2] == value)
    return float(next(told, min(run["seconds"], run["limit"])))


def _values(run: Record) -> str:
    text = f"{run['values'][-1]:,}"
    return f"{text}, {run['vacant']} posts empty" if run["vacant"] else text
