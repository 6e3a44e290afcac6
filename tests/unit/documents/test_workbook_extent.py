"""The extent of a sheet is told the same however its XML is written and cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzi.documents.codecs.workbook.extent import CELLS_LIMIT, ROWS_LIMIT, Extent

PLACES = st.lists(
    st.tuples(st.sampled_from(["A", "Z", "AA", "XFD"]), st.integers(1, ROWS_LIMIT)), max_size=6
)
OTHER_WAYS = [
    "<c s='1' r='{0}'><v>1</v></c>",
    '<c\tr = "{0}"/>',
    '<x:c r="{0}"/>',
    '<c\n r="$A$1" r="{0}"/>',
    '<c r="a1" r="{0}"/>',
]


def extent_of(*parts: str) -> Extent:
    extent = Extent()
    for part in parts:
        extent.add(part.encode())
    return extent


def plain(places: list[tuple[str, int]]) -> str:
    return "".join(
        f'<row r="{row}" spans="1:36"><c r="{column}{row}" s="1" t="s"><v>7</v></c></row>'
        for column, row in places
    )


@given(PLACES, st.sampled_from(OTHER_WAYS), PLACES)
def test_a_cell_counts_however_it_is_written(
    before: list[tuple[str, int]], way: str, after: list[tuple[str, int]]
) -> None:
    hidden = plain(before) + way.format("BC77777") + plain(after)
    extent = extent_of(hidden)
    known = [("BC", 77777), *before, *after]
    assert extent.rows == max(row for _column, row in known)
    assert extent.columns == max(
        {"A": 1, "Z": 26, "AA": 27, "BC": 55, "XFD": 16384}[c] for c, _ in known
    )
    assert not extent.is_misplaced


@given(PLACES)
def test_a_plain_sheet_reaches_as_far_as_its_cells(places: list[tuple[str, int]]) -> None:
    extent = extent_of('<?xml version="1.0"?><sheetData>', plain(places), "</sheetData>")
    assert extent.rows == max((row for _column, row in places), default=0)
    assert extent.cells == extent.rows * max(
        ({"A": 1, "Z": 26, "AA": 27, "XFD": 16384}[column] for column, _row in places), default=0
    )


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A99999999999999"/>',
        "<c r='ABCDEFGH1'/>",
        '<c r="">',
        '<c r="A1',  # what would follow begins with <
        '<c r="' + "9" * 40 + '"/>',
    ],
)
def test_a_reference_that_is_none_is_seen_among_plain_cells(cell: str) -> None:
    around = plain([("A", 1), ("B", 2)])
    assert extent_of(around + cell + ("" if cell.endswith("1") else around)).is_misplaced


def test_a_tag_longer_than_a_part_is_not_trusted() -> None:
    assert extent_of("<sheetData><c ", ' r="XFD1048576"/>').is_misplaced
    assert not extent_of("\ufeff<sheetData>", '<c r="A1"/>').is_misplaced


def test_rows_and_cells_without_a_reference_are_counted() -> None:
    assert extent_of("<row><c/></row>" * 3, "<row>" * ROWS_LIMIT).is_crowded
    assert extent_of("<c/>" * (CELLS_LIMIT // 4), *["<x:c>" * (CELLS_LIMIT // 4)] * 4).is_crowded
    assert not extent_of("<row><c/></row>" * 1000).is_crowded
