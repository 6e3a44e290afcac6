"""Rows of text held column by column say what the rows said, in whatever width."""

from __future__ import annotations

import pytest

from banzi.staffing.bundle import Table
from banzi.staffing.packed_rows import PackedRows


@pytest.mark.parametrize("different", [1, 256, 257, 65_536, 65_537])
def test_cells_come_back_however_many_texts_there_are(different: int) -> None:
    rows = [(str(k), str(k % 2), "") for k in range(different)]
    packed = PackedRows(iter(rows), 3)
    assert packed == rows
    assert rows == list(packed)
    assert packed[different - 1] == rows[-1]
    assert packed[-1:] == (rows[-1],)


def test_another_cell_or_length_is_another_table() -> None:
    rows = [("a", "b"), ("a", "c")]
    packed = PackedRows(iter(rows), 2)
    assert packed != rows[:1]
    assert packed != [("a", "b"), ("a", "d")]


def test_a_table_gives_columns_and_cells_either_way() -> None:
    rows = (("a", "1"), ("b", "2"))
    for held in (rows, PackedRows(iter(rows), 2)):
        table = Table(("name", "number"), held)
        assert table.column("number") == ("1", "2")
        assert table.cell(1, "name") == "b"
