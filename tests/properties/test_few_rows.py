"""Frames of a few rows are put together, sorted and cut as Polars does it to many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal, assert_series_equal

from banzi.kernel import few_rows
from banzi.kernel.few_rows import (
    crossed,
    first_of_each,
    is_among,
    joined,
    ordered,
    picked,
    taken,
    together,
)

Made = TypeVar("Made", pl.DataFrame, pl.Series)
WORDS = st.none() | st.sampled_from(["甲", "乙", "B", ""])
NUMBERS = st.none() | st.integers(-1, 2)
DAYS = st.none() | st.sampled_from([date(2026, 6, 30), date(1969, 12, 31)])
LEFT = {"who": pl.String(), "level": pl.Int64(), "day": pl.Date(), "row": pl.Int64()}
RIGHT = {"who": pl.String(), "level": pl.Int64(), "said": pl.Boolean(), "place": pl.Int64()}


@st.composite
def lefts(draw: st.DrawFn) -> pl.DataFrame:
    rows = draw(st.lists(st.tuples(WORDS, NUMBERS, DAYS), max_size=7))
    return pl.DataFrame([(*row, at) for at, row in enumerate(rows)], schema=LEFT, orient="row")


@st.composite
def rights(draw: st.DrawFn) -> pl.DataFrame:
    rows = draw(st.lists(st.tuples(WORDS, NUMBERS, st.none() | st.booleans()), max_size=7))
    return pl.DataFrame([(*row, at) for at, row in enumerate(rows)], schema=RIGHT, orient="row")


def by_polars(make: Callable[[], Made]) -> Made:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(few_rows, "FEW", -1)
        return make()


@given(lefts(), rights(), st.sampled_from([("who",), ("level",), ("who", "level")]))
def test_rows_of_the_same_keys_meet(
    left: pl.DataFrame, right: pl.DataFrame, on: tuple[str, ...]
) -> None:
    right = right.drop({"who", "level"} - set(on))
    few = joined(left, right, *on)
    assert_frame_equal(few, left.join(right, on=on, how="left", maintain_order="left_right"))
    assert_frame_equal(by_polars(lambda: joined(left, right, *on)), few, check_row_order=False)
    inner = joined(left, right, *on, how="inner")
    assert_frame_equal(inner, left.join(right, on=on, maintain_order="left_right"))
    among_many = by_polars(lambda: joined(left, right, *on, how="inner"))
    assert_frame_equal(among_many, inner, check_row_order=False)


@given(lefts(), rights())
def test_columns_of_one_name_are_told_apart_as_by_polars(
    left: pl.DataFrame, right: pl.DataFrame
) -> None:
    assert joined(left, right, "who").columns == left.join(right, on="who").columns


@given(lefts(), rights())
def test_each_row_meets_every_other(left: pl.DataFrame, right: pl.DataFrame) -> None:
    right = right.select("said", "place")
    assert_frame_equal(crossed(left, right), left.join(right, how="cross"))
    assert_frame_equal(by_polars(lambda: crossed(left, right)), crossed(left, right))


@given(
    lefts(),
    st.permutations(["who", "level", "day"]),
    st.sets(st.sampled_from(["who", "level", "day"])),
    st.booleans(),
)
def test_rows_are_sorted_as_by_polars(
    frame: pl.DataFrame, by: list[str], falling: set[str], nulls_last: bool
) -> None:
    few = ordered(frame, *by, falling=falling, nulls_last=nulls_last)
    descending = [name in falling for name in by]
    expected = frame.sort(by, descending=descending, nulls_last=nulls_last, maintain_order=True)
    assert_frame_equal(few, expected)
    many = by_polars(lambda: ordered(frame, *by, falling=falling, nulls_last=nulls_last))
    assert_frame_equal(many.select(by), few.select(by))


@given(lefts(), st.sampled_from([("who",), ("level", "day"), ("row",)]))
def test_the_first_of_each_is_that_of_polars(frame: pl.DataFrame, keys: tuple[str, ...]) -> None:
    few = first_of_each(frame, *keys)
    assert_frame_equal(few, by_polars(lambda: first_of_each(frame, *keys)))
    assert few.select(keys).is_unique().all()


@given(lefts(), st.data())
def test_rows_are_taken_by_place(frame: pl.DataFrame, data: st.DataObject) -> None:
    places = data.draw(
        st.lists(st.sampled_from(range(frame.height))) if frame.height else st.just([])
    )
    assert taken(frame, places)["row"].to_list() == places
    assert taken(frame, places).schema == frame.schema


@given(st.lists(WORDS, max_size=7), st.lists(WORDS, max_size=4))
def test_a_text_is_among_others_or_not(texts: list[str | None], others: list[str | None]) -> None:
    values, members = pl.Series("who", texts, pl.String()), pl.Series(others, dtype=pl.String())
    few = is_among(values, members)
    assert_series_equal(few, by_polars(lambda: is_among(values, members)))


@given(st.lists(lefts(), min_size=1, max_size=3))
def test_frames_follow_each_other(frames: list[pl.DataFrame]) -> None:
    assert_frame_equal(together(*frames), pl.concat(frames))


@given(lefts())
def test_columns_are_picked_and_renamed(frame: pl.DataFrame) -> None:
    few = picked(frame, "who", kept="day", row="level")
    assert_frame_equal(few, frame.select("who", kept="day", row="level"))
