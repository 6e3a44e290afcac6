"""Sheets of a workbook as rows of declared columns.

A sheet is described once (`SheetLayout`): reading finds its header row, matches headers after
stripping, and gives every row with its place; writing (`writing`) uses the same description. A
header that is not declared is kept as a finding, since offices add columns of their own.

Not here: what rows mean together (`national`, `template`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from banzi.documents.codecs.extract import Finding, Row
from banzi.documents.codecs.workbook.cells import BLANK, Reading, read_cell
from banzi.documents.codecs.workbook.opening import Book
from banzi.kernel.columns import Column, Table
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import FindingKind, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS

MISSING_SHEET = MessageKind(
    "workbook/missing-sheet", _("缺少工作表“{sheet}”；请使用规定的模板，不要删除或改名工作表")
)
MISSING_HEADER_ROW = MessageKind(
    "workbook/missing-header-row",
    _("前{rows}行中找不到表头（应含：{headers}）；请保留模板的表头行"),
)
MISSING_HEADER = MessageKind("workbook/missing-header", _("缺少“{header}”列；请按模板补上该列"))
REPEATED_HEADER = MessageKind(
    "workbook/repeated-header", _("表头“{header}”出现了不止一次；请删除或改名多余的列")
)
EMPTY_CELL = MessageKind("workbook/empty-cell", _("“{column}”不得为空；请补填，或删除整行"))
UNUSED_COLUMNS = FindingKind(
    "import/unused-columns",
    _("工作表“{sheet}”有{count}列未被读取：{headers}"),
    title=_("有未读取的列"),
)
ABSENT_COLUMNS = FindingKind(
    "import/absent-columns",
    _("工作表“{sheet}”没有这些列，按不掌握处理：{headers}"),
    title=_("缺少列"),
)

_HEADER_SEARCH_ROWS = 12
_REMEMBERED = 50_000
_SHORT = 40
_NOISE = re.compile(r"[\s*＊]|（必填）|\(必填\)")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a sheet: the declared column it fills, under which header.

    `key` is the name in the row read; `required` makes a blank cell a problem; a header that is
    not `expected` may be missing without a word.
    """

    column: Column
    header: str = ""
    key: str = ""
    aliases: tuple[str, ...] = ()
    required: bool | None = None
    expected: bool = True
    note: str = ""
    words: tuple[str, ...] = ()
    """What a drop-down offers, where the column itself has no list."""

    @property
    def shown(self) -> str:
        return self.header or self.column.zh

    @property
    def name(self) -> str:
        return self.key or self.column.name

    @property
    def must_be_given(self) -> bool:
        return self.column.required if self.required is None else self.required


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A sheet: its name, the title above the header, and its columns in order."""

    name: str
    title: str
    fields: tuple[Field, ...]
    about: str = ""


@dataclass(slots=True)
class SheetRow:
    """One row read: values by key (blank cells left out), its place, what is doubtful in it."""

    values: Row
    at: Location
    findings: list[Finding] = field(default_factory=list)
    owner: str = ""
    """The file's own identifier of the person (A0000); "" where it names persons otherwise."""

    @property
    def place(self) -> str:
        """The place inside the file, for `source_place`."""
        return f"{self.at.sheet}:{self.at.row}"

    def get(self, key: str) -> Any:
        return self.values.get(key)


def person_fields() -> tuple[Field, Field]:
    """姓名 | 身份证号, with which every sheet about persons begins."""
    return (
        Field(PERSONS["name"], key="person_name"),
        Field(PERSONS["id_number"], key="person_id_number"),
    )


def fields_of(table: Table, names: Iterable[str], **headers: str) -> tuple[Field, ...]:
    """Fields of a table's columns by name; `headers` overrides a header by column name."""
    return tuple(Field(table[name], headers.get(name, "")) for name in names)


def read_sheet(
    book: Book, layout: SheetLayout, problems: ProblemLog, findings: list[Finding]
) -> list[SheetRow]:
    """Rows below the header row; problems and findings go to the given lists."""
    rows: list[SheetRow] = []
    columns: list[_ColumnReader] | None = None
    waiting: list[tuple[int, list[Any]]] = []
    for number, cells in enumerate(book.sheet(layout.name), start=1):
        if columns is None:
            waiting.append((number, cells))
            if number < _HEADER_SEARCH_ROWS:
                continue
            columns, rest = _header(book, layout, waiting, problems, findings)
            for earlier, held in rest:
                _add_row(rows, book, layout, columns, earlier, held, problems)
            continue
        _add_row(rows, book, layout, columns, number, cells, problems)
    if columns is None:
        columns, rest = _header(book, layout, waiting, problems, findings)
        for earlier, held in rest:
            _add_row(rows, book, layout, columns, earlier, held, problems)
    return rows


class _ColumnReader:
    """Reads the cells of one column; a short cell that came before is not read again.

    Of 50,000 rows most cells repeat: codes, choices, months, the names of those with several rows.
    """

    __slots__ = ("_seen", "clear", "field", "name", "position", "required", "shown")

    def __init__(self, position: int, of: Field) -> None:
        self.position, self.field = position, of
        self.name, self.shown, self.required = of.name, of.shown, of.must_be_given
        self.clear: dict[str, Any] = {}
        """Text of a cell → value, of those that gave a value and nothing to say about it."""
        self._seen: dict[tuple[type, Any], Reading] = {}

    def read(self, raw: Any) -> Reading:
        key = (raw.__class__, raw)  # 1, 1.0 and True are equal, and not the same cell
        known = self._seen.get(key)
        if known is None:
            known = read_cell(raw, self.field.column, self.shown)
            if not isinstance(raw, str):
                self._remember(self._seen, key, known)
            elif len(raw) <= _SHORT:
                if _is_clear(known):
                    self._remember(self.clear, raw, known.value)
                else:
                    self._remember(self._seen, key, known)
        return known

    @staticmethod
    def _remember(known: dict[Any, Any], key: Any, what: Any) -> None:
        if len(known) < _REMEMBERED:
            known[key] = what


def _is_clear(reading: Reading) -> bool:
    """Whether a cell gave a value and nothing to say about it."""
    return reading.value is not None and reading.problem is None and reading.doubt is None


def plain_header(header: object) -> str:
    """A header as it is compared: no blanks, stars or 必填, brackets full-width."""
    return _NOISE.sub("", str(header)).replace("(", "（").replace(")", "）")


def _header(
    book: Book,
    layout: SheetLayout,
    rows: Sequence[tuple[int, list[Any]]],
    problems: ProblemLog,
    findings: list[Finding],
) -> tuple[list[_ColumnReader], Sequence[tuple[int, list[Any]]]]:
    """The columns that are declared, and the rows below the header among those searched."""
    by_header = {
        plain_header(text): each for each in layout.fields for text in (each.shown, *each.aliases)
    }
    best, found = -1, 0
    for at, (_number, cells) in enumerate(rows):
        known = len({plain_header(cell) for cell in cells} & by_header.keys())
        if known > found:
            best, found = at, known
    place = Location(book.name, layout.name)
    if found < min(2, len(layout.fields)):
        wanted = [each.shown for each in layout.fields[:4]]
        problems.add(MISSING_HEADER_ROW(rows=_HEADER_SEARCH_ROWS, headers=wanted), place)
        return [], ()
    number, cells = rows[best]
    place = Location(book.name, layout.name, number)
    columns: dict[int, Field] = {}
    unused: list[str] = []
    for at, cell in enumerate(cells):
        header = plain_header(cell)
        if not header:
            continue
        matched = by_header.get(header)
        if matched is None:
            unused.append(header)
        elif matched in columns.values():
            problems.add(REPEATED_HEADER(header=matched.shown), place)
        else:
            columns[at] = matched
    absent = [each for each in layout.fields if each not in columns.values()]
    for each in absent:
        if each.must_be_given or each.column == PERSONS["id_number"]:
            problems.add(MISSING_HEADER(header=each.shown), place)
    if unused:
        message = UNUSED_COLUMNS(sheet=layout.name, count=len(unused), headers=unused)
        findings.append(Finding(message, place))
    if doubtful := [each.shown for each in absent if each.expected and not each.must_be_given]:
        findings.append(Finding(ABSENT_COLUMNS(sheet=layout.name, headers=doubtful), place))
    readers = [_ColumnReader(position, each) for position, each in columns.items()]
    return readers, rows[best + 1 :]


def _add_row(
    rows: list[SheetRow],
    book: Book,
    layout: SheetLayout,
    columns: Sequence[_ColumnReader],
    number: int,
    cells: list[Any],
    problems: ProblemLog,
) -> None:
    if not columns or not any(map(_is_filled, cells)):
        return
    values: Row = {}
    row = SheetRow(values, Location(book.name, layout.name, number))
    width = len(cells)
    for each in columns:
        raw = cells[each.position] if each.position < width else None
        if raw is None or raw == "":
            if each.required:
                _take_doubtful(row, BLANK, each, problems)
            continue
        if raw.__class__ is str and (value := each.clear.get(raw)) is not None:
            values[each.name] = value
            continue
        reading = each.read(raw)
        if _is_clear(reading):
            values[each.name] = reading.value
        else:
            _take_doubtful(row, reading, each, problems)
    rows.append(row)


def _take_doubtful(
    row: SheetRow, reading: Reading, each: _ColumnReader, problems: ProblemLog
) -> None:
    """A cell that is blank, wrong or not clear."""
    place = Location(row.at.file, row.at.sheet, row.at.row, each.shown)
    if reading.problem is not None:
        problems.add(reading.problem, place)
        row.values[each.name] = None
    elif reading.value is not None:
        row.values[each.name] = reading.value
    elif each.required and reading.doubt is None:
        problems.add(EMPTY_CELL(column=each.shown), place)
    if reading.doubt is not None:
        row.findings.append(_finding(reading, each.field, place))


def _finding(reading: Reading, each: Field, place: Location) -> Finding:
    assert reading.doubt is not None  # noqa: S101  (the caller looked)
    return Finding(
        reading.doubt,
        place,
        column=each.column.name,
        options=reading.options,
        written=reading.written,
    )


def _is_filled(cell: Any) -> bool:
    return cell is not None and not (cell.__class__ is str and (not cell or cell.isspace()))
