"""Blocks of rows: any stretch of a table is what a slice gives, and packing gives way."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from banzi.roster import packing
from banzi.roster.packing import PackedRows, Packing, Stopped


@given(st.integers(1, 40), st.data())
def test_any_stretch_is_what_a_slice_gives(height: int, data: st.DataObject) -> None:
    frame = pl.DataFrame({"number": range(height), "text": [str(n) * 3 for n in range(height)]})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "_CELLS", data.draw(st.integers(1, 30)))
        patch.setattr(packing, "_AT_ONCE", data.draw(st.integers(1, 30)))
        packed = PackedRows(frame.lazy, height, lambda: True)
    start = data.draw(st.integers(0, height - 1))
    length = data.draw(st.integers(1, height - start))
    assert packed.rows(start, length).equals(frame.slice(start, length))
    assert packed.memory > 0


def test_packing_stops_when_it_is_no_longer_wanted() -> None:
    frame = pl.DataFrame({"number": range(3)})
    with pytest.raises(Stopped):
        PackedRows(frame.lazy, 3, lambda: False)


class _Table:
    def __init__(self, *, fails: bool = False) -> None:
        self.packed = 0
        self.fails = fails

    def pack(self, is_wanted: Callable[[], bool]) -> None:
        assert is_wanted()
        self.packed += 1
        if self.fails:
            raise OSError("gone")


def test_a_table_that_cannot_be_packed_does_not_keep_others_from_it() -> None:
    tables = [_Table(fails=True), _Table()]
    work = Packing()
    work.of(tables)
    work.wait()
    assert [table.packed for table in tables] == [1, 1]
    later = _Table()
    work.of([later])
    work.wait()
    assert later.packed == 1
