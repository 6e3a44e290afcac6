"""Working days by the annual notices."""

from datetime import date, timedelta

import pytest

from banzi.codes import workdays
from banzi.kernel.errors import BanziError

ENTRY = """
2030:
  notices: [某通知]
  checked_on: 2029-11-20
  checked_against: text
  days_off: [{off}]
  days_worked: [{worked}]
"""


def test_a_plain_week_has_five_working_days():
    """The five working days of a public notice: Monday 2 to Friday 6 March 2026."""
    assert workdays.working_days_between(date(2026, 3, 2), date(2026, 3, 6)) == 5
    assert workdays.last_day_of_period(date(2026, 3, 2), 5) == date(2026, 3, 6)


def test_the_spring_festival_week_of_2026_has_none():
    assert workdays.working_days_between(date(2026, 2, 15), date(2026, 2, 23)) == 0
    assert workdays.is_working_day(date(2026, 2, 14))
    assert workdays.is_working_day(date(2026, 2, 28))
    assert workdays.last_day_of_period(date(2026, 2, 12), 5) == date(2026, 2, 25)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 4), True),
        (date(2026, 1, 11), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2014, 2, 8), True),
        (date(2017, 5, 27), True),
        (date(2015, 9, 3), False),
        (date(2019, 5, 2), False),
        (date(2020, 1, 31), False),
        (date(2018, 12, 31), False),
        (date(2018, 12, 29), True),
    ],
)
def test_single_days(day, working):
    assert workdays.is_working_day(day) is working


def test_a_year_without_notice_is_an_error_that_names_it():
    with pytest.raises(BanziError) as caught:
        workdays.is_working_day(date(2099, 3, 2))
    assert caught.value.message.code == "codes/workday-notice-missing"
    assert caught.value.message.values["year"] == 2099
    assert str(caught.value.message.values["file"]).endswith("workdays.yaml")


def test_last_days_of_december_wait_for_the_next_notice():
    last = max(workdays.national_calendar().years)
    assert workdays.is_working_day(date(last, 12, 28)) in (True, False)
    with pytest.raises(BanziError) as caught:
        workdays.is_working_day(date(last, 12, 29))
    assert caught.value.message.values["year"] == last + 1


def test_adding_does_not_count_the_first_day():
    friday = date(2026, 3, 6)
    assert workdays.add_working_days(friday, 1) == date(2026, 3, 9)
    assert workdays.add_working_days(friday, 0) == friday
    assert workdays.add_working_days(date(2026, 3, 9), -1) == friday


def test_a_period_needs_a_day():
    with pytest.raises(ValueError, match="at least one"):
        workdays.last_day_of_period(date(2026, 3, 2), 0)


def test_a_range_that_ends_before_it_begins_is_empty():
    assert workdays.working_days_between(date(2026, 3, 6), date(2026, 3, 2)) == 0


def test_years_are_complete_and_cite_their_notice():
    years = workdays.national_calendar().years
    assert set(years) == set(range(2004, max(years) + 1))
    for year, notice in years.items():
        assert any(str(year) in title for title in notice.notices)


def test_more_days_are_off_than_are_worked_for_it():
    """Moved days are paid back one for one; the holidays of the law come on top."""
    for year, notice in workdays.national_calendar().years.items():
        assert len(notice.off) - len(notice.work) >= 9, year


def test_a_new_year_can_be_added():
    calendar = workdays.parse_calendar(ENTRY.format(off="2030-01-01", worked="2030-01-05"), "f")
    assert not calendar.is_working_day(date(2030, 1, 1))
    assert calendar.is_working_day(date(2030, 1, 5))
    assert calendar.is_working_day(date(2030, 1, 2))
    assert not calendar.is_working_day(date(2030, 1, 2) + timedelta(days=4))


@pytest.mark.parametrize(
    ("off", "worked", "reason"),
    [
        ("2030-01-05", "", "codes/workday-off"),
        ("", "2030-01-01", "codes/workday-work"),
        ("2031-01-01", "", "codes/workday-year"),
        ("2029-11-01", "", "codes/workday-year"),
    ],
)
def test_a_day_in_the_wrong_place_is_refused(off, worked, reason):
    with pytest.raises(BanziError) as caught:
        workdays.parse_calendar(ENTRY.format(off=off, worked=worked), "f")
    assert caught.value.message.values["reason"].code == reason


@pytest.mark.parametrize(
    "text", ["", "[]", "2030: {}", "2030: {notices: [a]}", "a: [", "x: {a: 1}"]
)
def test_an_unreadable_calendar_is_a_coded_error(text):
    with pytest.raises(BanziError) as caught:
        workdays.parse_calendar(text, "f")
    assert caught.value.message.code == "codes/workday-calendar-unreadable"
