"""Dates as people type them, and the edges of the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from banzi.kernel.dates import PartialDate, Precision, add_months, month_text, parse_partial_date


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("197503", 19750300),
        ("19750312", 19750312),
        ("19750300", 19750300),
        ("1975.03", 19750300),
        ("1975.3", 19750300),
        ("1975．03", 19750300),
        ("1975-03-02", 19750302),
        ("1975/3/2", 19750302),
        ("1975年3月", 19750300),
        ("1975年3月2日", 19750302),
        ("1975年", 19750000),
        ("1975", 19750000),
        (" 197503 ", 19750300),
    ],
)
def test_the_forms_that_files_use_are_read(typed: str, meant: int) -> None:
    assert parse_partial_date(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "197513", "19750230", "1875.03", "75.03", "1975.03.", "1975..03", "今", "19753"],
)
def test_anything_else_is_refused_and_not_repaired(typed: str) -> None:
    assert parse_partial_date(typed) is None


def test_29_february_exists_only_in_leap_years() -> None:
    assert parse_partial_date("20240229") == 20240229
    assert parse_partial_date("20230229") is None


def test_precision_is_what_was_written() -> None:
    assert [PartialDate(value).precision for value in (19750000, 19750300, 19750302)] == [
        Precision.YEAR,
        Precision.MONTH,
        Precision.DAY,
    ]
    with pytest.raises(ValueError, match="not a date"):
        PartialDate(19750002)


def test_the_last_day_stands_in_for_a_day_the_month_lacks() -> None:
    assert add_months(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert add_months(date(2023, 8, 31), 6) == date(2024, 2, 29)


def test_months_until_spans_what_a_year_may_mean() -> None:
    assert PartialDate(20240000).months_until(date(2026, 1, 31)) == (13, 24)
    assert PartialDate(20240229).months_until(date(2026, 1, 1)) == (23, 23)


def test_a_month_is_shown_as_rosters_write_it() -> None:
    assert month_text(2016 * 12 + 5) == "2016.06"
