"""Months since a partial date: the least and the most its precision allows."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.kernel.date_columns import months_until
from banzi.kernel.dates import month_index

BEGINNING = month_index(1900, 1)
"""A month before every career, where a start that cannot be read is bounded by nothing else."""


def months_since(column: str, as_of: date | pl.Expr, name: str) -> tuple[pl.Expr, pl.Expr]:
    """`{name}_low` and `{name}_high`: completed months from a partial date to a day, at least 0."""
    low, high = months_until(pl.col(column), as_of)
    # A selection keeps null as it is, and costs a quarter of `clip`.
    return (
        pl.when(low < 0).then(0).otherwise(low).alias(f"{name}_low"),
        pl.when(high < 0).then(0).otherwise(high).alias(f"{name}_high"),
    )
