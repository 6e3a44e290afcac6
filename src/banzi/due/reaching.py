"""When a number of months that keeps growing reaches a limit."""

from __future__ import annotations

import polars as pl


def reached(low: str, high: str, since: str, limit: int, today: int) -> dict[str, pl.Expr]:
    """Due month and bounds for months counted to `today`, which still grow by one a month.

    Parameters
    ----------
    low, high
        Columns with the least and the most months so far.
    since
        Column with the month index in which the present stay began, null if not known: the limit
        fell due no earlier than that, were it reached in an earlier stay.
    """
    first = pl.max_horizontal(today + limit - pl.col(high), pl.col(since)).cast(pl.Int32)
    last = pl.max_horizontal(today + limit - pl.col(low), pl.col(since)).cast(pl.Int32)
    return {
        "due_month": pl.when(first == last).then(first),
        "due_earliest": first,
        "due_latest": last,
    }
