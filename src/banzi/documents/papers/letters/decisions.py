"""任免事项: who is appointed to what and removed from what, from a workbook or from a plan.

The workbook is one sheet with 姓名, 身份证号, 任命职务, 免去职务, 试用期 and, for an order of one's own,
nothing more: rows count in the order given. Several posts stand in one cell, divided by a
semicolon or a line end (a title may hold 、 itself). Persons must be in the roster.

Not here: whether the decisions agree with each other and with the roster (`decision_checks`), and
how they are worded (`notice`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from banzi.documents.codecs.extract import Finding
from banzi.documents.codecs.workbook.opening import open_book
from banzi.documents.codecs.workbook.sheets import (
    Field,
    SheetLayout,
    read_sheet,
)
from banzi.documents.codecs.workbook.writing import write_workbook
from banzi.documents.papers.moves import House, Move
from banzi.documents.selecting import PersonIndex, entry_of, person_meant
from banzi.kernel.columns import Column, Kind
from banzi.kernel.errors import BanziError, Location, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.roster import Roster

TWICE = MessageKind(
    "notice/listed-twice", _("“{name}”已在第{row}行列出；请把任命、免去的职务写在同一行")
)
NOTHING_DECIDED = MessageKind(
    "notice/nothing-decided", _("“{name}”既没有任命职务，也没有免去职务；请补填，或删除该行")
)
NO_DECISIONS = MessageKind("notice/no-decisions", _("没有任免事项，无法写出通知"))

SHEET = "任免事项"
APPOINTED = Column("appointed_posts", Kind.TEXT, "任命职务", "appointed to", null="不任命职务")
REMOVED = Column("removed_posts", Kind.TEXT, "免去职务", "removed from", null="不免去职务")
PROBATION = Column("on_probation", Kind.BOOLEAN, "试用期", "on probation", null="不实行试用期")
_ID_NUMBER = replace(PERSONS["id_number"], null="没有重名，可以不填")
LAYOUT = SheetLayout(
    SHEET,
    _("任免事项（每人一行；几个职务用分号隔开；职务写全称；实行试用期的填“是”）"),
    (
        Field(PERSONS["name"], required=True),
        Field(_ID_NUMBER, expected=False),
        Field(APPOINTED, aliases=("拟任职务", "任命", "任职")),
        Field(REMOVED, aliases=("拟免职务", "免去", "免职")),
        Field(PROBATION, expected=False),
    ),
)
_BETWEEN_POSTS = re.compile(r"[；;\n]+")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one person.

    Attributes
    ----------
    appointed, removed
        Full titles, in the order written.
    on_probation
        Whether the appointment begins with the one year of 试用期 (AR/43); only as stated.
    post_ids
        Posts of the roster that are taken up, where a plan tells; () where it must be looked for.
    """

    person_id: str
    name: str
    appointed: tuple[str, ...]
    removed: tuple[str, ...]
    on_probation: bool = False
    post_ids: tuple[str, ...] = ()
    at: Location = field(default_factory=Location)


def read_decisions(file: Path, roster: Roster, shown_as: str = "") -> tuple[Decision, ...]:
    """The decisions of a workbook, in its order.

    Raises
    ------
    BadInput
        With every flaw: unknown or ambiguous persons, a person twice, rows that decide nothing.
    """
    log, findings = ProblemLog(), list[Finding]()
    book = open_book(file, shown_as)
    sheet = SHEET if SHEET in book.sheet_names else book.sheet_names[0]
    rows = read_sheet(book, replace(LAYOUT, name=sheet), log, findings)
    persons = PersonIndex(roster)
    decisions: list[Decision] = []
    seen: dict[str, int | None] = {}
    for row in rows:
        name = str(row.get("name") or "")
        if not name:
            continue  # told by the reader of the sheet
        at = _in(row.at, "姓名")
        entry = entry_of(name, at, persons)
        if number := row.get("id_number"):
            entry = replace(entry, key=str(number))
        person = person_meant(entry, persons)
        if isinstance(person, Message):
            log.add(person, at)
            continue
        name = persons.name(person)
        if person in seen:
            log.add(TWICE(name=name, row=seen[person]), at)
            continue
        seen[person] = row.at.row
        appointed, removed = _posts(row.get("appointed_posts")), _posts(row.get("removed_posts"))
        if not appointed and not removed:
            log.add(NOTHING_DECIDED(name=name), row.at)
            continue
        probation = bool(row.get("on_probation"))
        decisions.append(Decision(person, name, appointed, removed, probation, at=row.at))
    log.stop_if_any()
    if not decisions:
        raise BanziError(NO_DECISIONS())
    return tuple(decisions)


def decisions_of(moves: Sequence[Move], house: House) -> tuple[Decision, ...]:
    """The decisions that would carry out a plan; probation is stated nowhere in a plan."""
    return tuple(
        Decision(
            move.person_id,
            move.name,
            tuple(house.titles[post] for post in move.to_posts),
            tuple(house.titles[post] for post in move.from_posts),
            post_ids=move.to_posts,
        )
        for move in moves
    )


def write_decisions_template(path: Path) -> None:
    """An empty workbook with the columns that `read_decisions` reads."""
    write_workbook(path, [LAYOUT], {})


def _posts(cell: Any) -> tuple[str, ...]:
    texts = _BETWEEN_POSTS.split(str(cell)) if cell else []
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _in(row: Location, column: str) -> Location:
    return Location(row.file, row.sheet, row.row, column)
