"""姓氏笔画 order: the order of names in official lists (按姓氏笔画为序).

The rule (formats.md section 4; it reproduces 2,660 names of published lists without exception):

1. compare the first character; a compound surname needs nothing special;
2. of equal first characters, names of two characters come before longer ones (left out with
   `surname_blank=False`, the 姓名笔画 order of some people's congresses);
3. then the second character, the third …; `·` is skipped; a name that begins another comes first;
4. of two characters the one with fewer strokes comes first, then the smaller stroke string
   (横1 竖2 撇3 点4 折5), then the smaller `tie`.

`tie` is code-point order; lists confirm it for three pairs only. Wherever it decides, the result
says so and a person may settle the pair in a file of overrides. A character without known strokes
comes last and is reported: no name is ever dropped. Equal names keep the order they came in.

Not here: other orders in use (votes received, fixed order of rank, pinyin).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from banzi.codes.stroke_table import Overrides, Strokes, shipped
from banzi.codes.texts import MIDDLE_DOT, clean_name
from banzi.kernel.messages import gettext_noop as _

ORDER_PHRASE = _("（按姓氏笔画为序）")
"""Printed with a list in this order."""

CONFIRMED_TIES = frozenset({("孔", "巴"), ("叶", "申"), ("次", "衣")})
"""Pairs of equal strokes whose order published lists show."""

_BRACKETS = re.compile("（[^（）]*）|\\([^()]*\\)|〔[^〔〕]*〕|【[^【】]*】|\\[[^\\[\\]]*\\]")

CharacterKey = tuple[int, int, str, int]
"""Unknown (0/1), number of strokes, stroke string, place among equal strings (or code point)."""

NameKey = tuple[CharacterKey | tuple[int], ...]

_NO_OVERRIDES: Overrides = {}


@dataclass(frozen=True, slots=True)
class CharacterInNames:
    """A character a person should look at, and the names that have it, as they were given."""

    character: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TieDecided:
    """Two characters with the same strokes whose unconfirmed order parted these two names."""

    first: str
    second: str
    names: tuple[str, str]


@dataclass(frozen=True, slots=True)
class SortedNames:
    """Names in order, and what a person should look at.

    `unknown` lists characters without strokes (their names come last), `composed` those whose
    strokes were put together from parts and should be compared. `order` holds the place in the
    input (from 0) of each name of `names`. `identical` holds groups of places in the input whose
    names do not differ.
    """

    names: tuple[str, ...]
    order: tuple[int, ...]
    unknown: tuple[CharacterInNames, ...]
    composed: tuple[CharacterInNames, ...]
    tie_decided: tuple[TieDecided, ...]
    identical: tuple[tuple[int, ...], ...]


def name_characters(name: str) -> str:
    """The part of a name that takes part in the order: no blanks, brackets or middle dots."""
    return "".join(clean_name(without_brackets(name)).replace(MIDDLE_DOT, "").split())


def without_brackets(name: str) -> str:
    """The name without bracketed additions such as `（女，回族）`, nested ones included."""
    while (shorter := _BRACKETS.sub("", name)) != name:
        name = shorter
    return name


def stroke_key(
    name: str, *, overrides: Overrides = _NO_OVERRIDES, surname_blank: bool = True
) -> NameKey:
    """Sort key of a name; keys of names made with the same settings can be compared."""
    characters = name_characters(name)
    keys = [character_key(character, overrides) for character in characters]
    if not (surname_blank and keys):
        return tuple(keys)
    longer = (int(len(keys) > 2),)
    return (keys[0], longer, *keys[1:])


def digits_key(name: str) -> str:
    """The key of a name as digits alone, so that any database puts names in this order as texts.

    A character takes one digit, two for the number of strokes, the strokes, and seven for the tie;
    after the first one stands the digit of rule 2.
    """
    parts: list[str] = []
    for part in stroke_key(name):
        if len(part) == 1:
            parts.append(str(part[0]))
        else:
            unknown, count, sequence, tie = part
            parts.append(f"{unknown}{count:02d}{sequence}{tie:07d}")
    return "".join(parts)


def character_key(character: str, overrides: Overrides = _NO_OVERRIDES) -> CharacterKey:
    """Sort key of one character; one without known strokes comes after all others."""
    strokes = _strokes_of(character, overrides)
    if strokes is None:
        return (1, 0, "", ord(character))
    return (0, len(strokes.sequence), strokes.sequence, strokes.tie)


def sort_names(
    names: Sequence[str], *, overrides: Overrides = _NO_OVERRIDES, surname_blank: bool = True
) -> SortedNames:
    """Names in 姓氏笔画 order, given back as they were written (brackets and blanks included).

    Parameters
    ----------
    names
        One name each; brackets such as `（女，回族）` stay with the name and do not count.
    overrides
        Strokes that a person gave, by character (`stroke_table.read_overrides`).
    surname_blank
        True: two-character names first within a surname; False: the 姓名笔画 order.
    """
    keys = [stroke_key(name, overrides=overrides, surname_blank=surname_blank) for name in names]
    order = sorted(range(len(names)), key=keys.__getitem__)
    in_order = [names[place] for place in order]
    return SortedNames(
        names=tuple(in_order),
        order=tuple(order),
        unknown=_characters(in_order, lambda char: _strokes_of(char, overrides) is None),
        composed=_characters(in_order, lambda char: _is_composed(char, overrides)),
        tie_decided=_ties(in_order, overrides, surname_blank),
        identical=_identical(order, keys),
    )


def _strokes_of(character: str, overrides: Overrides) -> Strokes | None:
    return overrides.get(character) or shipped().get(character)


def _is_composed(character: str, overrides: Overrides) -> bool:
    strokes = _strokes_of(character, overrides)
    return strokes is not None and strokes.composed


def _characters(names: list[str], wanted: Callable[[str], bool]) -> tuple[CharacterInNames, ...]:
    """Characters of a kind, each with the names that hold it, in the order of the names."""
    found: dict[str, list[str]] = {}
    for name in names:
        for character in dict.fromkeys(name_characters(name)):
            if wanted(character):
                found.setdefault(character, []).append(name)
    return tuple(
        CharacterInNames(character, tuple(holders)) for character, holders in found.items()
    )


def _ties(names: list[str], overrides: Overrides, surname_blank: bool) -> tuple[TieDecided, ...]:
    """Each pair of characters once, with the first neighbours that it parted.

    Neighbours are enough: a name between two that a tie parts is parted from both by a tie too.
    """
    found: dict[tuple[str, str], TieDecided] = {}
    for one, other in pairwise(names):
        pair = _deciding_pair(one, other, surname_blank)
        if pair and pair not in CONFIRMED_TIES and _only_tie_differs(pair, overrides):
            found.setdefault(pair, TieDecided(*pair, names=(one, other)))
    return tuple(found.values())


def _deciding_pair(one: str, other: str, surname_blank: bool) -> tuple[str, str] | None:
    """The first two characters that differ; None where rule 2 or the end of a name decides."""
    first, second = name_characters(one), name_characters(other)
    if surname_blank and first[:1] == second[:1] and (len(first) > 2) != (len(second) > 2):
        return None
    return next(((a, b) for a, b in zip(first, second, strict=False) if a != b), None)


def _only_tie_differs(pair: tuple[str, str], overrides: Overrides) -> bool:
    first, second = (_strokes_of(character, overrides) for character in pair)
    if first is None or second is None or first.sequence != second.sequence:
        return False
    return not (first.settled or second.settled)


def _identical(order: list[int], keys: Sequence[NameKey]) -> tuple[tuple[int, ...], ...]:
    groups: dict[NameKey, list[int]] = {}
    for place in order:
        groups.setdefault(keys[place], []).append(place)
    return tuple(tuple(places) for places in groups.values() if len(places) > 1)
