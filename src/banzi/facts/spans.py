"""Months since a partial date: the least and the most its precision allows."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.kernel.date_columns import months_until
from banzi.kernel.dates import month_index

BEGINNING = month_index(1900, 1)
"""A month before every career, where a start that cannot be read is bounded by nothing else."""


def months_since(column: str, as_of: date, name: str) -> tuple[pl.Expr, pl.Expr]:
    """`{name}_low` and `{name}_high`: completed months from a partial date to a day, at least 0."""
    low, high = months_until(pl.col(column), as_of)
    return (
        low.clip(lower_bound=0).cast(pl.Int64).alias(f"{name}_low"),
        high.clip(lower_bound=0).cast(pl.Int64).alias(f"{name}_high"),
    )
