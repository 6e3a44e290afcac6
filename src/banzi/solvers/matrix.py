"""The same rows as `rows`, in arrays: for small systems that are made and searched many times a second.

A `System` keeps a Python object per term; making one takes longer than searching a block of ten
posts. Everything is still whole numbers, so a solution is judged exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from banzi.solvers.packed import Ints, starts_of
from banzi.solvers.rows import Row, System

NO_LOW = -(2**62)
NO_HIGH = 2**62
"""Sides of a row that do not bind."""


@dataclass(slots=True)
class Matrix:
    """Variables between `lows` and `highs`; row r holds terms `start[r] : start[r + 1]`.

    `row_low`, `row_high`: sides, `NO_LOW` and `NO_HIGH` where one does not bind. Rows have no
    names: `breaches` tells their places.
    """

    lows: Ints
    highs: Ints
    row_low: Ints
    row_high: Ints
    start: Ints
    index: Ints
    value: Ints

    @classmethod
    def of_terms(
        cls,
        bounds: tuple[Ints, Ints],
        sides: tuple[Ints, Ints],
        terms: tuple[Ints, Ints, Ints],
    ) -> Matrix:
        """From terms (row, variable, coefficient) in any order, no variable twice in a row."""
        row, index, value = terms
        order = np.lexsort((index, row))
        start = starts_of(np.bincount(row, minlength=len(sides[0])))
        return cls(*bounds, *sides, start, index[order], value[order])

    @classmethod
    def of_system(cls, system: System) -> Matrix:
        """The same rows in arrays."""
        sizes = [len(row.terms) for row in system.rows]
        return cls(
            np.array(system.lows, np.int64),
            np.array(system.highs, np.int64),
            np.array([NO_LOW if r.low is None else r.low for r in system.rows], np.int64),
            np.array([NO_HIGH if r.high is None else r.high for r in system.rows], np.int64),
            starts_of(sizes),
            np.array([v for row in system.rows for v, _ in row.terms], np.int64),
            np.array([c for row in system.rows for _, c in row.terms], np.int64),
        )

    @property
    def columns(self) -> int:
        return len(self.lows)

    def add(self, row: Row) -> None:
        """One more row, in the form `rows` writes it."""
        variables = np.array([v for v, _ in row.terms], np.int64)
        coefficients = np.array([c for _, c in row.terms], np.int64)
        self.append(variables, coefficients, row.low, row.high)

    def append(
        self, variables: Ints, coefficients: Ints, low: int | None, high: int | None
    ) -> None:
        self.row_low = np.append(self.row_low, NO_LOW if low is None else low)
        self.row_high = np.append(self.row_high, NO_HIGH if high is None else high)
        self.start = np.append(self.start, self.start[-1] + len(variables))
        self.index = np.concatenate([self.index, variables])
        self.value = np.concatenate([self.value, coefficients])

    def breaches(self, values: Sequence[int]) -> list[int]:
        """Places of rows that the values break, -1 for a variable outside its bounds."""
        x = np.array(values, np.int64)
        parts = starts_of(self.value * x[self.index])
        sums = parts[self.start[1:]] - parts[self.start[:-1]]
        broken = np.flatnonzero((sums < self.row_low) | (sums > self.row_high)).tolist()
        outside = bool(((x < self.lows) | (x > self.highs)).any())
        return [-1, *broken] if outside else broken
