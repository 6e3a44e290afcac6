"""干部任免审批表 as .docx: the customary A4 form, measured to the grid, text fitted to its cells.

Labels and values start at 14 pt and shrink by half a point where a text is long, down to 8 pt;
the résumé follows the customary table of sizes and may go down to 5 pt. A text that will not fit
even then makes its row higher and is reported: nothing is ever cut off.

The form's values come from `documents.forms`; this module judges nothing and fills in nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx.image.image import Image
from docx.shared import Emu

from banzi.documents.form import Form
from banzi.documents.papers import approval_layout as grid
from banzi.documents.papers import word
from banzi.documents.papers.approval_layout import Layout, Place
from banzi.documents.papers.approval_values import padded_name, shown_texts
from banzi.documents.papers.fitting import Box, Fit, Line, count_lines, fit, fit_unwrapped, width_of
from banzi.documents.papers.pictures import UNREADABLE
from banzi.documents.papers.word import twips
from banzi.kernel.dates import PartialDate, parse_partial_date
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS, RELATIVES

TOO_LONG = MessageKind(
    "papers/text-too-long",
    _("“{cell}”文字过多，缩至{points}磅仍放不下，该行已加高、版面可能超出两页；请精简文字"),
)
MORE_RELATIVES = MessageKind(
    "papers/more-relatives",
    _("家庭成员{count}人，多于表中{rows}行，已在原高度内加行；请核对是否均需列出"),
)
BAD_PHOTO = MessageKind("papers/bad-photo", _("照片无法识别（应为JPEG或PNG图片），照片栏留空"))

NORMAL_SIZE, SMALLEST_SIZE, SMALLEST_RESUME_SIZE = 28, 16, 10
"""Half-points: 14 pt, 8 pt and, for the résumé, 5 pt."""

UNWRAPPED_SIZE = 21
"""10.5 pt: a short value shrinks so far rather than break into two lines."""

TITLE_SIZE = 48
RESUME_SIZES = (
    (12, 28),
    (18, 27),
    (24, 26),
    (28, 25),
    (34, 24),
    (38, 23),
    (40, 22),
    (44, 21),
    (46, 20),
    (58, 19),
)
"""Lines of the résumé, counted at 14 pt → size to begin with (half-points); formats.md 2.1."""

DATE_BLOCK = 18
"""Half-ems of `YYYY.MM--YYYY.MM` and the two blanks after it."""

_SEGMENT = re.compile(r"(\d{4}\.\d{2}--(?:\d{4}\.\d{2}|至今)?)\s+(.*)")
_MARGIN, _TEXT_MARGIN, _LINE = twips(0.5), twips(1.5), 10
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


def write_approval_form(
    form: Form, path: Path, layout: Layout = Layout.STANDARD
) -> tuple[Message, ...]:
    """Write one person's form as .docx; the same form gives the same bytes.

    Parameters
    ----------
    form
        Values as `documents.form` defines them; dates in digits.
    path
        File to write; the caller sees to it that no half-written file stays.

    Returns
    -------
    tuple of Message
        What whoever prints the form should know: month at which ages are counted, texts that do
        not fit, relatives beyond seven, a photo that is no picture.
    """
    shown = shown_texts(form)
    document = word.blank_document(grid.TITLE, _written_at(form))
    writer = _Writer(document, form.photo, shown.texts)
    relatives = len(form.family)
    first = writer.table(grid.PAGE1_COLUMNS, grid.PAGE1_ROWS, grid.page1(layout))
    heights = grid.page2_rows(relatives)
    second = writer.table(grid.PAGE2_COLUMNS, heights, grid.page2(relatives))
    body = document.element.body
    body.extend([*_title(), first, _section_end(), second])
    body.append(word.Paragraph(_filled_by(shown.texts), NORMAL_SIZE, 480).xml())
    body.append(word.section(*map(twips, grid.PAGE2_MARGINS)))
    word.save(document, path)
    notes = [*shown.notes, *writer.notes]
    if relatives > grid.FAMILY_ROWS:
        notes.append(MORE_RELATIVES(count=relatives, rows=grid.FAMILY_ROWS))
    return tuple(notes)


def resume_lines(text: str) -> list[Line | tuple[str, Line]]:
    """The résumé by line: (date block, its text), or a line of its own.

    A line that begins with blanks continues the one above and is set under its text.
    """
    lines: list[Line | tuple[str, Line]] = []
    for raw in text.splitlines():
        segment = _SEGMENT.fullmatch(raw.strip())
        if segment:
            lines.append((segment[1], Line(segment[2], DATE_BLOCK)))
        elif raw.strip() and raw[0] in " \t　":
            lines.append(Line(raw.strip(), DATE_BLOCK))
        else:
            lines.append(Line(raw.strip()))
    return lines


def resume_fit(lines: Sequence[Line], box: Box) -> Fit:
    """Size of the résumé: by the customary table, then smaller until it really fits."""
    count = count_lines(lines, box.width, NORMAL_SIZE)
    begin = next((size for most, size in RESUME_SIZES if count <= most), RESUME_SIZES[-1][1] - 1)
    return fit(lines, box, begin, SMALLEST_RESUME_SIZE, _resume_leading)


def _resume_leading(size: int) -> int:
    return size * 10 + 20


class _Writer:
    """Writes tables of one form and collects what did not fit."""

    def __init__(self, document: Any, photo: bytes | None, texts: Mapping[str, str]) -> None:
        self._document = document
        self._photo = photo
        self._texts = texts
        self.notes: list[Message] = []

    def table(
        self, columns: Sequence[float], heights: Sequence[float], places: Sequence[Place]
    ) -> Any:
        """A grid of cells; every column of every row is covered exactly once."""
        covered: dict[tuple[int, int], Place] = {}
        for place in places:
            for row in range(place.row, place.row + place.rows):
                if (row, place.column) in covered:
                    raise ValueError(f"two cells at row {row}, column {place.column}")
                covered[row, place.column] = place
        widths = [twips(width) for width in columns]
        rows = []
        for row, height in enumerate(heights):
            cells, column, grows = [], 0, False
            while column < len(columns):
                place = covered[row, column]
                width = sum(widths[column : column + place.span])
                if row == place.row:
                    tall = sum(map(twips, heights[row : row + place.rows]))
                    cell, fits = self._cell(place, width, tall)
                    grows |= not fits
                else:
                    cell = word.Cell(width, (), place.span, "continue")
                cells.append(cell)
                column += place.span
            rows.append((twips(height), grows, cells))
        return word.table(widths, rows)

    def _cell(self, place: Place, width: int, height: int) -> tuple[word.Cell, bool]:
        margin = _TEXT_MARGIN if place.align != "center" else _MARGIN
        box = Box(width - 2 * margin - _LINE, height - _LINE)
        if place.vertical:
            box = Box(height - 2 * _LINE, width - 2 * margin)
        fits = True
        if place.field == "photo":
            paragraphs = self._picture(box)
        elif place.field == "resume_text":
            paragraphs, fits = self._resume(box)
        else:
            paragraphs, fits = self._text(place, box)
        return (
            word.Cell(
                width,
                paragraphs,
                place.span,
                "start" if place.rows > 1 else "",
                margin,
                "bottom" if place.text else "center",
                place.vertical,
                place.open_sides,
            ),
            fits,
        )

    def _text(self, place: Place, box: Box) -> tuple[list[word.Paragraph], bool]:
        values = [self._texts.get(name, "") for name in (place.field, place.below) if name]
        text = place.label or place.text or "\n".join(filter(None, values))
        if place.label and width_of(padded_name(text)) * NORMAL_SIZE * 5 <= box.width:
            text = padded_name(text)
        lines = [Line(line.rstrip() if place.field else line) for line in text.splitlines()]
        found, sure = self._fitted(place, lines, box)
        if not found.fits:
            self.notes.append(TOO_LONG(cell=cell_name(place.field), points=SMALLEST_SIZE // 2))
        leading = found.leading
        if found.fits and found.lines:
            leading = max(leading, min(found.size * 13, box.height // found.lines))
        paragraphs = [word.Paragraph(line.text, found.size, leading, place.align) for line in lines]
        return paragraphs, sure

    def _fitted(self, place: Place, lines: Sequence[Line], box: Box) -> tuple[Fit, bool]:
        """The fit, and whether it also holds with fonts that are a little wider."""
        if not place.field:
            return fit(lines, box, NORMAL_SIZE, SMALLEST_SIZE), True
        narrow = _narrower(box)
        if place.align == "center":
            found = fit_unwrapped(lines, narrow, NORMAL_SIZE, SMALLEST_SIZE, UNWRAPPED_SIZE)
        else:
            found = fit(lines, narrow, NORMAL_SIZE, SMALLEST_SIZE)
        return (
            (found, True) if found.fits else (fit(lines, box, SMALLEST_SIZE, SMALLEST_SIZE), False)
        )

    def _resume(self, box: Box) -> tuple[list[word.Paragraph], bool]:
        parts = resume_lines(self._texts.get("resume_text", ""))
        lines = [part[1] if isinstance(part, tuple) else part for part in parts]
        found = resume_fit(lines, _narrower(box))
        sure = found.fits
        if not sure:
            smallest = SMALLEST_RESUME_SIZE
            found = fit(lines, box, smallest, smallest, _resume_leading)
        if not found.fits:
            self.notes.append(
                TOO_LONG(cell=cell_name("resume_text"), points=SMALLEST_RESUME_SIZE // 2)
            )
        paragraphs = []
        for part in parts:
            block, line = part if isinstance(part, tuple) else ("", part)
            left = line.indent * found.size * 5
            text = f"{block}\t{line.text}" if block else line.text
            hanging = left if block else 0
            paragraphs.append(
                word.Paragraph(text, found.size, found.leading, "left", left, hanging)
            )
        return paragraphs, sure

    def _picture(self, box: Box) -> list[word.Paragraph]:
        if not self._photo:
            return []
        try:
            pixels = Image.from_blob(self._photo)
            width = min(
                box.width - twips(1), (box.height - twips(1)) * pixels.px_width // pixels.px_height
            )
            inline = self._document.part.new_pic_inline(
                io.BytesIO(self._photo), width=Emu(width * 635)
            )
        except (*UNREADABLE, ZeroDivisionError):
            self.notes.append(BAD_PHOTO())
            return []
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # left out, LibreOffice assumes 3 mm
        drawing = word.element("drawing", inline)
        return [word.Paragraph("", NORMAL_SIZE, 240, "center", picture=drawing)]


def _narrower(box: Box) -> Box:
    """Room to spare for readers without 宋体: their Latin letters and blanks may be wider."""
    return Box(box.width * 19 // 20, box.height)


def cell_name(field: str) -> str:
    """Chinese name of a value cell, for messages."""
    table, column = (
        (RELATIVES, field.rsplit(".", 1)[1]) if field.startswith("family.") else (PERSONS, field)
    )
    return table[column].zh if column in table else column


def _title() -> list[Any]:
    spacing = twips(grid.TITLE_PITCH) - TITLE_SIZE * 10
    title = word.Paragraph(grid.TITLE, TITLE_SIZE, twips(12), "center", spacing=spacing)
    return [title.xml(), word.Paragraph("", 4, twips(4)).xml()]


def _section_end() -> Any:
    """The last paragraph of the first page, as low as can be: it carries the page's margins."""
    paragraph = word.Paragraph("", 4, 40).xml()
    paragraph.pPr.append(word.section(*map(twips, grid.PAGE1_MARGINS)))
    return paragraph


def _filled_by(texts: Mapping[str, str]) -> str:
    return render(_("填表人：{name}"), {"name": texts.get("form_filled_by", "")})


def _written_at(form: Form) -> datetime:
    for column in ("age_counted_on", "form_filled_on"):
        found: PartialDate | None = parse_partial_date(form[column])
        if found:
            day = found.earliest
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _UNDATED
