"""The roster in memory and on disk: one Parquet file a table, a manifest of hashes, photos by hash.

    DIR/manifest.json            format, version, as_of, rows and SHA-256 of every table
    DIR/<table>.parquet          declared columns in declared order, sorted by key
    DIR/photos/<sha256>.<type>   pictures, named by their content

A folder whose tables do not match its manifest is refused: a roster is evidence. A table is read
when it is asked for and held against the manifest before, once for each state of its file; a photo
is held against its name when it is read. `banzi roster check` looks at everything. CSV is an
export only, since it cannot tell an empty text from a missing one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar, cast

import polars as pl

import banzi
from banzi.kernel.alone import alone
from banzi.kernel.columns import Table
from banzi.kernel.errors import BadInput, Location, ProblemLog
from banzi.kernel.files import replacing_folder, sha256_of
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import TABLES as PEOPLE_TABLES
from banzi.roster.keeping import TABLES as KEEPING_TABLES
from banzi.roster.lookup import RowsBy, RowsInFile
from banzi.roster.packing import Packing
from banzi.roster.photos import CHANGED_OUTSIDE, PhotoFolder
from banzi.roster.tables import Tables
from banzi.teams import TABLES as TEAM_TABLES

TABLES: dict[str, Table] = {
    table.name: table for table in (*PEOPLE_TABLES, *TEAM_TABLES, *KEEPING_TABLES)
}
"""Every table of a roster by name, in the order they are shown."""

_SCHEMAS = {name: pl.Schema(table.schema) for name, table in TABLES.items()}

Kept = TypeVar("Kept")

_FEW = 20
"""Persons up to which rows are taken from disk one person after the other."""

_OFTEN = 3
"""How often rows of some persons are taken from a table on disk before it is packed."""

_LARGE = 200_000
"""Rows above which a table is not read whole for a few persons."""

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
        Table name → frame with exactly the declared columns and types; all tables are present. Of
        a roster on disk a table is read when asked for.
    photos
        SHA-256 → bytes of a picture; of a roster on disk, read when asked for.
    """

    as_of: date
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    photos: Mapping[str, bytes] = field(default_factory=dict)
    _kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    _kept_of_house: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if isinstance(self.tables, Tables):  # made here, from frames that were looked at
            return
        unknown = set(self.tables) - set(TABLES)
        if unknown:
            raise KeyError(f"undeclared tables: {sorted(unknown)}")
        for name, frame in self.tables.items():
            _hold_to_declaration(name, frame)
        empty = {name: table.empty for name, table in TABLES.items()}
        object.__setattr__(self, "tables", Tables({**empty, **self.tables}))

    @classmethod
    def of(cls, as_of: date, **rows: list[dict[str, object]]) -> Roster:
        """A roster from rows by table name; names left out are null, tables left out are empty."""
        return cls(as_of, {name: TABLES[name].frame(given) for name, given in rows.items()})

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.tables[name]

    def with_tables(self, **frames: pl.DataFrame) -> Roster:
        """A roster with some tables replaced."""
        for name, frame in frames.items():
            _hold_to_declaration(name, frame)
        tables = cast("Tables", self.tables).replaced(frames)
        if all("person_id" in TABLES[name] for name in frames):
            return replace(self, tables=tables)
        return replace(self, tables=tables, _kept_of_house={})

    def with_later(self, **frames: Callable[[], pl.DataFrame]) -> Roster:
        """A roster with some tables about persons replaced, each made once somebody asks for it."""
        return replace(self, tables=cast("Tables", self.tables).replaced(frames))

    def keep(self, key: object, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, made once for this roster: tables never change, so it stays true.

        Of several threads that ask at once one makes it and the others wait.
        """
        if key not in self._kept:
            with alone((id(self._kept), key)):
                if key not in self._kept:
                    self._kept[key] = make()
        return cast("Kept", self._kept[key])

    def keep_of_house(self, key: object, make: Callable[[], Kept]) -> Kept:
        """The same for what follows from tables that are not about persons (teams, posts, organs).

        It is kept for this roster and every one that differs from it in persons alone.
        """
        if key not in self._kept_of_house:
            self._kept_of_house[key] = make()
        return cast("Kept", self._kept_of_house[key])

    def scan(self, name: str) -> pl.LazyFrame:
        """A table of which a part will do; a large one that is still on disk is not read whole."""
        unread = cast("Tables", self.tables).unread(name)
        is_large = isinstance(unread, TableFile) and unread.rows >= _LARGE
        return cast("TableFile", unread).scan() if is_large else self[name].lazy()

    def rows_of(self, name: str, *person_ids: str) -> pl.DataFrame:
        """The rows of a table about some persons, in the table's order.

        For a few persons a large table on disk stays there: a nation's take gigabytes.
        """
        in_file = self._in_file(name, person_ids)
        if in_file is not None:
            return in_file.rows(*person_ids)
        by_person = self.keep(("by person", name), lambda: RowsBy(self[name], "person_id"))
        return by_person.rows(*person_ids)

    def _in_file(self, name: str, person_ids: Collection[str]) -> RowsInFile | None:
        """What finds rows of a table on disk; None where the table is, or had better be, read."""
        unread = cast("Tables", self.tables).unread(name)
        if not isinstance(unread, TableFile) or unread.rows < _LARGE:
            return None
        if not 0 < len(person_ids) <= _FEW:
            return None
        found = self.keep(
            ("in file", name), lambda: RowsInFile(unread.scan, "person_id", unread.hold)
        )
        if not found.is_sorted:
            return None
        found.asked += 1
        if found.asked == _OFTEN:
            self.keep("packing", Packing).of([found])
        return found

    def settle(self) -> None:
        """Wait until nothing more is made ready beside the work."""
        self.keep("packing", Packing).wait()

    def about(self, person_ids: Collection[str]) -> Roster:
        """The roster as if it held only these persons; what is not about persons stays whole."""
        names = [name for name, table in TABLES.items() if "person_id" in table]

        asked: set[str] = self.keep("asked of persons", set)

        @cache
        def on_disk() -> dict[str, pl.DataFrame]:
            # Starting to read costs more than the rows of a person: all tables that were ever
            # asked for in one go.
            found = {name: self._in_file(name, person_ids) for name in asked}
            wanted = {
                name: each.plan(*person_ids)
                for name, each in found.items()
                if each is not None and not each.is_packed
            }
            return dict(zip(wanted, pl.collect_all(wanted.values()), strict=True))

        def cut(name: str) -> pl.DataFrame:
            asked.add(name)
            found = on_disk().get(name)
            return self.rows_of(name, *person_ids) if found is None else found

        tables = {name: partial(cut, name) for name in names}
        return replace(self, tables=cast("Tables", self.tables).replaced(tables))

    def sorted_tables(self) -> dict[str, pl.DataFrame]:
        """The tables as they are written: rows in the order of their keys."""
        return {
            name: frame if _is_sorted(frame, TABLES[name].key) else frame.sort(TABLES[name].key)
            for name, frame in self.tables.items()
        }


def _hold_to_declaration(name: str, frame: pl.DataFrame) -> None:
    if frame.schema != _SCHEMAS[name]:
        raise TypeError(f"table {name}: columns differ from their declaration")


def _is_sorted(frame: pl.DataFrame, key: Sequence[str]) -> bool:
    """Whether rows stand in the order of a key; a look is cheap where another copy is not."""
    if frame.height < 2:
        return True
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
    """Open a roster folder and hold its tables against its manifest.

    Raises
    ------
    BadInput
        `roster/not-a-roster`, `roster/wrong-version`, or every missing, changed or unreadable
        table; later, from the table asked for, when its file changes between.
    """
    problems = ProblemLog()
    manifest = _read_manifest(folder)
    tables: dict[str, pl.DataFrame | Callable[[], pl.DataFrame]] = {}
    for name, table in TABLES.items():
        file = folder / f"{name}.parquet"
        at = Location(str(file))
        listed = manifest["tables"].get(name)
        if listed is None or not file.is_file():
            problems.add(MISSING_TABLE(file=file.name), at)
        elif not is_as_listed(file, listed["sha256"]):
            problems.add(CHANGED_OUTSIDE(), at)
        elif _has_schema(file, table):
            tables[name] = TableFile(file, table, listed["sha256"], listed["rows"])
        else:
            tables[name] = _read_table(file, table, problems)
    problems.stop_if_any()
    pictures = PhotoFolder(folder / PHOTOS, manifest.get("photos", []))
    return Roster(date.fromisoformat(manifest["as_of"]), Tables(tables), pictures)


_VERIFIED: dict[Path, tuple[tuple[int, int, int, int], str]] = {}
"""Files held against a hash: their state then (disk, number, size, time of change) and the hash."""


def is_as_listed(file: Path, digest: str) -> bool:
    """Whether a file has the hash; worked out once for each state of the file."""
    # The state says which file it is, so that links need not be followed each time.
    path = file.absolute()
    found = path.stat()
    state = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
    known = _VERIFIED.get(path)
    if known is None or known[0] != state:
        known = _VERIFIED[path] = (state, sha256_of(path))
    return known[1] == digest


def _has_schema(file: Path, table: Table) -> bool:
    """Whether the file's own header declares the columns, so that reading cannot fail on them."""
    try:
        return pl.read_parquet_schema(file) == _SCHEMAS[table.name]
    except (pl.exceptions.PolarsError, OSError):
        return False


@dataclass(frozen=True)
class TableFile:
    """A table on disk whose file had the declared columns and the listed hash when looked at."""

    file: Path
    table: Table
    digest: str
    rows: int

    def __call__(self) -> pl.DataFrame:
        """The whole table."""
        self.hold()
        problems = ProblemLog()
        frame = _read_table(self.file, self.table, problems)
        problems.stop_if_any()
        return frame

    def scan(self) -> pl.LazyFrame:
        """The table to take a part of."""
        self.hold()
        return pl.scan_parquet(self.file)

    def hold(self) -> None:
        """Hold the file against the manifest (`load_roster`)."""
        problems = ProblemLog()
        if not self.file.is_file():
            problems.add(MISSING_TABLE(file=self.file.name), Location(str(self.file)))
        elif not is_as_listed(self.file, self.digest):
            problems.add(CHANGED_OUTSIDE(), Location(str(self.file)))
        problems.stop_if_any()


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
