"""Cross tables over the people of a query: counts, and the very people behind each count."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from banzi.kernel.messages import Language
from banzi.web.queries.dimensions import UNKNOWN, Dimension

MOST_LINES = 120
"""Rows or columns of a table; beyond that it is a list."""


@dataclass(frozen=True, slots=True)
class CrossTable:
    """Counts by row key and column key.

    Attributes
    ----------
    counts
        (row key, column key) → people; pairs without people are absent.
    """

    rows: Dimension
    columns: Dimension
    row_keys: tuple[str, ...]
    column_keys: tuple[str, ...]
    counts: dict[tuple[str, str], int]

    def at(self, row: str, column: str) -> int:
        return self.counts.get((row, column), 0)

    def of_row(self, row: str) -> int:
        return sum(self.at(row, column) for column in self.column_keys)

    def of_column(self, column: str) -> int:
        return sum(self.at(row, column) for row in self.row_keys)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def is_too_large(self) -> bool:
        return max(len(self.row_keys), len(self.column_keys)) > MOST_LINES

    def chart(self, language: Language) -> dict[str, object]:
        """An ECharts option: stacked bars, a bar a row, a series a column."""
        return {
            "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
            "legend": {"type": "scroll", "top": 0},
            "grid": {"left": 48, "right": 16, "top": 40, "bottom": 56},
            "xAxis": {
                "type": "category",
                "data": [self.rows.title(key, language) for key in self.row_keys],
                "axisLabel": {"interval": 0, "rotate": 30 if len(self.row_keys) > 8 else 0},
            },
            "yAxis": {"type": "value", "minInterval": 1},
            "series": [
                {
                    "type": "bar",
                    "stack": "all",
                    "name": self.columns.title(column, language),
                    "data": [self.at(row, column) for row in self.row_keys],
                }
                for column in self.column_keys
                if self.of_column(column)
            ],
        }


def cross_table(frame: pl.DataFrame, rows: Dimension, columns: Dimension) -> CrossTable:
    """Count the people of a frame; each stands in exactly one cell."""
    keyed = frame.select(
        row=rows.keys().fill_null(UNKNOWN), column=columns.keys().fill_null(UNKNOWN)
    )
    grouped = keyed.group_by("row", "column").len()
    counts = {(row, column): int(n) for row, column, n in grouped.iter_rows()}
    return CrossTable(
        rows,
        columns,
        tuple(rows.arranged(row for row, _column in counts)),
        tuple(columns.arranged(column for _row, column in counts)),
        counts,
    )


def in_group(frame: pl.DataFrame, dimension: Dimension, key: str) -> pl.DataFrame:
    """The people of one group."""
    return frame.filter(dimension.keys().fill_null(UNKNOWN) == key)
