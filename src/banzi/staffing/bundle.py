"""The bundle as it lies on disk: six tables of text and one JSON document, nothing interpreted.

`Bundle` keeps every column, known or not, so that writing what was read loses nothing. What the
texts mean is `problem`; where they are wrong is `reading`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from banzi.staffing.packed_rows import PackedRows

SETTINGS_FILE = "problem.json"

REQUIRED_COLUMNS: dict[str, tuple[str, ...]] = {
    "persons.csv": ("person_id",),
    "teams.csv": ("team_id", "superior_team_id"),
    "posts.csv": ("post_id", "team_ids", "incumbent_person_id"),
    "candidates.csv": ("post_id", "person_id"),
    "exclusions.csv": ("person_a", "person_b", "scope", "reason"),
    "targets.csv": (
        "target_id",
        "scope_table",
        "scope_column",
        "scope_values",
        "measure",
        "feature",
        "op",
        "bound",
        "force",
        "priority",
        "weight",
        "citation",
    ),
}
"""The six tables and the columns each must have, in the order `writing` puts first."""

TITLE = "title"
"""Further column of targets.csv: the target as an office words it; ignored by search and referee."""
RETIRES = "retires_in_months"
"""Further column of persons.csv: months from `as_of` to retirement, empty where not known; for a
look ahead, ignored by search and referee."""
FIT = "fit"
"""Further column of candidates.csv: points for the conditions that the pair meets."""
MEETS = "meets_"
"""Further columns of candidates.csv, a number behind it: whether the pair meets the condition of
that number (1, 0); ignored by search and referee."""

FILES = (SETTINGS_FILE, *REQUIRED_COLUMNS)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text cells, all as long as `columns`; `lines[i]` is row i's place in its file.

    Places count from 1 with the header as 1; a table not read from a file has an empty `lines`
    and counts on.
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]] = ()
    lines: Sequence[int] = ()

    @classmethod
    def of(cls, columns: tuple[str, ...], rows: list[Mapping[str, object]]) -> Table:
        """Rows given by column name; a name left out or None becomes an empty cell."""
        for row in rows:
            if unknown := set(row) - set(columns):
                raise KeyError(f"columns not in the table: {sorted(unknown)}")
        return cls(columns, tuple(tuple(_cell(row.get(c)) for c in columns) for row in rows))

    def line(self, row: int) -> int:
        return self.lines[row] if self.lines else row + 2

    def column(self, name: str) -> tuple[str, ...]:
        place = self.columns.index(name)
        if isinstance(self.rows, PackedRows):
            return tuple(self.rows.column(place))
        return tuple(map(itemgetter(place), self.rows))

    def cell(self, row: int, name: str) -> str:
        place = self.columns.index(name)
        if isinstance(self.rows, PackedRows):
            return self.rows.column(place)[row]
        return self.rows[row][place]


@dataclass(frozen=True, slots=True)
class Bundle:
    """`settings` is the content of problem.json; `tables` has the six tables by file name."""

    settings: Mapping[str, Any]
    tables: Mapping[str, Table]

    def files(self) -> dict[str, bytes]:
        """The bytes of each file as `writing` writes them: UTF-8, LF, the same on any machine."""
        files = {name: csv_bytes(self.tables[name]) for name in REQUIRED_COLUMNS}
        files[SETTINGS_FILE] = json_bytes(self.settings)
        return files


def problem_sha256(files: Mapping[str, bytes]) -> str:
    """One hash over the seven files: SHA-256 of a line `hash  name` per file, by name."""
    return sha256_of_hashes({name: file_sha256(files[name]) for name in FILES})


def file_sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sha256_of_hashes(hashes: Mapping[str, str]) -> str:
    """`problem_sha256` from the hashes of the seven files."""
    lines = (f"{hashes[name]}  {name}\n".encode() for name in sorted(FILES, key=str.encode))
    return hashlib.sha256(b"".join(lines)).hexdigest()


def folder_sha256(folder: Path) -> str | None:
    """`problem_sha256` of the files in a folder as they lie there; None when one is missing."""
    try:
        return problem_sha256({name: (folder / name).read_bytes() for name in FILES})
    except OSError:
        return None


def csv_bytes(table: Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return text.getvalue().encode("utf-8")


def json_bytes(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool) else str(value)
