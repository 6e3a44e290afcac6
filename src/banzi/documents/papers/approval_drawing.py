"""Where each line of a fitted 干部任免审批表 stands on the paper, for drawings without Word's help.

Lines are broken by the widths of 宋体 (Chinese one em, Latin half), so they end where Word ends
them. A row with more text than room is drawn higher and pushes down those below; `Sheet.scale`
then says how much smaller the page must be drawn to stay on the paper: nothing is cut off.

Lengths are twips from the upper left corner of the paper. Not here: drawing (`approval_pdf`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate

from banzi.documents.papers.approval_typeset import (
    PHOTO,
    TITLE,
    TITLE_GAP,
    PageGrid,
    SetForm,
    Slot,
)
from banzi.documents.papers.fitting import capacity, width_of, wrapped
from banzi.documents.papers.word import twips
from banzi.documents.papers.word_text import Paragraph

PAPER_WIDTH, PAPER_HEIGHT = twips(210), twips(297)
_TWIPS_OF_EMU = Fraction(1, 635)
_MARKS = "[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
_RUN = re.compile(
    "(?P<half>[ -~]+)|(?P<han>[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    f"|(?P<opening>[（《〈「『【〔“‘]){_MARKS}|(?P<full>.){_MARKS}",
    re.DOTALL,
)


class Width(StrEnum):
    """Which of a font's forms a run wants, so that it is as wide as it was counted.

    An opening bracket has its blank on the left, every other mark on the right.
    """

    HAN = "han"
    HALF = "half"
    FULL = "full"
    OPENING = "opening"


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: where it begins, how far it goes across and down."""

    x: int
    y: int
    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text: Chinese characters, Latin ones, or one mark.

    Each run has a place of its own, so that no font and no typesetter's idea of punctuation moves
    what comes after it.

    Attributes
    ----------
    y
        Upper edge.
    size
        Half-points.
    spacing
        Extra room between characters.
    """

    x: int
    y: int
    size: int
    text: str
    width: Width = Width.HAN
    spacing: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the photo goes."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a form. `scale` is 1 unless the page would not fit on the paper."""

    rules: tuple[Rule, ...]
    texts: tuple[Text, ...]
    frame: Frame | None
    scale: Fraction


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a cell: text from `x`, counted from the cell's inside; `block` stands at 0."""

    text: str
    x: int
    size: int
    leading: int
    block: str = ""


def sheets_of(form: SetForm) -> tuple[Sheet, Sheet]:
    """Both pages of a form."""
    first, second = (_sheet(form, page) for page in (0, 1))
    return first, second


def _sheet(form: SetForm, page: int) -> Sheet:
    page_grid = _grown(form, page)
    top, _right, _bottom, left = map(twips, page_grid.margins)
    texts: list[Text] = []
    if page == 0:
        texts.append(_title(page_grid))
        top += TITLE.leading + twips(TITLE_GAP)
    frame = None
    for slot, paragraphs in zip(page_grid.slots, form.texts[page], strict=True):
        if slot.place.field == PHOTO and form.photo:
            frame = _frame(slot, form.photo.width, form.photo.height, left, top)
        texts += (_value if slot.place.field else _label)(slot, paragraphs, left, top)
    end = top + sum(page_grid.rows)
    if page == 1:
        line = form.filled_by
        y = end + (line.leading - line.size * 10) // 2
        texts += _line(left, y, line.size, line.text)
        end += line.leading
    scale = min(Fraction(1), Fraction(PAPER_HEIGHT - twips(page_grid.margins[2]), end))
    return Sheet(_rules(page_grid, left, top), tuple(texts), frame, scale)


def _grown(form: SetForm, page: int) -> PageGrid:
    """The grid with higher rows where a text needs them."""
    page_grid = form.grids[page]
    missing: dict[int, int] = {}
    for slot, paragraphs in zip(page_grid.slots, form.texts[page], strict=True):
        if slot.place.row in form.growing[page] and not slot.place.vertical:
            short = sum(row.leading for row in _rows(slot, paragraphs)) + 10 - slot.height
            missing[slot.place.row] = max(short, missing.get(slot.place.row, 0))
    if not any(missing.values()):
        return page_grid
    rows = tuple(height + missing.get(row, 0) for row, height in enumerate(page_grid.rows))
    tops = (0, *accumulate(rows))
    slots = tuple(
        replace(slot, y=tops[slot.place.row], height=tops[end] - tops[slot.place.row])
        for slot in page_grid.slots
        for end in [slot.place.row + slot.place.rows]
    )
    return replace(page_grid, rows=rows, slots=slots)


def _rows(slot: Slot, paragraphs: Iterable[Paragraph]) -> list[_Row]:
    inside = slot.width - 2 * slot.margin
    rows = []
    for each in paragraphs:
        half_em = each.size * 5
        block, _tab, text = each.text.partition("\t") if each.hanging else ("", "", each.text)
        room = max(2, capacity(inside, each.size) - each.left // half_em)
        for number, line in enumerate(wrapped(text.replace("\t", " "), room)):
            width = width_of(line) * half_em
            spare = {"left": 0, "center": (inside - width) // 2, "right": inside - width}
            x = each.left + max(0, spare[each.align])
            rows.append(_Row(line, x, each.size, each.leading, "" if number else block))
    return rows


def _value(slot: Slot, paragraphs: tuple[Paragraph, ...], left: int, top: int) -> tuple[Text, ...]:
    """A cell's texts, the grid's corner standing at `left`, `top` of the paper."""
    slot = replace(slot, x=slot.x + left, y=slot.y + top)
    lines = _downwards(slot, paragraphs) if slot.place.vertical else _across(slot, paragraphs)
    return tuple(lines)


_label = lru_cache(maxsize=512)(_value)
"""The same on every form of a layout."""


def _across(slot: Slot, paragraphs: Sequence[Paragraph]) -> Iterator[Text]:
    rows = _rows(slot, paragraphs)
    spare = slot.height - sum(row.leading for row in rows)
    y = slot.y + (spare if slot.valign == "bottom" else spare // 2)
    for row in rows:
        top, x = y + (row.leading - row.size * 10) // 2, slot.x + slot.margin
        yield from _line(x, top, row.size, row.block)
        yield from _line(x + row.x, top, row.size, row.text)
        y += row.leading


def _line(x: int, y: int, size: int, text: str) -> Iterator[Text]:
    """A line in runs; blanks leave room."""
    for run in _RUN.finditer(text):
        if not run[0].isspace():
            yield Text(x, y, size, run[0], Width(str(run.lastgroup)))
        x += width_of(run[0]) * size * 5


def _downwards(slot: Slot, paragraphs: Sequence[Paragraph]) -> Iterator[Text]:
    """Characters one under another, columns from right to left."""
    x = slot.x + (slot.width + sum(each.leading for each in paragraphs)) // 2
    for each in paragraphs:
        em = each.size * 10
        x -= each.leading
        y = slot.y + (slot.height - len(each.text) * em) // 2
        for number, character in enumerate(each.text):
            yield from _line(x + (each.leading - em) // 2, y + number * em, each.size, character)


def _title(page_grid: PageGrid) -> Text:
    top, right, _bottom, left = map(twips, page_grid.margins)
    width = width_of(TITLE.text) * TITLE.size * 5 + TITLE.spacing * (len(TITLE.text) - 1)
    x = left + (PAPER_WIDTH - left - right - width) // 2
    y = top + (TITLE.leading - TITLE.size * 10) // 2
    return Text(x, y, TITLE.size, TITLE.text, spacing=TITLE.spacing)


def _frame(slot: Slot, width: int, height: int, left: int, top: int) -> Frame:
    across, down = int(width * _TWIPS_OF_EMU), int(height * _TWIPS_OF_EMU)
    x, y = slot.x + (slot.width - across) // 2, slot.y + (slot.height - down) // 2
    return Frame(left + x, top + y, across, down)


@lru_cache(maxsize=64)
def _rules(page_grid: PageGrid, left: int, top: int) -> tuple[Rule, ...]:
    """The lines of a grid, each drawn once and as long as it goes."""
    xs = [left, *accumulate(page_grid.columns, initial=left)][1:]
    ys = [top, *accumulate(page_grid.rows, initial=top)][1:]
    rows: set[tuple[int, int]] = set()
    columns: set[tuple[int, int]] = set()
    opened: set[tuple[int, int]] = set()
    for slot in page_grid.slots:
        place = slot.place
        span = range(place.column, place.column + place.span)
        first, last = place.row, place.row + place.rows
        for side, line in (("top", first), ("bottom", last)):
            (opened if side in place.open_sides else rows).update((line, each) for each in span)
        for line in (place.column, place.column + place.span):
            columns.update((line, each) for each in range(first, last))
    across = [
        Rule(xs[begin], ys[line], xs[end] - xs[begin], 0)
        for line, begin, end in _runs(rows - opened)
    ]
    down = [
        Rule(xs[line], ys[begin], 0, ys[end] - ys[begin]) for line, begin, end in _runs(columns)
    ]
    return (*across, *down)


def _runs(edges: set[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """(line, begin, end) for each unbroken run of edges on a line."""
    for line, begin in sorted(edges):
        if (line, begin - 1) not in edges:
            end = begin + 1
            while (line, end) in edges:
                end += 1
            yield line, begin, end
