"""Rows as they were known on a day: the rows of now with every later change taken back.

This is recorded time: what the records said then. When something was so is in the rows' own dates.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from banzi.kernel.columns import Kind, Table
from banzi.roster import TABLES
from banzi.web.audit.models import Act, Change
from banzi.web.records.models import RECORDS

Row = dict[str, Any]
Key = tuple[Any, ...]
Rows = dict[str, dict[Key, Row]]
"""Table → key of a row → the row."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row added (`old` None), removed (`new` None) or changed; values by declared column."""

    table: str
    old: Row | None
    new: Row | None

    def columns(self) -> tuple[str, ...]:
        """Columns whose value differs, in declared order; all that are known of a row added."""
        old, new = self.old or {}, self.new or {}
        return tuple(
            column.name
            for column in TABLES[self.table]
            if old.get(column.name) != new.get(column.name)
        )


@dataclass(frozen=True, slots=True)
class ToldAct:
    """An act and the changes it made to rows of records."""

    act: Act
    changes: tuple[RowChange, ...]


def row_key(table: Table, row: Mapping[str, Any]) -> Key:
    """The declared key of a row."""
    return tuple(row[name] for name in table.key)


def row_from_json(table: Table, text: str | None) -> Row | None:
    """A row as a trigger wrote it, by declared column; databases write some types differently."""
    if text is None:
        return None
    found = json.loads(text)
    row: Row = {}
    for column in table:
        value = found.get(column.name)
        if value is not None and column.kind is Kind.BOOLEAN:
            value = bool(value)
        elif value is not None and column.kind is Kind.DATE:
            value = date.fromisoformat(value)
        row[column.name] = value
    return row


def undone(rows: Rows, newest_first: Iterable[RowChange]) -> Rows:
    """The rows before the changes: what was added goes, what was changed or removed comes back."""
    before = {table: dict(by_key) for table, by_key in rows.items()}
    for change in newest_first:
        table = TABLES[change.table]
        by_key = before.setdefault(change.table, {})
        if change.new is not None:
            by_key.pop(row_key(table, change.new), None)
        if change.old is not None:
            by_key[row_key(table, change.old)] = change.old
    return before


def person_acts(
    person_id: str, *, after: datetime | None = None, until: datetime | None = None
) -> list[ToldAct]:
    """Acts that changed rows about a person, newest first, with these rows."""
    changes: dict[str, list[RowChange]] = {}
    found = Change.objects.filter(person_id=person_id, table_name__in=list(RECORDS))
    for change in found.order_by("id").iterator():
        table = TABLES[change.table_name]
        told = RowChange(
            change.table_name,
            row_from_json(table, change.old),
            row_from_json(table, change.new),
        )
        changes.setdefault(change.act_id, []).append(told)
    acts = Act.objects.filter(act_id__in=list(changes))
    if after is not None:
        acts = acts.filter(at__gte=after)
    if until is not None:
        acts = acts.filter(at__lt=until)
    return [ToldAct(act, tuple(changes[act.act_id])) for act in acts.order_by("-seq")]


def end_of(day: date) -> datetime:
    """The moment after the last one of a day, where the site is."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def person_rows(person_id: str) -> Rows:
    """Every row about a person, all columns: for taking changes back, not for showing."""
    rows: Rows = {}
    for name, table in TABLES.items():
        if "person_id" not in table:
            continue
        names = [column.name for column in table]
        found = RECORDS[name]._default_manager.filter(person_id=person_id).values(*names)
        rows[name] = {row_key(table, row): row for row in found}
    return rows


def rows_as_known(person_id: str, day: date) -> Rows:
    """Every row about a person as the records stood at the end of a day."""
    later = person_acts(person_id, after=end_of(day))
    changes = (change for told in later for change in reversed(told.changes))
    return undone(person_rows(person_id), changes)
