"""Comparing a span of facts (`…_low`, `…_high`) with a number of the law, three-valued.

And telling when a count of months, going on by itself, will reach that number.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.kernel.dates import month_of


def at_least(name: str, least: int | pl.Expr) -> pl.Expr:
    """Whether `name` reaches a minimum: true by its lower bound, false by its upper, else null."""
    return (
        pl.when(pl.col(f"{name}_low") >= least)
        .then(True)
        .when(pl.col(f"{name}_high") < least)
        .then(False)
        .otherwise(None)
    )


def first_of_month(index: pl.Expr) -> pl.Expr:
    """The first day of a month given by its index."""
    return pl.date(index // 12, index % 12 + 1, 1)


def reaches_on(name: str, least: int | pl.Expr, as_of: date) -> pl.Expr:
    """The day on which `name` reaches a minimum if it goes on month by month.

    Null where it has reached it, or where it is not known exactly.
    """
    months = pl.col(f"{name}_low")
    exact_and_short = (months == pl.col(f"{name}_high")) & (months < least)
    return pl.when(exact_and_short).then(first_of_month(least - months + month_of(as_of)))
