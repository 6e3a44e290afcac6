"""Working days (工作日): weekends, public holidays and the working Saturdays that pay for them.

Deadlines such as "公示期不少于五个工作日" count by the annual notice of the General Office of the
State Council. The notices are data, `tables/workdays.yaml`, each with its title and the day it was
checked. A year whose notice is not in the file is an error that says so: it is never guessed.

Not here: regional holidays (广西 三月三 and the like) and leave of single persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

import yaml

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

NOTICE_MISSING = MessageKind(
    "codes/workday-notice-missing",
    _(
        "无法判断{day}是否工作日：工作日历中没有《国务院办公厅关于{year}年部分节假日安排的通知》；"
        "请按通知原文在{file}中补录{year}年"
    ),
)
BAD_CALENDAR = MessageKind(
    "codes/workday-calendar", _("工作日历{file}中{year}年的内容有误：{day}；{reason}")
)
CALENDAR_UNREADABLE = MessageKind(
    "codes/workday-calendar-unreadable",
    _("工作日历{file}无法读取：{year}年一项缺内容或格式不对；请比照其他年份改正"),
)
OFF_NEEDS_WEEKDAY = MessageKind("codes/workday-off", _("days_off 只列周一至周五"))
WORK_NEEDS_WEEKEND = MessageKind("codes/workday-work", _("days_worked 只列周六、周日"))
OTHER_YEAR = MessageKind("codes/workday-year", _("日期不属于这一年的通知"))

NEW_YEAR_SHIFTS_FROM = (12, 29)
"""From this day the next year's notice has the last word: 2006, 2007, 2011 and 2018 moved days."""


@dataclass(frozen=True, slots=True)
class YearNotice:
    """What the notice for one year fixes: weekdays that are off, weekend days that are worked."""

    year: int
    notices: tuple[str, ...]
    checked_on: date
    off: frozenset[date]
    work: frozenset[date]


@dataclass(frozen=True)
class WorkCalendar:
    """Working days by a set of annual notices; `file` is named when one is missing."""

    years: Mapping[int, YearNotice]
    file: str

    def is_working_day(self, day: date) -> bool:
        """Whether people work on this day.

        Raises
        ------
        BanziError
            When the notice that decides about the day is not in the calendar.
        """
        deciding = [self._notice(day.year, day)]
        if (day.month, day.day) >= NEW_YEAR_SHIFTS_FROM:
            deciding.append(self._notice(day.year + 1, day))
        if any(day in notice.off for notice in deciding):
            return False
        return day.weekday() < 5 or any(day in notice.work for notice in deciding)

    def working_days_between(self, first: date, last: date) -> int:
        """Number of working days from first to last, both counted; 0 when last is before first."""
        return sum(map(self.is_working_day, _days(first, last)))

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after `day` (before it when negative); `day` itself for 0.

        The day given is not counted, whether it is a working day or not.
        """
        step = timedelta(days=1 if count > 0 else -1)
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def last_day_of_period(self, first: date, working_days: int) -> date:
        """Last day of a period that begins on `first` and holds so many working days.

        `working_days_between(first, result)` is exactly `working_days`, which is at least 1.
        """
        if working_days < 1:
            raise ValueError("a period holds at least one working day")
        return self.add_working_days(first - timedelta(days=1), working_days)

    def _notice(self, year: int, day: date) -> YearNotice:
        notice = self.years.get(year)
        if notice is None:
            raise BanziError(NOTICE_MISSING(day=day.isoformat(), year=year, file=self.file))
        return notice


@cache
def national_calendar() -> WorkCalendar:
    """The calendar that comes with the program."""
    path = resources.files("banzi.codes") / "tables" / "workdays.yaml"
    return parse_calendar(path.read_text(encoding="utf-8"), str(path))


def is_working_day(day: date) -> bool:
    """Whether people work on this day, by the national calendar."""
    return national_calendar().is_working_day(day)


def working_days_between(first: date, last: date) -> int:
    """Working days from first to last, both counted, by the national calendar."""
    return national_calendar().working_days_between(first, last)


def add_working_days(day: date, count: int) -> date:
    """The count-th working day after a day, by the national calendar."""
    return national_calendar().add_working_days(day, count)


def last_day_of_period(first: date, working_days: int) -> date:
    """Last day of a period of so many working days that begins on `first`."""
    return national_calendar().last_day_of_period(first, working_days)


def parse_calendar(text: str, file: str) -> WorkCalendar:
    """Read a calendar in the form of `tables/workdays.yaml`; `file` is named in messages.

    Raises
    ------
    BanziError
        When an entry lacks something, or a day stands where it cannot stand.
    """
    years: dict[int, YearNotice] = {}
    year = 0
    try:
        for key, entry in yaml.safe_load(text).items():
            year = int(key)
            years[year] = YearNotice(
                year=year,
                notices=tuple(entry["notices"]),
                checked_on=entry["checked_on"],
                off=frozenset(entry["days_off"] or ()),
                work=frozenset(entry["days_worked"] or ()),
            )
            _check(years[year], file)
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise BanziError(CALENDAR_UNREADABLE(file=file, year=year)) from error
    return WorkCalendar(years, file)


def _check(notice: YearNotice, file: str) -> None:
    for day in sorted(notice.off | notice.work):
        next_year = day.year + 1 == notice.year and (day.month, day.day) >= NEW_YEAR_SHIFTS_FROM
        reason = None
        if day.year != notice.year and not next_year:
            reason = OTHER_YEAR()
        elif day in notice.off and day.weekday() >= 5:
            reason = OFF_NEEDS_WEEKDAY()
        elif day in notice.work and day.weekday() < 5:
            reason = WORK_NEEDS_WEEKEND()
        if reason:
            raise BanziError(
                BAD_CALENDAR(file=file, year=notice.year, day=day.isoformat(), reason=reason)
            )


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
