"""Answers put into a difference workbook, as a clerk does in Excel."""

from __future__ import annotations

from pathlib import Path

from banzi.documents.codecs.workbook.cell_editing import edit_cells
from banzi.documents.codecs.workbook.opening import open_book


def answer(listing: Path, given: dict[tuple[str, str], tuple[str, str]] | str) -> None:
    """(person, field) → (采用, 另填值); a text alone answers every row with it."""
    edits = {}
    seen = set()
    rows = list(open_book(listing).sheet("差异"))
    head = rows[2]
    chosen, own = head.index("采用"), head.index("另填值")
    for number, row in enumerate(rows[3:], start=4):
        if not str(row[-1]):
            continue
        about = (row[head.index("人员")], row[head.index("栏目")])
        if isinstance(given, str):
            edits[number, chosen] = given
        elif about in given:
            seen.add(about)
            edits[number, chosen], edits[number, own] = given[about]
    assert isinstance(given, str) or seen == given.keys()
    made = listing.with_name("answered.xlsx")
    edit_cells(listing, made, "差异", edits)
    made.replace(listing)


def listed(listing: Path, sheet: str = "差异") -> list[dict[str, str]]:
    """Rows of a sheet by header."""
    rows = list(open_book(listing).sheet(sheet))
    head = [str(cell) for cell in rows[2]]
    return [dict(zip(head, map(str, row), strict=True)) for row in rows[3:] if str(row[1]).strip()]
