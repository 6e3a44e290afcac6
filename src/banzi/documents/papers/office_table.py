"""An office table, declared once: title, columns, rows, notes and page, printed in three formats.

`sheets` writes it as .xlsx, `table_word` as .docx and `table_pages` as PDF, from the same value; a
paper only says what stands in the cells. Columns are measured in millimetres; on the page they are
stretched alike to fill the width between the margins, so their proportions hold on every paper.

Headings may have several lines: neighbours that share a heading stand under it once. A column with
fewer lines than its neighbours reaches down to the rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from banzi.documents.papers.approval_values import padded_name, plain_text
from banzi.documents.papers.charts import ColumnChart
from banzi.documents.papers.fitting import wrapped

Align = Literal["center", "left", "name"]
"""`name` is centred, and a name of two characters is spread for display where a format needs it."""

MILLIMETRES_PER_POINT = 25.4 / 72
CELL_MARGIN = 1.0
"""Millimetres between a text and the line beside it."""
LINE_MARGIN = 0.9
"""Millimetres between a text and the line above or below it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column.

    Attributes
    ----------
    width
        Millimetres, in proportion to the other columns.
    above
        Headings over it that it shares with neighbours, from the top down.
    answer
        A person fills it in: in a worksheet its cells are text on a ground of their own.
    hidden
        For the program alone: in a worksheet the column is not shown.
    """

    text: str
    width: float
    above: tuple[str, ...] = ()
    align: Align = "center"
    answer: bool = False
    hidden: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.above, self.text)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is shown in a certain way: `Figure(0.358, "35.8%", "0.0%")`.

    Attributes
    ----------
    pattern
        Number format of spreadsheet programs that shows the same text.
    fill
        Colour behind it, `F4B6AE`; "" for none. The text says what the colour does.
    """

    value: float
    shown: str
    pattern: str
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph, fitted into its cell; one that cannot be read leaves the cell blank."""

    content: bytes = field(repr=False)


Cell = str | int | Figure | Picture


@dataclass(frozen=True, slots=True)
class Row:
    """One row, a cell for each column; `strong` for totals.

    `offers` are the words a worksheet offers in a cell, by the place of its column.
    """

    cells: tuple[Cell, ...]
    strong: bool = False
    offers: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A heading row over the rows of one unit."""

    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins in millimetres; widths and heights are those of the page as it lies."""

    width: float
    height: float
    side: float = 14
    top: float = 18
    bottom: float = 17

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def is_a3(self) -> bool:
        return max(self.width, self.height) > 300

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom

    @property
    def text_width(self) -> float:
        return self.width - 2 * self.side


A4_LANDSCAPE, A4_PORTRAIT = Page(297, 210), Page(210, 297, side=20, top=25, bottom=22)
A3_LANDSCAPE = Page(420, 297)


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """A table with everything around it; begins on a page of its own.

    Attributes
    ----------
    subtitle
        Line under the title, centred: `（按姓氏笔画为序）`.
    left, right
        Line over the table: the date of the figures, how many.
    empty
        What stands in place of rows when there are none.
    notes
        Lines under the table.
    marking
        密级 and how long it holds (`marking.read_marking`), at the top left of the first page.
    points
        Size of the body, in steps of a half point.
    least_height
        Millimetres that every row has at least.
    sheet
        Name of the worksheet; the title when "".
    paged
        Whether pages are numbered.
    chart
        Stacked columns of the figures: a series is a row from the first on, a period a column
        between the first and the last. Pages show it above the table, a Word document as a
        picture; a worksheet draws it itself, below. A chart whose columns stand beside each other
        has numbers of its own, on a sheet after the table's.
    for_program
        The worksheet is not shown to people.
    frozen
        So many columns of the worksheet stay in view.
    watermark
        Who took the paper, and when: pale over each page; in a worksheet and a Word document
        above it.
    """

    title: str
    columns: tuple[Heading, ...]
    rows: Sequence[Row | Group]
    subtitle: str = ""
    left: str = ""
    right: str = ""
    empty: str = ""
    notes: Sequence[str] = ()
    marking: str = ""
    page: Page = A4_LANDSCAPE
    points: float = 11
    least_height: float = 10.5
    sheet: str = ""
    paged: bool = True
    chart: ColumnChart | None = None
    for_program: bool = False
    frozen: int = 0
    watermark: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if isinstance(row, Row) and len(row.cells) != len(self.columns):
                raise ValueError(f"{len(row.cells)} cells for {len(self.columns)} columns")

    @property
    def widths(self) -> tuple[float, ...]:
        """Millimetres of each column on the page."""
        whole = sum(column.width for column in self.columns)
        return tuple(column.width * self.page.text_width / whole for column in self.columns)

    @property
    def body(self) -> Sequence[Row | Group]:
        """The rows; where there are none, one line that says so."""
        return self.rows or ((Group(self.empty),) if self.empty else ())


@dataclass(frozen=True, slots=True)
class HeadingCell:
    """A heading where it stands: first row and column from 0, and how many it covers."""

    text: str
    row: int
    column: int
    rows: int
    columns: int


def heading_cells(columns: Sequence[Heading]) -> tuple[HeadingCell, ...]:
    """The headings of all columns, shared ones once, by row and column; together they leave no gap."""
    depth = max(len(column.path) for column in columns)
    cells: list[HeadingCell] = []

    def place(first: int, members: Sequence[Heading], level: int) -> None:
        at = first
        for (text, last), run in groupby(members, key=lambda column: _shared(column, level)):
            below = list(run)
            if last:
                alone = enumerate(below, start=at)
                cells.extend(HeadingCell(text, level, here, depth - level, 1) for here, _ in alone)
            else:
                cells.append(HeadingCell(text, level, at, 1, len(below)))
                place(at, below, level + 1)
            at += len(below)

    place(0, columns, 0)
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def heading_depth(columns: Sequence[Heading]) -> int:
    """Lines of the headings."""
    return max(len(column.path) for column in columns)


def shown_text(cell: Cell, align: Align = "center") -> str:
    """What a reader sees in the cell; "" for a picture."""
    if isinstance(cell, Figure):
        return cell.shown
    if isinstance(cell, Picture):
        return ""
    text = plain_text(str(cell))
    return padded_name(text) if align == "name" else text


def line_count(text: str, width: float, points: float) -> int:
    """Lines that a text takes in a column of so many millimetres."""
    room = (width - 2 * CELL_MARGIN) / MILLIMETRES_PER_POINT
    capacity = max(2, int(2 * room / points))
    return sum(len(wrapped(line, capacity)) for line in text.split("\n"))


def _shared(column: Heading, level: int) -> tuple[str, bool]:
    """What neighbours under one heading have in common; a heading that ends here is not shared."""
    return column.path[level], len(column.path) == level + 1


def picture_height(width: float) -> float:
    """Millimetres of a row that shows a photograph (4 : 5) over the width of its column."""
    return (width - 2 * CELL_MARGIN) * 5 / 4 + 2 * CELL_MARGIN


def estimated_height(table: OfficeTable) -> float:
    """Millimetres that title, headings, rows and notes take in all, by full-width metrics."""
    line = table.points * 1.3 * MILLIMETRES_PER_POINT
    height = 16.0 + 8 * heading_depth(table.columns)
    height += 9 * bool(table.marking) + line * (
        bool(table.subtitle) + bool(table.left or table.right)
    )
    for row in table.body:
        lines = [1]
        if isinstance(row, Row):
            cells = zip(row.cells, table.columns, table.widths, strict=True)
            lines = [
                line_count(shown_text(cell, each.align), width, table.points)
                for cell, each, width in cells
            ]
        height += max(table.least_height, max(lines) * line + 2 * LINE_MARGIN)
    whole = sum(table.widths)
    return height + sum(
        (line_count(note, whole, table.points) + 0.5) * line for note in table.notes
    )
