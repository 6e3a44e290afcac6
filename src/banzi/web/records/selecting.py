"""Rows of records as the viewer may see them: persons out of scope and columns not granted absent.

Every page, export and answer of the API that shows records reads them here. A column of a class not
held for a person is not in that person's row at all; a table of such a class gives no row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.http import HttpRequest

from banzi.kernel.columns import FieldClass, Table
from banzi.roster import TABLES
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.audit.reads import note_read
from banzi.web.records.models import RECORDS

Row = dict[str, Any]


def columns(rights: Rights, table: Table, verb: Verb = Verb.VIEW) -> list[str]:
    """The columns of a table that may show at all, in declared order: the heads of a list."""
    held = rights.fields(verb)
    if table.field_class not in held:
        return []
    return [column.name for column in table if table.class_of(column.name) in held]


def rows(
    rights: Rights,
    table: Table | str,
    person_ids: Iterable[str],
    verb: Verb = Verb.VIEW,
    only: Collection[str] | None = None,
) -> list[Row]:
    """Rows of these persons, in their order and by table key, each with the columns that may be seen of that person.

    Parameters
    ----------
    table
        A table of facts about persons, or its name.
    only
        Columns wanted; None for all that may be seen. `person_id` is always there.

    Raises
    ------
    ValueError
        When the table is not about persons.
    """
    declared = TABLES[table] if isinstance(table, str) else table
    if "person_id" not in declared:
        raise ValueError(f"{declared.name} is not about persons")
    shown = columns(rights, declared, verb)
    wanted = [name for name in shown if only is None or name in only or name == "person_id"]
    if not wanted:
        return []
    asked = list(dict.fromkeys(person_ids))
    found: list[Row] = []
    for start in range(0, len(asked), _AT_ONCE):
        found += _rows(rights, declared, asked[start : start + _AT_ONCE], verb, wanted)
    place = {person: number for number, person in enumerate(asked)}
    return sorted(found, key=lambda row: place[row["person_id"]])


_FEW = 100
_AT_ONCE = 5_000  # databases limit the values of one query
_NAMING = ("table_name", "column_name")


def _rows(
    rights: Rights, declared: Table, asked: list[str], verb: Verb, wanted: list[str]
) -> list[Row]:
    visible = _classes_by_person(rights, verb, asked)
    base, said = declared.field_class, [each for each in _NAMING if each in declared]
    read = list(dict.fromkeys(["person_id", *wanted, *said]))
    allowed = [person for person, classes in visible.items() if base in classes]
    found = (
        RECORDS[declared.name]
        ._default_manager.filter(person_id__in=allowed)
        .order_by(*declared.key)
        .values(*read)
    )
    return [
        {name: row[name] for name in wanted if declared.class_of(name) in visible[row["person_id"]]}
        for row in found
        if class_of_row(declared, row) in visible[row["person_id"]]
    ]


def class_of_row(table: Table, row: Row) -> FieldClass:
    """The class of what a row speaks about, for tables that speak about other tables' columns."""
    if not any(name in table for name in _NAMING):
        return table.field_class
    about = TABLES.get(row.get("table_name") or "persons")
    if about is None:
        return FieldClass.IDENTITY
    column = row.get("column_name")
    if column is None or column not in about:
        return about.field_class
    return about.class_of(column)


def _classes_by_person(
    rights: Rights, verb: Verb, asked: list[str]
) -> dict[str, frozenset[FieldClass]]:
    """Persons that may be seen → the field classes held for each; one query for classes granted alike.

    For few persons the answer is kept with the rights: a page about one reads many tables.
    """
    key = (verb, tuple(asked))
    if key in rights.answered:
        return rights.answered[key]
    # Classes granted together are asked about together: mostly all of them.
    together: dict[tuple[int, ...], list[FieldClass]] = {}
    for each in sorted(rights.fields(verb)):
        granted = tuple(grant.pk for grant in rights.grants(verb) if each in grant.field_classes)
        together.setdefault(granted, []).append(each)
    classes: dict[str, set[FieldClass]] = {}
    for same in together.values():
        for person in rights.persons(verb, same[0], among=asked):
            classes.setdefault(person, set()).update(same)
    found = {person: frozenset(held) for person, held in classes.items()}
    if len(asked) <= _FEW:
        rights.answered[key] = found
    return found


def classes_held(rights: Rights, person_id: str, verb: Verb = Verb.VIEW) -> frozenset[FieldClass]:
    """The classes of a person's fields to which the verb may be applied; none for one out of scope."""
    return _classes_by_person(rights, verb, [person_id]).get(person_id, frozenset())


def reading(request: HttpRequest, person_id: str, what: str) -> None:
    """Note that whoever is signed in reads a person's file; call before the answer is made."""
    account = rights_of(request).account
    note_read(by=account.username if account else "", person_id=person_id, what=what)
