"""Reading an exchange package (`package_file`), which comes from elsewhere and is not trusted.

Names, sizes and hashes are held against the manifest while it is read, nothing is ever unpacked
to disk, every value must be what its column declares, and no organ may be in it that is outside
the scope it states.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from banzi.documents.codecs.pictures import is_picture
from banzi.documents.exchange.package_file import FORMAT, MANIFEST, NULL, VERSION, About
from banzi.documents.exchange.scope import outside_scope
from banzi.kernel.columns import Column, Kind, Table
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES, Roster
from banzi.roster.checking import check_roster

LIMITS: Mapping[str, int] = {
    "file_bytes": 1 << 30,
    "manifest_bytes": 16 << 20,
    "table_bytes": 512 << 20,
    "photo_bytes": 20 << 20,
    "all_bytes": 2 << 30,
    "files": 200_000,
}
"""Largest file, parts and whole once unpacked; what is larger is refused before it is read."""

NOT_A_PACKAGE = MessageKind(
    "exchange/not-a-package", _("不是交换包（{detail}）；请向报送单位重新索取")
)
UNREADABLE = MessageKind("exchange/unreadable", _("文件无法打开：{detail}"))
WRONG_VERSION = MessageKind(
    "exchange/wrong-version",
    _("交换包格式版本为{found}，本程序能读取的版本为{expected}；请升级程序或请对方重做"),
)
BAD_NAME = MessageKind(
    "exchange/bad-name", _("包内有不允许的文件名“{name}”，为安全起见整包不予读取")
)
EXTRA_FILE = MessageKind("exchange/extra-file", _("包内多出清单上没有的文件“{name}”，整包不予读取"))
MISSING_FILE = MessageKind(
    "exchange/missing-file", _("包内缺少清单所列的文件“{name}”，整包不予读取")
)
WRONG_HASH = MessageKind(
    "exchange/wrong-hash", _("“{name}”的内容与清单的校验值不符，可能被改动或损坏；请重新索取")
)
TOO_LARGE = MessageKind(
    "exchange/too-large", _("“{name}”解开后超过{limit}MB的上限，为安全起见整包不予读取")
)
BAD_TABLE = MessageKind("exchange/bad-table", _("“{name}”的列与本程序不符：{detail}"))
BAD_VALUE = MessageKind("exchange/bad-value", _("“{column}”的值“{value}”无法读取"))
OUT_OF_SCOPE = MessageKind(
    "exchange/out-of-scope",
    _("包内机构与所注范围不符（{names}），整包不予读取；请向报送单位重新索取"),
)
BAD_PHOTO = MessageKind("exchange/bad-photo", _("照片“{name}”不是图片，或名称与内容不符"))

_ALLOWED = re.compile(r"manifest\.json|tables/[a-z_]{1,40}\.csv|photos/[0-9a-f]{64}")
_BLOCK = 1 << 20
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Package:
    """A package read and found whole: what it says about itself, and the part of a roster."""

    about: About
    roster: Roster
    sha256: str


def read_package(path: Path) -> Package:
    """Read a package and hold it against its own manifest and the declared columns.

    Raises
    ------
    BadInput
        `exchange/…` with everything that is wrong with it; a roster's own checks for its values.
    """
    at = Location(str(path))
    try:
        size = path.stat().st_size
        if size > LIMITS["file_bytes"]:
            raise _refused(TOO_LARGE(name=path.name, limit=LIMITS["file_bytes"] >> 20), at)
        data = path.read_bytes()
        contents, manifest = _contents(data, at)
    except OSError as error:
        raise _refused(UNREADABLE(detail=error.strerror or str(error)), at) from None
    about = _about(manifest, at)
    roster = _roster(contents, about, at)
    breaches = [
        Problem(
            each.message, Location(f"{path}/{each.at.file}", row=each.at.row, column=each.at.column)
        )
        for each in check_roster(roster)
    ]
    if breaches:
        raise BadInput(breaches)
    if outside := outside_scope(roster, about.scope):
        raise _refused(OUT_OF_SCOPE(names=outside[:_MOST_NAMED]), at)
    return Package(about, roster, hashlib.sha256(data).hexdigest())


def _refused(message: Message, at: Location) -> BadInput:
    return BadInput([Problem(message, at)])


def _contents(data: bytes, at: Location) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Every part but the manifest, as the manifest promises it; and the manifest."""
    if not data.startswith(b"PK\x03\x04"):
        raise _refused(NOT_A_PACKAGE(detail="zip"), at)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if MANIFEST not in archive.namelist():
                raise _refused(NOT_A_PACKAGE(detail=MANIFEST), at)
            entries = _entries(archive, at)
            manifest = _manifest(
                _part(archive, entries[MANIFEST], LIMITS["manifest_bytes"], at), at
            )
            listed: dict[str, dict[str, Any]] = manifest["files"]
            problems = ProblemLog()
            for name in sorted(entries.keys() - listed.keys() - {MANIFEST}):
                problems.add(EXTRA_FILE(name=name), at)
            for name in sorted(listed.keys() - entries.keys()):
                problems.add(MISSING_FILE(name=name), at)
            problems.stop_if_any()
            contents: dict[str, bytes] = {}
            for name, told in listed.items():
                limit = LIMITS["photo_bytes" if name.startswith("photos/") else "table_bytes"]
                part = _part(archive, entries[name], limit, at)
                if len(part) != told["size"] or hashlib.sha256(part).hexdigest() != told["sha256"]:
                    problems.add(WRONG_HASH(name=name), at)
                contents[name] = part
            problems.stop_if_any()
            return contents, manifest
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,  # what `zipfile` raises for versions and encryption it does not know
        RuntimeError,
        ValueError,
    ):
        raise _refused(NOT_A_PACKAGE(detail="zip"), at) from None


def _entries(archive: zipfile.ZipFile, at: Location) -> dict[str, zipfile.ZipInfo]:
    entries: dict[str, zipfile.ZipInfo] = {}
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    if len(infos) > LIMITS["files"] or total > LIMITS["all_bytes"]:
        raise _refused(TOO_LARGE(name="zip", limit=LIMITS["all_bytes"] >> 20), at)
    problems = ProblemLog()
    for info in infos:
        name = info.filename
        packed = info.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if not packed:  # the others unpack a block of any size at once
            problems.add(NOT_A_PACKAGE(detail="zip"), at)
        if not _ALLOWED.fullmatch(name) or name in entries or info.flag_bits & 1:
            problems.add(BAD_NAME(name=name[:80]), at)
        entries[name] = info
    problems.stop_if_any()
    return entries


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, at: Location) -> bytes:
    """One part, unpacked block by block and never beyond the limit."""
    if info.file_size > limit:
        raise _refused(TOO_LARGE(name=info.filename, limit=limit >> 20), at)
    blocks, size = [], 0
    with archive.open(info) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > limit:
                raise _refused(TOO_LARGE(name=info.filename, limit=limit >> 20), at)
            blocks.append(block)
    return b"".join(blocks)


def _manifest(data: bytes, at: Location) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(data.decode("utf-8"))
        if manifest["format"] != FORMAT:
            raise ValueError(manifest["format"])
        version = manifest["version"]
        if version == VERSION:
            for name, told in manifest["files"].items():
                if not _ALLOWED.fullmatch(name) or name == MANIFEST:
                    raise ValueError(name)
                if not isinstance(told["size"], int) or not isinstance(told["sha256"], str):
                    raise ValueError(name)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _refused(NOT_A_PACKAGE(detail=MANIFEST), at) from None
    if version != VERSION:
        raise _refused(WRONG_VERSION(found=str(version)[:20], expected=VERSION), at)
    return manifest


def _about(manifest: Mapping[str, Any], at: Location) -> About:
    try:
        return About.of(manifest)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _refused(NOT_A_PACKAGE(detail=MANIFEST), at) from None


def _roster(contents: Mapping[str, bytes], about: About, at: Location) -> Roster:
    problems = ProblemLog()
    tables: dict[str, pl.DataFrame] = {}
    photos: dict[str, bytes] = {}
    for name, data in contents.items():
        folder, _slash, last = name.partition("/")
        if folder == "photos":
            if hashlib.sha256(data).hexdigest() != last or not is_picture(data):
                problems.add(BAD_PHOTO(name=last), at)
            photos[last] = data
            continue
        table = TABLES.get(last.removesuffix(".csv"))
        if table is None:
            problems.add(EXTRA_FILE(name=name), at)
            continue
        tables[table.name] = _table(table, data, Location(f"{at.file}/{name}"), problems)
    for name in TABLES.keys() - tables.keys():
        problems.add(MISSING_FILE(name=f"tables/{name}.csv"), at)
    problems.stop_if_any()
    missing = set(tables["persons"]["photo_sha256"].drop_nulls()) - photos.keys()
    for digest in sorted(missing):
        problems.add(MISSING_FILE(name=f"photos/{digest}"), at)
    problems.stop_if_any()
    return Roster(about.as_of, tables, photos)


def _table(table: Table, data: bytes, at: Location, problems: ProblemLog) -> pl.DataFrame:
    csv.field_size_limit(LIMITS["table_bytes"])  # an unreadable picture is kept as text
    try:
        lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (ValueError, csv.Error) as error:
        problems.add(BAD_TABLE(name=table.name, detail=str(error)[:80]), at)
        return table.empty()
    names = [column.name for column in table]
    if not lines or lines[0] != names:
        problems.add(BAD_TABLE(name=table.name, detail="header"), at)
        return table.empty()
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(names):
            detail = f"{number}: {len(line)} ≠ {len(names)}"
            problems.add(BAD_TABLE(name=table.name, detail=detail), at)
            return table.empty()
        rows.append(_values(table.columns, line, Location(at.file, row=number), problems))
    if len(problems):
        return table.empty()
    return pl.DataFrame(rows, schema=table.schema, orient="row")


def _values(
    columns: Sequence[Column], line: Sequence[str], at: Location, problems: ProblemLog
) -> list[Any]:
    values: list[Any] = []
    for column, text in zip(columns, line, strict=True):
        try:
            values.append(_value(text, column))
        except ValueError:
            place = Location(at.file, row=at.row, column=column.name)
            problems.add(BAD_VALUE(column=column.zh, value=text[:40]), place)
            values.append(None)
    return values


def _value(text: str, column: Column) -> Any:
    if text == NULL:
        return None
    match column.kind:
        case Kind.DATE:
            return date.fromisoformat(text)
        case Kind.BOOLEAN:
            if text not in ("0", "1"):
                raise ValueError(text)
            return text == "1"
        case Kind.INTEGER | Kind.PARTIAL_DATE | Kind.MONTH:
            if not re.fullmatch(r"-?[0-9]{1,9}", text):
                raise ValueError(text)
            return int(text)
        case _:
            return text.removeprefix("\\") if text.startswith("\\") else text
