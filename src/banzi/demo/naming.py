"""Names and ID numbers of invented people.

Two-character and three-character names, compound surnames, a few rare characters, names with `·`.
ID numbers are well-formed but begin with a division code that was never issued (990102 …), so no
number is anybody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from zlib import crc32

from banzi.codes.id_numbers import with_check_digit
from banzi.demo.knobs import Vocabulary
from banzi.people.choices import Sex


class Names:
    """Draws names; officials' do not repeat within one drawing (namesakes are made on purpose).

    Officials and their relatives never share a name by accident, wherever in the region they are:
    a name is an official's or a relative's by its checksum.
    """

    def __init__(self, rng: Random, words: Vocabulary, of_relatives: bool = False) -> None:
        self._rng = rng
        self._words = words
        self._used: set[str] = set()
        self._rare = list(words.rare_given)
        self._parity = int(of_relatives)

    def surname(self) -> str:
        """Frequent surnames come first in the list and are drawn more often."""
        surnames = self._words.surnames
        return surnames[int(len(surnames) * self._rng.random() ** 1.7)]

    def given(self, sex: Sex) -> str:
        parts = self._words.men if sex is Sex.MALE else self._words.women
        first = self._rng.choice(parts)
        if self._rng.random() < 0.2:
            return first
        second = self._rng.choice(parts)
        return first + second if second != first else first

    def draw(self, sex: Sex, surname: str = "") -> str:
        """A full name; with the given surname where one is named.

        No other official has it, unless there are more officials than names; relatives may share.
        """
        for attempt in range(10_000):
            name = (surname or self.surname()) + self.given(sex)
            if crc32(name.encode()) % 2 != self._parity:
                continue
            if name not in self._used or self._parity or attempt > 1000:
                self._used.add(name)
                return name
        raise AssertionError("the vocabulary is too small")

    def draw_rare(self, surname: str = "") -> str:
        """A name with a character that many fonts and tables lack."""
        name = (surname or self.surname()) + self._rare.pop(0)
        self._used.add(name)
        return name


def id_number(
    rng: Random, sex: Sex, born: int, day: int, divisions: Sequence[str], used: set[str]
) -> str:
    """An 18-place number with the right check digit; odd sequence for men, even for women.

    `divisions` are the codes it may begin with; different regions give different numbers.
    """
    while True:
        sequence = rng.randrange(10, 990) // 2 * 2 + (1 if sex is Sex.MALE else 0)
        division = rng.choice(divisions)
        first = f"{division}{born // 12:04d}{born % 12 + 1:02d}{day:02d}{sequence:03d}"
        number = with_check_digit(first)
        if number not in used:
            used.add(number)
            return number


def surname_of(name: str) -> str:
    """The surname by which children are named: two characters for compound surnames."""
    if "·" in name:
        return ""
    return name[:2] if name[:2] in ("欧阳", "诸葛", "上官") else name[:1]
