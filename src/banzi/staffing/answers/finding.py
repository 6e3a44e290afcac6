"""Some plan that keeps a few requirements, found by walking: the quick half of "is it possible?".

Only the requirements asked about count, and only the arcs that they speak of; nothing is maximised.
A plan that is found is tested against the rows. Finding none says nothing.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from banzi.solvers.packed import spans, starts_of
from banzi.solvers.rows import Name
from banzi.staffing.answers.demands import Demands
from banzi.staffing.search.annealing import Search
from banzi.staffing.system.rows import EMPTY, OPEN_HIGH, OPEN_LOW, Int64s, RowKind, RowSystem

ROUNDS = 60
"""Rounds of the walk, a twentieth of a second each, after which it gives up."""
EASED_ROUNDS = 15
"""Where a target may fall short: if there is a plan, it is mostly there after one."""


def walk_to_a_plan(
    demands: Demands,
    names: Sequence[Name],
    until: float = math.inf,
    short: Mapping[Name, int] | None = None,
    rounds: int = ROUNDS,
) -> Int64s | None:
    """Per post an arc of `demands` or EMPTY, keeping all these requirements; None if not found.

    `short`: units by which targets may fall short.
    """
    part, arcs = part_of(demands, names)
    if short:
        less = np.array([short.get(name, 0) for name in part.names], np.int64) * part.unit
        low = np.where(part.low == OPEN_LOW, part.low, part.low - less)
        high = np.where(part.high == OPEN_HIGH, part.high, part.high + less)
        part = replace(part, low=low, high=high)
    search = Search(part, any_plan=True)
    for _ in islice(search.rounds(), rounds):
        if search.plan is not None or time.monotonic() > until:
            break
    plan = search.plan
    if (
        plan is None
        or part.breached(plan)
        or (plan[part.arc_post[part.pinned]] != part.pinned).any()
    ):
        return None
    used = plan != EMPTY
    plan[used] = arcs[plan[used]]
    return plan


def part_of(demands: Demands, names: Sequence[Name]) -> tuple[RowSystem, Int64s]:
    """Only the rows of these names and the arcs they speak of; and those arcs' numbers.

    Banned pairs that they ban are left out of the arcs, others may be used.
    """
    rows = demands.rows
    decided = {kind: [demands.arc_of[n] for n in names if n in demands.arc_of and n[0] == kind]
               for kind in ("pin", "ban")}  # fmt: skip
    chosen = np.array(
        [r for n in names for r in demands.rows_of.get(n, ()) if rows.kind[r] == RowKind.HARD],
        np.int64,
    )
    places, owner = spans(rows.row_start, chosen)
    spoken = np.append(rows.row_arcs[places], decided["pin"]).astype(np.int64)
    arcs = np.setdiff1d(spoken, np.array(decided["ban"], np.int64))
    column = np.full(rows.arcs, -1, np.int64)
    column[arcs] = np.arange(len(arcs))
    inside = column[rows.row_arcs[places]] >= 0
    owner, term = owner[inside], column[rows.row_arcs[places][inside]]
    value = rows.row_coefficients[places[inside]]
    by_arc = np.lexsort((owner, term))
    none = np.zeros(0, np.int64)
    return (
        replace(
            rows,
            post_start=np.searchsorted(rows.arc_post[arcs], np.arange(rows.posts + 1)),
            arc_post=rows.arc_post[arcs],
            arc_person=rows.arc_person[arcs],
            arc_pair=rows.arc_pair[arcs],
            pinned=column[np.array(decided["pin"], np.int64)],
            banned=none,
            arc_values=np.zeros((1, len(arcs)), np.int64),
            constants=np.zeros(1, np.int64),
            kind=rows.kind[chosen],
            low=rows.low[chosen],
            high=rows.high[chosen],
            tier=rows.tier[chosen],
            weight=rows.weight[chosen],
            unit=rows.unit[chosen],
            of=np.arange(len(chosen), dtype=np.int32),
            gains_start=np.zeros(len(chosen) + 1, np.int64),
            gains=none,
            row_start=starts_of(np.bincount(owner, minlength=len(chosen))),
            row_arcs=term.astype(np.int32),
            row_coefficients=value,
            arc_start=starts_of(np.bincount(term, minlength=len(arcs))),
            arc_rows=owner[by_arc].astype(np.int32),
            arc_coefficients=value[by_arc],
            names=tuple(rows.names[row] for row in chosen.tolist()),
        ),
        arcs,
    )
