"""What an act did to the records taken back as a whole, while nothing later stands on it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, connection

from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES
from banzi.web.audit.models import Act, Change
from banzi.web.records.models import RECORDS
from banzi.web.records.storing import PARENTS_FIRST

LATER = MessageKind(
    "records/later-change",
    _("此后{who}于{when}又改动了“{table}”（{fields}），不能整批撤销；请先处理该项改动"),
)
NEEDED = MessageKind(
    "records/needed", _("写入的内容已被其他资料引用，不能整批撤销；请先删除引用它的资料")
)

Row = dict[str, Any]


def take_back(act_id: str) -> None:
    """Put every row that an act changed back to what it was; call inside an act.

    Raises
    ------
    BadInput
        Every later change that stands in the way; the act around it must fail with it.
    """
    steps = _steps(act_id)
    problems = list(_later(act_id, steps))
    if problems:
        raise BadInput(problems)
    try:
        _take_back(steps)
        connection.check_constraints()
    except IntegrityError:
        raise BadInput([Problem(NEEDED())]) from None


@dataclass(frozen=True, slots=True)
class _Step:
    """One row back to what it was: its table, the number or id of the row, both states."""

    table: str
    key: str
    old: Row | None
    new: Row | None

    @property
    def columns(self) -> frozenset[str]:
        """Columns the act changed; all of them for a row it added or removed."""
        if self.old is None or self.new is None:
            return frozenset(self.old or self.new or ())
        return frozenset(name for name in self.new if self.new[name] != self.old.get(name))


def _steps(act_id: str) -> list[_Step]:
    """First state before and last state after the act, row by row."""
    found: dict[tuple[str, str], _Step] = {}
    for change in Change.objects.filter(act_id=act_id, table_name__in=TABLES).order_by("id"):
        at = (change.table_name, change.row_key)
        old = json.loads(change.old) if change.old else None
        new = json.loads(change.new) if change.new else None
        before = found[at].old if at in found else old
        found[at] = _Step(*at, before, new)
    return list(found.values())


def _later(act_id: str, steps: Iterable[_Step]) -> Iterable[Problem]:
    """Later changes to the same fields of the same rows, and later rows about added persons."""
    number = Act.objects.values_list("seq", flat=True).get(act_id=act_id)
    by_row = {(step.table, step.key): step for step in steps}
    added = {step.key for step in steps if step.table == "persons" and step.old is None}
    later = {entry.act_id: entry for entry in Act.objects.filter(seq__gt=number)}
    changes = Change.objects.filter(table_name__in=TABLES).exclude(act_id=act_id)
    for change in changes.filter(act_id__in=later).order_by("id"):
        step = by_row.get((change.table_name, change.row_key))
        if step is None and change.person_id not in added:
            continue
        old = json.loads(change.old) if change.old else {}
        new = json.loads(change.new) if change.new else {}
        touched = {name for name in {**old, **new} if old.get(name) != new.get(name)}
        if step is None or touched & step.columns or not (old and new):
            yield _problem(change, touched, later[change.act_id])


def _problem(change: Change, touched: Iterable[str], entry: Act) -> Problem:
    table = TABLES[change.table_name]
    names = [table[name].zh for name in sorted(touched) if name in table][:5]
    when = entry.at.astimezone().strftime("%Y-%m-%d %H:%M")
    message = LATER(who=entry.by_name or entry.by, when=when, table=table.zh, fields=names)
    return Problem(message, Location(_name_of(change.person_id), column=table.zh))


def _name_of(person_id: str | None) -> str:
    found = RECORDS["persons"]._default_manager.filter(pk=person_id).values_list("name", flat=True)
    return found.first() or ""


def _take_back(steps: list[_Step]) -> None:
    by_table: dict[str, list[_Step]] = {}
    for step in steps:
        by_table.setdefault(step.table, []).append(step)
    for name in reversed(PARENTS_FIRST):
        for step in _lowest_first(name, by_table.get(name, ())):
            if step.old is None and step.new is not None:
                RECORDS[name]._default_manager.filter(pk=step.key).delete()
    for name in PARENTS_FIRST:
        for step in by_table.get(name, ()):
            if step.old is not None and step.new is None:
                RECORDS[name]._default_manager.create(**step.old)
            elif step.old is not None:
                values = {column: step.old[column] for column in step.columns}
                RECORDS[name]._default_manager.filter(pk=step.key).update(**values)


def _lowest_first(name: str, steps: Collection[_Step]) -> list[_Step]:
    """Rows that point at others of their own table (organs, teams) before those they point at."""
    links = [each.name for each in TABLES[name] if each.references.partition(".")[0] == name]
    if not links:
        return list(steps)
    above = {step.key: (step.new or {}).get(links[0]) for step in steps}

    def depth(key: str | None) -> int:
        passed: set[str] = set()
        while key in above and key not in passed:
            passed.add(key)
            key = above[key]
        return len(passed)

    return sorted(steps, key=lambda step: -depth(step.key))
