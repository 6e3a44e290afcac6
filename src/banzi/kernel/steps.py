"""Steps over frames that are the same each time, and over a few rows are taken row by row.

A step says what its columns are once, as expressions over the frame's columns and some values
given each time (the day, a number of the law). Polars runs it over many rows; over a few it costs
twenty times what the rows do, so those are worked out one after the other (`kernel.one_row`).
Only for what looks at one row at a time: sums, ranks and the like over several rows stay Polars'.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from banzi.kernel.one_row import Function, OtherKindError, function_of, reading

Given = date | int | str | None

FEW = 40
"""Rows up to which a step goes row by row."""


class Step:
    """Columns worked out from the columns of a frame.

    Parameters
    ----------
    make
        From the values given each time to the columns by name. A value comes as it is, or as an
        expression where the columns are to be read and not run.
    """

    def __init__(self, make: Callable[..., Mapping[str, pl.Expr]]) -> None:
        self._make = make
        self._columns: list[str] = []
        self._read: dict[tuple[str, ...], dict[str, Function] | None] = {}
        self._dtypes: dict[object, list[pl.DataType]] = {}

    def select(self, frame: pl.DataFrame, *kept: str, **given: Given) -> pl.DataFrame:
        """Some columns of the frame as they are, then those of the step."""
        found = self._row_by_row(frame, given)
        if found is None:
            return frame.select(*kept, **self._make(**given))
        return pl.DataFrame([*(frame[name] for name in kept), *found])

    def add(self, frame: pl.DataFrame, **given: Given) -> pl.DataFrame:
        """The frame with the columns of the step, in the place of those of the same name."""
        found = self._row_by_row(frame, given)
        if found is None:
            return frame.with_columns(**self._make(**given))
        columns = {each.name: each for each in frame}
        return pl.DataFrame(list((columns | {each.name: each for each in found}).values()))

    def filter(self, frame: pl.DataFrame, **given: Given) -> pl.DataFrame:
        """The rows of which the only column of the step is true."""
        found = self._row_by_row(frame, given)
        if found is None:
            return frame.filter(*self._make(**given).values())
        (is_kept,) = found
        if is_kept.all(ignore_nulls=False):
            return frame
        return frame.filter(is_kept)

    def _row_by_row(
        self, frame: pl.DataFrame, given: Mapping[str, Given]
    ) -> list[pl.Series] | None:
        """The columns; None where Polars had better work them out, or only Polars can."""
        if frame.height > FEW:
            return None
        functions = self._functions(tuple(given))
        if functions is None:
            return None
        same = {f"@{name}": value for name, value in given.items()}
        values = {name: frame[name].to_list() for name in self._columns if name not in same}
        rows = [
            {**{name: column[at] for name, column in values.items()}, **same}
            for at in range(frame.height)
        ]
        dtypes = self._dtypes_for(frame, given)
        try:
            return [
                pl.Series(name, [function(row) for row in rows], dtype=dtype)
                for (name, function), dtype in zip(functions.items(), dtypes, strict=True)
            ]
        except (OtherKindError, ArithmeticError, LookupError, ValueError):
            return None

    def _functions(self, given: tuple[str, ...]) -> dict[str, Function] | None:
        if given not in self._read:
            with reading():
                made = self._make(**{name: pl.col(f"@{name}") for name in given})
            self._columns = list(
                dict.fromkeys(name for each in made.values() for name in each.meta.root_names())
            )
            read = {name: function_of(expression) for name, expression in made.items()}
            known = {name: function for name, function in read.items() if function is not None}
            self._read[given] = known if len(known) == len(read) else None
        return self._read[given]

    def _dtypes_for(self, frame: pl.DataFrame, given: Mapping[str, Given]) -> list[pl.DataType]:
        """What Polars makes the columns, asked once for each kind of frame."""
        kinds = tuple(map(type, given.values()))
        key = (tuple(frame.columns), tuple(frame.dtypes), kinds)
        if key not in self._dtypes:
            self._dtypes[key] = frame.clear().select(**self._make(**given)).dtypes
        return self._dtypes[key]
