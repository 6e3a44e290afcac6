"""Forms made from the rows of a workbook, and a workbook made from forms; in chosen columns.

Without a base every row becomes a form of its own, and an empty cell leaves the field empty. With
a base only the chosen fields of the person's form are overwritten: not by an empty cell, since a
workbook that does not have a fact does not take it away, and not by another wording of the same.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from banzi.codes import lookup
from banzi.documents.codecs.form_editing import edit_form
from banzi.documents.codecs.form_texts import canonical_text, date_of
from banzi.documents.codecs.lrmx import write_form
from banzi.documents.codecs.workbook.cell_editing import edit_cells
from banzi.documents.codecs.workbook.clerk_sheet import (
    SHEET_COLUMNS,
    ClerkSheet,
    column_of_header,
    read_clerk_sheet,
)
from banzi.documents.codecs.workbook.writing import UNDATED
from banzi.documents.comparing.applying import BAD_VALUE, Change, wrong_value
from banzi.documents.comparing.matching import LeftOver, match
from banzi.documents.comparing.meaning import DifferenceKind, difference_kind
from banzi.documents.comparing.sides import Card, Side
from banzi.documents.form import Form
from banzi.documents.form_checks.places import place_text
from banzi.documents.papers.office_table import A3_LANDSCAPE, Heading, OfficeTable, Row
from banzi.documents.papers.sheets import write_workbook
from banzi.kernel.columns import Kind
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.files import name_key, safe_name
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS

UNKNOWN_COLUMN = MessageKind(
    "fill/unknown-column", _("没有“{column}”这一栏；可用的栏目：{choices}")
)
NOT_IN_SHEET = MessageKind("fill/not-in-sheet", _("工作簿没有“{column}”列；请核对表头或 --columns"))
UNREAD_CELL = MessageKind("fill/unread-cell", _("“{column}”不能确定：{why}"))
NO_PERSONS = MessageKind("fill/no-persons", _("表头以下没有人员；请核对工作簿"))
NOT_EMPTY = MessageKind(
    "fill/template-not-empty", _("模板表头以下已有人员{count}行；请给出只有表头的空表")
)

KEYS = ("name", "id_number")
SHEET_NAME = _("花名册")
_WIDE = frozenset({"resume_text", "awards_text", "assessments_text", "appointment_reason"})


@dataclass(slots=True)
class Filled:
    """Forms to write: file name → bytes; what changes against the base; who has no form there."""

    files: dict[str, bytes] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)


def columns_named(names: Sequence[str]) -> tuple[str, ...]:
    """Fields by the headers people call them; BadInput with every name that is none."""
    problems = ProblemLog()
    found = []
    for name in names:
        column = column_of_header(name)
        if column is None:
            choices = [place_text(each) for each in SHEET_COLUMNS]
            problems.add(UNKNOWN_COLUMN(column=name, choices=choices))
        else:
            found.append(column)
    problems.stop_if_any()
    return tuple(dict.fromkeys(found))


def fill_forms(book: Side, columns: Sequence[str] = (), base: Side | None = None) -> Filled:
    """Forms from the rows of a workbook.

    Parameters
    ----------
    columns
        Fields to take; none given: every column the sheet has.
    base
        Existing `.lrmx` forms to overwrite fields in; None makes new forms.

    Raises
    ------
    BadInput
        A chosen column the sheet lacks, or any cell that cannot be told for certain.
    """
    sheet = book.sheet
    assert sheet is not None  # noqa: S101  (a workbook)
    problems = ProblemLog()
    if not book.cards:
        problems.add(NO_PERSONS(), Location(str(book.path), sheet.name))
    for column in columns:
        if column not in sheet.columns:
            message = NOT_IN_SHEET(column=PERSONS[column].zh)
            problems.add(message, Location(str(book.path), sheet.name, sheet.header_row))
    chosen = tuple(columns) or tuple(each for each in SHEET_COLUMNS if each in sheet.columns)
    _refuse_unread(book, chosen, problems)
    problems.stop_if_any()
    if base is None:
        return _new_forms(book, chosen)
    return _overwritten(book, base, chosen)


def _refuse_unread(book: Side, chosen: Sequence[str], problems: ProblemLog) -> None:
    assert book.sheet is not None  # noqa: S101  (a workbook)
    headers = {place.header: column for column, place in book.sheet.columns.items()}
    for unread in book.unread:
        header = unread.at.column or ""
        if headers.get(header) in chosen:
            problems.add(UNREAD_CELL(column=header, why=unread.message), unread.at)


def _new_forms(book: Side, chosen: Sequence[str]) -> Filled:
    filled = Filled()
    problems = ProblemLog()
    taken = {*KEYS, *chosen}
    names = Counter(card.name for card in book.cards)
    for card in book.cards:
        fields = {c: form_text(c, text) for c, text in card.fields.items() if c in taken}
        _refuse_wrong(book, card, fields, problems)
        file = _free_name(_file_name(card, names[card.name] > 1), filled.files)
        try:
            filled.files[file] = write_form(Form(fields))
        except BadInput as bad:
            for each in bad.problems:
                problems.add(each.message, card.at)
            continue
        filled.changes.extend(
            Change(Path(file), "", card.name, place_text(column), "", text)
            for column, text in fields.items()
            if text
        )
    problems.stop_if_any()
    return filled


def _refuse_wrong(book: Side, card: Card, fields: Mapping[str, str], problems: ProblemLog) -> None:
    assert book.sheet is not None  # noqa: S101  (a workbook)
    for column, text in fields.items():
        if advice := wrong_value(column, text):
            at = Location(
                card.at.file, card.at.sheet, card.at.row, book.sheet.columns[column].header
            )
            problems.add(BAD_VALUE(column=PERSONS[column].zh, value=text, advice=advice), at)


def form_text(column: str, text: str) -> str:
    """A cell's text as the form holds it: dates as digits, the nation by its full name."""
    plain = canonical_text(column, text)
    if column == "ethnicity":
        found = lookup.find("ethnic_gbt3304", plain) if plain else None
        return found.wording if found else plain
    if PERSONS[column].kind is Kind.PARTIAL_DATE:
        day = date_of(plain)
        return plain if day is None else day.digits()
    return plain


def _file_name(card: Card, shared: bool) -> str:
    stem = card.name + (card.id_number if shared else "")
    return safe_name(stem) + ".lrmx"


def _free_name(name: str, taken: dict[str, bytes]) -> str:
    stem, number = name.removesuffix(".lrmx"), 2
    known = {name_key(each) for each in taken}
    while name_key(name) in known:
        name = f"{stem}-{number}.lrmx"
        number += 1
    return name


def _overwritten(book: Side, base: Side, chosen: Sequence[str]) -> Filled:
    pairs, left_over = match(book.cards, base.cards)
    filled = Filled(left_over=[each for each in left_over if each.side == 0])
    problems = ProblemLog()
    for pair in pairs:
        path = Path(pair.second.at.file)
        fields = {}
        for column in chosen:
            old = canonical_text(column, pair.second.fields.get(column, ""))
            new = form_text(column, pair.first.fields[column])
            if not new or difference_kind(column, old, new) in (None, DifferenceKind.WORDING):
                continue
            fields[column] = new
            change = Change(path, path.name, pair.second.name, place_text(column), old, new)
            filled.changes.append(change)
        _refuse_wrong(book, pair.first, fields, problems)
        if fields and not problems:
            name = _free_name(path.stem + ".lrmx", filled.files)
            try:
                filled.files[name] = edit_form(path.read_bytes(), str(path), fields)
            except BadInput as bad:
                problems.extend(bad.problems)
    problems.stop_if_any()
    return filled


def write_table(side: Side, columns: Sequence[str], path: Path) -> None:
    """A workbook with a row for every card, in the columns given; printed on A4."""
    headings = tuple(
        Heading(
            place_text(column),
            _width(column) * 1.9,
            align="left" if column in _WIDE or "_text" in column else "center",
        )
        for column in columns
    )
    rows = [
        Row(tuple(table_text(column, card.fields.get(column, "")) for column in columns))
        for card in side.cards
    ]
    table = OfficeTable("", headings, rows, sheet=SHEET_NAME, page=A3_LANDSCAPE)
    write_workbook([table], path, UNDATED)


def _width(column: str) -> int:
    if column in _WIDE:
        return 40
    if column == "id_number":
        return 21
    return 24 if "_text" in column or "school" in column or column == "specialty" else 11


def table_text(column: str, text: str) -> str:
    """A field's text as a table shows it: dates `1975.03`."""
    plain = canonical_text(column, text)
    dated = PERSONS[column].kind is Kind.PARTIAL_DATE or column == "party_text"
    day = date_of(plain) if dated else None
    return plain if day is None else day.dotted()


def fill_template(side: Side, template: Path, path: Path) -> ClerkSheet:
    """A copy of a clerk's own table with a row for every card below its headers.

    Formats come from the first row below the headers. Columns whose header is not known stay
    empty; they are `unknown` in the sheet given back.

    Raises
    ------
    BadInput
        When the template has no known headers, or persons already.
    """
    sheet = read_clerk_sheet(template)
    at = Location(str(template), sheet.name)
    if sheet.rows:
        raise BadInput([Problem(NOT_EMPTY(count=len(sheet.rows)), at)])
    edits: dict[tuple[int, int], str] = {}
    for number, card in enumerate(side.cards, start=sheet.header_row + 1):
        if sheet.running is not None:
            edits[number, sheet.running] = str(number - sheet.header_row)
        for column, place in sheet.columns.items():
            text = table_text(column, card.fields.get(column, ""))
            edits[number, place.position] = text
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "table.xlsx"
        edit_cells(template, made, sheet.name, edits, like_row=sheet.header_row + 1)
        path.write_bytes(made.read_bytes())
    return sheet
