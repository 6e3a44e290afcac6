"""Who changed what of a person, when, why and on which paper: acts in words, newest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from banzi.kernel.columns import FieldClass, Table
from banzi.kernel.messages import Language, render, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES
from banzi.web.people.file import EDITABLE, PROVENANCE_COLUMNS, row_address
from banzi.web.records.history import RowChange, ToldAct
from banzi.web.records.selecting import class_of_row
from banzi.web.records.showing import title_of, value_text

ACTS = {
    "imports.commit": _("导入"),
    "imports.undo": _("撤销导入"),
    "board.apply": _("任免"),
    "site.demonstration": _("导入"),
    "people.correct": _("更正"),
    "people.add-row": _("新增"),
    "people.remove-row": _("删除"),
    "people.undo": _("撤销更正"),
    "people.confirm": _("确认更正"),
    "people.photo": _("更换照片"),
}
"""Names of acts that change records of a person; others are shown by their word."""

ADDED, REMOVED = _("新增{table}"), _("删除{table}")
ADDED_MANY, SEVERAL = _("新增"), _("{table}{count}条")
_MANY = 6
"""Rows above which what an act adds is told by number."""
_BY_PROGRAM = _("系统")


@dataclass(frozen=True, slots=True)
class Step:
    """One value before and after, or a whole row come or gone; texts ready to be read."""

    what: str
    column: str
    old: str
    new: str
    table: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One act, as far as the viewer may see it."""

    seq: int
    at: datetime
    verb: str
    title: str
    by: str
    reason: str
    source: str
    steps: tuple[Step, ...]
    undoable: bool


def entries(
    acts: list[ToldAct],
    held: frozenset[FieldClass],
    language: Language,
    only: tuple[str, str] | None = None,
) -> list[Entry]:
    """Acts with what they changed; `only` keeps those that touch one column of one table."""
    found = []
    for told in acts:
        steps = _steps(told, held, language)
        if only is not None:
            title = title_of(TABLES[only[0]][only[1]], language)
            steps = [step for step in steps if step.table == only[0] and step.column == title]
        if steps:
            act = told.act
            found.append(
                Entry(
                    act.seq,
                    act.at,
                    act.verb,
                    translate(ACTS.get(act.verb, act.verb), language),
                    act.by_name or translate(_BY_PROGRAM, language),
                    act.reason,
                    act.source,
                    tuple(steps),
                    is_undoable(told),
                )
            )
    return found


def is_undoable(told: ToldAct) -> bool:
    """Whether the act is a correction of one row that can be taken back as a whole."""
    return (
        told.act.verb.startswith("people.")
        and len(told.changes) == 1
        and told.changes[0].table in EDITABLE
    )


def _steps(told: ToldAct, held: frozenset[FieldClass], language: Language) -> list[Step]:
    seen = [
        change
        for change in told.changes
        if class_of_row(TABLES[change.table], change.new or change.old or {}) in held
    ]
    added = Counter(change.table for change in seen if change.old is None)
    if added.total() <= _MANY:
        return [step for change in seen for step in _row_steps(change, held, language)]
    counted = [
        render(SEVERAL, {"table": title_of(TABLES[name], language), "count": count}, language)
        for name, count in added.items()
    ]
    steps = [Step(translate(ADDED_MANY, language), "", "", "，".join(counted), "")]
    for change in seen:
        if change.old is not None:
            steps += _row_steps(change, held, language)
    return steps


def _row_steps(change: RowChange, held: frozenset[FieldClass], language: Language) -> list[Step]:
    table = TABLES[change.table]
    name = title_of(table, language)
    if change.old is None or change.new is None:
        row = change.new or change.old or {}
        template = ADDED if change.old is None else REMOVED
        text = row_text(table, row, held, language)
        old, new = ("", text) if change.old is None else (text, "")
        return [Step(render(template, {"table": name}, language), "", old, new, table.name)]
    where = name if table.name == "persons" else f"{name} {row_name(table, change.new, language)}"
    return [
        Step(
            where,
            title_of(table[column], language),
            value_text(table[column], change.old.get(column), language),
            value_text(table[column], change.new.get(column), language),
            table.name,
        )
        for column in change.columns()
        if column not in PROVENANCE_COLUMNS and table.class_of(column) in held
    ]


def row_name(table: Table, row: dict[str, Any], language: Language) -> str:
    """What tells a row of a table apart to a reader: its number, or its key in words."""
    address = row_address(table, row)
    if address.isdecimal():
        return f"#{address}"
    return " ".join(
        value_text(table[name], row[name], language) for name in table.key if name != "person_id"
    )


def row_text(
    table: Table, row: dict[str, Any], held: frozenset[FieldClass], language: Language
) -> str:
    """The known values of a row one may see, in one line."""
    return "；".join(
        f"{title_of(column, language)}：{value_text(column, row[column.name], language)}"
        for column in _told(table)
        if table.class_of(column.name) in held and row.get(column.name) not in (None, "")
    )


def _told(table: Table) -> list[Any]:
    return [
        column
        for column in table
        if column.name not in PROVENANCE_COLUMNS and column.name != "person_id"
    ]
