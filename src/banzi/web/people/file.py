"""A person's file: what the records say, section by section, now or as known on a day.

Sections come from the declarations. A column that is empty in every row of a section is left out;
in the others an unknown value says what its absence means (不掌握, 现任 …).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from banzi.kernel.columns import Column, FieldClass, Kind, Table
from banzi.kernel.messages import Language, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.people import TABLES as PEOPLE_TABLES
from banzi.people.form_texts import BLANK, FORM_TEXTS
from banzi.people.provenance import PROVENANCE
from banzi.roster import TABLES
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.records.history import Rows, rows_as_known
from banzi.web.records.models import RECORDS
from banzi.web.records.selecting import class_of_row, classes_held, rows
from banzi.web.records.showing import title_of, value_text

Row = dict[str, Any]

SECTIONS = (
    "seats",
    "appointments",
    "career_segments",
    "level_history",
    "education",
    "technical_titles",
    "training",
    "expertise",
    "assessments",
    "awards",
    "sanctions",
    "conclusions",
    "waivers",
    "relatives",
    "completeness",
)
"""Tables of a file, in the order of its page."""

TO_NOW = _("至今")

EDITABLE = frozenset(table.name for table in PEOPLE_TABLES)
"""Tables whose rows are corrected on these pages; seats are the business of teams."""

PROVENANCE_COLUMNS = frozenset(column.name for column in PROVENANCE)
_NOT_SHOWN = PROVENANCE_COLUMNS | {"person_id", "organ_code", "is_printed", "order_among_posts",
                            "order_in_team", "relation", "education_code", "degree_code",
                            "title_code", "is_open"}  # fmt: skip
_AS_TEXT = frozenset({"resume_text", "awards_text", "assessments_text", "appointment_reason"})
_NEWEST_FIRST = {
    "seats": "started_on",
    "appointments": "appointed_on",
    "career_segments": "started",
    "level_history": "started_on",
    "education": "graduated_on",
    "training": "started_on",
    "assessments": "year",
    "awards": "awarded_on",
    "sanctions": "decided_on",
    "conclusions": "concluded_on",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A value with its column; `known` is False where the text says what absence means."""

    column: Column
    title: str
    text: str
    known: bool
    kind: str
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a section; `address` tells it apart in addresses ("" when it cannot be corrected)."""

    address: str
    cells: tuple[Field, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the file; `complete_on` is the day up to which it is known to hold everything."""

    table: Table
    title: str
    columns: tuple[Column, ...]
    rows: tuple[FileRow, ...]
    editable: bool
    complete_on: str = ""

    @property
    def name(self) -> str:
        """For templates, which would take `table.name` for the table's column of that name."""
        return self.table.name


@dataclass(frozen=True, slots=True)
class Group:
    """Fields of the person's own row that stand together."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class File:
    """Everything one may see of a person; `known_on` None for now."""

    person_id: str
    person: Row
    groups: tuple[Group, ...]
    sections: tuple[Section, ...]
    raw: Mapping[str, list[Row]] = field(repr=False)
    known_on: date | None = None


def read_file(
    person_id: str, rights: Rights, language: Language, known_on: date | None = None
) -> File | None:
    """The file of a person as the account may see it; None when there is nothing to see."""
    held = classes_held(rights, person_id)
    if not held:
        return None
    if known_on is None:
        tables = {name: rows(rights, name, [person_id], Verb.VIEW) for name in READ}
    else:
        tables = _masked(rows_as_known(person_id, known_on), held)
    if not tables["persons"]:
        return None
    person = tables["persons"][0]
    names = _referenced(tables, rights)
    return File(
        person_id,
        person,
        tuple(_groups(person, language)),
        tuple(_sections(tables, names, held, rights.may(Verb.EDIT), language)),
        tables,
        known_on,
    )


READ = ("persons", "career_tags", *SECTIONS)


def _masked(known: Rows, held: frozenset[FieldClass]) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {}
    for name in READ:
        table = TABLES[name]
        told = [column.name for column in table if table.class_of(column.name) in held]
        found = sorted(known.get(name, {}).items(), key=lambda each: repr(each[0]))
        tables[name] = [
            {key: row[key] for key in told}
            for _key, row in found
            if class_of_row(table, row) in held
        ]
    return tables


def _groups(person: Row, language: Language) -> Iterable[Group]:
    form = {column.name for column in FORM_TEXTS}
    own = [
        column
        for column in PERSONS
        if column.name in person
        and column.name not in form | PROVENANCE_COLUMNS | {"person_id", "photo_sha256"}
    ]
    parts = (
        (_("基本情况"), own[: _place(own, "party_text")]),
        (_("党派"), own[_place(own, "party_text") : _place(own, "person_category")]),
        (_("职务职级与管理"), own[_place(own, "person_category") :]),
        (
            _("审批表文字"),
            [each for each in FORM_TEXTS if each.name in person and each.name != "photo_sha256"],
        ),
    )
    for title, columns in parts:
        shown = [_field(column, person[column.name], language) for column in columns]
        # What nobody wrote on the form says nothing; what is not known of the person does.
        fields = tuple(each for each in shown if each.known or each.column.null != BLANK)
        if fields:
            yield Group(title, fields)


def _place(columns: Sequence[Column], name: str) -> int:
    """Where a column stands, or would stand: some may be masked."""
    order = [column.name for column in PERSONS]
    at = order.index(name)
    return sum(order.index(column.name) < at for column in columns)


def _field(column: Column, value: Any, language: Language) -> Field:
    known = value not in (None, "")
    text = value_text(column, value, language) if known else absence(column, language)
    kind = "text" if column.name in _AS_TEXT else _KINDS.get(column.kind, "line")
    return Field(column, title_of(column, language), text, known, kind)


def absence(column: Column, language: Language) -> str:
    """What an empty value means, without the remark in brackets for whoever makes files."""
    return translate(column.null, language).partition("（")[0].partition(" (")[0]


_OPEN = {"ended": "is_open", "removed_on": "in_office", "ended_on": "in_force"}
"""Ends, and the column beside each that says when there is none yet."""

_KINDS = {Kind.PARTIAL_DATE: "date", Kind.DATE: "date", Kind.MONTH: "date", Kind.INTEGER: "number"}


def _sections(
    tables: Mapping[str, list[Row]],
    names: Mapping[tuple[str, str], str],
    held: frozenset[FieldClass],
    may_edit: bool,
    language: Language,
) -> Iterable[Section]:
    tags = _tags(tables["career_tags"], language)
    complete = {
        row["table_name"]: value_text(_COMPLETE_ON, row["complete_on"], language)
        for row in tables["completeness"]
    }
    for name in SECTIONS:
        table = TABLES[name]
        if table.field_class not in held:
            continue
        found = _newest_first(name, tables[name])
        number = table.key[-1] if table.key[-1].endswith("_no") else ""
        columns = tuple(
            column
            for column in table
            if column.name not in _NOT_SHOWN
            and column.name != number
            and any(row.get(column.name) not in (None, "") for row in found)
        )
        yield Section(
            table,
            title_of(table, language),
            columns,
            tuple(
                FileRow(
                    row_address(table, row),
                    tuple(_cell(column, row, names, language) for column in columns),
                    tags.get(row.get("segment_no", 0), ()) if name == "career_segments" else (),
                )
                for row in found
            ),
            may_edit and name in EDITABLE,
            complete.get(name, ""),
        )  # fmt: skip


_COMPLETE_ON = TABLES["completeness"]["complete_on"]


def _newest_first(name: str, found: list[Row]) -> list[Row]:
    by = _NEWEST_FIRST.get(name)
    if by is None:
        return found
    return sorted(
        found, key=lambda row: (row.get(by) is None, str(row.get(by) or "")), reverse=True
    )


def _cell(
    column: Column, row: Row, names: Mapping[tuple[str, str], str], language: Language
) -> Field:
    value = row.get(column.name)
    shown = _field(column, value, language)
    if column.name == "table_name" and value in TABLES:
        return replace(shown, text=title_of(TABLES[value], language))
    if value is None and row.get(_OPEN.get(column.name, "")):
        return replace(shown, text=translate(TO_NOW, language), known=True)
    if not (column.references and shown.known):
        return shown
    table = column.references.partition(".")[0]
    key = str(value)
    text = names.get((table, key), shown.text)
    person = key if table == "persons" and (table, key) in names else ""
    return Field(column, shown.title, text, True, shown.kind, person)


def _referenced(tables: Mapping[str, list[Row]], rights: Rights) -> dict[tuple[str, str], str]:
    """Names of posts and persons that rows speak of; of persons, those one may see."""
    wanted: dict[str, set[str]] = {"posts": set(), "persons": set()}
    for name, found in tables.items():
        for column in TABLES[name]:
            target = column.references.partition(".")[0]
            if target in wanted and column.name != "person_id":
                wanted[target] |= {row[column.name] for row in found if row.get(column.name)}
    names: dict[tuple[str, str], str] = {}
    if wanted["posts"]:
        posts = RECORDS["posts"]._default_manager.filter(pk__in=wanted["posts"])
        for post, title, organ in posts.values_list("pk", "post_name", "organ__organ_name"):
            names["posts", post] = title if title.startswith(organ) else f"{organ} {title}"
    if wanted["persons"]:
        for row in rows(rights, "persons", sorted(wanted["persons"]), Verb.VIEW):
            names["persons", row["person_id"]] = row["name"]
    return names


def _tags(found: list[Row], language: Language) -> dict[int, tuple[str, ...]]:
    """Segment → what it counts as."""
    tags: dict[int, list[str]] = {}
    column = TABLES["career_tags"]["tag"]
    for row in found:
        if row.get("holds"):
            text = value_text(column, row["tag"], language)
            tags.setdefault(row["segment_no"], []).append(text)
    return {segment: tuple(texts) for segment, texts in tags.items()}


def row_address(table: Table, row: Mapping[str, Any]) -> str:
    """What tells a row of a person apart in an address: its key without the person."""
    return "~".join(str(row[name]) for name in table.key if name != "person_id") or "-"


def row_at(table: Table, person_id: str, address: str) -> Row | None:
    """The row of a person at an address, every column of it; None when there is none.

    For writing: whoever shows it masks it first.
    """
    given: dict[str, Any] = {"person_id": person_id}
    names = [name for name in table.key if name != "person_id"]
    parts = address.split("~") if names else []
    if len(parts) != len(names):
        return None
    for name, part in zip(names, parts, strict=True):
        is_number = table[name].kind is Kind.INTEGER
        if is_number and not part.isdecimal():
            return None
        given[name] = int(part) if is_number else part
    columns = [column.name for column in table]
    return RECORDS[table.name]._default_manager.filter(**given).values(*columns).first()
