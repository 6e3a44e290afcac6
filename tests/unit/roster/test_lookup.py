"""Rows by a text column: the same as looking at every row."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from banzi.roster.lookup import RowsBy, RowsInFile

KEYS = st.sampled_from(["", "a", "b", "一", "丁", "𠀀", "～"])


@given(st.lists(st.one_of(st.none(), KEYS), max_size=60), st.booleans(), st.lists(KEYS, max_size=3))
def test_rows_found_are_those_of_a_filter_in_the_same_order(
    keys: list[str | None], in_order: bool, wanted: list[str]
) -> None:
    frame = pl.DataFrame({"key": keys}, schema={"key": pl.String}).with_row_index("row")
    if in_order:
        frame = frame.drop_nulls().sort("key", "row")
    expected = frame.filter(pl.col("key").is_in(wanted))
    assert RowsBy(frame, "key").rows(*wanted).equals(expected)


def test_a_key_that_stands_between_others_is_not_found() -> None:
    frame = pl.DataFrame({"key": [f"{number:04}" for number in range(0, 600, 2)]})
    rows = RowsBy(frame, "key")
    assert rows.rows("0100", "0101", "0004")["key"].to_list() == ["0004", "0100"]
    assert rows.rows("0599").height == 0
    assert RowsBy(frame.reverse(), "key").rows("0100", "0101")["key"].to_list() == ["0100"]


@given(st.lists(KEYS, max_size=60), st.lists(KEYS, max_size=3))
def test_rows_in_a_file_are_those_of_a_filter_in_the_same_order(
    keys: list[str], wanted: list[str]
) -> None:
    frame = pl.DataFrame({"key": sorted(keys)}, schema={"key": pl.String}).with_row_index("row")
    found = RowsInFile(frame.lazy, "key")
    assert found.is_sorted
    expected = frame.filter(pl.col("key").is_in(wanted))
    assert found.rows(*wanted).equals(expected)
    assert found.plan(*wanted).collect().equals(expected)
    found.pack()
    assert found.is_packed
    assert found.rows(*wanted).equals(expected)


def test_a_file_in_another_order_or_with_nulls_is_said_to_be_so() -> None:
    for keys in (["b", "a"], ["a", None], [None, "a"]):
        frame = pl.DataFrame({"key": keys}, schema={"key": pl.String})
        assert not RowsInFile(frame.lazy, "key").is_sorted
