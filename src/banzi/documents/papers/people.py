"""People on a paper: who is on it, in which order and under which headings.

Rank order follows the teams and their posts; people without a seat stand after them by 姓氏笔画.
Somebody who sits in two teams is listed once, in the first, and the other teams are named beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from banzi.codes.strokes import ORDER_PHRASE, sort_names
from banzi.documents.papers.paper_kinds import Order, Request
from banzi.facts.levels import seats_at
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.structure.members import post_frame

CHECK_ORDER = MessageKind(
    "papers/check-stroke-order",
    _("请核对{names}的姓氏笔画次序：笔顺不掌握、由部件推得，或笔画笔顺与相邻者相同"),
)
SAME_NAME = MessageKind(
    "papers/same-name", _("名单中有{count}人都叫{name}：{persons}；请核对，必要时在姓名后加注")
)

_ALSO = _("兼{teams}成员")
_OTHERS = _("不在上述班子任职的人员（按姓氏笔画为序）")
_WITHOUT_SEAT = _("人员（按姓氏笔画为序）")


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a person stands: first seat, since when, and the other teams of it."""

    team_id: str
    since: str
    also: str


@dataclass(frozen=True, slots=True)
class Section:
    """People under one heading; "" for none."""

    title: str
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arranged:
    """People of a paper in order.

    Attributes
    ----------
    phrase
        `（按姓氏笔画为序）` when that is the order.
    notes
        What should be looked at: places that the stroke tables do not settle, equal names.
    """

    sections: tuple[Section, ...]
    phrase: str = ""
    notes: tuple[Message, ...] = ()

    @property
    def persons(self) -> tuple[str, ...]:
        return tuple(person for section in self.sections for person in section.persons)


def seats_of(roster: Roster, day: date) -> dict[str, Seat]:
    """Person → first seat, in rank order; people of one post by id."""
    holders: dict[str, list[tuple[str, str]]] = {}
    for person, post, value in seats_at(roster, day).iter_rows():
        shown = "" if value is None else PartialDate(value).dotted()[:7]
        holders.setdefault(post, []).append((person, shown))
    teams = team_names(roster)
    frame = post_frame(roster).select("post_id", "team_id", "team_order")
    others: dict[str, list[str]] = {}
    for post, team, order in frame.iter_rows():
        if order > 1:
            others.setdefault(post, []).append(teams[team])
    found: dict[str, Seat] = {}
    for post, team, order in frame.iter_rows():
        if order > 1:
            continue
        also = render(_ALSO, {"teams": others[post]}) if post in others else ""
        for person, since in sorted(holders.get(post, ())):
            found.setdefault(person, Seat(team, since, also))
    return found


def team_names(roster: Roster) -> dict[str, str]:
    return dict(roster["teams"].select("team_id", "team_name").iter_rows())


def unit_names(roster: Roster, day: date) -> dict[str, str]:
    """Person → the unit of the first seat, else the unit for statistics; left out when unknown."""
    organs = dict(roster["organs"].select("organ_id", "organ_name").iter_rows())
    of_team = dict(roster["teams"].select("team_id", "organ_id").iter_rows())
    stated = roster["persons"].select("person_id", "reporting_organ").drop_nulls()
    units = dict(stated.iter_rows())
    for person, seat in seats_of(roster, day).items():
        units[person] = organs.get(of_team[seat.team_id]) or units.get(person, "")
    return units


def chosen(request: Request, extra: Iterable[str] = ()) -> tuple[str, ...]:
    """Ids of the people asked for, in their order: the list, or who sits in the teams asked for.

    Parameters
    ----------
    extra
        Ids to add when no list was given (those whom a plan brings in).
    """
    if request.persons is not None:
        return request.persons
    seats = seats_of(request.roster, request.as_of)
    seated = [
        person
        for person, seat in seats.items()
        if request.teams is None or seat.team_id in request.teams
    ]
    return tuple(dict.fromkeys([*seated, *extra]))


def arranged(request: Request, persons: Sequence[str]) -> Arranged:
    """The people in the order asked for; by default rank, or that of the list if there is one."""
    order = request.order or (Order.RANK if request.persons is None else Order.INPUT)
    names = dict(request.roster["persons"].select("person_id", "name").iter_rows())
    alike = _same_names(persons, names)
    if order is Order.INPUT:
        return Arranged((Section("", tuple(persons)),), notes=alike)
    if order is Order.STROKES:
        by_strokes, doubts = in_stroke_order(persons, names)
        return Arranged((Section("", by_strokes),), ORDER_PHRASE, (*doubts, *alike))
    seats, teams = seats_of(request.roster, request.as_of), team_names(request.roster)
    wanted = set(persons)
    groups: dict[str, list[str]] = {}
    for person, seat in seats.items():
        if person in wanted:
            groups.setdefault(teams[seat.team_id], []).append(person)
    sections = [Section(title, tuple(members)) for title, members in groups.items()]
    others, doubts = in_stroke_order([each for each in persons if each not in seats], names)
    if others:
        sections.append(Section(_OTHERS if sections else _WITHOUT_SEAT, others))
    return Arranged(tuple(sections), notes=(*doubts, *alike))


def in_stroke_order(
    persons: Iterable[str], names: dict[str, str]
) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """The people by 姓氏笔画, people of one name by id; and the places a person should check."""
    known = sorted(persons)
    found = sort_names([names[person] for person in known])
    doubtful = [name for entry in (*found.unknown, *found.composed) for name in entry.names]
    doubtful += [name for tie in found.tie_decided for name in tie.names]
    notes = (CHECK_ORDER(names=list(dict.fromkeys(doubtful))),) if doubtful else ()
    return tuple(known[place] for place in found.order), notes


def _same_names(persons: Sequence[str], names: dict[str, str]) -> tuple[Message, ...]:
    alike: dict[str, list[str]] = {}
    for person in persons:
        alike.setdefault(names[person], []).append(person)
    return tuple(
        SAME_NAME(count=len(ids), name=name, persons=ids)
        for name, ids in alike.items()
        if len(ids) > 1
    )
