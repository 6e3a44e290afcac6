"""Office tables as .docx: fixed columns, headings repeated on every page, pages numbered.

The body is written as text, which is many times faster than building cell by cell; python-docx
opens and saves the package (`word`). Every run names its font in
every slot. Rows grow with their text and are never parted by a page; a unit's heading stays with
the row under it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from docx.shared import Mm
from lxml import etree

from banzi.documents.papers import word
from banzi.documents.papers.approval_values import plain_text
from banzi.documents.papers.charts import ColumnChart, columns, svg
from banzi.documents.papers.office_table import (
    CELL_MARGIN,
    LINE_MARGIN,
    Figure,
    Group,
    OfficeTable,
    Picture,
    Row,
    heading_cells,
    heading_depth,
    picture_height,
    shown_text,
)
from banzi.documents.papers.pictures import fitted, measured
from banzi.documents.papers.sheets import BODY_FONT, HEADING_FONT, TITLE_FONT
from banzi.documents.papers.typesetting import drawn
from banzi.documents.papers.word import twips
from banzi.documents.papers.wording import PAGE_NUMBER_PARTS

_TITLE_POINTS, _MARKING_POINTS, _FOOTER_POINTS = 20, 16, 9
_HEADING_FILL, _GROUP_FILL = "EDEDED", "F7F7F7"
_FOOTER = 9.0
"""Millimetres between the page number and the edge of the page."""


def write_document(tables: Sequence[OfficeTable], path: Path, as_of: date) -> None:
    """Write the tables, each from a new page; dated by the figures: equal data, equal bytes."""
    document = word.blank_document(
        tables[0].title, datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    )
    footer = _footer(document) if any(table.paged for table in tables) else ""
    pictures = _Pictures(document)
    body: list[str] = []
    for number, table in enumerate(tables):
        last = number == len(tables) - 1
        header = _header(document, table.watermark) if table.watermark else ""
        section = _section(table, footer if table.paged else "", header)
        body += [*_above(table, pictures), _table(table, pictures), *_below(table)]
        if not last:
            body.append(_paragraph("", 1, "left", section=section))
        elif not table.notes:  # the format wants a paragraph after a table
            body.append(_paragraph("", 1, "left"))
        if last:
            body.append(section)
    word.save(document, path, "".join(body))


def _above(table: OfficeTable, pictures: _Pictures) -> Iterator[str]:
    if table.marking:
        yield _paragraph(table.marking, _MARKING_POINTS, "left", HEADING_FONT)
    yield _paragraph(table.title, _TITLE_POINTS, "center", TITLE_FONT, after=60)
    if table.subtitle:
        yield _paragraph(table.subtitle, table.points, "center", after=40)
    if table.left or table.right:
        edge = twips(table.page.text_width)
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{edge}"/></w:tabs>'
        text = f"{table.left}\t{table.right}" if table.right else table.left
        yield _paragraph(text, table.points, "left", tabs=tab, after=40)
    if table.chart is not None:
        yield pictures.chart(table.chart, table.page.text_width)


def _below(table: OfficeTable) -> Iterator[str]:
    for number, note in enumerate(table.notes):
        yield _paragraph(note, table.points, "left", before=0 if number else 60)


def _table(table: OfficeTable, pictures: _Pictures) -> str:
    widths = [twips(width) for width in table.widths]
    margin, gap = twips(CELL_MARGIN), twips(LINE_MARGIN)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [*_headings(table, widths)]
    rows += [_row(table, row, widths, pictures) for row in table.body]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="left"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f'<w:top w:w="{gap}" w:type="dxa"/>'
        f'<w:left w:w="{margin}" w:type="dxa"/><w:bottom w:w="{gap}" w:type="dxa"/>'
        f'<w:right w:w="{margin}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _headings(table: OfficeTable, widths: Sequence[int]) -> Iterator[str]:
    cells = heading_cells(table.columns)
    depth = heading_depth(table.columns)
    height = 400 if depth > 1 else 640
    for line in range(depth):
        made = []
        for cell in sorted(cells, key=lambda each: each.column):
            if not cell.row <= line < cell.row + cell.rows:
                continue
            merge = ""
            if cell.rows > 1:
                merge = '<w:vMerge w:val="restart"/>' if cell.row == line else "<w:vMerge/>"
            text = cell.text if cell.row == line else ""
            made.append(
                _cell(
                    [_paragraph(text, table.points, "center", HEADING_FONT)],
                    sum(widths[cell.column : cell.column + cell.columns]),
                    cell.columns,
                    merge,
                    _HEADING_FILL,
                )
            )
        yield _tr(height, made, "<w:tblHeader/>")


def _row(table: OfficeTable, row: Row | Group, widths: Sequence[int], pictures: _Pictures) -> str:
    if isinstance(row, Group):
        text = _paragraph(row.text, table.points, "left", HEADING_FONT, keep=True, left=140)
        return _tr(420, [_cell([text], sum(widths), len(widths), fill=_GROUP_FILL)])
    height = table.least_height
    font = HEADING_FONT if row.strong else BODY_FONT
    cells = []
    for column, cell, width, size in zip(
        table.columns, row.cells, widths, table.widths, strict=True
    ):
        align = "left" if column.align == "left" else "center"
        if isinstance(cell, Picture):
            height = max(height, picture_height(size))
            inside = [pictures.paragraph(cell, size)]
        else:
            lines = shown_text(cell, column.align).split("\n")
            inside = [_paragraph(line, table.points, align, font) for line in lines]
        fill = cell.fill if isinstance(cell, Figure) else ""
        cells.append(_cell(inside, width, fill=fill))
    return _tr(twips(height), cells)


def _tr(height: int, cells: Iterable[str], more: str = "") -> str:
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="atLeast"/>{more}'
        f"</w:trPr>{''.join(cells)}</w:tr>"
    )


def _cell(
    paragraphs: Iterable[str], width: int, span: int = 1, merge: str = "", fill: str = ""
) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{merge}{shade}'
        f'<w:vAlign w:val="center"/></w:tcPr>{"".join(paragraphs)}</w:tc>'
    )


def _paragraph(
    text: str,
    points: float,
    align: str,
    font: str = BODY_FONT,
    *,
    keep: bool = False,
    tabs: str = "",
    before: int = 0,
    after: int = 0,
    left: int = 0,
    section: str = "",
    inside: str = "",
) -> str:
    """A paragraph; `inside` are runs already written, in place of the text."""
    line = round(points * 26)
    rule = "auto" if inside else "exact"
    indent = f'<w:ind w:left="{left}"/>' if left else ""
    return (
        f"<w:p><w:pPr>{'<w:keepNext/>' if keep else ''}{tabs}"
        '<w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:snapToGrid w:val="0"/><w:spacing w:before="{before}" w:after="{after}" '
        f'w:line="{240 if inside else line}" w:lineRule="{rule}"/>{indent}<w:jc w:val="{align}"/>{section}'
        f"</w:pPr>{inside or _runs(plain_text(text), points, font)}</w:p>"
    )


def _runs(text: str, points: float, font: str) -> str:
    if not text:
        return ""
    shown = "<w:tab/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else ""
        for part in text.split("\t")
    )
    return f"<w:r>{_run_properties(points, font)}{shown}</w:r>"


def _run_properties(points: float, font: str) -> str:
    size = round(points * 2)
    return (
        f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{font}" w:hAnsi="{font}" '
        f'w:eastAsia="{font}" w:cs="{font}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    )


def _section(table: OfficeTable, footer: str, header: str) -> str:
    page = table.page
    shown = "".join(
        f'<w:{name}Reference w:type="default" r:id="{relation}" {nsdecls("r")}/>'
        for name, relation in (("header", header), ("footer", footer))
        if relation
    )
    side, top, bottom = twips(page.side), twips(page.top), twips(page.bottom)
    orient = ' w:orient="landscape"' if page.landscape else ""
    return (
        f'<w:sectPr>{shown}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(page.width)}" w:h="{twips(page.height)}"{orient}/>'
        f'<w:pgMar w:top="{top}" w:right="{side}" w:bottom="{bottom}" w:left="{side}" '
        f'w:header="{twips(_FOOTER) if header else 0}" w:footer="{twips(_FOOTER)}" w:gutter="0"/></w:sectPr>'
    )


def _header(document: Any, words: str) -> str:
    """Relationship id of a header that says on every page who took the paper, and when."""
    part, relation = document.part.add_header_part()
    root = part.element
    for child in list(root):
        root.remove(child)
    text = _paragraph(words, _FOOTER_POINTS, "right")
    root.extend(list(parse_xml(f"<w:hdr {nsdecls('w')}>{text}</w:hdr>")))
    return str(relation)


def _footer(document: Any) -> str:
    """Relationship id of a footer that counts pages."""
    part, relation = document.part.add_footer_part()
    root = part.element
    for child in list(root):
        root.remove(child)
    before, between, after = (_runs(text, _FOOTER_POINTS, word.SONG) for text in PAGE_NUMBER_PARTS)
    runs = f"{before}{_field('PAGE')}{between}{_field('NUMPAGES')}{after}"
    text = _paragraph("", _FOOTER_POINTS, "center", inside=runs)
    root.extend(list(parse_xml(f"<w:ftr {nsdecls('w')}>{text}</w:ftr>")))
    return str(relation)


def _field(name: str) -> str:
    properties = _run_properties(_FOOTER_POINTS, word.SONG)
    run = f"<w:r>{properties}<w:t>1</w:t></w:r>"
    return f'<w:fldSimple w:instr=" {name} ">{run}</w:fldSimple>'


class _Pictures:
    """Photographs of the cells, kept in the package once each, and charts."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._count = 0

    def paragraph(self, picture: Picture, width: float) -> str:
        size = measured(picture.content)
        if size is None:
            return _paragraph("", 8, "center")
        box = width - 2 * CELL_MARGIN, picture_height(width) - 2 * CELL_MARGIN
        return self._drawn(picture.content, fitted(size[:2], *box)[0])

    def chart(self, chart: ColumnChart, width: float) -> str:
        """A chart over the whole width; its title is what a screen reader says."""
        content = drawn(svg(columns(chart)), width)
        return self._drawn(content, width, chart.title, before=60, after=120)

    def _drawn(
        self, content: bytes, width: float, says: str = "", *, before: int = 0, after: int = 0
    ) -> str:
        inline = self._document.part.new_pic_inline(io.BytesIO(content), width=Mm(width))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # left out, LibreOffice assumes 3 mm
        self._count += 1
        inline.docPr.id = self._count  # python-docx counts those in its own tree only
        if says:
            inline.docPr.set("descr", says)
        text = etree.tostring(inline, encoding="unicode")
        run = f"<w:r><w:drawing>{text}</w:drawing></w:r>"
        return _paragraph("", 8, "center", inside=run, before=before, after=after)
