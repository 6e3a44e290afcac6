"""干部任免审批表 as .docx: the customary A4 form, measured to the grid.

Thousands are written at a time, so what all forms of a layout share (the grid, the labels) is made
once as text, and a form only fills in its own paragraphs.

Sizes and lines come from `approval_typeset`; this module judges nothing and fills in nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from banzi.documents.form import Form
from banzi.documents.papers import approval_layout as grid
from banzi.documents.papers import word_text as word
from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.approval_typeset import (
    NORMAL_SIZE,
    PHOTO,
    TITLE,
    TITLE_GAP,
    PageGrid,
    SetForm,
    Slot,
    fixed_paragraphs,
    page_grids,
    set_form,
)
from banzi.documents.papers.word import twips
from banzi.documents.papers.word_package import write_package
from banzi.kernel.dates import PartialDate, parse_partial_date
from banzi.kernel.messages import Message

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
_CUT = "\0"
"""Parts what all forms share from what each one fills in; no XML can hold it."""


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

    Raises
    ------
    BadInput
        `papers/unprintable-character`; nothing is written then.
    """
    ready = set_form(form, layout)
    write_docx(ready, path, layout, stated_at(form))
    return ready.notes


def write_docx(form: SetForm, path: Path, layout: Layout, at: datetime) -> None:
    """Write a form whose texts are fitted already; `at` dates the file."""
    filled = _filled(form)
    pieces = _shared(layout, form.relatives)
    body = [filled[piece] if gap else piece for piece, gap in pieces]
    write_package(path, "".join(body), grid.TITLE, at, form.photo)


def stated_at(form: Form) -> datetime:
    """The day the form speaks of (计算年龄时间, else 填表时间), which its file is dated by."""
    for column in ("age_counted_on", "form_filled_on"):
        found: PartialDate | None = parse_partial_date(form[column])
        if found:
            day = found.earliest
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _UNDATED


def _filled(form: SetForm) -> dict[str, str]:
    """What goes into each gap of `_shared`."""
    filled = {_FILLED_BY: form.filled_by.xml()}
    for page, page_grid in enumerate(form.grids):
        for row in range(len(page_grid.rows)):
            filled[_row(page, row)] = word.row_rule(row in form.growing[page])
        texts = zip(page_grid.slots, form.texts[page], strict=True)
        for number, (slot, paragraphs) in enumerate(texts):
            if slot.place.field:
                xml = "".join([paragraph.xml() for paragraph in paragraphs])
                filled[_cell(page, number)] = xml or word.BLANK
            if slot.place.field == PHOTO and form.photo:
                drawing = word.picture_paragraph(form.photo.inline(), NORMAL_SIZE)
                filled[_cell(page, number)] = drawing
    return filled


_FILLED_BY = "filled by"


def _row(page: int, row: int) -> str:
    return f"row {page} {row}"


def _cell(page: int, number: int) -> str:
    return f"cell {page} {number}"


@lru_cache(maxsize=32)
def _shared(layout: Layout, relatives: int) -> tuple[tuple[str, bool], ...]:
    """What every form of a layout has, in pieces: XML, or the name of a gap that a form fills."""
    first, second = (
        _table(page, page_grid) for page, page_grid in enumerate(page_grids(layout, relatives))
    )
    gap = word.Paragraph("", 4, twips(TITLE_GAP)).xml()
    last = word.section(*map(twips, grid.PAGE2_MARGINS))
    parts = [TITLE.xml(), gap, first, _section_end(), second, _CUT, _FILLED_BY, _CUT, last]
    pieces = "".join(parts).split(_CUT)
    return tuple((piece, number % 2 == 1) for number, piece in enumerate(pieces))


def _table(page: int, page_grid: PageGrid) -> str:
    """The table of a page: labels written, a gap for each value and for the rule of each row."""
    at: dict[tuple[int, int], tuple[int, Slot]] = {}
    for number, slot in enumerate(page_grid.slots):
        for row in range(slot.place.row, slot.place.row + slot.place.rows):
            at[row, slot.place.column] = (number, slot)
    rows = []
    for row, height in enumerate(page_grid.rows):
        cells, column = [], 0
        while column < len(page_grid.columns):
            number, slot = at[row, column]
            cells.append(_cell_of(slot, f"{_CUT}{_cell(page, number)}{_CUT}", row))
            column += slot.place.span
        rows.append((height, f"{_CUT}{_row(page, row)}{_CUT}", cells))
    return word.table(page_grid.columns, rows)


def _cell_of(slot: Slot, gap: str, row: int) -> word.Cell:
    place = slot.place
    if row > place.row:
        return word.Cell(slot.width, span=place.span, merge="continue")
    fixed = "".join(paragraph.xml() for paragraph in fixed_paragraphs(slot))
    return word.Cell(
        slot.width,
        gap if place.field else fixed,
        place.span,
        "start" if place.rows > 1 else "",
        slot.margin,
        slot.valign,
        place.vertical,
        place.open_sides,
    )


def _section_end() -> str:
    """The last paragraph of the first page, as low as can be: it carries the page's margins."""
    return word.Paragraph("", 4, 40).xml(word.section(*map(twips, grid.PAGE1_MARGINS)))
