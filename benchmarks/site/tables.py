"""The record of a load as a Markdown table."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from benchmarks.machine import machine
from benchmarks.quantiles import share

if TYPE_CHECKING:
    from benchmarks.site.running import Run
    from benchmarks.site.serving import Use

LIMIT_MS = 500
LIMITED = ("list", "list, filtered", "search", "person", "team")
"""Kinds of pages whose slowest twentieth must come within the limit."""
_ORDER = (*LIMITED, "team, ahead", "team, bench", "teams", "home", "history", "export", "sign in")


def table(run: Run, record: dict[str, Any], use: Use, prepared: dict[str, Any]) -> tuple[str, int]:
    """The table, and how many kinds missed what is asked of them.

    Requests count once everybody has signed in; signing in itself is shown from all of them.
    """
    spawned, ended = record["spawned"] or record["ended"], record["ended"]
    kinds: dict[str, list[float]] = defaultdict(list)
    errors: dict[str, int] = defaultdict(int)
    reasons: dict[str, int] = defaultdict(int)
    for at, name, took, error in record["requests"]:
        if at - took / 1000 >= spawned or name == "sign in":
            kinds[name].append(took)
            errors[name] += bool(error)
            reasons[error] += 1
    lasted = ended - spawned
    counted = sum(len(found) for name, found in kinds.items() if name != "sign in")
    lines = [
        f"{run.database}, {prepared['persons']:,} persons, {prepared['rows']:,} rows; "
        f"{run.users} people, {lasted:.0f} s, {counted / lasted:.1f} requests/s",
        "",
        machine(("django", "waitress", "psycopg", "polars", "locust")),
        "| page | requests | requests/s | p50 | p95 | p99 | slowest | errors | |",
        "|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    missed = 0
    for name in sorted(kinds, key=lambda each: _ORDER.index(each)):
        found = sorted(kinds[name])
        p95 = share(found, 950)
        late = (name in LIMITED and p95 >= LIMIT_MS) or errors[name] > 0
        missed += late
        times = " | ".join(f"{each:.0f} ms" for each in
                           (share(found, 500), p95, share(found, 990), found[-1]))  # fmt: skip
        lines.append(f"| {name} | {len(found)} | {len(found) / lasted:.2f} | {times} | "
                     f"{errors[name]} | {'missed' if late else ''} |")  # fmt: skip
    lines += ["", "; ".join(
        f"{part}: {use.seconds[part]:.0f} s of processors, {use.peak.get(part, 0):,.0f} MB at most"
        for part in use.seconds)]  # fmt: skip
    each = " + ".join(f"{seconds:.0f}" for seconds in use.each if seconds >= 1)
    if " + " in each:
        lines.append(f"processes of the server: {each} s")
    lines += [f"- {number} times {reason}" for reason, number in reasons.items() if reason]
    return "\n".join(lines) + "\n", missed
