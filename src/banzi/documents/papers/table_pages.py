"""Office tables as PDF, set with the vendored fonts: the same on every machine.

The page design is in `table_pages.typ`; what stands in the cells comes from `office_table`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from banzi.documents.papers.charts import columns, svg
from banzi.documents.papers.office_table import (
    CELL_MARGIN,
    LINE_MARGIN,
    MILLIMETRES_PER_POINT,
    Cell,
    Figure,
    Group,
    Heading,
    OfficeTable,
    Picture,
    heading_cells,
    heading_depth,
    picture_height,
    shown_text,
)
from banzi.documents.papers.pictures import measured
from banzi.documents.papers.typesetting import typeset
from banzi.documents.papers.wording import PAGE_NUMBER_PARTS

TEMPLATE = Path(__file__).with_name("table_pages.typ")

_BREAK = "\u200b"
_WORD = re.compile("[!-~]+")
_LETTER_EMS = 0.62
"""Width of a Latin letter at the most, on average over a word, in the fonts of the pages."""


def write_pages(tables: Sequence[OfficeTable], path: Path, as_of: date) -> None:
    """Write the tables, each from a new page; equal data give equal bytes."""
    pictures: dict[str, bytes] = {}
    data = {
        "title": tables[0].title,
        "date": [as_of.year, as_of.month, as_of.day],
        "page_number": PAGE_NUMBER_PARTS,
        "margin": CELL_MARGIN,
        "gap": LINE_MARGIN,
        "tables": [table_data(table, pictures) for table in tables],
    }
    path.write_bytes(typeset(TEMPLATE, data, as_of, pictures))


def table_data(table: OfficeTable, pictures: dict[str, bytes]) -> dict[str, Any]:
    """Everything the pages show of one table, as texts; photographs are added to `pictures`."""
    page = table.page
    return {
        "page": [page.width, page.height, page.side, page.top, page.bottom],
        "paged": table.paged,
        "marking": table.marking,
        "watermark": table.watermark,
        "title": table.title,
        "subtitle": table.subtitle,
        "left": table.left,
        "right": table.right,
        "points": table.points,
        "least": table.least_height,
        "widths": list(table.widths),
        "left_columns": [
            number for number, each in enumerate(table.columns) if each.align == "left"
        ],
        "depth": heading_depth(table.columns),
        "headings": [
            [each.text, each.row, each.column, each.rows, each.columns]
            for each in heading_cells(table.columns)
        ],
        "rows": [
            {"group": row.text}
            if isinstance(row, Group)
            else {
                "strong": row.strong,
                "cells": [
                    _shown(cell, column, width, table.points, pictures)
                    for cell, column, width in zip(
                        row.cells, table.columns, table.widths, strict=True
                    )
                ],
            }
            for row in table.body
        ],
        "notes": list(table.notes),
        "chart": svg(columns(table.chart)) if table.chart else "",
    }


def with_breaks(text: str, width: float, points: float) -> str:
    """The text with places to break inside words that are wider than a column of millimetres.

    Typst never divides a word that cannot be hyphenated; it would run over the next column.
    """
    room = (width - 2 * CELL_MARGIN) / (points * MILLIMETRES_PER_POINT * _LETTER_EMS)
    return _WORD.sub(lambda word: _BREAK.join(word[0]) if len(word[0]) > room else word[0], text)


def _shown(
    cell: Cell, column: Heading, width: float, points: float, pictures: dict[str, bytes]
) -> str | dict[str, Any]:
    if isinstance(cell, Figure) and cell.fill:
        return {"text": with_breaks(cell.shown, width, points), "fill": f"#{cell.fill}"}
    if not isinstance(cell, Picture):
        return with_breaks(shown_text(cell, column.align), width, points)
    size = measured(cell.content)
    if size is None:
        return ""
    file = f"{len(pictures)}.{size[2]}"
    pictures[file] = cell.content
    return {"file": file, "height": picture_height(width) - 2 * CELL_MARGIN}
