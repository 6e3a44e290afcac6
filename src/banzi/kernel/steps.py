"""Steps over frames that are the same each time, and over a few rows are taken row by row.

A step says what its columns are once, as expressions over the frame's columns and some values
given each time (the day, a number of the law). Polars runs it over many rows; over a few it costs
twenty times what the rows do, so those are worked out one after the other (`kernel.one_row`).
A `Gathering` does the same where several rows become one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from banzi.kernel.few_rows import are_few, framed, taken
from banzi.kernel.one_row import function_of, reading
from banzi.kernel.row_functions import Function

Given = date | int | str | None


class Step:
    """Columns worked out from the columns of a frame.

    Parameters
    ----------
    make
        From the values given each time to the columns by name. A value comes as it is, or as an
        expression where the columns are to be read and not run.
    """

    def __init__(self, make: Callable[..., Mapping[str, pl.Expr]]) -> None:
        self.make: Callable[..., Mapping[str, pl.Expr]] = make
        self._columns: list[str] = []
        self._read: dict[tuple[str, ...], dict[str, Function] | None] = {}
        self._made: dict[object, list[_Column]] = {}
        """What Polars makes the columns, asked once for each kind of what they read."""

    def select(self, frame: pl.DataFrame, *kept: str, **given: Given) -> pl.DataFrame:
        """Some columns of the frame as they are, then those of the step."""
        found = self._row_by_row(frame, given)
        if found is None:
            return frame.select(*kept, **self.make(**given))
        return framed([*(frame.get_column(name) for name in kept), *found])

    def add(self, frame: pl.DataFrame, **given: Given) -> pl.DataFrame:
        """The frame with the columns of the step, in the place of those of the same name."""
        found = self._row_by_row(frame, given)
        if found is None:
            return frame.with_columns(**self.make(**given))
        columns = {each.name: each for each in frame.get_columns()}
        return framed(list((columns | {each.name: each for each in found}).values()))

    def filter(self, frame: pl.DataFrame, **given: Given) -> pl.DataFrame:
        """The rows of which the only column of the step is true."""
        found = self._row_by_row(frame, given)
        if found is None:
            return frame.filter(*self.make(**given).values())
        ((*kept,),) = found
        return taken(frame, [place for place, is_kept in enumerate(kept) if is_kept])

    def _row_by_row(
        self, frame: pl.DataFrame, given: Mapping[str, Given]
    ) -> list[pl.Series] | None:
        """The columns; None where Polars had better work them out, or only Polars can."""
        functions = self.functions(tuple(given)) if are_few(frame) else None
        if functions is None:
            return None
        rows, made = self._rows(frame, given)
        return _columns(functions, rows, made)

    def _rows(
        self, frame: pl.DataFrame, given: Mapping[str, Given]
    ) -> tuple[list[dict[str, object]], list[_Column]]:
        """What is read of each row, with the values given; and what makes the columns."""
        same = {f"@{name}": value for name, value in given.items()}
        read = {name: frame.get_column(name) for name in self._columns if name not in same}
        values = {name: column.to_list() for name, column in read.items()}
        rows = [
            {**{name: column[at] for name, column in values.items()}, **same}
            for at in range(frame.height)
        ]
        kinds = (*map(type, given.values()), *(column.dtype for column in read.values()))
        if kinds not in self._made:
            empty = self._run(frame.clear(), given)
            self._made[kinds] = [_Column(each.name, each.dtype) for each in empty]
        return rows, self._made[kinds]

    def functions(self, given: tuple[str, ...]) -> dict[str, Function] | None:
        """The columns as functions of a row, with values of these names given each time."""
        if given not in self._read:
            with reading():
                made = self.make(**{name: pl.col(f"@{name}") for name in given})
            self._columns = list(
                dict.fromkeys(name for each in made.values() for name in each.meta.root_names())
            )
            read = {name: function_of(expression) for name, expression in made.items()}
            known = {name: function for name, function in read.items() if function is not None}
            self._read[given] = known if len(known) == len(read) else None
        return self._read[given]

    def _run(self, frame: pl.DataFrame, given: Mapping[str, Given]) -> pl.DataFrame:
        return frame.select(**self.make(**given))


class Gathering(Step):
    """One row for all rows that have the same keys, in the order in which keys appear.

    Parameters
    ----------
    keys
        Columns that tell what belongs together.
    make
        As for `Step`, each column one value of several rows.
    """

    def __init__(self, keys: Sequence[str], make: Callable[..., Mapping[str, pl.Expr]]) -> None:
        super().__init__(make)
        self._keys = list(keys)

    def of(self, frame: pl.DataFrame, **given: Given) -> pl.DataFrame:
        """The keys, then the columns."""
        functions = self.functions(tuple(given)) if are_few(frame) else None
        found = None
        if functions is not None:
            groups: dict[tuple[object, ...], list[dict[str, object]]] = {}
            keys = zip(*(frame[name].to_list() for name in self._keys), strict=True)
            rows, made = self._rows(frame, given)
            for key, row in zip(keys, rows, strict=True):
                groups.setdefault(key, []).append(row)
            found = _columns(functions, list(groups.values()), made)
        if found is None:
            grouped = frame.group_by(self._keys, maintain_order=True)
            return grouped.agg(**self.make(**given))
        of_keys = zip(*groups, strict=True) if groups else ((),) * len(self._keys)
        named = [
            pl.Series(name, values, dtype=frame[name].dtype)
            for name, values in zip(self._keys, of_keys, strict=True)
        ]
        return framed([*named, *found])

    def _run(self, frame: pl.DataFrame, given: Mapping[str, Given]) -> pl.DataFrame:
        return frame.group_by(self._keys).agg(**self.make(**given)).drop(self._keys)


class _Column:
    """A column that a step makes. Most have one row and one of a few values, so these are kept."""

    __slots__ = ("_dtype", "_known", "_name")

    def __init__(self, name: str, dtype: pl.DataType) -> None:
        self._name = name
        self._dtype = dtype
        self._known: dict[object, pl.Series] = {}

    def of(self, values: list[Any]) -> pl.Series:
        """The column with some values; it belongs to nobody, and is not to be changed in place."""
        if len(values) > 1:
            return self._new(values)
        key = values[0] if values else _NOTHING
        if type(key) not in _KEPT:
            return self._new(values)
        found = self._known.get(key)
        if found is None:
            found = self._new(values)
            if len(self._known) < _MOST_KEPT:
                self._known[key] = found
        return found

    def _new(self, values: list[Any]) -> pl.Series:
        return pl.Series(self._name, values, dtype=self._dtype)


_NOTHING = object()
_KEPT = frozenset({bool, int, date, type(None), object})
"""Kinds of values whose columns are kept; texts are said of persons, and seldom the same."""

_MOST_KEPT = 300
"""Columns kept of each: some ten thousand altogether at most, a few megabytes."""


def _columns(
    functions: Mapping[str, Function], rows: Sequence[object], made: Sequence[_Column]
) -> list[pl.Series] | None:
    """What functions say of each row; None where they meet what only Polars knows."""
    try:
        return [
            column.of([function(row) for row in rows])
            for function, column in zip(functions.values(), made, strict=True)
        ]
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return None
