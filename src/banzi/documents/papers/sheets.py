"""An office table as .xlsx: title, heading, rows, notes; A4 landscape, one page wide, pages numbered.

What stands in the cells is the business of each paper. Row heights are set from the text, since
spreadsheet programs do not all do it themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from banzi.documents.papers.fitting import wrapped
from banzi.kernel.messages import gettext_noop as _

TITLE_FONT, HEADING_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
"""Named, not shipped: formats.md section 6."""

ADVICE = _("本件系辅助研究的建议，供讨论参考；是否采用由有关领导集体讨论决定并由负责人签署。")
"""Design: output is advice, a named person decides and signs. Stands once on every proposal."""

_PAGE_NUMBER = _("第&P页，共&N页")
_BODY_POINTS = 11
_LINE_POINTS = 14.5
_MOST_POINTS = 409  # no row of a worksheet is higher
_PIXELS_PER_UNIT = 7
_PIXELS_PER_HALF_EM = 7.4


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its heading, its width in characters, and the heading it shares with neighbours.

    `answer` marks a column that a person fills in: its cells are text, on a ground of their own.
    A `hidden` one is for the program alone and is not printed.
    """

    text: str
    width: float
    above: str = ""
    centred: bool = True
    answer: bool = False
    hidden: bool = False


class Sheet:
    """One worksheet, written from the top down."""

    def __init__(self, workbook: Any, name: str, columns: Sequence[Heading]) -> None:
        self._workbook = workbook
        self._columns = columns
        self._sheet = workbook.add_worksheet(name)
        self._row = 0
        self._formats = _formats(workbook)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_margins(left=0.55, right=0.55, top=0.75, bottom=0.75)
        self._sheet.center_horizontally()
        self._sheet.set_footer(f'&C&"宋体,Regular"&10{_PAGE_NUMBER}')
        for number, column in enumerate(columns):
            options = {"hidden": True} if column.hidden else {}
            self._sheet.set_column(number, number, column.width, None, options)

    def title(self, title: str, left: str, right: str = "") -> None:
        """Title over the whole width, and a line under it with date and unit."""
        last = len(self._columns) - 1
        self._sheet.merge_range(0, 0, 0, last, title, self._formats["title"])
        self._sheet.set_row(0, 34)
        middle = last // 2
        self._sheet.merge_range(1, 0, 1, middle, left, self._formats["left"])
        self._sheet.merge_range(1, middle + 1, 1, last, right, self._formats["right"])
        self._sheet.set_row(1, 18)
        self._row = 2

    def headings(self) -> None:
        """Column headings in one or two rows; they repeat on every page and stay in view."""
        top, bold = self._row, self._formats["heading"]
        two_rows = any(column.above for column in self._columns)
        for number, column in enumerate(self._columns):
            if not two_rows:
                self._sheet.write_string(top, number, column.text, bold)
            elif not column.above:
                self._sheet.merge_range(top, number, top + 1, number, column.text, bold)
            else:
                self._sheet.write_string(top + 1, number, column.text, bold)
        for first, last, text in _spans(self._columns):
            self._sheet.merge_range(top, first, top, last, text, bold)
        bottom = top + int(two_rows)
        for row in range(top, bottom + 1):
            self._sheet.set_row(row, 22 if two_rows else 34)
        self._sheet.repeat_rows(top, bottom)
        self._row = bottom + 1
        self._sheet.freeze_panes(self._row, 0)

    def group(self, text: str) -> None:
        """A heading row over the rows of one unit."""
        self._sheet.merge_range(
            self._row, 0, self._row, len(self._columns) - 1, text, self._formats["group"]
        )
        self._sheet.set_row(self._row, 22)
        self._row += 1

    def row(self, cells: Sequence[str | int]) -> None:
        """One row; a number stays a number."""
        lines = 1
        for number, (column, cell) in enumerate(zip(self._columns, cells, strict=True)):
            kind = "answer" if column.answer else "text"
            style = self._formats["centre" if column.centred and not column.answer else kind]
            if isinstance(cell, int):
                self._sheet.write_number(self._row, number, cell, style)
            else:
                self._sheet.write_string(self._row, number, cell, style)
                lines = max(lines, _lines(cell, column.width))
        height = max(30, lines * _LINE_POINTS + 6)
        self._sheet.set_row(self._row, min(height, _MOST_POINTS))
        self._row += 1

    def offer(self, column: int, words: Sequence[str]) -> None:
        """A drop-down in the last row written."""
        row = self._row - 1
        self._sheet.data_validation(
            row, column, row, column, {"validate": "list", "source": list(words)}
        )

    def hide(self) -> None:
        """Keep the sheet for the program; nobody sees it."""
        self._sheet.hide()

    def note(self, text: str) -> None:
        """A line under the table, over its whole width."""
        last = len(self._columns) - 1
        self._sheet.merge_range(self._row, 0, self._row, last, text, self._formats["note"])
        lines = _lines(text, sum(column.width for column in self._columns))
        self._sheet.set_row(self._row, lines * _LINE_POINTS + 6)
        self._row += 1

    def finish(self) -> None:
        """Fix the area that is printed."""
        self._sheet.print_area(0, 0, max(self._row - 1, 0), len(self._columns) - 1)


def new_workbook(path: Path, title: str, as_of: date) -> Any:
    """A workbook dated by the figures in it, so that the same data give the same bytes."""
    workbook = xlsxwriter.Workbook(str(path), {"in_memory": True})
    workbook.set_properties(
        {"title": title, "created": datetime(as_of.year, as_of.month, as_of.day)}  # noqa: DTZ001
    )
    return workbook


def _spans(columns: Sequence[Heading]) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    for number, column in enumerate(columns):
        if column.above and spans and spans[-1][2] == column.above and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number, column.above)
        elif column.above:
            spans.append((number, number, column.above))
    return spans


def _lines(text: str, width: float) -> int:
    capacity = max(2, int(width * _PIXELS_PER_UNIT / _PIXELS_PER_HALF_EM))
    return sum(len(wrapped(line, capacity)) for line in text.split("\n"))


def _formats(workbook: Any) -> dict[str, Any]:
    body = {"font_name": BODY_FONT, "font_size": _BODY_POINTS, "valign": "vcenter"}
    cell = {**body, "border": 1, "text_wrap": True}
    heading = {**cell, "font_name": HEADING_FONT, "align": "center", "bg_color": "#EDEDED"}
    return {
        "title": workbook.add_format(
            {"font_name": TITLE_FONT, "font_size": 20, "align": "center", "valign": "vcenter"}
        ),
        "left": workbook.add_format({**body, "align": "left"}),
        "right": workbook.add_format({**body, "align": "right"}),
        "heading": workbook.add_format(heading),
        "group": workbook.add_format(
            {**cell, "font_name": HEADING_FONT, "align": "left", "indent": 1, "bg_color": "#F7F7F7"}
        ),
        "centre": workbook.add_format({**cell, "align": "center"}),
        "text": workbook.add_format({**cell, "align": "left"}),
        "answer": workbook.add_format({**cell, "bg_color": "#FFF8DC", "num_format": "@"}),
        "note": workbook.add_format({**body, "align": "left", "valign": "top", "text_wrap": True}),
    }
