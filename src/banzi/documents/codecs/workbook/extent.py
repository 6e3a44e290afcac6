"""How far a sheet reaches, told from its XML before a reader lays it out.

Readers make a cell for every place between the first and the last used one, so whoever can write
a reference can ask for any memory. Sheets as spreadsheet programs write them are looked through
with a few fixed searches; wherever one is written otherwise, each part of it is looked at for
everything that a reader would still take for a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

CELLS_LIMIT = 10_000_000
"""Cells between the first and the last used one of a sheet, blanks included; and texts."""
ROWS_LIMIT = 1_048_576
"""Rows of a sheet; Excel has no more."""

_BLANKS = b" \t\r\n"
_DIGITS, _LETTERS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"')
_PLAIN_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_CELL = re.compile(rb"""\br\s*=\s*["']\$?([A-Za-z]{1,4})\$?(\d{1,9})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["'](\d{1,9})["']""")
_NO_PLACE = re.compile(
    rb"""(?<![\w:.-])r\s*=\s*["'](?!(?:\$?[A-Za-z]{1,4}\$?)?\d{1,9}["'])"""
    rb"""(?:[^"']{20}|[^"']*(?:["']|\Z))"""
)
"""A reference that no sheet has; readers reckon with it all the same, and ask for any memory."""


class Extent:
    """What the references of a sheet reach, and how many rows and cells it has."""

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self.is_misplaced = False
        """Whether a reference is none, or may be hidden in a tag longer than any sheet has."""
        self._is_begun = False
        self._counted_rows = 0
        self._counted_cells = 0

    def add(self, xml: bytes) -> None:
        """Take the next part of the sheet; each but the first is to begin with a tag."""
        if not xml:
            return
        if self._is_begun and not xml.startswith(b"<"):
            self.is_misplaced = True
        self._is_begun = True
        if not self._add_plain(xml):
            self._add_any(xml)

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    @property
    def is_crowded(self) -> bool:
        """More rows or cells than a reader can be given."""
        return self._counted_cells > CELLS_LIMIT or self._counted_rows > ROWS_LIMIT

    def _add_plain(self, xml: bytes) -> bool:
        """Take a part in which every row and cell begins with its reference; False for others.

        Nothing else in such a part ends in `r=` or can be the beginning of a row or a cell, which
        counting tells in a fraction of the time that looking at each takes.
        """
        if b":c" in xml or b":r" in xml:
            return False
        cells, rows = _PLAIN_CELL.findall(xml), _PLAIN_ROW.findall(xml)
        if xml.count(b"<c") != len(cells) or xml.count(b"<row") != len(rows):
            return False
        if xml.translate(None, _BLANKS).count(b"r=") != len(cells) + len(rows):
            return False
        self._counted_cells += len(cells)
        self._counted_rows += len(rows)
        places = b" ".join(cells)
        self._reach(set(places.translate(None, _DIGITS).split()), rows)
        self._reach((), set(places.translate(None, _LETTERS).split()))
        return True

    def _add_any(self, xml: bytes) -> None:
        if _NO_PLACE.search(xml):
            self.is_misplaced = True
        if cells := _CELL.findall(xml):
            letters, rows = map(set, zip(*cells, strict=True))
            self._reach(letters, rows)
        self._reach((), _ROW.findall(xml))
        # A cell that does not say where it stands follows the one before it.
        self._counted_rows += count_elements(xml, b"row")
        self._counted_cells += count_elements(xml, b"c")

    def _reach(self, letters: Iterable[bytes], rows: Iterable[bytes]) -> None:
        self.rows = max(self.rows, *map(int, rows), 0)
        self.columns = max(self.columns, *map(_column_number, letters), 0)


def count_elements(xml: bytes, name: bytes) -> int:
    """How many elements of a name begin, whatever their prefix."""
    return sum(
        xml.count(mark + name + end) for mark in (b"<", b":") for end in (b" ", b">", b"/", b"\n")
    )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
