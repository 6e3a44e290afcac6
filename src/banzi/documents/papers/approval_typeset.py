"""干部任免审批表 with every text fitted to its cell: pages ready to be drawn, as .docx or as PDF.

Labels and values start at 14 pt and shrink by half a point where a text is long, down to 8 pt;
the résumé follows the customary table of sizes and may go down to 5 pt. A text that will not fit
even then makes its row higher and is reported: nothing is ever cut off.

What stands where is declared in `approval_layout`, what it says comes from `approval_values`; both
drawings take sizes and lines from here, so that a form looks the same in either. Not here: XML
(`approval_form`) and the page (`approval_pdf`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from docx.image.exceptions import (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
)
from docx.image.image import Image
from docx.shared import Emu

from banzi.documents.form import Form
from banzi.documents.papers import approval_layout as grid
from banzi.documents.papers.approval_layout import Layout, Place
from banzi.documents.papers.approval_values import cell_name, padded_name, shown_texts
from banzi.documents.papers.fitting import Box, Fit, Line, count_lines, fit, fit_unwrapped, width_of
from banzi.documents.papers.word import twips
from banzi.documents.papers.word_package import Picture
from banzi.documents.papers.word_text import Paragraph
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _

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
TITLE_HEIGHT, TITLE_GAP = 12.0, 4.0
"""Millimetres from the top margin to the end of the title, and from there to the grid."""

TITLE = Paragraph(
    grid.TITLE,
    TITLE_SIZE,
    twips(TITLE_HEIGHT),
    "center",
    spacing=twips(grid.TITLE_PITCH) - TITLE_SIZE * 10,
)

PHOTO = "photo"
"""The field of the cell that shows the picture."""

FILLED_BY_LEADING = 480
"""Twips of the line under the second page's grid."""

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
_FILLED_BY = _("填表人：{name}")
_IMAGE_ERRORS = (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
    KeyError,
    ValueError,
    OSError,
    ZeroDivisionError,
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a cell stands on its page; lengths in twips from the grid's upper left corner."""

    place: Place
    x: int
    y: int
    width: int
    height: int

    @property
    def margin(self) -> int:
        """Blank inside the cell, left and right."""
        return _MARGIN if self.place.align == "center" else _TEXT_MARGIN

    @property
    def valign(self) -> Literal["center", "bottom"]:
        return "bottom" if self.place.text else "center"

    @property
    def box(self) -> Box:
        """Room for text, along the lines and across them."""
        if self.place.vertical:
            return Box(self.height - 2 * _LINE, self.width - 2 * self.margin)
        return Box(self.width - 2 * self.margin - _LINE, self.height - _LINE)


@dataclass(frozen=True, slots=True)
class PageGrid:
    """One page's grid: columns and rows in twips, a slot for each declared cell, margins in mm."""

    columns: tuple[int, ...]
    rows: tuple[int, ...]
    slots: tuple[Slot, ...]
    margins: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class SetForm:
    """A form ready to be drawn.

    Attributes
    ----------
    grids
        Both pages.
    relatives
        Lines of relatives on the second page, printed or blank.
    texts
        For each page, the paragraphs of each slot, in the order of its slots; none for the photo.
    growing
        For each page, rows in which a text does not surely fit: they may be higher than declared.
    """

    grids: tuple[PageGrid, PageGrid]
    texts: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    growing: tuple[frozenset[int], ...]
    relatives: int
    filled_by: Paragraph
    photo: Picture | None
    notes: tuple[Message, ...]


def set_form(form: Form, layout: Layout) -> SetForm:
    """Fit every text of a form.

    Raises
    ------
    BadInput
        `papers/unprintable-character`.
    """
    shown = shown_texts(form)
    notes: list[Message] = []
    relatives = max(grid.FAMILY_ROWS, len(form.family))
    grids = page_grids(layout, relatives)
    photo: Picture | None = None
    pages, growing = [], []
    for page in grids:
        cells: list[tuple[Paragraph, ...]] = []
        grow = set()
        for slot in page.slots:
            place = slot.place
            if place.field == PHOTO:
                photo = _photo(form.photo, slot.box, notes)
                cells.append(())
                continue
            paragraphs, sure = _set(slot, shown.texts, notes)
            cells.append(paragraphs)
            if not sure:
                grow.add(place.row)
        pages.append(tuple(cells))
        growing.append(frozenset(grow))
    if relatives > grid.FAMILY_ROWS:
        notes.append(MORE_RELATIVES(count=relatives, rows=grid.FAMILY_ROWS))
    filled_by = render(_FILLED_BY, {"name": shown.texts.get("form_filled_by", "")})
    return SetForm(
        grids,
        tuple(pages),
        tuple(growing),
        relatives,
        Paragraph(filled_by, NORMAL_SIZE, FILLED_BY_LEADING),
        photo,
        (*shown.notes, *notes),
    )


@lru_cache(maxsize=32)
def page_grids(layout: Layout, relatives: int) -> tuple[PageGrid, PageGrid]:
    """Both pages of a layout, for so many lines of relatives."""
    first = _grid(grid.PAGE1_COLUMNS, grid.PAGE1_ROWS, grid.page1(layout), grid.PAGE1_MARGINS)
    rows = grid.page2_rows(relatives)
    second = _grid(grid.PAGE2_COLUMNS, rows, grid.page2(relatives), grid.PAGE2_MARGINS)
    return first, second


def _grid(
    columns: Sequence[float],
    rows: Sequence[float],
    places: Sequence[Place],
    margins: tuple[float, float, float, float],
) -> PageGrid:
    widths, heights = tuple(map(twips, columns)), tuple(map(twips, rows))
    slots = tuple(
        Slot(
            place,
            sum(widths[: place.column]),
            sum(heights[: place.row]),
            sum(widths[place.column : place.column + place.span]),
            sum(heights[place.row : place.row + place.rows]),
        )
        for place in sorted(places, key=lambda place: (place.row, place.column))
    )
    covered = [position for slot in slots for position in _positions(slot.place)]
    if sorted(covered) != [
        (row, column) for row in range(len(rows)) for column in range(len(columns))
    ]:
        raise ValueError("the cells of a page must cover its grid once")
    return PageGrid(widths, heights, slots, margins)


def _positions(place: Place) -> Iterator[tuple[int, int]]:
    for row in range(place.row, place.row + place.rows):
        for column in range(place.column, place.column + place.span):
            yield row, column


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


def _set(
    slot: Slot, texts: Mapping[str, str], notes: list[Message]
) -> tuple[tuple[Paragraph, ...], bool]:
    """The paragraphs of a cell, and whether they fit it also with fonts a little wider."""
    place = slot.place
    if place.field == "resume_text":
        return _resume(texts.get("resume_text", ""), slot.box, notes)
    if not place.field:
        return fixed_paragraphs(slot), True
    values = [texts.get(name, "") for name in (place.field, place.below) if name]
    lines = [line.rstrip() for line in "\n".join(filter(None, values)).splitlines()]
    if not lines:
        return (), True
    found, sure = _fitted(lines, slot.box, place.align == "center")
    if not found.fits:
        notes.append(TOO_LONG(cell=cell_name(place.field), points=SMALLEST_SIZE // 2))
    return _paragraphs(lines, found, slot.box, place), sure


@lru_cache(maxsize=512)
def fixed_paragraphs(slot: Slot) -> tuple[Paragraph, ...]:
    """The paragraphs of a label or of another fixed text; none for a value."""
    place, box = slot.place, slot.box
    text = place.label or place.text
    if place.label and width_of(padded_name(text)) * NORMAL_SIZE * 5 <= box.width:
        text = padded_name(text)
    lines = text.splitlines()
    found = fit([Line(line) for line in lines], box, NORMAL_SIZE, SMALLEST_SIZE)
    return _paragraphs(lines, found, box, place)


def _paragraphs(lines: Sequence[str], found: Fit, box: Box, place: Place) -> tuple[Paragraph, ...]:
    leading = found.leading
    if found.fits and found.lines:
        leading = max(leading, min(found.size * 13, box.height // found.lines))
    return tuple(Paragraph(line, found.size, leading, place.align) for line in lines)


def _fitted(texts: Sequence[str], box: Box, unwrapped: bool) -> tuple[Fit, bool]:
    """The fit, and whether it also holds with fonts that are a little wider."""
    lines, narrow = [Line(text) for text in texts], _narrower(box)
    if unwrapped:
        found = fit_unwrapped(lines, narrow, NORMAL_SIZE, SMALLEST_SIZE, UNWRAPPED_SIZE)
    else:
        found = fit(lines, narrow, NORMAL_SIZE, SMALLEST_SIZE)
    return (found, True) if found.fits else (fit(lines, box, SMALLEST_SIZE, SMALLEST_SIZE), False)


def _resume(text: str, box: Box, notes: list[Message]) -> tuple[tuple[Paragraph, ...], bool]:
    parts = resume_lines(text)
    lines = [part[1] if isinstance(part, tuple) else part for part in parts]
    found = resume_fit(lines, _narrower(box))
    sure = found.fits
    if not sure:
        smallest = SMALLEST_RESUME_SIZE
        found = fit(lines, box, smallest, smallest, _resume_leading)
    if not found.fits:
        notes.append(TOO_LONG(cell=cell_name("resume_text"), points=SMALLEST_RESUME_SIZE // 2))
    paragraphs = []
    for part in parts:
        block, line = part if isinstance(part, tuple) else ("", part)
        left = line.indent * found.size * 5
        text = f"{block}\t{line.text}" if block else line.text
        hanging = left if block else 0
        paragraphs.append(Paragraph(text, found.size, found.leading, "left", left, hanging))
    return tuple(paragraphs), sure


def _photo(data: bytes | None, box: Box, notes: list[Message]) -> Picture | None:
    if not data:
        return None
    try:
        pixels = Image.from_blob(data)
        room = box.height - twips(1)
        width = min(box.width - twips(1), room * pixels.px_width // pixels.px_height)
        across, down = pixels.scaled_dimensions(width=Emu(width * 635))
    except _IMAGE_ERRORS:
        notes.append(BAD_PHOTO())
        return None
    return Picture(data, pixels.ext, int(across), int(down))


def _narrower(box: Box) -> Box:
    """Room to spare for readers without 宋体: their Latin letters and blanks may be wider."""
    return Box(box.width * 19 // 20, box.height)
