"""Office tables as .xlsx: one worksheet each, one page wide, headings repeated, pages numbered.

What stands in the cells is the business of each paper (`office_table`). Row heights are set from
the text, since spreadsheet programs do not all do it themselves. A number stays a number, and a
name stays as it is, without blanks for show: workbooks are searched and compared.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.image import Image

from banzi.documents.papers.approval_values import plain_text
from banzi.documents.papers.charts import LINE, SHADES, ColumnChart
from banzi.documents.papers.office_table import (
    CELL_MARGIN,
    Cell,
    Figure,
    Group,
    Heading,
    OfficeTable,
    Picture,
    Row,
    heading_cells,
    heading_depth,
    line_count,
    picture_height,
    shown_text,
)
from banzi.documents.papers.pictures import fitted, measured
from banzi.documents.papers.wording import PAGE_NUMBER_PARTS
from banzi.kernel.messages import gettext_noop as _

TITLE_FONT, HEADING_FONT, BODY_FONT = "方正小标宋简体", "黑体", "仿宋_GB2312"
"""Named, not shipped: formats.md section 6."""

_CHART = _("图")
_PAGE_NUMBER = "{}&P{}&N{}".format(*PAGE_NUMBER_PARTS)
_PIXELS_PER_MILLIMETRE = 96 / 25.4
_POINTS_PER_MILLIMETRE = 72 / 25.4
_LINE = 1.32
"""Distance of lines in sizes of the text; spreadsheet programs set it so."""
_HIGHEST = 409
"""Points; a row cannot be higher."""
_CHART_PIXELS, _ROW_PIXELS = 320, 20
"""Height of a chart, and of a row that nobody set."""
_LONGEST_NAME = 31
_NOT_IN_A_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


def write_workbook(tables: Sequence[OfficeTable], path: Path, as_of: date) -> None:
    """Write the tables, a worksheet each; dated by the figures, so equal data give equal bytes."""
    workbook = xlsxwriter.Workbook(str(path), {"in_memory": True})
    workbook.set_properties(
        {
            "title": tables[0].title,
            "created": datetime(as_of.year, as_of.month, as_of.day),  # noqa: DTZ001 - a sheet's day has no zone
        }
    )
    names: set[str] = set()
    for table in tables:
        name = _sheet_name(table.sheet or table.title, names)
        _Sheet(workbook, table, name).write()
        if table.chart is not None and table.chart.beside:
            _chart_sheet(workbook, table.chart, _sheet_name(f"{name}-{_CHART}", names))
    workbook.close()


def _chart_sheet(workbook: Any, chart: ColumnChart, name: str) -> None:
    """The chart's numbers and, beside them, a chart of the spreadsheet program that can be edited."""
    sheet = workbook.add_worksheet(name)
    body = workbook.add_format({"font_name": BODY_FONT, "font_size": 11})
    sheet.set_column(0, 0, 16)
    drawn = workbook.add_chart({"type": "column"})
    for column, (series, values) in enumerate(chart.series, start=1):
        sheet.write_string(0, column, series, body)
        for row, value in enumerate(values, start=1):
            sheet.write_number(row, column, value, body)
        last = len(chart.periods)
        shade = SHADES[(column - 1) % len(SHADES)]
        drawn.add_series(
            {
                "name": [name, 0, column],
                "categories": [name, 1, 0, last, 0],
                "values": [name, 1, column, last, column],
                "fill": {"color": shade},
                "data_labels": {"value": True},
            }
        )
    for row, category in enumerate(chart.periods, start=1):
        sheet.write_string(row, 0, category, body)
    drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
    drawn.set_y_axis({"num_format": "0", "major_gridlines": {"visible": False}})
    if len(chart.series) == 1:
        drawn.set_legend({"none": True})
    drawn.set_size({"width": 820, "height": 360})
    sheet.insert_chart(0, len(chart.series) + 2, drawn)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    base = wanted.translate(_NOT_IN_A_SHEET_NAME).strip("'")[:_LONGEST_NAME]
    name, number = base, 1
    while name in taken:
        number += 1
        ending = f"-{number}"
        name = base[: _LONGEST_NAME - len(ending)] + ending
    taken.add(name)
    return name


class _Sheet:
    """One worksheet, written from the top down."""

    def __init__(self, workbook: Any, table: OfficeTable, name: str) -> None:
        self._table = table
        self._workbook, self._name = workbook, name
        self._sheet = workbook.add_worksheet(name)
        self._formats = _Formats(workbook, table.points)
        self._last = len(table.columns) - 1
        self._widths = table.widths
        self._row = 0

    def write(self) -> None:
        self._set_up()
        self._above()
        self._headings()
        first = self._row
        for row in self._table.body:
            if isinstance(row, Group):
                self._across(row.text, "group", 22)
            else:
                self._cells(row)
        for note in self._table.notes:
            self._across(note, "note", 0)
        if self._table.chart is not None and not self._table.chart.beside:
            self._chart(self._table.chart, first)
        self._sheet.print_area(0, 0, max(self._row - 1, 0), self._last)
        if self._table.for_program:
            self._sheet.hide()

    def _chart(self, chart: ColumnChart, first: int) -> None:
        """Stacked columns of the figures in the rows, over the width of the table."""
        drawn = self._workbook.add_chart({"type": "column", "subtype": "stacked"})
        for place, (name, counts) in enumerate(chart.series):
            row, last = first + place, len(counts)
            drawn.add_series(
                {
                    "name": name,
                    "categories": [self._name, first - 1, 1, first - 1, last],
                    "values": [self._name, row, 1, row, last],
                    "fill": {"color": SHADES[place % len(SHADES)]},
                    "border": {"color": LINE},
                    "gap": 60,
                }
            )
        drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
        drawn.set_legend({"position": "bottom"})
        drawn.set_y_axis({"major_gridlines": {"visible": True}, "num_format": "0"})
        width = round(sum(self._widths) * _PIXELS_PER_MILLIMETRE)
        drawn.set_size({"width": width, "height": _CHART_PIXELS})
        self._sheet.insert_chart(self._row + 1, 0, drawn)
        rows = -(-_CHART_PIXELS // _ROW_PIXELS)
        self._row += rows + 2

    def _set_up(self) -> None:
        page, sheet = self._table.page, self._sheet
        if page.landscape:
            sheet.set_landscape()
        sheet.set_paper(8 if page.is_a3 else 9)
        sheet.fit_to_pages(1, 0)
        side, top, bottom = (size / 25.4 for size in (page.side, page.top, page.bottom))
        sheet.set_margins(left=side, right=side, top=top, bottom=bottom)
        sheet.center_horizontally()
        if self._table.watermark:
            words = self._table.watermark.replace("&", "&&")
            sheet.set_header(f'&R&"宋体,Regular"&10&K808080{words}')
        if self._table.paged:
            sheet.set_footer(f'&C&"宋体,Regular"&10{_PAGE_NUMBER}')
        for number, width in enumerate(self._widths):
            pixels = round(width * _PIXELS_PER_MILLIMETRE)
            options = {"hidden": True} if self._table.columns[number].hidden else {}
            sheet.set_column_pixels(number, number, pixels, None, options)

    def _above(self) -> None:
        table = self._table
        if table.marking:
            self._across(table.marking, "marking", 22)
        if table.title:
            self._across(table.title, "title", 34)
        if table.subtitle:
            self._across(table.subtitle, "subtitle", 20)
        if not (table.left or table.right):
            return
        # The texts stand in the halves of the line, parted where the page is nearest to half full.
        middle = self._middle()
        for first, last, text, style in (
            (0, middle, table.left, "left"),
            (middle + 1, self._last, table.right, "right"),
        ):
            self._merge(self._row, first, self._row, last, text, style)
        self._sheet.set_row(self._row, 18)
        self._row += 1

    def _middle(self) -> int:
        half, used = sum(self._widths) / 2, 0.0
        for number, width in enumerate(self._widths[:-1]):
            used += width
            if used >= half:
                return number
        return max(self._last - 1, 0)

    def _headings(self) -> None:
        top, columns = self._row, self._table.columns
        depth = heading_depth(columns)
        lines = [1] * depth
        for cell in heading_cells(columns):
            last = cell.column + cell.columns - 1
            self._merge(
                top + cell.row,
                cell.column,
                top + cell.row + cell.rows - 1,
                last,
                cell.text,
                "heading",
            )
            if not columns[cell.column].hidden:
                width = sum(self._widths[cell.column : last + 1])
                count = line_count(cell.text, width, self._table.points)
                lines[cell.row] = max(lines[cell.row], -(-count // cell.rows))
        least = 22 if depth > 1 else 34
        for number, count in enumerate(lines):
            self._sheet.set_row(top + number, max(least, self._height(count)))
        self._row = top + depth
        self._sheet.repeat_rows(top, self._row - 1)
        self._sheet.freeze_panes(self._row, self._table.frozen)
        if any(column.answer for column in columns):
            # Whoever fills a list in looks for what is still open.
            self._sheet.autofilter(
                self._row - 1, 0, self._row - 1 + len(self._table.body), self._last
            )

    def _cells(self, row: Row) -> None:
        height = self._table.least_height * _POINTS_PER_MILLIMETRE
        pictures = [
            (number, cell) for number, cell in enumerate(row.cells) if isinstance(cell, Picture)
        ]
        for number, _picture in pictures:
            tall = picture_height(self._widths[number]) * _POINTS_PER_MILLIMETRE
            height = max(height, tall)
        for number, cell in enumerate(row.cells):
            style = self._formats.of_cell(self._table.columns[number], cell, row.strong)
            self._write(number, cell, style)
            if not self._table.columns[number].hidden:
                lines = line_count(shown_text(cell), self._widths[number], self._table.points)
                height = max(height, self._height(lines))
        height = min(height, _HIGHEST)
        self._sheet.set_row(self._row, height)
        for number, words in row.offers.items():
            self._sheet.data_validation(
                self._row, number, self._row, number, {"validate": "list", "source": list(words)}
            )
        for number, picture in pictures:
            self._picture(number, picture.content, height)
        self._row += 1

    def _write(self, number: int, cell: Cell, style: Any) -> None:
        if isinstance(cell, int):
            self._sheet.write_number(self._row, number, cell, style)
        elif isinstance(cell, Figure):
            self._sheet.write_number(self._row, number, cell.value, style)
        elif isinstance(cell, Picture):
            self._sheet.write_blank(self._row, number, None, style)
        else:
            self._string(self._row, number, plain_text(cell), style)

    def _picture(self, number: int, content: bytes, height: float) -> None:
        size = measured(content)
        if size is None:
            return
        cell = self._widths[number], height / _POINTS_PER_MILLIMETRE
        box = [length - 2 * CELL_MARGIN for length in cell]
        width, tall = fitted(size[:2], *box)
        place = [
            (whole - part) / 2 * _PIXELS_PER_MILLIMETRE
            for whole, part in zip(cell, (width, tall), strict=True)
        ]
        drawn = Image(io.BytesIO(content))
        dpi = drawn.x_dpi, drawn.y_dpi
        self._sheet.insert_image(
            self._row,
            number,
            f"photo.{size[2]}",
            {
                "image_data": io.BytesIO(content),
                "x_offset": round(place[0]),
                "y_offset": round(place[1]),
                "x_scale": width / 25.4 * dpi[0] / size[0],
                "y_scale": tall / 25.4 * dpi[1] / size[1],
                "object_position": 1,
            },
        )

    def _across(self, text: str, style: str, least: float) -> None:
        """A line over the whole width."""
        self._merge(self._row, 0, self._row, self._last, text, style)
        points = self._formats.size_of(style)
        lines = line_count(text, sum(self._widths), points)
        self._sheet.set_row(self._row, min(_HIGHEST, max(least, lines * points * _LINE + 6)))
        self._row += 1

    def _merge(self, top: int, left: int, bottom: int, right: int, text: str, style: str) -> None:
        made = self._formats[style]
        if (top, left) != (bottom, right):
            self._sheet.merge_range(top, left, bottom, right, "", made)
        self._string(top, left, plain_text(text), made)

    def _string(self, row: int, column: int, text: str, style: Any) -> None:
        if self._sheet.write_string(row, column, text, style):
            raise ValueError(f"{len(text)} characters do not fit into a cell")

    def _height(self, lines: int) -> float:
        return lines * self._table.points * _LINE + 6


class _Formats:
    """Cell formats of one worksheet, made when first asked for."""

    def __init__(self, workbook: Any, points: float) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, str, bool, str], Any] = {}
        body = {"font_name": BODY_FONT, "font_size": points, "valign": "vcenter"}
        cell = {**body, "border": 1, "text_wrap": True}
        heading = {**cell, "font_name": HEADING_FONT}
        self._styles: dict[str, dict[str, Any]] = {
            "marking": {**body, "font_name": HEADING_FONT, "font_size": 16},
            "title": {**body, "font_name": TITLE_FONT, "font_size": 20, "align": "center"},
            "subtitle": {**body, "align": "center"},
            "left": {**body, "align": "left"},
            "right": {**body, "align": "right"},
            "heading": {**heading, "align": "center", "bg_color": "#EDEDED"},
            "group": {**heading, "align": "left", "indent": 1, "bg_color": "#F7F7F7"},
            "center": {**cell, "align": "center"},
            "text": {**cell, "align": "left"},
            "answer": {**cell, "align": "left", "bg_color": "#FFF8DC", "num_format": "@"},
            "note": {**body, "align": "left", "valign": "top", "text_wrap": True},
        }

    def __getitem__(self, style: str) -> Any:
        return self._format(style, "", False)

    def size_of(self, style: str) -> float:
        size: float = self._styles[style]["font_size"]
        return size

    def of_cell(self, column: Heading, cell: Cell, strong: bool) -> Any:
        style = "answer" if column.answer else "text" if column.align == "left" else "center"
        pattern = cell.pattern if isinstance(cell, Figure) else ""
        fill = cell.fill if isinstance(cell, Figure) else ""
        return self._format(style, pattern, strong, fill)

    def _format(self, style: str, pattern: str, strong: bool, fill: str = "") -> Any:
        key = (style, pattern, strong, fill)
        if key not in self._made:
            properties = dict(self._styles[style])
            if pattern:
                properties["num_format"] = pattern
            if strong:
                properties["font_name"] = HEADING_FONT
            if fill:
                properties["bg_color"] = f"#{fill}"
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]
