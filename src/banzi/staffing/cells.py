"""Reading one cell or one JSON value at a time, and logging what is wrong with it where it stands.

Shared by the readers of the tables and of problem.json. A value that is wrong is logged once and
comes back as None.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import Message
from banzi.staffing import reading_messages as say
from banzi.staffing.bundle import Table

LIMIT = 1_000_000_000
"""Greatest size of any number of a bundle: sums stay exact in the solver's floating point."""

_INTEGER = re.compile(r"-?[0-9]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its place; None where the file could not be read."""

    path: str
    table: Table | None
    log: ProblemLog

    def __len__(self) -> int:
        return len(self.table.rows) if self.table else 0

    def has(self, column: str) -> bool:
        return self.table is not None and column in self.table.columns

    def at(self, row: int, column: str) -> Location:
        line = self.table.line(row) if self.table else None
        return Location(self.path, row=line, column=column)

    def say(self, message: Message, row: int, column: str) -> None:
        self.log.add(message, self.at(row, column))

    def text(self, row: int, column: str) -> str:
        """The cell as it is; empty where the table has no such column."""
        if self.table is None or column not in self.table.columns:
            return ""
        return self.table.cell(row, column)

    def column(self, column: str) -> tuple[str, ...]:
        """All cells of a column as they are; none where the table has no such column."""
        return self.table.column(column) if self.table is not None and self.has(column) else ()

    def filled(self, row: int, column: str) -> str | None:
        """The cell, which may not be empty. A missing column was logged before: None in silence."""
        value = self.text(row, column)
        if not value and self.has(column):
            self.say(say.EMPTY(), row, column)
        return value or None

    def choice(self, row: int, column: str, choices: tuple[str, ...]) -> str | None:
        value = self.filled(row, column)
        if value is not None and value not in choices:
            self.say(say.NOT_CHOICE(value=value, choices=list(choices)), row, column)
            return None
        return value

    def integer(self, row: int, column: str) -> int | None:
        value = self.filled(row, column)
        if value is None:
            return None
        flaw = _flaw(value)
        if flaw is not None:
            self.say(flaw, row, column)
            return None
        return int(value)

    def integers(self, column: str) -> array[int] | None:
        """The whole column in 32 bits, every bad cell logged; None if there was one."""
        cells = self.column(column)
        different = set(cells)  # few, however many cells there are: each is read once
        if self.has(column) and not any(_flaw(text) for text in different):
            meant = {text: int(text) for text in different}
            return array("i", map(meant.__getitem__, cells))
        values = [self.integer(row, column) for row in range(len(self))]
        good = array("i", (value for value in values if value is not None))
        return good if len(good) == len(values) else None

    def ids(self, column: str) -> dict[str, int] | None:
        """Identifier → place, repetitions and blanks logged; None if there is no such column."""
        if not self.has(column):
            return None
        places: dict[str, int] = {}
        for row in range(len(self)):
            value = self.filled(row, column)
            if value is None:
                continue
            if value in places:
                first = self.at(places[value], column).row
                self.say(say.DUPLICATE_ID(id=value, first=first), row, column)
            else:
                places[value] = row
        return places


def _flaw(text: str) -> Message | None:
    """What keeps a text from being a whole number within the limit."""
    if not _INTEGER.fullmatch(text):
        return say.NOT_INTEGER(value=text[:40])
    if len(text) > 20 or abs(int(text)) > LIMIT:
        return say.TOO_LARGE(limit=LIMIT)
    return None


@dataclass(frozen=True, slots=True)
class Node:
    """One value of problem.json and the path to it, `tiers[1].bands.edges`."""

    path: str
    file: str
    value: object
    log: ProblemLog

    def say(self, message: Message) -> None:
        self.log.add(message, Location(self.file, column=self.path or None))

    def under(self, name: str) -> Node | None:
        """The value of a key, None when the key is missing (or this is no object)."""
        if not isinstance(self.value, Mapping) or name not in self.value:
            return None
        return Node(f"{self.path}.{name}".lstrip("."), self.file, self.value[name], self.log)

    def need(self, name: str) -> Node | None:
        found = self.under(name)
        if found is None and isinstance(self.value, Mapping):
            self.say(say.NO_KEY(name=name))
        return found

    def is_object(self, known: tuple[str, ...] | None = None) -> bool:
        """Whether this is an object; keys outside `known` are logged."""
        if not isinstance(self.value, Mapping):
            self.say(say.NOT_OBJECT())
            return False
        for name in self.value:
            if known is not None and name not in known:
                self.say(say.UNKNOWN_KEY(name=name))
        return True

    def items(self) -> list[Node]:
        """The members of a list; anything else is logged and has none."""
        if not isinstance(self.value, list | tuple):
            self.say(say.NOT_LIST())
            return []
        return [
            Node(f"{self.path}[{place}]", self.file, item, self.log)
            for place, item in enumerate(self.value)
        ]

    def text(self) -> str | None:
        if isinstance(self.value, str) and self.value:
            return self.value
        self.say(say.NOT_TEXT())
        return None

    def integer(self) -> int | None:
        """A whole number within the limit; true, false and 1.0 are none."""
        if type(self.value) is not int:
            self.say(say.NOT_INTEGER(value=str(self.value)[:40]))
        elif abs(self.value) > LIMIT:
            self.say(say.TOO_LARGE(limit=LIMIT))
        else:
            return self.value
        return None

    def integers(self) -> tuple[int, ...] | None:
        values = [item.integer() for item in self.items()]
        good = tuple(value for value in values if value is not None)
        return good if len(good) == len(values) and isinstance(self.value, list | tuple) else None

    def at_most_zero(self) -> int | None:
        value = self.integer()
        if value is not None and value > 0:
            self.say(say.ABOVE_ZERO(value=value))
            return None
        return value
