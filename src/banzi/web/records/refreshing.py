"""Frames brought up to date from the record of changes: only rows that changed are touched.

Reading a hundred thousand persons again because one birth month was put right would take a minute;
the triggers have written down exactly which rows became what.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from banzi.kernel.columns import Column, Kind, Table
from banzi.roster import TABLES
from banzi.web.audit.models import Change

Key = tuple[Any, ...]
Rows = dict[Key, Mapping[str, Any] | None]
"""Row by key as it is now; None where it is gone."""

_PIECES = 400
"""Values of the first key column up to which a frame is cut open; above, it is sorted again."""
_CHUNKS = 64


def latest_rows(changes: Iterable[Change]) -> dict[str, Rows]:
    """Table name → rows touched, from changes in the order in which they happened."""
    found: dict[str, Rows] = {}
    for change in changes:
        key_columns = TABLES[change.table_name].key
        rows = found.setdefault(change.table_name, {})
        if change.old is not None:
            old = json.loads(change.old)
            rows[tuple(old[name] for name in key_columns)] = None
        if change.new is not None:
            new = json.loads(change.new)
            rows[tuple(new[name] for name in key_columns)] = new
    return found


def with_rows(frame: pl.DataFrame, table: Table, rows: Rows) -> pl.DataFrame:
    """The frame, sorted by key as it was, with these rows as they are now.

    Parameters
    ----------
    frame
        Sorted by the key of `table`.
    rows
        As `latest_rows` gives them.
    """
    by_first: dict[Any, Rows] = {}
    for key, row in rows.items():
        by_first.setdefault(key[0], {})[key] = row
    first, firsts = table.key[0], sorted(by_first)
    if len(firsts) > _PIECES:
        is_touched = pl.col(first).is_in(firsts)
        touched = _replaced(frame.filter(is_touched), table, rows)
        return pl.concat([frame.filter(~is_touched), touched]).sort(table.key)
    pieces, done = [], 0
    for value in firsts:
        start = bisect_left(frame[first], value, done)
        end = bisect_right(frame[first], value, start)
        pieces += [frame[done:start], _replaced(frame[start:end], table, by_first[value])]
        done = end
    joined = pl.concat([*pieces, frame[done:]])
    return joined.rechunk() if joined.n_chunks() > _CHUNKS else joined


def _replaced(frame: pl.DataFrame, table: Table, rows: Rows) -> pl.DataFrame:
    kept = [key not in rows for key in frame.select(table.key).rows()]
    there = frame.filter(pl.Series(kept, dtype=pl.Boolean))
    return pl.concat([there, _frame(table, rows)]).sort(table.key)


def _frame(table: Table, rows: Rows) -> pl.DataFrame:
    """Rows as the triggers wrote them, in the declared types."""
    there = [row for row in rows.values() if row is not None]
    columns = {column: [row.get(column.name) for row in there] for column in table}
    return pl.DataFrame([_series(column, values) for column, values in columns.items()])


def _series(column: Column, values: list[Any]) -> pl.Series:
    if column.kind is Kind.BOOLEAN:  # SQLite writes numbers, PostgreSQL `true` and `false`
        return pl.Series(column.name, values, pl.Int8, strict=False).cast(pl.Boolean)
    if column.kind is Kind.DATE:
        return pl.Series(column.name, values, pl.String).str.to_date("%Y-%m-%d")
    return pl.Series(column.name, values, column.dtype)
