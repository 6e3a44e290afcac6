"""What a record of one run says: when there was a plan, and what it was worth by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Record = Mapping[str, Any]


def value_at(run: Record, mark: float) -> int | None:
    """Value of the last tier by so many seconds; None before a plan whose earlier tiers are as at the end.

    At the limit itself it is that of the end: solvers look at the clock now and then only, and tell
    of their last plan when they end. With posts left empty it is none: it would not compare. Before
    its last tier is begun, a trace has nothing of it; what the first plan is worth there is told apart.
    """
    tier = len(run["tier_names"]) - 1
    if mark >= run["limit"]:
        return None if run["vacant"] else last(run["values"])
    rows = [r for r in run["trace"] if r[0] <= mark and r[1] == tier and r[2] is not None]
    if rows:
        return int(rows[-1][2])
    first = run.get("first_plan_values")
    if first is None or run["values"] is None or run["first_plan_seconds"] > mark:
        return None
    return last(first) if first[:-1] == run["values"][:-1] else None


def first_plan_after_load(run: Record) -> float | None:
    """Seconds from the rows built to the first plan; a peer is given rows that are built."""
    first, loaded = run["first_plan_seconds"], run.get("loaded_seconds")
    if first is None:
        return None
    if loaded is None:
        return None if run["solver"] == "ours" else float(first)
    return float(first) - float(loaded)


def full_plan_seconds(run: Record) -> float | None:
    """When every post was filled: the first tier at 0, or a later tier begun, if the run ended so."""
    if run["values"] is None or run["vacant"]:
        return None
    for seconds, tier, value, _bound in run["trace"]:
        if value is not None and (tier > 0 or value == 0):
            return float(seconds)
    return None


def last(values: Sequence[int] | None) -> int | None:
    return values[-1] if values else None
