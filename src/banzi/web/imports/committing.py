"""Chosen differences into the records: one act, all or nothing, tables of records only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from django.db import connection

from banzi.documents.comparing.difference_book import Answer, Answered
from banzi.documents.exchange.accepting import apply_merge
from banzi.kernel.errors import BanziError, Location
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES, Roster
from banzi.roster.photos import keep_photo
from banzi.web.imports.planning import ImportPlan
from banzi.web.records.freezing import photo_folder
from banzi.web.records.models import RECORDS
from banzi.web.records.storing import PARENTS_FIRST, insert_frame

CHANGED_MEANWHILE = MessageKind(
    "imports/changed-meanwhile",
    _("核对期间资料已被他人改动（{table}）；没有写入任何内容，请重新核对后再导入"),
)

Row = dict[str, Any]
Key = tuple[Any, ...]


class Stale(BanziError):
    """The records are not what the plan was made against."""


@dataclass(frozen=True, slots=True)
class Writes:
    """What a table takes: rows by key, old ones for what is changed or goes."""

    added: pl.DataFrame
    changed: Sequence[tuple[Row, Row]]
    gone: Sequence[Row]

    def __len__(self) -> int:
        return self.added.height + len(self.changed) + len(self.gone)


def merged(plan: ImportPlan) -> Roster:
    """The part of the records with everything taken over in it.

    Raises
    ------
    BadInput
        When what was chosen lacks what it stands on; see `exchange.accepting`.
    """
    answers = [
        Answered(each.item.shown.item_id, Answer.SECOND, "", "", each.item.shown.fingerprint,
                 Location(each.item.shown.person, column=each.item.shown.field))
        for each in plan.taken
    ]  # fmt: skip
    return apply_merge(plan.part, plan.package, plan.merge, answers)


def writes_of(before: Roster, after: Roster) -> dict[str, Writes]:
    """What must be written so that the records say `after` where they said `before`."""
    found = {}
    for name, table in TABLES.items():
        old, new = before[name], after[name]
        if old is new:
            continue
        added = new.join(old, on=table.key, how="anti", maintain_order="left")
        gone = old.join(new, on=table.key, how="anti").to_dicts()
        writes = Writes(added, list(_changed(old, new, table.key)), gone)
        if len(writes):
            found[name] = writes
    return found


def _changed(old: pl.DataFrame, new: pl.DataFrame, key: Sequence[str]) -> Iterator[tuple[Row, Row]]:
    differing = new.join(old, on=new.columns, how="anti", nulls_equal=True)
    kept = differing.join(old.select(key), on=key, how="semi")
    before = {tuple(row[name] for name in key): row
              for row in old.join(kept.select(key), on=key, how="semi").iter_rows(named=True)}  # fmt: skip
    for row in kept.iter_rows(named=True):
        yield before[tuple(row[name] for name in key)], row


def keep_photos(plan: ImportPlan, after: Roster) -> None:
    """Photos that the records will name, into their folder; done before, harmless when undone."""
    folder = photo_folder()
    folder.mkdir(exist_ok=True)
    wanted = set(after["persons"]["photo_sha256"].drop_nulls())
    for digest in wanted & set(plan.package.roster.photos):
        keep_photo(plan.package.roster.photos[digest], digest, folder)


def write(writes: Mapping[str, Writes]) -> int:
    """Write to the tables; call inside an act. How many rows.

    Raises
    ------
    Stale
        When a row that is to change or go is not what it was, or one to come is there.
    """
    for name in reversed(PARENTS_FIRST):
        if name in writes:
            _remove(name, writes[name].gone)
    for name in PARENTS_FIRST:
        if name in writes:
            _hold(name, [old for old, _new in writes[name].changed])
            _change(name, writes[name].changed)
            _refuse_taken(name, writes[name].added)
            insert_frame(name, writes[name].added)
    return sum(len(each) for each in writes.values())


def _remove(name: str, rows: Sequence[Row]) -> None:
    _hold(name, rows)
    model = RECORDS[name]
    for row in rows:
        model._default_manager.filter(**_at(name, row)).delete()


def _change(name: str, rows: Sequence[tuple[Row, Row]]) -> None:
    model = RECORDS[name]
    for old, new in rows:
        values = {column: new[column] for column in new if new[column] != old[column]}
        model._default_manager.filter(**_at(name, old)).update(**values)


def _at(name: str, row: Row) -> Row:
    return {column: row[column] for column in TABLES[name].key}


def _hold(name: str, rows: Sequence[Row]) -> None:
    """See that rows are still what they were, and that nobody changes them before the act ends."""
    columns = list(TABLES[name].schema)
    for row in rows:
        found = RECORDS[name]._default_manager.filter(**_at(name, row)).values(*columns)
        if connection.vendor == "postgresql":
            found = found.select_for_update()
        if found.first() != row:
            raise Stale(CHANGED_MEANWHILE(table=TABLES[name].zh))


def _refuse_taken(name: str, rows: pl.DataFrame) -> None:
    (first, *_rest) = TABLES[name].key
    if rows.height == 0:
        return
    model, keys = RECORDS[name], set(rows.select(TABLES[name].key).iter_rows())
    values = rows[first].unique().to_list()
    for start in range(0, len(values), 500):
        part = {f"{first}__in": values[start : start + 500]}
        there = model._default_manager.filter(**part).values_list(*TABLES[name].key)
        if keys.intersection(there):
            raise Stale(CHANGED_MEANWHILE(table=TABLES[name].zh))
