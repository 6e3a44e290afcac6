"""Pinyin keys of names, without tones, for searching and alphabetical lists.

Readings come from pypinyin; surnames are read by `tables/surname_readings.csv` first, because a
general reading is wrong for many of them (单 shan, not dan; 尉迟 yuchi). `ü` is written `v`, as it
is typed. Where one surname is read in two ways by different families (盖 ge or gai, 乐 yue or le),
the table has one of them for the order, and `search_keys` gives all.

Not here: the reading a person uses of themself; a key is an aid to finding, not a spelling for a
passport or a paper.
"""

from __future__ import annotations

from functools import cache

from pypinyin import Style, lazy_pinyin

from banzi.codes.lookup import read_rows
from banzi.codes.strokes import name_characters


def syllables(name: str) -> tuple[str, ...]:
    """Syllables of a name in lower case: `单小明` → (shan, xiao, ming). Brackets do not count."""
    characters = name_characters(name)
    surname = surname_of(characters)
    first = _readings()[surname][0].split() if surname else []
    return (*first, *_syllables(characters[len(surname) :]))


def sort_key(name: str) -> tuple[str, ...]:
    """Key for an alphabetical list: syllable by syllable, then by the characters."""
    return (*syllables(name), "", name_characters(name))


def search_key(name: str) -> str:
    """All syllables in one word: `wangxiaoming`."""
    return "".join(syllables(name))


def initials(name: str) -> str:
    """First letters of the syllables: `wxm`."""
    return "".join(syllable[:1] for syllable in syllables(name))


def search_keys(name: str) -> tuple[str, ...]:
    """Every key under which somebody may look for a name, without repeats.

    Full syllables and initials, for each reading in use of the surname.
    """
    characters = name_characters(name)
    surname = surname_of(characters)
    rest = _syllables(characters[len(surname) :])
    readings = [reading.split() for reading in _readings()[surname]] if surname else [[]]
    words = [(*first, *rest) for first in readings]
    joined = ("".join(word) for word in words)
    letters = ("".join(syllable[:1] for syllable in word) for word in words)
    return tuple(dict.fromkeys((*joined, *letters)))


def surname_of(characters: str) -> str:
    """The surname at the beginning that the table of readings knows, the longest; else "".

    A compound surname counts only when something follows it that can be a given name.
    """
    for length in (3, 2, 1):
        head = characters[:length]
        if head in _readings() and (length == 1 or len(characters) > length):
            return head
    return ""


def _syllables(characters: str) -> tuple[str, ...]:
    found = lazy_pinyin(characters, style=Style.NORMAL, errors="default")
    return tuple(syllable.lower() for syllable in found)


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    """Surname → readings, the usual one first."""
    return {
        row["surname"]: tuple(row["readings"].split("|"))
        for row in read_rows("surname_readings.csv")
    }
