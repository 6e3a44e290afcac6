"""The roster in memory and on disk: one Parquet file a table, a manifest of hashes, photos by hash.

    DIR/manifest.json            format, version, as_of, rows and SHA-256 of every table
    DIR/<table>.parquet          declared columns in declared order, sorted by key
    DIR/photos/<sha256>.<type>   pictures, named by their content

A folder whose files do not match its manifest is refused: a roster is evidence. CSV is an export
only, since it cannot tell an empty text from a missing one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

import banzi
from banzi.kernel.columns import Table
from banzi.kernel.errors import BadInput, Location, ProblemLog
from banzi.kernel.files import replacing_folder, sha256_of
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import TABLES as PEOPLE_TABLES
from banzi.roster.keeping import TABLES as KEEPING_TABLES
from banzi.roster.photos import CHANGED_OUTSIDE, PhotoFolder
from banzi.teams import TABLES as TEAM_TABLES

TABLES: dict[str, Table] = {
    table.name: table for table in (*PEOPLE_TABLES, *TEAM_TABLES, *KEEPING_TABLES)
}
"""Every table of a roster by name, in the order they are shown."""

FORMAT = "banzi-roster"
VERSION = 3
MANIFEST = "manifest.json"
PHOTOS = "photos"

NOT_A_ROSTER = MessageKind(
    "roster/not-a-roster",
    _("“{folder}”不是花名册文件夹（缺少或无法读取 manifest.json）；请先用 banzi import 生成花名册"),
)
WRONG_VERSION = MessageKind(
    "roster/wrong-version",
    _("花名册格式版本为{found}，本程序能读取的版本为{expected}；请用相应版本的程序打开"),
)
MISSING_TABLE = MessageKind("roster/missing-table", _("花名册缺少数据表文件“{file}”；请重新导入"))
UNREADABLE_TABLE = MessageKind("roster/unreadable-table", _("数据表无法读取或列不符：{detail}"))


@dataclass(frozen=True)
class Roster:
    """People and teams at a date.

    Attributes
    ----------
    as_of
        The day the roster speaks about.
    tables
        Table name → frame with exactly the declared columns and types; all tables are present.
    photos
        SHA-256 → bytes of a picture; of a roster on disk, read when asked for.
    """

    as_of: date
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)
    photos: Mapping[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = set(self.tables) - set(TABLES)
        if unknown:
            raise KeyError(f"undeclared tables: {sorted(unknown)}")
        full = {
            name: self.tables[name] if name in self.tables else table.empty()
            for name, table in TABLES.items()
        }
        for name, frame in full.items():
            if frame.schema != pl.Schema(TABLES[name].schema):
                raise TypeError(f"table {name}: columns differ from their declaration")
        object.__setattr__(self, "tables", full)

    @classmethod
    def of(cls, as_of: date, **rows: list[dict[str, object]]) -> Roster:
        """A roster from rows by table name; names left out are null, tables left out are empty."""
        return cls(as_of, {name: TABLES[name].frame(given) for name, given in rows.items()})

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.tables[name]

    def with_tables(self, **frames: pl.DataFrame) -> Roster:
        """A roster with some tables replaced."""
        return replace(self, tables={**self.tables, **frames})

    def sorted_tables(self) -> dict[str, pl.DataFrame]:
        """The tables as they are written: rows in the order of their keys."""
        return {
            name: frame if _is_sorted(frame, TABLES[name].key) else frame.sort(TABLES[name].key)
            for name, frame in self.tables.items()
        }


def _is_sorted(frame: pl.DataFrame, key: Sequence[str]) -> bool:
    """Whether rows stand in the order of a key; a look is cheap where another copy is not."""
    below, same = pl.lit(False), pl.lit(True)
    for name in key:
        before = pl.col(name).shift(1)
        below = below | (same & (before < pl.col(name)))
        same = same & (before == pl.col(name))
    ordered = frame.lazy().select((below | same).slice(1).fill_null(False).all()).collect()
    return bool(ordered.item())


def save_roster(roster: Roster, folder: Path) -> None:
    """Write the roster as a folder, whole or not at all; an existing folder is replaced."""
    with replacing_folder(folder) as part:
        listed = {}
        for name, frame in roster.sorted_tables().items():
            file = part / f"{name}.parquet"
            frame.write_parquet(file, compression="zstd", statistics=False)
            listed[name] = {"rows": frame.height, "sha256": sha256_of(file)}
        if roster.photos:
            (part / PHOTOS).mkdir()
        for digest in roster.photos:
            if isinstance(roster.photos, PhotoFolder):
                roster.photos.give(digest, part / PHOTOS / digest)
            else:
                (part / PHOTOS / digest).write_bytes(roster.photos[digest])
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "as_of": roster.as_of.isoformat(),
            "written_by": f"banzi {banzi.__version__}",
            "tables": listed,
            "photos": sorted(roster.photos),
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (part / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def load_roster(folder: Path) -> Roster:
    """Read a roster folder and hold it against its manifest.

    Raises
    ------
    BadInput
        `roster/not-a-roster`, `roster/wrong-version`, or every missing, changed or unreadable file.
    """
    problems = ProblemLog()
    manifest = _read_manifest(folder)
    tables: dict[str, pl.DataFrame] = {}
    for name, table in TABLES.items():
        file = folder / f"{name}.parquet"
        at = Location(str(file))
        listed = manifest["tables"].get(name)
        if listed is None or not file.is_file():
            problems.add(MISSING_TABLE(file=file.name), at)
        elif sha256_of(file) != listed["sha256"]:
            problems.add(CHANGED_OUTSIDE(), at)
        else:
            tables[name] = _read_table(file, table, problems)
    photos = []
    for digest in manifest.get("photos", []):
        picture = folder / PHOTOS / digest
        if not picture.is_file() or sha256_of(picture) != digest:
            problems.add(CHANGED_OUTSIDE(), Location(str(picture)))
        else:
            photos.append(digest)
    problems.stop_if_any()
    pictures = PhotoFolder(folder / PHOTOS, photos)
    return Roster(date.fromisoformat(manifest["as_of"]), tables, pictures)


def _read_manifest(folder: Path) -> dict[str, Any]:
    problems = ProblemLog()
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT or not isinstance(manifest["tables"], dict):
            raise ValueError(manifest["format"])
        date.fromisoformat(manifest["as_of"])
    except (OSError, ValueError, KeyError, TypeError):
        problems.add(NOT_A_ROSTER(folder=str(folder)), Location(str(folder)))
        raise BadInput(list(problems)) from None
    if manifest["version"] != VERSION:
        problems.add(
            WRONG_VERSION(found=manifest["version"], expected=VERSION), Location(str(folder))
        )
        problems.stop_if_any()
    return manifest


def _read_table(file: Path, table: Table, problems: ProblemLog) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(file)
        return frame.select(
            pl.col(column.name).cast(column.dtype, strict=True) for column in table.columns
        )
    except (pl.exceptions.PolarsError, OSError) as error:
        detail = str(error).splitlines()[0][:200]
        problems.add(UNREADABLE_TABLE(detail=detail), Location(str(file)))
        return table.empty()
