"""Tables of figures as pages show them: every number leads to the persons and posts behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from banzi.kernel.messages import Language, Message, MessageKind, name_in, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.counting.figures import (
    Figure,
    FigureColumn,
    FigureRow,
    FigureTable,
    RowKind,
    Unit,
)
from banzi.structure.gauges.catalogue import GAUGES
from banzi.structure.gauges.thresholds import Light, Threshold

RULE = MessageKind("organs/rule-of-light", _("红{red}，黄{yellow}，其余绿。依据：{source}"))
_NOT_SET = _("未设")
_WORDS = {light.value: light for light in Light if light is not Light.GREY}
_BEFORE = _("{above}·{label}")


@dataclass(frozen=True, slots=True)
class Head:
    """A heading cell."""

    label: str
    columns: int
    rows: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: text, where it leads ("" nowhere), and its light with the word for it."""

    text: str
    url: str = ""
    light: str = ""
    word: str = ""
    title: str = ""
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    is_sum: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading; "" where they stand under none."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A table of figures ready for a template."""

    heads: tuple[tuple[Head, ...], ...]
    sections: tuple[Section, ...]
    notes: tuple[Message, ...]
    width: int

    @property
    def is_empty(self) -> bool:
        return not self.sections


Links = Callable[[FigureRow, FigureColumn], str]
"""Where the first cell of a row, or a figure, leads; "" for nowhere."""


def behind_links(
    table_id: str, day: str, rows: Mapping[str, str] | None = None, query: Mapping[str, str] = {}
) -> Links:
    """Figures lead to the list behind them; texts of a row to the page that `rows` names for its key."""
    base = reverse("figures-behind", args=[table_id])

    def link(row: FigureRow, column: FigureColumn) -> str:
        if column.unit is Unit.TEXT:
            return (rows or {}).get(row.key, "")
        return f"{base}?{urlencode({**query, 'on': day, 'row': row.key, 'column': column.key})}"

    return link


def no_links(row: FigureRow, column: FigureColumn) -> str:
    """Figures that no list is kept behind."""
    return ""


def shown(
    table: FigureTable,
    links: Links,
    language: Language = "zh",
    thresholds: Sequence[Threshold] = (),
) -> Shown:
    """The table in the reader's language.

    Parameters
    ----------
    links
        Where cells lead; figures without anybody behind them lead nowhere.
    thresholds
        Those of the lights, told at each coloured figure.
    """
    rules = {
        each.gauge: RULE(
            red=each.red.written if each.red else translate(_NOT_SET, language),
            yellow=each.yellow.written if each.yellow else translate(_NOT_SET, language),
            source=each.source,
        ).text(language)
        for each in thresholds
        if each.source
    }
    sections = []
    for heading, rows in groupby(table.rows, lambda row: row.group):
        made = tuple(_row(row, table.columns, links, language, rules) for row in rows)
        sections.append(Section(translate(heading, language), made))
    heads = _heads(table.columns, language)
    return Shown(heads, tuple(sections), table.notes, len(table.columns))


def column_title(column: FigureColumn, language: Language = "zh") -> str:
    """`正职·应配`."""
    parts = [translate(part, language) for part in (*column.above, column.label)]
    return "·".join(part for part in parts if part)


def _row(
    row: FigureRow,
    columns: Sequence[FigureColumn],
    links: Links,
    language: Language,
    rules: Mapping[str, str],
) -> Row:
    cells = []
    linked = False
    for column in columns:
        if column.unit is Unit.TEXT:
            text = translate(row.texts.get(column.key, ""), language)
            url = "" if linked or row.kind is not RowKind.ROW else links(row, column)
            linked = linked or bool(url)
            cells.append(Cell(text, url, is_text=True))
            continue
        figure = row.figures.get(column.key)
        cells.append(
            Cell("") if figure is None else _cell(row, column, figure, links, language, rules)
        )
    return Row(tuple(cells), row.kind is not RowKind.ROW)


def _cell(
    row: FigureRow,
    column: FigureColumn,
    figure: Figure,
    links: Links,
    language: Language,
    rules: Mapping[str, str],
) -> Cell:
    lit = _WORDS.get(figure.light)
    word = "" if lit is None else name_in(lit, language)
    url = links(row, column) if figure.persons or figure.posts else ""
    title = rules.get(column.key, "") if lit else ""
    return Cell(figure.shown(column.unit, language), url, figure.light if lit else "", word, title)


def _heads(columns: Sequence[FigureColumn], language: Language) -> tuple[tuple[Head, ...], ...]:
    depth = max((len(column.above) for column in columns), default=0)
    about = {each.id: each.about for each in GAUGES}
    rows: list[tuple[Head, ...]] = []
    for level in range(depth + 1):
        heads = []
        paths = [(*column.above, None)[: level + 1] for column in columns]
        place = 0
        while place < len(columns):
            column = columns[place]
            if level < len(column.above):
                span = 1
                while (
                    place + span < len(columns)
                    and len(columns[place + span].above) > level
                    and paths[place + span] == paths[place]
                ):
                    span += 1
                heads.append(Head(translate(column.above[level], language), span, 1))
                place += span
                continue
            if level == len(column.above):
                title = translate(about.get(column.key, ""), language)
                heads.append(Head(translate(column.label, language), 1, depth + 1 - level, title))
            place += 1
        rows.append(tuple(heads))
    return tuple(rows)
