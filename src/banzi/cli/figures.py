"""Tables of figures on the terminal: shown, as JSON, and written as a paper."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banzi.cli import terminal
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.roster import Roster
    from banzi.structure.counting.figures import FigureRow, FigureTable

NOT_A_PAPER = MessageKind(
    "figures/not-a-paper", _("文件“{file}”的格式不能写；请用 .xlsx、.docx 或 .pdf 结尾的文件名")
)
WRITTEN = MessageKind("figures/written", _("已写入{file}"))
_MANY_COLUMNS, _AT_A_TIME = 14, 13
"""Columns beyond which a table is turned over on the terminal, and how many stand side by side then."""
_LIT = _("{figure} {light}")
_ABOVE = _("{above}·{label}")


def say_figures(title: str, table: FigureTable) -> None:
    """The table and its notes; a group of rows stands in a column of its own."""
    from banzi.structure.gauges.thresholds import Light

    words = {light.value: terminal.text(light.zh) for light in Light if light is not Light.GREY}
    if len(table.columns) > _MANY_COLUMNS and table.rows:
        _side_by_side(title, table, words)
        for note in table.notes:
            terminal.say(note)
        return
    grouped = any(row.group for row in table.rows)
    header = [terminal.text(_path(column)) for column in table.columns]
    rows = [[*([row.group] if grouped else []), *_cells(table, row, words)] for row in table.rows]
    if rows:
        terminal.say_table(title, [*([""] if grouped else []), *header], rows)
    for note in table.notes:
        terminal.say(note)


def _side_by_side(title: str, table: FigureTable, words: dict[str, str]) -> None:
    """A table of many columns turned over: a column for each row, so many at a time."""
    made = [_cells(table, row, words) for row in table.rows]
    labels = [terminal.text(_path(column)) for column in table.columns]
    for start in range(0, len(made), _AT_A_TIME):
        part = made[start : start + _AT_A_TIME]
        header = [labels[0], *(cells[0] for cells in part)]
        rows = [
            [label, *(cells[place] for cells in part)]
            for place, label in enumerate(labels)
            if place
        ]
        terminal.say_table("" if start else title, header, rows)


def figures_json(table: FigureTable) -> dict[str, Any]:
    """Columns, rows with texts and figures, and the notes."""
    from banzi.structure.counting.figures import Unit

    return {
        "as_of": table.as_of,
        "columns": [
            {"key": each.key, "label": each.label, "above": list(each.above), "unit": each.unit}
            for each in table.columns
        ],
        "rows": [
            {
                "key": row.key,
                "kind": row.kind,
                "group": row.group,
                "texts": dict(row.texts),
                "figures": {
                    column.key: {
                        "value": None if figure.value is None else float(figure.value),
                        "shown": figure.shown(column.unit),
                        "persons": list(figure.persons),
                        "posts": list(figure.posts),
                        "unknown": figure.unknown,
                        "light": figure.light or None,
                    }
                    for column in table.columns
                    if column.unit is not Unit.TEXT
                    if (figure := row.figures.get(column.key)) is not None
                },
            }
            for row in table.rows
        ],
        "notes": [note.text(terminal.language()) for note in table.notes],
    }


def write_figures(
    tables: Sequence[tuple[str, str, FigureTable]], file: Path, roster: Roster, quiet: bool = False
) -> None:
    """Write (paper id, title, table) to one file, each from a new page; workbooks with 反查.

    Raises
    ------
    BanziError
        `figures/not-a-paper`, or when the file cannot be written.
    """
    from banzi.cli.outputs import writing
    from banzi.documents.papers.team_tables import paper_tables
    from banzi.documents.papers.writing import Format, write_tables
    from banzi.kernel.files import replacing_file

    ending = file.suffix[1:].lower()
    if ending not in tuple(Format):
        raise BanziError(NOT_A_PAPER(file=file.name))
    made = [
        each
        for paper, title, table in tables
        for each in paper_tables(paper, title, table, roster, ending == Format.XLSX)
    ]
    with writing(file), replacing_file(file) as part:
        write_tables(made, part, tables[0][2].as_of)
    if not quiet:
        terminal.say(WRITTEN(file=file))


def _path(column: Any) -> str:
    if not column.above:
        return str(column.label)
    return render(_ABOVE, {"above": "·".join(column.above), "label": column.label})


def _cells(table: FigureTable, row: FigureRow, words: dict[str, str]) -> list[str]:
    from banzi.structure.counting.figures import Unit

    cells = []
    for column in table.columns:
        if column.unit is Unit.TEXT:
            cells.append(row.texts.get(column.key, ""))
            continue
        figure = row.figures.get(column.key)
        text = "" if figure is None else figure.shown(column.unit, terminal.language())
        if figure is not None and figure.light in words:
            text = render(_LIT, {"figure": text, "light": words[figure.light]})
        cells.append(text)
    return cells
