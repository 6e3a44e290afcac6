"""Code tables: text as people write it → national code, and back.

A table is a CSV file in `tables/` with the columns `code` and `name`, and often `short`, the
wording used on forms (formats.md section 3). Further wordings found in real files stand in
`tables/wordings.csv` with a mark whether they are acceptable: `汉` for `汉族` is understood, but
whoever asked can make it a finding. A wording that fits two codes is answered with None.

Not here: places, which need the chain of provinces and counties (`divisions`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

FULL_NAME_ONLY = frozenset({"ethnic_gbt3304"})
"""Tables whose `short` is not a wording for forms: 民族 is written in full (formats.md 1.6)."""

_FURTHER_FILES = {"admin_divisions": ("admin_divisions_invented.csv",)}
"""Tables that stand in several files: the invented region of the demonstration has its own."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One entry of a table; `short` is "" where the table has none."""

    code: str
    name: str
    short: str
    more: MappingProxyType[str, str]

    @property
    def wording(self) -> str:
        """The wording for forms: `short` where there is one."""
        return self.short or self.name


@dataclass(frozen=True, slots=True)
class Match:
    """A code found for a text.

    `standard` is False for a wording that is understood but should be corrected to `wording`.
    """

    code: str
    standard: bool
    wording: str


class CodeTable:
    """One code table, in the order of its file."""

    def __init__(self, stem: str, rows: list[CodeRow], wordings: list[dict[str, str]]) -> None:
        self.stem = stem
        self.rows = tuple(rows)
        self._by_code = {row.code: row for row in rows}
        if len(self._by_code) != len(rows):
            raise ValueError(f"code table {stem}: a code is given twice")
        self._by_text: dict[str, dict[str, bool]] = {}
        short_is_standard = stem not in FULL_NAME_ONLY
        for row in rows:
            self._learn(row.name, row.code, standard=True)
            if row.short and row.short != row.name:
                self._learn(row.short, row.code, standard=short_is_standard)
        for entry in wordings:
            self._by_code[entry["code"]]
            self._learn(entry["text"], entry["code"], standard=entry["standard"] == "yes")

    def _learn(self, text: str, code: str, *, standard: bool) -> None:
        known = self._by_text.setdefault(text, {})
        known[code] = known.get(code, False) or standard

    def __iter__(self) -> Iterator[CodeRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, code: str) -> CodeRow | None:
        return self._by_code.get(code)

    def find(self, text: str) -> Match | None:
        """Code for a name, a short name, a known variant or the code itself.

        Blanks inside and around the text are ignored. None when the text is unknown or fits
        more than one code.
        """
        key = "".join(text.split())
        if row := self._by_code.get(key.upper()):
            return Match(row.code, True, self._wording(row))
        found = self._by_text.get(key, {})
        if len(found) != 1:
            return None
        ((code, standard),) = found.items()
        return Match(code, standard, self._wording(self._by_code[code]))

    def _wording(self, row: CodeRow) -> str:
        return row.name if self.stem in FULL_NAME_ONLY else row.wording


def read_rows(file_name: str) -> list[dict[str, str]]:
    """Rows of a CSV file in `tables/`; cells left out are ""."""
    path = resources.files("banzi.codes") / "tables" / file_name
    reader = csv.DictReader(path.read_text(encoding="utf-8").splitlines(), restval="")
    return [dict(row) for row in reader]


@cache
def load(table: str) -> CodeTable:
    """A code table by the stem of its file (`ethnic_gbt3304`), read once.

    Raises
    ------
    FileNotFoundError
        When there is no such table.
    """
    rows = [
        CodeRow(
            code=row.pop("code"),
            name=row.pop("name"),
            short=row.pop("short", ""),
            more=MappingProxyType(row),
        )
        for file in (f"{table}.csv", *_FURTHER_FILES.get(table, ()))
        for row in read_rows(file)
    ]
    wordings = [entry for entry in read_rows("wordings.csv") if entry["table"] == table]
    return CodeTable(table, rows, wordings)


def find(table: str, text: str) -> Match | None:
    """Code for a text and whether its wording is the standard one; None when it is not known."""
    return load(table).find(text)


def code_of(table: str, text: str) -> str | None:
    """Code for a name, short name, known variant or code; None when it is not known."""
    match = find(table, text)
    return match.code if match else None


def name_of(table: str, code: str) -> str | None:
    """Full name of a code; None when the table has no such code."""
    row = load(table).row(code)
    return row.name if row else None


def short_of(table: str, code: str) -> str | None:
    """Wording of a code on forms (the full name where none is shorter); None if unknown."""
    row = load(table).row(code)
    return row.wording if row else None
