"""Small charts as data and as SVG: horizontal bars, once per band, before beside after.

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


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle; `outlined` bars are paper with a line around."""

    x: int
    y: int
    width: int
    height: int
    outlined: bool = False
    fill: str = FILLED


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
class BarChart:
    """Upright bars in groups: what a chart shows, whoever draws it.

    Attributes
    ----------
    series
        Name and one whole number for each category.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]

    def __post_init__(self) -> None:
        if any(len(values) != len(self.categories) for _name, values in self.series):
            raise ValueError("a series needs a number for every category")


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


SHADES = ("#1f2f45", "#5b7ba3", "#9fb6d0", "#d5dfea")
"""Series by shade, dark to pale: told apart in black and white."""

_SHEET, _PLOT, _FOOT, _HEAD = 720, 110, 30, 34
_MOST_BAR = 40


def columns(chart: BarChart) -> Chart:
    """The bar chart as shapes: a group of bars per category, a number over every bar, a key on top."""
    most = max((value for _name, values in chart.series for value in values), default=0)
    base = _HEAD + _PLOT
    step = _SHEET // max(len(chart.categories), 1)
    count = len(chart.series)
    bar = min(_MOST_BAR, step * 4 // 5 // max(count, 1))
    shapes: list[Bar | Label | Rule] = [Label(0, 12, chart.title, size=11)]
    if count > 1:
        for number, (name, _values) in enumerate(chart.series):
            left = _SHEET - 90 * (count - number)
            shapes.append(Bar(left, 4, 10, 10, fill=SHADES[number % len(SHADES)]))
            shapes.append(Label(left + 14, 13, name))
    for place, category in enumerate(chart.categories):
        middle = place * step + step // 2
        first = middle - bar * count // 2
        for number, (_name, values) in enumerate(chart.series):
            height = _PLOT * values[place] // max(most, 1)
            left = first + number * bar
            if values[place]:
                shade = SHADES[number % len(SHADES)]
                shapes.append(Bar(left, base - height, bar - 2, height, fill=shade))
                number_text = str(values[place])
                shapes.append(
                    Label(left + bar // 2 - 1, base - height - 3, number_text, "middle", 8)
                )
        shapes.append(Label(middle, base + 14, category, "middle", 9))
    shapes.append(Bar(0, base, _SHEET, 1, fill=LINE))
    return Chart(_SHEET, base + _FOOT - 8, tuple(shapes))


def svg(chart: Chart) -> str:
    """The chart as a stand-alone SVG; the same chart gives the same text."""
    body = "".join(_shape(shape) for shape in chart.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {chart.width} {chart.height}" '
        f'width="{chart.width}" height="{chart.height}" font-family={quoteattr(FONT)}>{body}</svg>'
    )


def _shape(shape: Bar | Label | Rule) -> str:
    match shape:
        case Bar(x, y, width, height, outlined, colour):
            fill, inset = (PAPER, 0.5) if outlined else (colour, 0)
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
