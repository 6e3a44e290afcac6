"""From the seven files of a bundle to text tables and a JSON value; every flaw of form is logged.

A table that cannot be read at all is None, so that what depends on it is left unjudged and not
reported as a hundred unknown ids. What the cells mean is `reading`.
"""

from __future__ import annotations

import csv
import io
import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from banzi.kernel.errors import Location, ProblemLog
from banzi.staffing import reading_messages as say
from banzi.staffing.bundle import FILES, REQUIRED_COLUMNS, SETTINGS_FILE, Table, file_sha256
from banzi.staffing.packed_rows import PackedRows


@dataclass(frozen=True, slots=True)
class RawBundle:
    """What could be read: `None` in place of what could not. `hashes`: SHA-256 of each file."""

    folder: str
    settings: object
    tables: Mapping[str, Table | None]
    hashes: Mapping[str, str]

    def path(self, name: str) -> str:
        return f"{self.folder}/{name}" if self.folder else name


def read_files(folder: Path, log: ProblemLog) -> RawBundle:
    """Read every file of a bundle, logging what is missing or malformed."""
    content: dict[str, bytes] = {}
    for name in FILES:
        path = folder / name
        try:
            content[name] = path.read_bytes()
        except FileNotFoundError:
            log.add(say.NO_FILE(name=name), Location(str(path)))
        except OSError as error:
            log.add(say.UNREADABLE(reason=error.strerror or ""), Location(str(path)))
    hashes = {name: file_sha256(each) for name, each in content.items()}
    tables: dict[str, Table | None] = {}
    for name in REQUIRED_COLUMNS:
        place, required = str(folder / name), REQUIRED_COLUMNS[name]
        tables[name] = _table(content.pop(name, None), required, place, log)
    place = str(folder / SETTINGS_FILE)
    text = _decoded(content.get(SETTINGS_FILE), place, log)
    settings = None if text is None else _json(text, place, log)
    return RawBundle(str(folder), settings, tables, hashes)


def read_table(path: Path, required: Sequence[str], log: ProblemLog) -> Table | None:
    """One table of text; None when it cannot be read at all, which is logged.

    Raises
    ------
    FileNotFoundError
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        log.add(say.UNREADABLE(reason=error.strerror or ""), Location(str(path)))
        return None
    return _table(content, required, str(path), log)


def _decoded(content: bytes | None, path: str, log: ProblemLog) -> str | None:
    if content is None:
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = error.object.count(b"\n", 0, error.start) + 1
        log.add(say.NOT_UTF8(), Location(path, row=row))
        return None


def _table(
    content: bytes | None, required: Sequence[str], path: str, log: ProblemLog
) -> Table | None:
    if content is None or _decoded(content, path, log) is None:
        return None
    # decoded again as it is read: a buffer of all its text takes four bytes a letter
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline="")
    reader = csv.reader(text, strict=True)
    numbered = ((line, tuple(row)) for line, row in enumerate(reader, start=1) if row)
    lines, ragged = array("q"), list[tuple[int, int]]()

    def cells() -> Iterator[tuple[str, ...]]:
        for line, row in numbered:
            lines.append(line)
            if len(row) != len(header):
                ragged.append((line, len(row)))
                yield (row + ("",) * len(header))[: len(header)]
            else:
                yield row

    try:
        head, header = next(numbered, (1, ()))
        rows = PackedRows(cells(), len(header))
    except csv.Error as error:
        log.add(say.BROKEN_CSV(reason=str(error)), Location(path, row=reader.line_num))
        return None
    if not header:
        log.add(say.EMPTY_TABLE(), Location(path, row=1))
        return None
    usable = True
    for column in required:
        if column not in header:
            log.add(say.NO_COLUMN(name=column), Location(path, row=head, column=column))
    for column in sorted({column for column in header if column and header.count(column) > 1}):
        log.add(say.COLUMN_TWICE(name=column), Location(path, row=head, column=column))
        usable = False
    for line, found in ragged:
        log.add(say.RAGGED(found=found, expected=len(header)), Location(path, row=line))
    if lines and lines[-1] - lines[0] == len(lines) - 1:  # no empty lines: nothing to keep
        return Table(header, rows, range(lines[0], lines[-1] + 1)) if usable else None
    return Table(header, rows, lines) if usable else None


class _KeyTwice(ValueError):
    pass


def _json(text: str, path: str, log: ProblemLog) -> object:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        for name in names:
            if names.count(name) > 1:
                raise _KeyTwice(name)
        return dict(pairs)

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    try:
        value: object = json.loads(text, object_pairs_hook=unique, parse_constant=refuse)
    except json.JSONDecodeError as error:
        at = Location(path, row=error.lineno, column=str(error.colno))
        log.add(say.BROKEN_JSON(reason=error.msg), at)
    except _KeyTwice as twice:
        log.add(say.KEY_TWICE(name=str(twice)), Location(path, column=str(twice)))
    except (ValueError, RecursionError) as error:
        log.add(say.BROKEN_JSON(reason=str(error).split(";")[0]), Location(path))
    else:
        return value
    return None
