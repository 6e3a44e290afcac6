"""Writing sheets so that staff can fill them and the reader reads them back.

Every data cell is text, because Excel turns long ID numbers into powers of ten and `01` into 1.
Closed lists and code tables become drop-downs that warn but do not forbid: a real file always has
a wording nobody foresaw, and the import says so better than a refused keystroke.

Not here: which rows to write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from banzi.documents.codecs.workbook.cells import words_of
from banzi.documents.codecs.workbook.sheets import Field, SheetLayout
from banzi.kernel.columns import Kind
from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.files import replacing_file
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

CELL_TOO_LONG = MessageKind(
    "workbook/cell-too-long",
    _("“{column}”有{length}个字，超过Excel单元格上限{limit}字；请精简后再写出"),
)

CHOICES_NOTE = MessageKind("workbook/note-choices", _("可填：{choices}。"))
BLANK_NOTE = MessageKind("workbook/note-blank", _("空白表示：{meaning}。"))

LISTS_SHEET = "代码表"
_CELL_LIMIT = 32_767
UNDATED = datetime(2000, 1, 1)  # noqa: DTZ001 (no clock: the same content gives the same file)
"""Day of making of workbooks that speak about no day."""
_SPARE_ROWS = 2_000
"""Rows below the data that keep text format and drop-downs, for staff to type into."""
_WIDE = frozenset({"resume_text"})
_TITLE_ROW, _HEADER_ROW, _FIRST_ROW = 0, 1, 2

Cells = Mapping[str, str]


def write_workbook(
    path: Path,
    layouts: Sequence[SheetLayout],
    rows: Mapping[str, Sequence[Cells]],
    preface: Sequence[tuple[str, Sequence[Sequence[str]]]] = (),
) -> None:
    """Write sheets in order; `rows` by sheet name, each row by field name, missing cells blank.

    `preface` gives sheets of plain text that stand before the others: (name, rows of cells).

    Raises
    ------
    BadInput
        For every text that is longer than a cell can hold; nothing is written then.
    """
    _refuse_long_texts(path, layouts, rows)
    with replacing_file(path) as part:
        book = xlsxwriter.Workbook(
            str(part),
            {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False},
        )
        book.set_properties({"created": UNDATED})
        try:
            formats = _formats(book)
            for name, lines in preface:
                _write_preface(book, formats, name, lines)
            lists = _Lists()
            for each in layouts:
                _write_sheet(book, formats, each, rows.get(each.name, ()), lists)
            lists.write(book, formats)
        finally:
            book.close()


def _refuse_long_texts(
    path: Path, layouts: Sequence[SheetLayout], rows: Mapping[str, Sequence[Cells]]
) -> None:
    problems = [
        Problem(
            CELL_TOO_LONG(column=each.shown, length=len(text), limit=_CELL_LIMIT),
            Location(str(path), layout.name, number, each.shown),
        )
        for layout in layouts
        for number, row in enumerate(rows.get(layout.name, ()), start=_FIRST_ROW + 1)
        for each in layout.fields
        if len(text := row.get(each.name) or "") > _CELL_LIMIT
    ]
    if problems:
        raise BadInput(problems)


def _formats(book: Any) -> dict[str, Any]:
    border = {"border": 1, "border_color": "#BFBFBF"}
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    head = {**base, **border, "bold": True, "align": "center", "text_wrap": True}
    return {
        "title": book.add_format({**base, "font_size": 16, "bold": True, "align": "left"}),
        "required": book.add_format({**head, "bg_color": "#F4DCDC"}),
        "header": book.add_format({**head, "bg_color": "#E8EDF3"}),
        "column": book.add_format({**base, "num_format": "@"}),
        "cell": book.add_format({**base, **border, "num_format": "@"}),
        "wrapped": book.add_format({**base, **border, "num_format": "@", "text_wrap": True}),
        "line": book.add_format(base),
        "plain": book.add_format({**base, "text_wrap": True, "valign": "top"}),
    }


def _write_preface(
    book: Any, formats: dict[str, Any], name: str, lines: Sequence[Sequence[str]]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    widths: dict[int, int] = {}
    for row, cells in enumerate(lines):
        for at, text in enumerate(cells):
            style = "line" if len(cells) == 1 else "plain"
            sheet.write_string(row, at, text, formats["title" if row == 0 else style])
            if len(cells) > 1:
                widths[at] = max(widths.get(at, 0), display_width(text))
    for at, width in widths.items():
        sheet.set_column(at, at, min(max(width + 2, 12), 90))


def _write_sheet(
    book: Any,
    formats: dict[str, Any],
    layout: SheetLayout,
    rows: Sequence[Cells],
    lists: _Lists,
) -> None:
    sheet = book.add_worksheet(layout.name)
    sheet.write_string(_TITLE_ROW, 0, layout.title, formats["title"])
    sheet.set_row(_TITLE_ROW, 26)
    sheet.set_row(_HEADER_ROW, 32)
    for at, each in enumerate(layout.fields):
        kind = "required" if each.must_be_given else "header"
        sheet.write_string(_HEADER_ROW, at, each.shown, formats[kind])
        sheet.write_comment(_HEADER_ROW, at, note_of(each), {"x_scale": 1.6, "y_scale": 1.2})
        sheet.set_column(at, at, _width(each, rows), formats["column"])
        if words := (each.words or words_of(each.column)):
            last = _FIRST_ROW + len(rows) + _SPARE_ROWS
            sheet.data_validation(
                _FIRST_ROW,
                at,
                last,
                at,
                {
                    "validate": "list",
                    "source": lists.reference(each, words),
                    "error_type": "warning",
                },
            )
    for number, row in enumerate(rows, start=_FIRST_ROW):
        for at, each in enumerate(layout.fields):
            text = row.get(each.name) or ""
            style = "wrapped" if each.column.name in _WIDE else "cell"
            if text:
                sheet.write_string(number, at, text, formats[style])
            else:
                sheet.write_blank(number, at, None, formats[style])
    names = sum(each.name in ("person_name", "person_id_number", "name") for each in layout.fields)
    sheet.freeze_panes(_FIRST_ROW, min(names, 2) or 1)
    if rows:
        sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + len(rows), len(layout.fields) - 1)


def note_of(each: Field) -> str:
    """What a header means, what a blank means, how to write the value."""
    lines = [each.note] if each.note else []
    if each.column.kind in (Kind.PARTIAL_DATE, Kind.MONTH):
        lines.append(_("日期写6位或8位数字，如197503、19750312。"))
    if each.column.kind is Kind.DATE:
        lines.append(_("日期写8位数字，如20260630。"))
    if words := (each.words or words_of(each.column)):
        shown = "、".join(words[:12]) + ("……" if len(words) > 12 else "")
        lines.append(CHOICES_NOTE(choices=shown).text())
    empty = BLANK_NOTE(meaning=each.column.null or _("未填")).text()
    lines.append(_("必填。") if each.must_be_given else empty)
    return "\n".join(lines)


def _width(each: Field, rows: Sequence[Cells]) -> float:
    if each.column.name in _WIDE:
        return 60.0
    longest = max((display_width(row.get(each.name) or "") for row in rows[:500]), default=0)
    return float(min(max(display_width(each.shown) + 2, longest + 2, 8), 40))


_LAST_NARROW = "\u2e7f"


def display_width(text: str) -> int:
    """Width of the longest line in half-width characters."""
    lines = text.split("\n")
    return max(len(line) + sum(map(_LAST_NARROW.__lt__, line)) for line in lines)


class _Lists:
    """Drop-down lists on a hidden sheet: Excel takes no more than 255 characters in place."""

    def __init__(self) -> None:
        self._columns: dict[tuple[str, ...], tuple[int, str]] = {}

    def reference(self, each: Field, words: tuple[str, ...]) -> list[str] | str:
        if sum(len(word) + 1 for word in words) <= 200 and not any("," in word for word in words):
            return list(words)
        at, _header = self._columns.setdefault(words, (len(self._columns), each.shown))
        letters = xlsxwriter.utility.xl_col_to_name(at, col_abs=True)
        return f"={LISTS_SHEET}!{letters}$2:{letters}${len(words) + 1}"

    def write(self, book: Any, formats: dict[str, Any]) -> None:
        if not self._columns:
            return
        sheet = book.add_worksheet(LISTS_SHEET)
        for words, (at, header) in self._columns.items():
            sheet.write_string(0, at, header, formats["header"])
            sheet.set_column(at, at, 28)
            for row, word in enumerate(words, start=1):
                sheet.write_string(row, at, word, formats["column"])
        sheet.hide()
