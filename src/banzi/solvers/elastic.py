"""What clashes already in fractions: rows that may fall short at a price, relaxed.

Each row that may be blamed gets a variable by which it falls short, each at the price of one. The
bound of the relaxation (`highs.Relaxed`) holds for whatever duals HiGHS gives, so a cost above
zero *proves* that the rows admit no solution; the rows whose duals bear the cost clash alone.
Quick where searching for a whole solution is not: the shortfalls make a start.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from banzi.solvers.highs import Engine
from banzi.solvers.matrix import Matrix
from banzi.solvers.rows import Form, Name, Row, System

NOT_ZERO = 1e-7
"""A dual below this is noise."""
SURE = 1e-3
"""A cost above this is no rounding."""
FAR = 2**40


@dataclass(frozen=True, slots=True)
class Fractions:
    """`clash`: names whose rows admit no solution together, in the order of rows; None if not shown.

    `values`: a solution in whole numbers that the relaxation happened to give, tested.
    """

    clash: list[Name] | None = None
    values: list[int] | None = None


def in_fractions(system: System, blamable: Collection[Name], until: float = math.inf) -> Fractions:
    """What the elastic relaxation shows of rows that may be blamed; nothing without duals."""
    elastic = System(list(system.lows), list(system.highs))
    first = len(elastic.lows)
    bearers: list[Name | None] = []
    wanted = set(blamable)
    for row in system.rows:
        bearers.append(row.name if row.name in wanted else None)
        terms = list(row.terms)
        if row.name in wanted:
            if row.low is not None:
                terms.append((elastic.add_variable(0, FAR), 1))
            if row.high is not None:
                terms.append((elastic.add_variable(0, FAR), -1))
        elastic.add(Row(row.name, tuple(terms), row.low, row.high))
    shortfall = Form(tuple((k, -1) for k in range(first, len(elastic.lows))))
    relaxed = Engine(Matrix.of_system(elastic)).relaxed(shortfall, until)
    if relaxed is None:
        return Fractions()
    if relaxed.bound > -SURE:
        values = relaxed.values[:first]
        return Fractions(values=None if system.breaches(values) else values)
    bearing = dict.fromkeys(bearers[k] for k in np.flatnonzero(np.abs(relaxed.duals) > NOT_ZERO))
    return Fractions([name for name in bearing if name is not None])
