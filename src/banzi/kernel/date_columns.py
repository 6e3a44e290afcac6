"""The partial dates of `kernel.dates` as Polars expressions over Int32 columns `YYYYMMDD`.

Null in, null out. Comparisons give Boolean columns that are null where the precision cannot
decide; a number that is no date (20260231) decides nothing and has no first or last day. A
day may be given as an expression where the result is read by `kernel.one_row` and not run by Polars.

Each expression is one step over a whole column, and days are looked up, not worked out: written
out as a tree of Polars operations the same takes a millisecond to plan, and as a dozen steps over
arrays half of one, which for the facts of one person would be most of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from banzi.kernel.dates import YEAR_RANGE, month_of
from banzi.kernel.one_row import FUNCTIONS, by_name, is_reading

_Numbers = npt.NDArray[np.int64]
_Days = npt.NDArray[np.datetime64]
_TRUTHS = pl.Series([False, True, None], dtype=pl.Boolean)
_NO_DAY = np.iinfo(np.int32).min


def earliest_day(column: pl.Expr) -> pl.Expr:
    """The first day a partial date may mean."""
    if is_reading():
        return by_name("earliest_day", column)
    return _over(
        column, lambda places: _table().first[places], lambda first, _last: first, pl.Date()
    )


def latest_day(column: pl.Expr) -> pl.Expr:
    """The last day a partial date may mean."""
    if is_reading():
        return by_name("latest_day", column)
    return _over(column, lambda places: _table().last[places], lambda _first, last: last, pl.Date())


def earliest_month(column: pl.Expr) -> pl.Expr:
    """Month index of the first month a partial date may mean."""
    month, no_month = _months(column)
    return month + no_month


def latest_month(column: pl.Expr) -> pl.Expr:
    """Month index of the last month a partial date may mean."""
    month, no_month = _months(column)
    return month + 12 * no_month


def on_or_before(column: pl.Expr, day: date | pl.Expr) -> pl.Expr:
    """Whether a partial date lies on or before a day; null where its precision cannot tell."""
    if isinstance(day, pl.Expr):
        return by_name("on_or_before", column, day)
    limit = (day - date(1970, 1, 1)).days

    def compared(places: _Numbers) -> pl.Series:
        first, last = _table().first_numbers[places], _table().last_numbers[places]
        undecided = (first == _NO_DAY) | ((first <= limit) & (last > limit))
        return _TRUTHS[np.where(undecided, 2, last <= limit)]

    return _over(column, compared, lambda first, last: _is_by(first, last, day), pl.Boolean())


def _is_by(first: date | None, last: date | None, day: date) -> bool | None:
    if first is None or last is None or first <= day < last:
        return None
    return last <= day


def months_until(column: pl.Expr, day: date | pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Fewest and most months from the partial date's month to the day's."""
    end = by_name("month_of", day) if isinstance(day, pl.Expr) else month_of(day)
    return end - latest_month(column), end - earliest_month(column)


def _over(
    column: pl.Expr,
    function: Callable[[_Numbers], pl.Series],
    one: Callable[[date | None, date | None], object],
    dtype: pl.DataType,
) -> pl.Expr:
    """A column looked up by the place of each date in the table of days.

    `one` says the same of the first and the last day of a single date: of a few dates each is
    told by itself, since arrays cost more than what they spare.
    """

    def applied(dates: pl.Series) -> pl.Series:
        if len(dates) > _FEW:
            return function(_places(dates)).alias(dates.name)
        return pl.Series(
            dates.name, [one(*_days_of(each)) for each in dates.to_list()], dtype=dtype
        )

    return column.map_batches(applied, return_dtype=dtype, is_elementwise=True)


_FEW = 40


@lru_cache(maxsize=100_000)
def _days_of(number: int | None) -> tuple[date | None, date | None]:
    """The first and the last day of a single date."""
    place = int(_places(pl.Series([number], dtype=pl.Int32()))[0])
    return _table().first[place], _table().last[place]


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


_MONTHS, _DAYS = 13, 32
"""Months and days a number may name, unknown ones included."""

_YEARS = len(YEAR_RANGE)
_NOWHERE = _YEARS * _MONTHS * _DAYS
"""The place of what is no date."""


class _Table:
    """The first and the last day of every partial date, by place, as days and as their numbers."""

    def __init__(self) -> None:
        years, months = np.indices((_YEARS, _MONTHS))
        january = 12 * (years + YEAR_RANGE.start)
        day = np.arange(_DAYS)
        self.first, self.first_numbers = _looked_up(
            january + np.where(months == 0, 1, months) - 1, months, day, unknown_is_first=True
        )
        self.last, self.last_numbers = _looked_up(
            january + np.where(months == 0, 12, months) - 1, months, day, unknown_is_first=False
        )


@cache
def _table() -> _Table:
    return _Table()


def _looked_up(
    index: _Numbers, months: _Numbers, day: _Numbers, *, unknown_is_first: bool
) -> tuple[pl.Series, npt.NDArray[np.int32]]:
    """Years × months × days, flat, and one more for no date: as days, and as numbers from 1970."""
    begins = _begins(index)
    length = (_begins(index + 1) - begins).astype(np.int32)[..., None]
    exists = (day <= length) & ((months[..., None] > 0) | (day == 0))
    chosen = np.where(day == 0, 1 if unknown_is_first else length, day) - 1
    numbers = np.where(exists, begins.astype(np.int32)[..., None] + chosen, _NO_DAY)
    flat = np.append(numbers, _NO_DAY).astype(np.int32)
    days = pl.Series(flat).set(pl.Series(flat == _NO_DAY), None).cast(pl.Date)
    return days, flat


def _places(dates: pl.Series) -> _Numbers:
    """Where each date stands in the table; null and what is no date have the last place."""
    numbers = dates.to_numpy()
    if numbers.dtype.kind == "f":  # nulls are NaN
        numbers = np.where(np.isnan(numbers), 0, numbers)
    numbers = numbers.astype(np.int64)
    years, rest = numbers // 10000 - YEAR_RANGE.start, numbers % 10000
    months, days = rest // 100, rest % 100
    inside = (years >= 0) & (years < _YEARS) & (months < _MONTHS) & (days < _DAYS)
    return np.where(inside, (years * _MONTHS + months) * _DAYS + days, _NOWHERE)


def _begins(months: _Numbers) -> _Days:
    """First day of each month index, which counts from the year 0."""
    return (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")


FUNCTIONS.update(
    earliest_day=lambda number: _days_of(number)[0],
    latest_day=lambda number: _days_of(number)[1],
    on_or_before=lambda number, day: _is_by(*_days_of(number), day),
    month_of=month_of,
)
