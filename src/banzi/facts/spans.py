"""Months: unions of overlapping stretches, and the least and most a partial date allows."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.kernel.date_columns import months_until
from banzi.kernel.dates import month_index

BEGINNING = month_index(1900, 1)
"""A month before every career, where a start that cannot be read is bounded by nothing else."""


def union_months(stretches: pl.DataFrame, keys: list[str], name: str) -> pl.DataFrame:
    """Months covered by half-open stretches `start` … `end`, overlaps counted once.

    Parameters
    ----------
    stretches
        One row a stretch: the keys, `start` and `end` as month indices, none of them null.

    Returns
    -------
    Frame
        One row for each combination of keys that has a row; whole months.
    """
    reached = pl.col("end").cum_max().shift(1).over(keys)
    return (
        stretches.sort([*keys, "start", "end"])
        .with_columns(fresh=pl.max_horizontal("start", reached))
        .group_by(keys)
        .agg((pl.col("end") - pl.col("fresh")).clip(lower_bound=0).sum().cast(pl.Int64).alias(name))
    )


def months_since(column: str, as_of: date, name: str) -> tuple[pl.Expr, pl.Expr]:
    """`{name}_low` and `{name}_high`: completed months from a partial date to a day, at least 0."""
    low, high = months_until(pl.col(column), as_of)
    return (
        low.clip(lower_bound=0).cast(pl.Int64).alias(f"{name}_low"),
        high.clip(lower_bound=0).cast(pl.Int64).alias(f"{name}_high"),
    )
