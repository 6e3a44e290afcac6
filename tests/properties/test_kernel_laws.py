"""Laws of the kernel: Kleene logic as Polars does it, dates as scalars and as columns alike."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzi.kernel import date_columns
from banzi.kernel.date_columns import (
    earliest_day,
    earliest_month,
    latest_day,
    latest_month,
    months_until,
    on_or_before,
)
from banzi.kernel.dates import (
    PartialDate,
    add_months,
    month_index,
    month_of,
    month_parts,
    parse_partial_date,
)
from banzi.kernel.logic import all_of, any_of, negate

truths = st.sampled_from([True, False, None])
days = st.dates(date(1930, 1, 1), date(2060, 12, 31))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(days)
    precision = draw(st.integers(1, 3))
    return PartialDate.of(
        day.year, day.month if precision > 1 else 0, day.day if precision > 2 else 0
    )


@given(truths, truths)
def test_scalar_logic_follows_the_tables_that_polars_uses(a: bool | None, b: bool | None) -> None:
    frame = pl.DataFrame({"a": [a], "b": [b]}, schema={"a": pl.Boolean, "b": pl.Boolean})
    both, either, not_a = frame.select(
        both=pl.col("a") & pl.col("b"), either=pl.col("a") | pl.col("b"), not_a=~pl.col("a")
    ).row(0)
    assert all_of([a, b]) is both
    assert any_of([a, b]) is either
    assert negate(a) is not_a


@given(st.lists(truths))
def test_de_morgan(values: list[bool | None]) -> None:
    assert negate(all_of(values)) is any_of([negate(value) for value in values])


@given(partial_dates(), days)
def test_a_comparison_is_decided_only_when_every_possible_day_agrees(
    partial: PartialDate, day: date
) -> None:
    first, last = partial.earliest, partial.latest
    expected = True if last <= day else False if first > day else None
    assert partial.on_or_before(day) is expected
    frame = pl.DataFrame({"d": [int(partial)]}, schema={"d": pl.Int32})
    assert frame.select(on_or_before(pl.col("d"), day)).item() is expected


@given(partial_dates(), days)
def test_columns_say_what_scalars_say(partial: PartialDate, day: date) -> None:
    frame = pl.DataFrame({"d": [int(partial), None]}, schema={"d": pl.Int32})
    fewest, most = months_until(pl.col("d"), day)
    rows = frame.select(
        first=earliest_day(pl.col("d")),
        last=latest_day(pl.col("d")),
        first_month=earliest_month(pl.col("d")),
        last_month=latest_month(pl.col("d")),
        fewest=fewest,
        most=most,
    ).rows()
    expected = (
        partial.earliest,
        partial.latest,
        month_of(partial.earliest),
        month_of(partial.latest),
        *partial.months_until(day),
    )
    assert rows == [expected, (None,) * 6]


@given(partial_dates())
def test_what_is_written_as_digits_or_dots_is_read_back(partial: PartialDate) -> None:
    assert parse_partial_date(partial.digits()) == partial
    assert parse_partial_date(partial.dotted()) == partial or partial.precision == 1


@given(st.integers(1900, 2099), st.integers(1, 12))
def test_a_month_index_names_one_month(year: int, month: int) -> None:
    assert month_parts(month_index(year, month)) == (year, month)


@given(days, st.integers(0, 120))
def test_adding_months_never_leaves_the_month_meant(day: date, months: int) -> None:
    later = add_months(day, months)
    assert month_of(later) == month_of(day) + months
    assert later.day <= day.day


@given(st.lists(st.none() | st.integers(18991200, 21010140), min_size=1, max_size=20), st.dates())
def test_a_few_dates_are_read_as_many_are(numbers: list[int | None], day: date) -> None:
    frame = pl.DataFrame({"on": numbers}, schema={"on": pl.Int32()})
    on = pl.col("on")
    asked = {"first": earliest_day(on), "last": latest_day(on), "by": on_or_before(on, day)}
    few = frame.select(**asked)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(date_columns, "_FEW", 0)
        assert frame.select(**asked).equals(few)
