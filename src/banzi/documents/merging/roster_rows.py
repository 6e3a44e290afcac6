"""Rows of the roster as they come, in columns: a nation's rows as records would not fit.

A few thousand rows of a table wait as tuples; then they become a frame, which holds a text once
and a number in its own width.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from banzi.roster import TABLES

_TOGETHER = 20_000


class RosterRows:
    """Takes rows of any table in any order; `frames` gives them sorted by key."""

    def __init__(self) -> None:
        self._names = {name: tuple(column.name for column in TABLES[name]) for name in TABLES}
        self._waiting: dict[str, list[tuple[Any, ...]]] = {name: [] for name in TABLES}
        self._done: dict[str, list[pl.DataFrame]] = {name: [] for name in TABLES}

    def add(self, table: str, values: Mapping[str, Any]) -> None:
        """A row by column name; columns left out are null, other names are left aside."""
        waiting = self._waiting[table]
        waiting.append(tuple(map(values.get, self._names[table])))
        if len(waiting) >= _TOGETHER:
            self._settle(table)

    def frames(self) -> dict[str, pl.DataFrame]:
        """Every table; the rows are given up, to hold no table twice."""
        return {name: self._frame(name) for name in TABLES}

    def _frame(self, name: str) -> pl.DataFrame:
        self._settle(name)
        parts = self._done.pop(name)
        frame = pl.concat(parts) if parts else TABLES[name].empty()
        parts.clear()
        return frame.sort(TABLES[name].key)

    def _settle(self, name: str) -> None:
        if waiting := self._waiting[name]:
            columns = zip(self._names[name], zip(*waiting, strict=True), strict=True)
            self._done[name].append(pl.DataFrame(dict(columns), schema=TABLES[name].schema))
            self._waiting[name] = []
