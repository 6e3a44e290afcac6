"""Correcting one row of a person's records: the form, what was typed, the check and the write.

Forms come from the declarations. A row is written only when it still is what was shown to whoever
corrects it; otherwise the correction is refused with what it has become meanwhile.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max

from banzi.codes.lookup import load
from banzi.documents.codecs.workbook.cells import cell_text, read_cell
from banzi.kernel.columns import Column, FieldClass, Kind, Table
from banzi.kernel.dates import PartialDate
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES, Roster
from banzi.roster.checking import check_roster
from banzi.web.people.file import PROVENANCE_COLUMNS, row_address, row_at
from banzi.web.records.history import Row, row_from_json, row_key
from banzi.web.records.models import RECORDS

CHANGED_MEANWHILE = MessageKind(
    "people/changed-meanwhile",
    _("这一条在您填写期间已被他人更改；请核对现在的内容后重新更正"),
)
NEEDED = MessageKind("people/needed", _("“{column}”不得为空"))
EXISTS = MessageKind("people/row-exists", _("已有相同的一条（{key}）；请更正原有的一条"))
NO_SUCH_POST = MessageKind("people/no-such-post", _("没有标识为“{value}”的职位；请从列表中选取"))
NO_SUCH_PERSON = MessageKind(
    "people/no-such-person", _("没有找到“{value}”；请输入姓名、拼音或出生年月，从列表中选取")
)
NOTHING_CHANGED = MessageKind("people/nothing-changed", _("内容没有变化，未作更正"))

_LONG = frozenset({"resume_text", "awards_text", "assessments_text", "appointment_reason",
                   "text", "notes", "remarks", "basis", "reason", "unit_and_post"})  # fmt: skip
_SELECT_UP_TO = 40
"""Codes up to which a list to choose from is shown; above, a field that searches as one types."""


class Conflict(BanziError):
    """The row is no longer what it was when it was shown; `current` None when it is gone."""

    def __init__(self, current: Row | None, message: Message | None = None) -> None:
        super().__init__(message or CHANGED_MEANWHILE())
        self.current = current


@dataclass(frozen=True, slots=True)
class Correction:
    """One row of a person: `old` None for a new one, `new` None for one that goes."""

    table: str
    person_id: str
    old: Row | None
    new: Row | None

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns whose value changes, where it comes from aside."""
        old, new = self.old or {}, self.new or {}
        return tuple(
            column
            for column in TABLES[self.table]
            if column.name not in PROVENANCE_COLUMNS
            and column.name != "person_id"
            and old.get(column.name) != new.get(column.name)
        )

    @property
    def classes(self) -> frozenset[FieldClass]:
        """Classes of the fields it touches."""
        return frozenset(TABLES[self.table].class_of(column.name) for column in self.columns)

    @property
    def verb(self) -> str:
        if self.old is None:
            return "people.add-row"
        return "people.remove-row" if self.new is None else "people.correct"


@dataclass(slots=True)
class Input:
    """One field of a form; `options` to choose from, `suggested` to search in."""

    column: Column
    text: str
    kind: str
    options: tuple[str, ...] = ()
    suggested: tuple[tuple[str, str], ...] = ()
    error: Message | None = None

    @property
    def name(self) -> str:
        return self.column.name


def own_columns(table: Table, held: frozenset[FieldClass], *, adding: bool) -> list[Column]:
    """The columns one fills in: neither the person, nor a running number, nor where it came from.

    Key columns are chosen once, when a row is added, and then stay: another key is another row.
    """
    number = _number_of(table)
    return [
        column
        for column in table
        if column.name != "person_id"
        and column.name != number
        and column.name not in PROVENANCE_COLUMNS
        and column.name != "photo_sha256"
        and (adding or column.name not in table.key)
        and table.class_of(column.name) in held
    ]


def _number_of(table: Table) -> str:
    """The running number of a table's rows within a person; "" where the key says more."""
    names = [name for name in table.key if name != "person_id"]
    is_number = len(names) == 1 and names[0].endswith("_no")
    return names[0] if is_number and table[names[0]].kind is Kind.INTEGER else ""


def inputs(
    columns: Iterable[Column], row: Mapping[str, Any], typed: Mapping[str, str] | None = None
) -> list[Input]:
    """The fields of a form with what stands in the row, or what was typed before."""
    found = []
    for column in columns:
        text = cell_text(row.get(column.name), column)
        if column.kind is Kind.PARTIAL_DATE and row.get(column.name):
            text = PartialDate(row[column.name]).dotted()
        if column.kind is Kind.DATE and row.get(column.name):
            text = row[column.name].isoformat()
        if typed is not None and column.name in typed:
            text = typed[column.name]
        found.append(_input(column, text))
    return found


def _input(column: Column, text: str) -> Input:
    match column.kind:
        case Kind.CHOICE:
            assert column.choices is not None  # noqa: S101 - a choice column names its list
            return Input(column, text, "select", tuple(each.zh for each in column.choices))
        case Kind.BOOLEAN:
            words = ("在任", "已免") if column.name == "in_office" else ("是", "否")
            return Input(column, text, "select", words)
        case Kind.CODE:
            names = tuple(cell_text(row.code, column) for row in load(column.codes))
            if len(names) <= _SELECT_UP_TO:
                return Input(column, text, "select", names)
            return Input(column, text, "search", suggested=tuple((name, "") for name in names))
        case Kind.DATE:
            return Input(column, text, "day")
        case Kind.PARTIAL_DATE | Kind.MONTH:
            return Input(column, text, "date")
        case Kind.INTEGER:
            return Input(column, text, "number")
    if column.references == "posts.post_id":
        posts = RECORDS["posts"]._default_manager.order_by("display_order", "post_id")
        found = posts.values_list("post_id", "post_name", "organ__organ_name")
        return Input(
            column, text, "search",
            suggested=tuple((post, f"{organ} {title}") for post, title, organ in found),
        )  # fmt: skip
    if column.references == "persons.person_id":
        return Input(column, text, "person")
    return Input(column, text, "long" if column.name in _LONG else "line")


def read_inputs(fields: list[Input], typed: Mapping[str, str]) -> dict[str, Any]:
    """The values typed; a field that cannot be read gets its error."""
    values: dict[str, Any] = {}
    for field in fields:
        column = field.column
        field.text = typed.get(column.name, "").replace("\r\n", "\n").strip()
        reading = read_cell(field.text, column, column.zh)
        field.error = reading.problem or reading.doubt
        values[column.name] = reading.value
        if field.error is None and column.required and reading.value in (None, ""):
            field.error = NEEDED(column=column.zh)
        if field.error is None and reading.value is not None:
            field.error = _reference_error(column, reading.value)
    return values


def _reference_error(column: Column, value: str) -> Message | None:
    if column.references == "posts.post_id" and not _exists("posts", value):
        return NO_SUCH_POST(value=value)
    if column.references == "persons.person_id" and not _exists("persons", value):
        return NO_SUCH_PERSON(value=value)  # unless `picking` finds who is meant
    return None


def _exists(table: str, key: str) -> bool:
    return RECORDS[table]._default_manager.filter(pk=key).exists()


def new_row(table: Table, person_id: str, values: Mapping[str, Any], today: date) -> Row:
    """A row to be added: the next number where rows are numbered, entered by hand today."""
    row: Row = {column.name: values.get(column.name) for column in table}
    row["person_id"] = person_id
    number = _number_of(table)
    if number:
        rows = RECORDS[table.name]._default_manager.filter(person_id=person_id)
        row[number] = (rows.aggregate(last=Max(number))["last"] or 0) + 1
    return _by_hand(row, today)


def corrected(old: Row, values: Mapping[str, Any], today: date) -> Row:
    """The row with values put in: what is entered by hand comes from no file."""
    return _by_hand({**old, **values}, today)


def _by_hand(row: Row, today: date) -> Row:
    return {**row, "source_id": None, "source_place": None, "recorded_on": today}


def row_problems(correction: Correction) -> list[Message]:
    """What the checks of a roster say against the new row (ends before it begins, no such code)."""
    if correction.new is None:
        return []
    table = correction.table
    tables: dict[str, list[dict[str, Any]]] = {table: [correction.new]}
    if table != "persons":
        tables["persons"] = [{"person_id": correction.person_id, "name": "—"}]
    roster = Roster.of(date.min, **tables)
    return [
        problem.message
        for problem in check_roster(roster)
        if problem.at.file == f"{table}.parquet"
        and problem.message.code != "roster/dangling-reference"
    ]


def fingerprint(row: Row | None) -> str:
    """Equal for equal rows: what a form carries to tell whether the row is still the same."""
    return hashlib.sha256(row_json(row).encode()).hexdigest()[:32] if row else ""


def row_json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)


def row_of_json(table: str, text: str | None) -> Row | None:
    return row_from_json(TABLES[table], text)


def write(correction: Correction) -> None:
    """Write the row; call inside an act.

    Raises
    ------
    Conflict
        When the row is not what `old` says any more, or a new row's key is taken.
    """
    table = TABLES[correction.table]
    model = RECORDS[correction.table]
    current = _locked(correction)
    if current is not None and correction.old is None:
        raise Conflict(current, EXISTS(key=row_address(table, current)))
    if current != correction.old:
        raise Conflict(current)
    key = correction.old or correction.new
    assert key is not None  # noqa: S101 - a correction has one row at least
    rows = model._default_manager.filter(**dict(zip(table.key, row_key(table, key), strict=True)))
    if correction.new is None:
        rows.delete()
    elif correction.old is None:
        model._default_manager.create(**correction.new)
    else:
        rows.update(**{name: value for name, value in correction.new.items()
                       if name not in table.key})  # fmt: skip


def _locked(correction: Correction) -> Row | None:
    """The row as it is, kept from others until the act ends."""
    row = correction.old or correction.new
    assert row is not None  # noqa: S101 - a correction has one row at least
    table = TABLES[correction.table]
    if connection.vendor == "postgresql":
        key = dict(zip(table.key, row_key(table, row), strict=True))
        list(
            RECORDS[correction.table]._default_manager.select_for_update().filter(**key)
            .values_list("pk")
        )  # fmt: skip
    return row_at(table, correction.person_id, row_address(table, row))


def backwards(correction: Correction) -> Correction:
    """What takes a correction back."""
    return Correction(correction.table, correction.person_id, correction.new, correction.old)
