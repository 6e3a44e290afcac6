"""References to cells when rows are put in: `B5`, `$A$1:$F$9`, in formulas and in ranges.

One group of rows `first … last` is repeated `turns` times. What stands below moves down; a range
that ends in the group grows with it, so that `SUM(F5:F5)` still covers every row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\"[^\"]*\"|'(?:[^']|'')*'!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?"
    r"|[A-Za-z_\u4e00-\u9fff][\w.\u4e00-\u9fff]*!\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?"
    r"|(?<![\w.])\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w(])"
)
_CELL = re.compile(r"(\$?[A-Z]{1,3})(\$?)(\d+)")


@dataclass(frozen=True, slots=True)
class Growth:
    """Rows `first … last` (from 1) become `turns` copies of themselves."""

    first: int
    last: int
    turns: int

    @property
    def height(self) -> int:
        return self.last - self.first + 1

    @property
    def by(self) -> int:
        """Rows that everything below moves down; negative where the group vanishes."""
        return self.height * (self.turns - 1)

    def row(self, row: int, ends_range: bool = False) -> int:
        """Where a row of the template is afterwards; the first copy stands for the group."""
        if row > self.last:
            return row + self.by
        if ends_range and row >= self.first:
            return max(row + self.by, self.first)
        return row

    def reference(self, text: str) -> str:
        """One reference or range (`A1`, `A1:B9`) afterwards."""
        begin, colon, end = text.partition(":")
        shown = self._cell(begin, False)
        return shown + colon + self._cell(end, True) if colon else shown

    def references(self, text: str) -> str:
        """Ranges divided by blanks, as `sqref` has them."""
        return " ".join(self.reference(each) for each in text.split())

    def formula(self, text: str, sheet: str, own: str) -> str:
        """A formula of the sheet `own`; only references to the sheet that grows change."""

        def moved(match: re.Match[str]) -> str:
            token = match[0]
            if token.startswith('"'):
                return token
            name, mark, cells = token.rpartition("!")
            named = name.strip("'").replace("''", "'") if mark else own
            return f"{name}{mark}{self.reference(cells)}" if named == sheet else token

        return _TOKEN.sub(moved, text)

    def _cell(self, text: str, ends_range: bool) -> str:
        return _CELL.sub(
            lambda match: f"{match[1]}{match[2]}{self.row(int(match[3]), ends_range)}", text
        )


def moved_within(text: str, by: int) -> str:
    """A reference of a copied row: relative rows move with the copy, absolute ones stay."""
    return _CELL.sub(
        lambda match: match[0] if match[2] else f"{match[1]}{int(match[3]) + by}", text
    )


def formula_within(text: str, by: int, first: int, last: int) -> str:
    """A formula of a copied row: references into its own group move along."""

    def moved(match: re.Match[str]) -> str:
        token = match[0]
        if token.startswith('"') or "!" in token:
            return token
        rows = [int(each[2]) for each in _CELL.findall(token)]
        inside = all(first <= row <= last for row in rows)
        return moved_within(token, by) if inside else token

    return _TOKEN.sub(moved, text)
