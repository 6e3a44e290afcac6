"""A table of figures, each with the persons and posts behind it.

A figure without a value is one of two things: blank, because what it is measured against is not
on record (a quota nobody entered), or open, because facts about persons are missing and the
figure would be a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

import polars as pl

from banzi.kernel.messages import Language, Message, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.indicators import percent_text, years_text

OPEN = _("不详")
"""What stands in the place of a figure that missing facts leave open."""


class Unit(StrEnum):
    """How the value of a column is to be read."""

    TEXT = "text"
    COUNT = "count"  # int
    SHARE = "share"  # Fraction, 0 to 1
    MEAN_AGE = "mean_age"  # Fraction of months


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes
    ----------
    value
        A count, a share (0–1) or a mean in months; None where it is blank or open.
    persons
        Ids of the persons counted: as many as the value where the figure counts persons; for a
        share those of the numerator, for a mean those whose value is known; for what is over a
        quota everybody who takes it up. In a sum somebody may stand twice.
    posts
        Ids of the posts behind it (the vacant ones behind a shortage).
    is_open
        True where `value` is None because facts about persons are missing.
    unknown
        Persons of whom it is not known whether they count; looked at by lights only.
    light
        `red`, `yellow`, `green` or `grey` (`gauges.thresholds.Light`); "" where no light is asked.
    """

    value: int | Fraction | None
    persons: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    is_open: bool = False
    unknown: int = 0
    light: str = ""

    def shown(self, unit: Unit, language: Language = "zh") -> str:
        """The figure as it is printed; shares and ages to one decimal, half up."""
        if self.value is None:
            return translate(OPEN, language) if self.is_open else ""
        if unit is Unit.SHARE:
            return percent_text(Fraction(self.value))
        if unit is Unit.MEAN_AGE:
            return years_text(Fraction(self.value))
        return str(self.value)


BLANK = Figure(None)


def counted(persons: Iterable[str]) -> Figure:
    """The number of these persons."""
    listed = tuple(persons)
    return Figure(len(listed), listed)


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column: its label (Chinese, or as the settings have it), and those it shares above it."""

    key: str
    label: str
    above: tuple[str, ...] = ()
    unit: Unit = Unit.COUNT


class RowKind(StrEnum):
    ROW = "row"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row; `texts` for its columns of text, `figures` for all others."""

    key: str
    texts: Mapping[str, str]
    figures: Mapping[str, Figure]
    kind: RowKind = RowKind.ROW
    group: str = ""
    """Heading over this row and its neighbours with the same one."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Rows and their total at a day; stable: papers print it, the site shows it.

    Attributes
    ----------
    as_of
        The day that seats, ages and terms are counted to.
    rows
        In order of display; subtotals and the total stand after what they add up.
    notes
        What a reader must know to read the figures: bands, unknowns, who counts twice.
    """

    as_of: date
    columns: tuple[FigureColumn, ...]
    rows: tuple[FigureRow, ...]
    notes: tuple[Message, ...] = field(default=())

    def row(self, key: str) -> FigureRow:
        return next(row for row in self.rows if row.key == key)

    def figure(self, row: str, column: str) -> Figure:
        """The figure of a row in a column.

        Raises
        ------
        KeyError, StopIteration
            When the table has no such column, or no such row.
        """
        return self.row(row).figures[column]

    def persons_behind(self, row: str, column: str) -> tuple[str, ...]:
        """Person ids behind a figure, in the order they were counted, each once."""
        return tuple(dict.fromkeys(self.figure(row, column).persons))

    def frame(self) -> pl.DataFrame:
        """Long frame: `row`, `kind`, `column`, `value` (Float64, null where there is none),
        `is_open`, `persons`, `posts`."""
        return pl.DataFrame(
            [
                {
                    "row": row.key,
                    "kind": row.kind.value,
                    "column": column.key,
                    "value": None if figure.value is None else float(figure.value),
                    "is_open": figure.is_open,
                    "persons": list(figure.persons),
                    "posts": list(figure.posts),
                }
                for row in self.rows
                for column in self.columns
                if (figure := row.figures.get(column.key)) is not None
            ],
            schema={
                "row": pl.String(),
                "kind": pl.String(),
                "column": pl.String(),
                "value": pl.Float64(),
                "is_open": pl.Boolean(),
                "persons": pl.List(pl.String()),
                "posts": pl.List(pl.String()),
            },
            orient="row",
        )


def summed(figures: Sequence[Figure]) -> Figure:
    """The sum of counts: known values are added; blank when none is known.

    A part that is blank or open leaves the sum as that of the others.
    """
    known = [figure for figure in figures if figure.value is not None]
    if not known:
        return Figure(None, is_open=any(figure.is_open for figure in figures))
    return Figure(
        sum(int(figure.value or 0) for figure in known),
        tuple(person for figure in known for person in figure.persons),
        tuple(post for figure in known for post in figure.posts),
    )


def total_row(
    rows: Sequence[FigureRow], columns: Sequence[FigureColumn], texts: Mapping[str, str]
) -> FigureRow:
    """The last row: every column of counts added up."""
    figures = {
        column.key: summed([row.figures[column.key] for row in rows])
        for column in columns
        if column.unit is Unit.COUNT
    }
    return FigureRow("total", texts, figures, RowKind.TOTAL)
