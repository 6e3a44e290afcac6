"""The partial dates of `kernel.dates` as Polars expressions over Int32 columns `YYYYMMDD`.

Null in, null out. Comparisons give Boolean columns that are null where the precision cannot
decide; a number that is no date (20260231) decides nothing and has no first or last day.

Each expression is one step over a whole column: written out as a tree of Polars operations the
same takes a millisecond to plan, which for the facts of one person would be most of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from banzi.kernel.dates import month_of

_Numbers = npt.NDArray[np.int64]
_Days = npt.NDArray[np.datetime64]


def earliest_day(column: pl.Expr) -> pl.Expr:
    """The first day a partial date may mean."""
    return _over(column, lambda dates: pl.Series(_first_days(dates)), pl.Date())


def latest_day(column: pl.Expr) -> pl.Expr:
    """The last day a partial date may mean."""
    return _over(column, lambda dates: pl.Series(_last_days(dates)), pl.Date())


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
    limit = np.datetime64(day)

    def compared(dates: _Numbers) -> pl.Series:
        is_before, is_after = _last_days(dates) <= limit, _first_days(dates) > limit
        return pl.Series(is_before).set(pl.Series(~is_before & ~is_after), None)

    return _over(column, compared, pl.Boolean())


def months_until(column: pl.Expr, day: date) -> tuple[pl.Expr, pl.Expr]:
    """Fewest and most months from the partial date's month to the day's."""
    end = month_of(day)
    return end - latest_month(column), end - earliest_month(column)


def _over(
    column: pl.Expr, function: Callable[[_Numbers], pl.Series], dtype: pl.DataType
) -> pl.Expr:
    """A column worked out from whole numbers, nulls staying null."""

    def applied(dates: pl.Series) -> pl.Series:
        if not dates.null_count():
            return function(dates.cast(pl.Int64).to_numpy()).cast(dtype).alias(dates.name)
        numbers = dates.cast(pl.Float64).to_numpy()  # nulls become NaN
        found = function(np.nan_to_num(numbers).astype(np.int64)).cast(dtype)
        return found.set(dates.is_null(), None).alias(dates.name)

    return column.map_batches(applied, return_dtype=dtype, is_elementwise=True)


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


def _month_numbers(dates: _Numbers, unknown: int) -> _Numbers:
    month = dates // 100 % 100
    return dates // 10000 * 12 + np.where(month == 0, unknown, month) - 1


def _first_days(dates: _Numbers) -> _Days:
    day = dates % 100
    return _days(dates, _month_numbers(dates, unknown=1), np.where(day == 0, 1, day))


def _last_days(dates: _Numbers) -> _Days:
    months, day = _month_numbers(dates, unknown=12), dates % 100
    return _days(dates, months, np.where(day == 0, _length(months), day))


def _days(dates: _Numbers, months: _Numbers, day: _Numbers) -> _Days:
    """Days of a month; NaT where the month or the day does not exist."""
    exists = (dates // 100 % 100 <= 12) & (day <= _length(months))
    found = _begins(months) + (day - 1).astype("timedelta64[D]")
    return np.where(exists, found, np.datetime64("NaT", "D"))


def _length(months: _Numbers) -> _Numbers:
    return (_begins(months + 1) - _begins(months)).astype(np.int64)


def _begins(months: _Numbers) -> _Days:
    """First day of each month index, which counts from the year 0."""
    return (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")
