"""Rows of a table by a text column, without looking at every row each time.

Tables lie on disk in the order of their keys, so most are searched as they stand. Another column,
or a table in another order, is searched through sorted hashes: eight bytes a row and one sort.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from banzi.kernel.few_rows import are_few, taken
from banzi.roster.packing import PackedRows

_FEW = 50
"""One row in so many is few: above that one pass over the column is faster than searching."""


class RowsBy:
    """The rows of a frame by the value of a text column.

    Parameters
    ----------
    frame
        Any frame; rows whose value is null are never found.
    column
        Name of its text column.
    """

    def __init__(self, frame: pl.DataFrame, column: str) -> None:
        self._frame = frame
        self._column = column
        self._keys = frame[column].rechunk()
        self._hashes: _Hashes | None = None
        if self._keys.null_count() or not self._keys.is_sorted():
            self._hashes = _Hashes(self._keys)

    def rows(self, *values: str) -> pl.DataFrame:
        """The rows with one of the values, in the order of the frame."""
        if not values:
            return self._frame.clear()
        if len(values) > 1 and len(values) * _FEW > self._frame.height:
            return self._frame.filter(pl.col(self._column).is_in(list(values)))
        if self._hashes is None:
            parts = [self._frame.slice(*part) for part in self._stretches(values)]
            return pl.concat(parts) if len(parts) > 1 else parts[0]
        found = self._frame[self._hashes.places(values)]
        if not are_few(found):
            return found.filter(pl.col(self._column).is_in(list(values)))
        # Two texts may share a hash.
        known = enumerate(found.get_column(self._column).to_list())
        return taken(found, [place for place, value in known if value in values])

    def _stretches(self, values: Sequence[str]) -> list[tuple[int, int]]:
        """Start and length for each value; in a sorted column those of a value stand together."""
        # Texts compare by code point here and by UTF-8 bytes in Polars, which is the same order.
        found = []
        for value in sorted(set(values)):
            first = bisect_left(self._keys, value)
            after = bisect_right(self._keys, value, first)
            if after > first:
                found.append((first, after - first))
        return found or [(0, 0)]


class RowsInFile:
    """The rows of a table on disk by the value of a text column in whose order they lie.

    In memory are twelve bytes for each value that occurs: its hash, and where its rows begin. Once
    it is packed (`pack`), rows come from blocks in memory.

    Parameters
    ----------
    scan
        Gives the table, each time held against its manifest.
    column
        Name of its text column.
    hold
        Holds the table against its manifest, before rows are taken from memory.

    Attributes
    ----------
    is_sorted
        Whether the rows lie in the order of the column, none of it null; else nothing is found.
    """

    def __init__(
        self,
        scan: Callable[[], pl.LazyFrame],
        column: str,
        hold: Callable[[], object] = lambda: None,
    ) -> None:
        self._scan = scan
        self._column = column
        self._hold = hold
        self._packed: PackedRows | None = None
        self.asked = 0
        """How often rows were wanted."""
        keys = scan().select(column).collect().to_series()
        self.is_sorted = not keys.null_count() and keys.is_sorted()
        self._height = len(keys)
        self._empty = scan().clear().collect()
        if not self.is_sorted:
            return
        starts = (keys != keys.shift(1)).fill_null(True).arg_true()
        hashes = keys.gather(starts).hash().to_numpy()
        order = np.argsort(hashes, kind="stable")
        self._hashes = hashes[order]
        self._starts = starts.to_numpy()[order]
        ends = np.append(starts.to_numpy(), np.uint32(len(keys)))[1:]
        self._lengths = (ends - starts.to_numpy())[order]

    @property
    def is_packed(self) -> bool:
        return self._packed is not None

    def pack(self, is_wanted: Callable[[], bool] = lambda: True) -> None:
        """Take the rows into memory, compressed (`PackedRows`)."""
        if self._packed is None:
            self._packed = PackedRows(self._scan, self._height, is_wanted)

    def rows(self, *values: str) -> pl.DataFrame:
        """The rows with one of the values, in the order of the file."""
        packed = self._packed
        if packed is None:
            return self.plan(*values).collect()
        self._hold()
        parts = [packed.rows(start, length) for start, length in self._stretches(values)]
        # Two texts may share a hash; one stretch is one text.
        found = [part for part in parts if part.item(0, self._column) in values]
        return pl.concat(found) if len(found) > 1 else found[0] if found else self._empty

    def plan(self, *values: str) -> pl.LazyFrame:
        """The same, to take from the file."""
        stretches = self._stretches(values)
        if not stretches:
            return self._empty.lazy()
        table = self._scan()
        parts = [table.slice(start, length) for start, length in stretches]
        # Two texts may share a hash.
        return pl.concat(parts).filter(pl.col(self._column).is_in(list(values)))

    def _stretches(self, values: Sequence[str]) -> list[tuple[int, int]]:
        """Start and length of rows whose value has the hash of one that is wanted."""
        wanted = _hashes_of(tuple(sorted(set(values))))
        first = np.searchsorted(self._hashes, wanted, "left")
        after = np.searchsorted(self._hashes, wanted, "right")
        return sorted(
            (int(self._starts[at]), int(self._lengths[at]))
            for a, b in zip(first, after, strict=True)
            for at in range(a, b)
        )


@lru_cache(maxsize=100)
def _hashes_of(values: tuple[str, ...]) -> npt.NDArray[np.uint64]:
    """Hashes of texts; every table is asked for the same persons."""
    return pl.Series(values, dtype=pl.String).hash().to_numpy()


class _Hashes:
    """Rows of a column in the order of their texts' hashes."""

    def __init__(self, keys: pl.Series) -> None:
        hashes = keys.hash().to_numpy()
        self._order = np.argsort(hashes, kind="stable")
        self._sorted = hashes[self._order]

    def places(self, values: Sequence[str]) -> npt.NDArray[np.intp]:
        """Rows that may have one of the values, ascending: two texts may share a hash."""
        wanted = pl.Series(list(set(values)), dtype=pl.String).hash().to_numpy()
        first = np.searchsorted(self._sorted, wanted, "left")
        after = np.searchsorted(self._sorted, wanted, "right")
        parts = [self._order[start:end] for start, end in zip(first, after, strict=True)]
        return np.sort(np.concatenate(parts))
