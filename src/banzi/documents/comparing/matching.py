"""Which card of one side is which card of the other: by ID number, else by name and birth month.

Nothing is guessed. Persons of one name and month, two rows with one number, and a pair whose
numbers differ are left over with the reason, for a person to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from banzi.documents.comparing.sides import Card
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

ONLY_HERE = MessageKind("compare/only-here", _("另一份中没有此人"))
SAME_NUMBER = MessageKind(
    "compare/same-number", _("有{count}份记录的身份证号相同，未比对；请核实后只留一份")
)
NAMESAKES = MessageKind(
    "compare/namesakes", _("姓名和出生年月相同的有{count}人，不能判断是哪一位；请补填身份证号")
)
OTHER_NUMBER = MessageKind(
    "compare/other-number",
    _("另一份中有姓名、出生年月相同而身份证号不同的人（{other}）；请核实是否同一人"),
)
NO_BIRTH = MessageKind(
    "compare/no-birth", _("没有身份证号和出生年月，不能判断是否同一人；请补填其中一项")
)
OTHER_BIRTH = MessageKind(
    "compare/other-birth",
    _("另一份中有同名而出生年月不同的人（{births}）；请核实出生年月，或确认不是同一人"),
)


@dataclass(frozen=True, slots=True)
class Pair:
    first: Card
    second: Card


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A card without a partner: on which side (0 first, 1 second), and why."""

    side: int
    card: Card
    why: Message


def match(first: Sequence[Card], second: Sequence[Card]) -> tuple[list[Pair], list[LeftOver]]:
    """Pairs in the order of the first side, and what is left over on both sides."""
    sides = (list(first), list(second))
    partner: dict[int, Card] = {}
    left: dict[int, LeftOver] = {}
    _pair(sides, partner, left, lambda card: card.id_number or None, _several_numbers)
    _pair(sides, partner, left, _name_and_month, _several_names)
    for side, cards in enumerate(sides):
        for card in cards:
            if id(card) not in partner and id(card) not in left:
                left[id(card)] = LeftOver(side, card, _why(card, sides[1 - side], partner))
    pairs = [Pair(card, partner[id(card)]) for card in sides[0] if id(card) in partner]
    over = [left[id(card)] for cards in sides for card in cards if id(card) in left]
    return pairs, over


def _name_and_month(card: Card) -> Hashable:
    return None if card.birth_month is None else (card.name, card.birth_month)


def _pair(
    sides: tuple[list[Card], list[Card]],
    partner: dict[int, Card],
    left: dict[int, LeftOver],
    key: Callable[[Card], Hashable],
    several: Callable[[int], Message],
) -> None:
    groups: dict[Hashable, tuple[list[Card], list[Card]]] = defaultdict(lambda: ([], []))
    for side, cards in enumerate(sides):
        for card in cards:
            found = key(card)
            if found is not None and id(card) not in partner and id(card) not in left:
                groups[found][side].append(card)
    for group in groups.values():
        ones, others = group
        if not ones or not others:
            continue
        if len(ones) > 1 or len(others) > 1:
            for side, cards in enumerate(group):
                for card in cards:
                    left[id(card)] = LeftOver(side, card, several(max(len(ones), len(others))))
        elif _numbers_differ(ones[0], others[0]):
            left[id(ones[0])] = LeftOver(0, ones[0], OTHER_NUMBER(other=others[0].id_number))
            left[id(others[0])] = LeftOver(1, others[0], OTHER_NUMBER(other=ones[0].id_number))
        else:
            partner[id(ones[0])] = others[0]
            partner[id(others[0])] = ones[0]


def _numbers_differ(one: Card, other: Card) -> bool:
    return bool(one.id_number and other.id_number) and one.id_number != other.id_number


def _several_numbers(count: int) -> Message:
    return SAME_NUMBER(count=count)


def _several_names(count: int) -> Message:
    return NAMESAKES(count=count)


def _why(card: Card, others: Sequence[Card], partner: dict[int, Card]) -> Message:
    namesakes = [other for other in others if other.name == card.name and id(other) not in partner]
    undated = any(
        None in (card.birth_month, other.birth_month) and not _numbers_differ(card, other)
        for other in namesakes
    )
    if undated:
        return NO_BIRTH()
    months = [each.birth_month for each in namesakes if not _numbers_differ(card, each)]
    births = [f"{month // 100}.{month % 100:02d}" for month in months if month is not None]
    return OTHER_BIRTH(births=births) if births else ONLY_HERE()
