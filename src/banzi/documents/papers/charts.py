"""Small charts as data and as SVG: ladders of bars, before beside after, and stacked columns.

A chart is a tuple of shapes with whole-number places, so that tests look at numbers and not at
pictures; `svg` writes them. Charts print in black and white: after is a filled bar, before an
outlined one, and every bar carries its number; nobody in a band means no bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

FILLED, PAPER, LINE, TEXT = "#2f4b6e", "#ffffff", "#555555", "#222222"
FONT = "Noto Sans SC"

WIDTH = 300
ROW, BAR, LABEL_WIDTH, NUMBER_WIDTH, TOP = 22, 8, 74, 22, 4
"""Units of 1/100 of a third of the page; only their proportions matter."""

WIDE, COLUMN_ROOM, COLUMN_BASE = 760, 110, 140
"""Stacked columns over the width of a page that lies."""

SHADES = (FILLED, "#b9c4d3", "#6f86a3", "#e3e8ee", "#8a8a8a", "#444444")
"""Fills that can be told apart in black and white, the darkest beside the lightest."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `outlined` bars are paper with a line around, others have a fill of `SHADES`."""

    x: int
    y: int
    width: int
    height: int
    outlined: bool = False
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """A text whose baseline starts, ends or is centred at (x, y)."""

    x: int
    y: int
    text: str
    anchor: Literal["start", "end", "middle"] = "start"
    size: int = 10


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin upright line."""

    x: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Shapes in the order they are drawn."""

    width: int
    height: int
    shapes: tuple[Bar | Label | Rule, ...]

    @property
    def bars(self) -> tuple[Bar, ...]:
        return tuple(shape for shape in self.shapes if isinstance(shape, Bar))

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(shape.text for shape in self.shapes if isinstance(shape, Label))


def ladder(
    bands: Sequence[str], after: Sequence[int], before: Sequence[int] | None, most: int
) -> Chart:
    """A ladder of ages: one row per band, the given order from top to bottom.

    Parameters
    ----------
    bands
        Names of the bands.
    after, before
        People in each band; `before` None when nothing is compared.
    most
        The count that takes the whole width: the same for charts that are compared.
    """
    room = WIDTH - LABEL_WIDTH - NUMBER_WIDTH
    shapes: list[Bar | Label | Rule] = []
    for place, (band, count) in enumerate(zip(bands, after, strict=True)):
        top = TOP + place * ROW
        shapes.append(Label(LABEL_WIDTH - 6, top + 14, band, "end"))
        rows = [(count, False)] if before is None else [(before[place], True), (count, False)]
        for number, (people, outlined) in enumerate(rows):
            y = top + (ROW - BAR * len(rows)) // 2 + number * BAR
            width = room * people // max(most, 1)
            if people:
                shapes.append(Bar(LABEL_WIDTH, y, width, BAR, outlined))
                shapes.append(Label(LABEL_WIDTH + width + 3, y + BAR - 1, str(people), size=8))
    height = TOP * 2 + ROW * len(bands)
    shapes.append(Rule(LABEL_WIDTH, TOP, height - TOP))
    return Chart(WIDTH, height, tuple(shapes))


@dataclass(frozen=True, slots=True)
class ColumnChart:
    """Counts over periods, stacked by series: `series` holds a name and one count a period."""

    title: str
    periods: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]


def columns(given: ColumnChart) -> Chart:
    """Stacked columns with the total over each, periods below and the names of the series on top."""
    totals = [sum(counts[at] for _n, counts in given.series) for at in range(len(given.periods))]
    most = max(totals, default=0) or 1
    step = WIDE // max(len(given.periods), 1)
    bar = min(step * 3 // 5, 46)
    shapes: list[Bar | Label | Rule] = []
    left = 10
    for place, (name, _counts) in enumerate(given.series):
        shapes.append(Bar(left, 3, 10, 8, shade=place % len(SHADES)))
        shapes.append(Label(left + 14, 11, name, size=9))
        left += 24 + 10 * len(name)
    for at, period in enumerate(given.periods):
        middle = at * step + step // 2
        top = COLUMN_BASE
        for place, (_name, counts) in enumerate(given.series):
            height = COLUMN_ROOM * counts[at] // most
            if counts[at]:
                top -= max(height, 1)
                shade = place % len(SHADES)
                shapes.append(Bar(middle - bar // 2, top, bar, max(height, 1), shade=shade))
        if totals[at]:
            shapes.append(Label(middle, top - 3, str(totals[at]), "middle", 9))
        for line, part in enumerate(_two_lines(period)):
            shapes.append(Label(middle, COLUMN_BASE + 12 + 10 * line, part, "middle", 8))
    shapes.append(Bar(0, COLUMN_BASE, WIDE, 1))
    return Chart(WIDE, COLUMN_BASE + 30, tuple(shapes))


def _two_lines(period: str) -> tuple[str, ...]:
    """`2026上半年`, `2026年6月` as year and part, so that twenty of them fit beside each other."""
    year = 5 if period[4:5] == "年" else 4
    return (period[:year], period[year:]) if period[:4].isdigit() else (period,)


def svg(chart: Chart) -> str:
    """The chart as a stand-alone SVG; the same chart gives the same text."""
    body = "".join(_shape(shape) for shape in chart.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {chart.width} {chart.height}" '
        f'width="{chart.width}" height="{chart.height}" font-family={quoteattr(FONT)}>{body}</svg>'
    )


def _shape(shape: Bar | Label | Rule) -> str:
    match shape:
        case Bar(x, y, width, height, outlined, shade):
            fill, inset = (PAPER, 0.5) if outlined else (SHADES[shade], 0)
            return (
                f'<rect x="{x + inset}" y="{y + inset}" width="{max(width - 2 * inset, 0.5)}" '
                f'height="{height - 2 * inset}" fill="{fill}" stroke="{LINE}" '
                f'stroke-width="{1 if outlined else 0}"/>'
            )
        case Label(x, y, text, anchor, size):
            return (
                f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" '
                f'fill="{TEXT}">{escape(text)}</text>'
            )
        case Rule(x, top, bottom):
            return (
                f'<line x1="{x}" y1="{top}" x2="{x}" y2="{bottom}" '
                f'stroke="{LINE}" stroke-width="1"/>'
            )
