"""Dropped files into the folder of an import; archives are unpacked, nothing leaves the folder."""

from __future__ import annotations

import lzma
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from banzi.documents.codecs.sniffing import kind_of
from banzi.documents.exchange.package_file import MANIFEST
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.files import name_key, safe_name, sha256_of
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

MOST_FILES = 200_000
MOST_BYTES = 20 << 30
_BLOCK = 1 << 20
_FIRST_PART = re.compile(rb"PK\x03\x04.{26}manifest\.json", re.DOTALL)
"""How a package begins: the manifest is its first part."""
_UNPACKED = ".files"
"""Behind the name of an archive: the folder of what was in it."""

NOTHING = MessageKind("imports/nothing", _("没有选择文件；请选择要导入的文件"))
BROKEN_ARCHIVE = MessageKind(
    "imports/broken-archive", _("压缩包打不开或已损坏（{detail}）；请解压后重新选择其中的文件")
)
LOCKED_ARCHIVE = MessageKind(
    "imports/locked-archive", _("压缩包设有密码，不能读取；请解压后选择其中的文件")
)
TOO_MUCH = MessageKind(
    "imports/too-much", _("文件超过{files}个或解压后超过{gigabytes}GB；请分几次导入")
)
NO_SPACE = MessageKind(
    "imports/no-space", _("服务器磁盘剩余空间不足，没有解压；请与系统管理员联系，或分几次导入")
)
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError,
           OSError, EOFError, ValueError)  # fmt: skip


def receive(uploads: Iterable[UploadedFile[Any]], folder: Path) -> list[dict[str, object]]:
    """Store uploads below the folder; returns name, SHA-256 and size of each file.

    Raises
    ------
    BadInput
        Every archive that cannot be unpacked; the folder is gone then.
    """
    folder.mkdir(parents=True)
    problems = ProblemLog()
    room = _Room(folder)
    try:
        for upload in uploads:
            target = _free(folder, upload.name or "")
            with target.open("wb") as stream:
                for chunk in upload.chunks():
                    stream.write(chunk)
            if zipfile.is_zipfile(target) and _is_archive(target):
                inside = target.with_name(target.name + _UNPACKED)
                problems.extend(_unpack(target, inside, upload.name or "", room))
                target.unlink()
        found = list(_listed(folder))
        if not found and not problems:
            problems.add(NOTHING())
        problems.stop_if_any()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return found


def own_name(folder: Path, text: str) -> str:
    """A text about files of the folder as whoever sent them knows them: `all.zip/a.lrmx`."""
    place = re.escape(f"{folder}{os.sep}")
    unpacked = re.compile(rf"{place}([^/\\]+){re.escape(_UNPACKED)}[/\\]")
    return re.sub(place, "", unpacked.sub(r"\1/", text))


def exchange_packages_in(folder: Path) -> list[Path]:
    """The exchange packages among the files, whole or not."""
    return [path for path in sorted(folder.rglob("*")) if _is_exchange(path)]


class _Room:
    """What may still be unpacked: never so much that the disk is full for everybody else."""

    def __init__(self, folder: Path) -> None:
        self._files, self._bytes = MOST_FILES, MOST_BYTES
        self._free = shutil.disk_usage(folder).free // 2

    def take_file(self) -> None:
        self._files -= 1
        self._check()

    def take_bytes(self, count: int) -> None:
        self._bytes -= count
        self._free -= count
        self._check()

    def _check(self) -> None:
        if self._files < 0 or self._bytes < 0:
            raise BadInput([Problem(TOO_MUCH(files=MOST_FILES, gigabytes=MOST_BYTES >> 30))])
        if self._free < 0:
            raise BadInput([Problem(NO_SPACE())])


def _is_archive(path: Path) -> bool:
    """Whether a zip file holds files to import, rather than being one (a workbook, a package)."""
    return kind_of(path) is None and not _is_exchange(path)


def _is_exchange(path: Path) -> bool:
    """Whether a file is, or was before it was cut off or meddled with, an exchange package."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        begins_like_one = _FIRST_PART.match(stream.read(64)) is not None
    if begins_like_one or not zipfile.is_zipfile(path):
        return begins_like_one
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            return MANIFEST in names and any(each.startswith("tables/") for each in names)
    except (OSError, zipfile.BadZipFile):
        return False


def _unpack(archive: Path, folder: Path, name: str, room: _Room) -> list[Problem]:
    at = Location(name)
    try:
        with zipfile.ZipFile(archive) as opened:
            for info in opened.infolist():
                if info.is_dir() or PurePosixPath(info.filename).name.startswith("."):
                    continue
                if info.flag_bits & 1:
                    return [Problem(LOCKED_ARCHIVE(), at)]
                room.take_file()
                _unpack_one(opened, info, folder, room)
    except _BROKEN as error:
        return [Problem(BROKEN_ARCHIVE(detail=type(error).__name__), at)]
    except BadInput as bad:
        return [Problem(each.message, at) for each in bad.problems]
    return []


def _unpack_one(archive: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, room: _Room) -> None:
    parts = [safe_name(part) for part in PurePosixPath(_named(info)).parts if part not in "/.."]
    target = _beside(folder.joinpath(*parts[-8:]))
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(info) as source, target.open("wb") as stream:
        while block := source.read(_BLOCK):
            room.take_bytes(len(block))  # what the archive says of its sizes is not believed
            stream.write(block)


def _beside(wanted: Path) -> Path:
    """The path, with a number where a name that differs in forbidden signs only has it already."""
    free, number = wanted, 1
    while free.exists():
        number += 1
        free = wanted.with_name(f"{wanted.stem}（{number}）{wanted.suffix}")
    return free


def _named(info: zipfile.ZipInfo) -> str:
    """The name in the archive; Windows packs Chinese names in GBK without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _free(folder: Path, name: str) -> Path:
    """A path for the name that no other file of the folder has, also not on Windows."""
    wanted = safe_name(PurePosixPath(name.replace("\\", "/")).name)
    taken = {name_key(each.name) for each in folder.iterdir()}
    stem, dot, ending = wanted.rpartition(".")
    number = 1
    free = wanted
    while name_key(free) in taken or name_key(free + _UNPACKED) in taken:
        number += 1
        free = f"{stem}（{number}）.{ending}" if dot else f"{wanted}（{number}）"
    return folder / free


def _listed(folder: Path) -> Iterator[dict[str, object]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(folder))
            yield {"name": name, "sha256": sha256_of(path), "size": path.stat().st_size}
