"""The partial dates of `kernel.dates` as Polars expressions over Int32 columns `YYYYMMDD`.

Null in, null out. Comparisons give Boolean columns that are null where the precision cannot
decide.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.kernel.dates import month_of


def earliest_day(column: pl.Expr) -> pl.Expr:
    """The first day a partial date may mean."""
    year, month, day = _parts(column)
    return pl.date(year, _or_one(month), _or_one(day))


def latest_day(column: pl.Expr) -> pl.Expr:
    """The last day a partial date may mean."""
    year, month, day = _parts(column)
    last_month = pl.when(month == 0).then(12).otherwise(month)
    month_end = pl.date(year, last_month, 1).dt.month_end()
    return pl.when(day == 0).then(month_end).otherwise(pl.date(year, last_month, _or_one(day)))


def earliest_month(column: pl.Expr) -> pl.Expr:
    """Month index of the first month a partial date may mean."""
    month, no_month = _months(column)
    return month + no_month


def latest_month(column: pl.Expr) -> pl.Expr:
    """Month index of the last month a partial date may mean."""
    month, no_month = _months(column)
    return month + 12 * no_month


def on_or_before(column: pl.Expr, day: date) -> pl.Expr:
    """Whether a partial date lies on or before a day; null where its precision cannot tell."""
    return (
        pl.when(latest_day(column) <= day)
        .then(True)
        .when(earliest_day(column) > day)
        .then(False)
        .otherwise(None)
    )


def months_until(column: pl.Expr, day: date) -> tuple[pl.Expr, pl.Expr]:
    """Fewest and most months from the partial date's month to the day's."""
    end = month_of(day)
    return end - latest_month(column), end - earliest_month(column)


def _parts(column: pl.Expr) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    return column // 10000, column // 100 % 100, column % 100


def _months(column: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Int32: the month's index with the month read as written (0 lies before January), and 1
    where no month is written, else 0.

    A nation has tens of millions of dates: two divisions, no selection.
    """
    year, year_and_month = column // 10000, column // 100
    return (
        (year_and_month - 88 * year - 1).cast(pl.Int32),
        (year_and_month == 100 * year).cast(pl.Int32),
    )


def _or_one(part: pl.Expr) -> pl.Expr:
    return pl.when(part == 0).then(1).otherwise(part)
