"""Months as whole numbers, and dates that know how precise they are.

A **month index** counts months from January of year 0: `12 * year + month - 1`. Differences are
whole months; ages and lengths of service are counted this way, the day ignored (formats.md calls
it "completed years counted to the month").

A **partial date** is one integer `YYYYMMDD` whose unknown parts are zero: `19750300` is March 1975,
`19750000` some day of 1975. It stands for the set of days it may mean, `earliest` … `latest`.
A comparison is true or false only when it is so for every day of the set, otherwise unknown.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from enum import IntEnum
from functools import lru_cache

from banzi.kernel.logic import Truth

YEAR_RANGE = range(1900, 2100)
"""Years an official's file can mention; anything else is a slip of the pen."""

_SEPARATED = re.compile(r"(\d{4})[.．/年-](\d{1,2})(?:[.．/月-](\d{1,2})日?|月)?")
_DIGITS = re.compile(r"(\d{4})(?:(\d{2})(\d{2})?)?")
_YEAR = re.compile(r"(\d{4})年")
_LONGEST = len("1975年03月12日")
_EVERY_MONTH = 28
"""Days that every month has."""


def month_index(year: int, month: int) -> int:
    """Months from January of year 0."""
    return 12 * year + month - 1


def month_of(day: date) -> int:
    """The month index of a day."""
    return month_index(day.year, day.month)


def month_parts(index: int) -> tuple[int, int]:
    """Year and month (1–12) of a month index."""
    return index // 12, index % 12 + 1


def month_text(index: int) -> str:
    """`2016.06`, as rosters and résumés write it."""
    year, month = month_parts(index)
    return f"{year:04d}.{month:02d}"


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last day of a shorter month stands in for it.

    31 August + 6 months is 28 or 29 February.
    """
    year, month = month_parts(month_of(day) + months)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


class Precision(IntEnum):
    YEAR = 1
    MONTH = 2
    DAY = 3


class PartialDate(int):
    """A date known to the year, month or day, held as the integer `YYYYMMDD` with zeros.

    Sorting partial dates as integers puts the vaguer before the more exact of the same period.
    """

    __slots__ = ()

    def __new__(cls, value: int) -> PartialDate:
        year, month, day = value // 10000, value // 100 % 100, value % 100
        if year not in YEAR_RANGE or month > 12 or (day and not month):
            raise ValueError(f"not a date: {value}")
        if day > _EVERY_MONTH and day > calendar.monthrange(year, month)[1]:
            raise ValueError(f"not a date: {value}")
        return super().__new__(cls, value)

    @classmethod
    def of(cls, year: int, month: int = 0, day: int = 0) -> PartialDate:
        if not (0 <= month <= 12 and 0 <= day <= 31):
            raise ValueError(f"not a date: {year}-{month}-{day}")
        return cls(year * 10000 + month * 100 + day)

    @classmethod
    def from_date(cls, day: date) -> PartialDate:
        return cls.of(day.year, day.month, day.day)

    @property
    def year(self) -> int:
        return int(self) // 10000

    @property
    def month(self) -> int:
        """1–12, or 0 when only the year is known."""
        return int(self) // 100 % 100

    @property
    def day(self) -> int:
        """1–31, or 0 when the day is not known."""
        return int(self) % 100

    @property
    def precision(self) -> Precision:
        if self.day:
            return Precision.DAY
        return Precision.MONTH if self.month else Precision.YEAR

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def on_or_before(self, other: date) -> Truth:
        """Whether the date lies on or before a day: true, false, or unknown to this precision."""
        if self.latest <= other:
            return True
        return False if self.earliest > other else None

    def months_until(self, other: date) -> tuple[int, int]:
        """Fewest and most months from this date's month to another's; equal when it is known."""
        end = month_of(other)
        return end - month_of(self.latest), end - month_of(self.earliest)

    def digits(self) -> str:
        """`1975`, `197503` or `19750312`: the form `.lrmx` files use."""
        return str(int(self))[
            : {Precision.YEAR: 4, Precision.MONTH: 6, Precision.DAY: 8}[self.precision]
        ]

    def dotted(self) -> str:
        """`1975`, `1975.03` or `1975.03.12`: the form printed papers use."""
        digits = self.digits()
        return ".".join(part for part in (digits[:4], digits[4:6], digits[6:]) if part)

    def __str__(self) -> str:
        return self.dotted()

    def __repr__(self) -> str:
        return f"PartialDate({int(self)})"


def parse_partial_date(text: str) -> PartialDate | None:
    """Read `197503`, `19750312`, `1975.03`, `1975-3-2`, `1975年3月`, `19750300`, `1975`.

    Returns None for anything else, month 13 included: whoever asked decides whether that is an
    error or a finding. Blanks around the text are ignored; blanks alone are None too.
    """
    stripped = text.strip()
    return _parsed(stripped) if len(stripped) <= _LONGEST else None


@lru_cache(maxsize=1 << 14)
def _parsed(stripped: str) -> PartialDate | None:
    """The dates of a nation's officials are a few thousand texts, written again and again."""
    match = (
        _DIGITS.fullmatch(stripped) or _SEPARATED.fullmatch(stripped) or _YEAR.fullmatch(stripped)
    )
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part]
    try:
        return PartialDate.of(*parts)
    except ValueError:
        return None
