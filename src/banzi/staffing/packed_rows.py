"""The text of a large table held column by column: each different text once, per cell its number.

Three hundred thousand candidate pairs say a few thousand things. As rows of texts they took 37 MB,
of which reading, assembling and the report each need a column now and then.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import overload

from banzi.kernel.sequences import SequenceOfTuples

_AT_ONCE = 4_096
"""Rows that are taken apart at a time."""
_WIDTHS = ("B", "H", "I")
"""Type codes of numbers of 8, 16 and 32 bits."""


class PackedColumn:
    """The cells of one column, as they come."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self._texts: list[str] = []
        self._cells = array(_WIDTHS[0])

    def __len__(self) -> int:
        return len(self._cells)

    def __getitem__(self, row: int) -> str:
        return self._texts[self._cells[row]]

    def __iter__(self) -> Iterator[str]:
        return map(self._texts.__getitem__, self._cells)

    def extend(self, texts: Sequence[str]) -> None:
        for text in dict.fromkeys(texts):
            if text not in self._number:
                self._number[text] = len(self._texts)
                self._texts.append(text)
        fits = next(code for code in _WIDTHS if len(self._texts) <= 1 << 8 * array(code).itemsize)
        if fits != self._cells.typecode:
            self._cells = array(fits, self._cells)
        self._cells.extend(map(self._number.__getitem__, texts))

    def close(self) -> None:
        """No more cells will come: what only finds their numbers may go."""
        self._number.clear()


class PackedRows(SequenceOfTuples[tuple[str, ...]]):
    """Rows of equally many texts, made when they are asked for."""

    def __init__(self, rows: Iterator[Sequence[str]], columns: int) -> None:
        """`rows`: each as long as there are columns."""
        self._columns = tuple(PackedColumn() for _ in range(columns))
        self._size = 0
        while some := list(islice(rows, _AT_ONCE)):
            self._size += len(some)
            for column, texts in zip(self._columns, zip(*some, strict=True), strict=True):
                column.extend(texts)
        for column in self._columns:
            column.close()

    def column(self, place: int) -> PackedColumn:
        return self._columns[place]

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, row: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[tuple[str, ...], ...]: ...
    def __getitem__(self, row: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        if isinstance(row, slice):
            return tuple(self[place] for place in range(*row.indices(self._size)))
        return tuple(column[row] for column in self._columns)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return zip(*self._columns, strict=True)
