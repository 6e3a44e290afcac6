"""An exchange package as a file: a zip of a manifest, tables as CSV and pictures.

    manifest.json         format, version, who for whom and why, scope, counts, SHA-256 of each file
    tables/<name>.csv     UTF-8 with BOM, declared columns, `\\N` for an empty value
    photos/<sha256>       pictures, named by their content

The same contents give the same bytes.

Not here: what goes in (`scope`), reading (`package_reading`), what is done with it (`merging`).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

import banzi
from banzi.documents.codecs.workbook.cells import member
from banzi.documents.exchange.left_out import Without
from banzi.documents.exchange.scope import one_line
from banzi.kernel.columns import Column, Kind, Table
from banzi.kernel.files import replacing_file, sha256_of
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent, tracked
from banzi.roster import TABLES, Roster

FORMAT, VERSION = "banzi-exchange", 1
MANIFEST = "manifest.json"

SCOPE = MessageKind("exchange/scope", _("范围：{organs}"))
SCOPE_LISTED = MessageKind("exchange/scope-listed", _("范围：按名单选取的人员，涉及机构：{organs}"))
WRITING = MessageKind("exchange/writing", _("写入交换包"))

NULL = "\\N"
_STAMP = (2000, 1, 1, 0, 0, 0)  # no clock: the same contents give the same file


@dataclass(frozen=True, slots=True)
class About:
    """Who gives what to whom, why, and as of which day; texts are one line each.

    Offices type line breaks into names of organs and purposes, and screens show each in a line.

    Attributes
    ----------
    listed
        Whether persons were chosen one by one; else it is everybody below the organs of the scope.
    """

    as_of: date
    made_on: date
    scope: tuple[tuple[str, str], ...]
    sender: str = ""
    recipient: str = ""
    purpose: str = ""
    without: tuple[Without, ...] = ()
    made_by: str = f"banzi {banzi.__version__}"
    listed: bool = False

    def __post_init__(self) -> None:
        for name in ("sender", "recipient", "purpose"):
            object.__setattr__(self, name, one_line(getattr(self, name)))
        scope = tuple((one_line(organ_id), one_line(name)) for organ_id, name in self.scope)
        object.__setattr__(self, "scope", scope)

    def kept(self) -> dict[str, Any]:
        """As a manifest has it: days in ISO 8601, lists and dictionaries of texts."""
        return {
            **asdict(self),
            "as_of": self.as_of.isoformat(),
            "made_on": self.made_on.isoformat(),
            "scope": [{"organ_id": organ, "organ_name": name} for organ, name in self.scope],
            "without": [each.value for each in self.without],
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> About:
        """The same from what `kept` gave, or from a manifest that claims to have it.

        Raises
        ------
        ValueError, KeyError, TypeError, AttributeError
            When something is missing or is not what it must be: texts in one line, days, classes.
        """
        return cls(
            as_of=date.fromisoformat(kept["as_of"]),
            made_on=date.fromisoformat(kept["made_on"]),
            scope=tuple((_line(s["organ_id"]), _line(s["organ_name"])) for s in kept["scope"]),
            sender=_line(kept["sender"]),
            recipient=_line(kept["recipient"]),
            purpose=_line(kept["purpose"]),
            without=tuple(member(Without, each) for each in kept["without"]),
            made_by=_line(kept["made_by"]),
            listed=_yes_or_no(kept["listed"]),
        )

    def scope_said(self) -> Message:
        """Which organs, or that persons were listed."""
        return (SCOPE_LISTED if self.listed else SCOPE)(organs=[name for _id, name in self.scope])


def _yes_or_no(told: Any) -> bool:
    if not isinstance(told, bool):
        raise TypeError(told)
    return told


def _line(text: Any) -> str:
    """A text of a manifest, which screens show: no controls and no halves of characters."""
    if not isinstance(text, str) or one_line(text) != text:
        raise ValueError(text)
    return text


def write_package(
    roster: Roster, about: About, path: Path, progress: Progress | None = None
) -> str:
    """Write the package, whole or not at all; the SHA-256 of the file, to be told separately.

    Raises
    ------
    OSError
        When the place cannot be written.
    """
    contents: dict[str, bytes] = {}
    for name, frame in roster.sorted_tables().items():
        contents[f"tables/{name}.csv"] = _csv(TABLES[name], frame)
    for digest, data in sorted(roster.photos.items()):
        contents[f"photos/{digest}"] = data
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        **about.kept(),
        "counts": {
            **{name: frame.height for name, frame in roster.tables.items()},
            "photos": len(roster.photos),
        },
        "files": {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in contents.items()
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    with replacing_file(path) as part:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            parts = {MANIFEST: text.encode("utf-8"), **contents}
            for name, data in tracked(parts.items(), progress or Silent(), WRITING(), len(parts)):
                entry = zipfile.ZipInfo(name, _STAMP)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, data)
        return sha256_of(part)


def _csv(table: Table, frame: pl.DataFrame) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(frame.columns)
    for row in frame.iter_rows():
        writer.writerow(
            _cell(value, column) for value, column in zip(row, table.columns, strict=True)
        )
    return stream.getvalue().encode("utf-8-sig")


def _cell(value: Any, column: Column) -> str:
    if value is None:
        return NULL
    if column.kind is Kind.DATE:
        return str(value.isoformat())
    if column.kind is Kind.BOOLEAN:
        return "1" if value else "0"
    text = str(value)
    return f"\\{text}" if text.startswith("\\") else text
