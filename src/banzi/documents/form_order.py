"""The order in which forms are printed or numbered, and which of them when a list is given.

Not here: how 姓氏笔画 orders names (`codes.strokes`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from banzi.codes.strokes import SortedNames, sort_names
from banzi.codes.texts import clean_name
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

NOT_AMONG_THEM = MessageKind(
    "form-order/not-among-them", _("所给的审批表中没有“{typed}”；请核对姓名或身份证号")
)
SEVERAL = MessageKind(
    "form-order/several",
    _("有{count}份审批表的姓名是“{typed}”（{files}）；请在名单中改写身份证号或文件名"),
)
TWICE = MessageKind("form-order/twice", _("“{typed}”与前面重复；请删去一行"))
CHECK_STROKES = MessageKind(
    "form-order/check-strokes",
    _("姓氏笔画次序中{names}的位置须人工核对（笔画、笔顺不明或相同，或姓名相同）"),
)


class Order(StrEnum):
    """By what forms are ordered when no list is given."""

    FILE = "file"
    STROKES = "strokes"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a form is about, and where it came from (path, or id of the person)."""

    name: str
    id_number: str
    source: str
    source_name: str


def ordered(subjects: Sequence[Subject], order: Order) -> tuple[list[int], list[str]]:
    """Places of the subjects in order, and names whose place a person should look at."""
    if order is Order.FILE:
        return list(range(len(subjects))), []
    found = sort_names([subject.name for subject in subjects])
    return list(found.order), _doubtful(found, subjects)


def listed(subjects: Sequence[Subject], lines: Sequence[tuple[int, str]], file: str) -> list[int]:
    """Places of the subjects a list names, in its order.

    Parameters
    ----------
    lines
        Row number and what is written: a name, an ID number, a file's name or a person's id.

    Raises
    ------
    BadInput
        `form-order/…`: nobody of that name, several, the same one twice; every such line.
    """
    problems = ProblemLog()
    places: dict[str, list[int]] = {}
    for place, subject in enumerate(subjects):
        for key in {clean_name(subject.name), subject.id_number.upper(), subject.source_name}:
            if key:
                places.setdefault(key, []).append(place)
    chosen: list[int] = []
    for row, typed in lines:
        found = next((places[key] for key in _keys(typed) if key in places), [])
        at = Location(file, row=row)
        if not found:
            problems.add(NOT_AMONG_THEM(typed=typed), at)
        elif len(found) > 1:
            files = [subjects[place].source_name for place in found]
            problems.add(SEVERAL(count=len(found), typed=typed, files=files), at)
        elif found[0] in chosen:
            problems.add(TWICE(typed=typed), at)
        else:
            chosen.append(found[0])
    problems.stop_if_any()
    return chosen


def _keys(typed: str) -> tuple[str, ...]:
    return typed.strip(), clean_name(typed), "".join(typed.split()).upper()


def _doubtful(found: SortedNames, subjects: Sequence[Subject]) -> list[str]:
    names = [name for each in (*found.unknown, *found.composed) for name in each.names]
    names += [name for tie in found.tie_decided for name in tie.names]
    names += [subjects[place].name for group in found.identical for place in group]
    return list(dict.fromkeys(names))
