"""Opening a package from anywhere without being harmed by it: a zip, or the folder unpacked.

Known by its content and not by its name: somewhere in it stands `Table/A01.xml`. Nothing is
unpacked to disk; parts are read within one budget, and a name that leads outside is refused.

Not here: 7z and RAR, which have no reader in the standard library, and archives with a password:
both are refused with advice. What the parts mean stands in `rowset` and `reading`.
"""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from banzi.documents.codecs.extract import LIMITS
from banzi.documents.codecs.workbook.opening import UNPACKED_LIMIT
from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.files import sha256_of
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

UNREADABLE = MessageKind(
    "package/unreadable", _("数据包无法打开：{detail}；请检查文件是否存在、有无权限")
)
EMPTY_FILE = MessageKind("package/empty-file", _("数据包是空的（0字节）；请重新取得文件"))
TOO_LARGE = MessageKind(
    "package/too-large", _("数据包{size}MB，超过{limit}MB的上限；请按机构分别导出后再导入")
)
OTHER_ARCHIVE = MessageKind(
    "package/other-archive",
    _("数据包是{kind}压缩，不能直接读取；请解压后导入该文件夹，或重新压缩为zip"),
)
HAS_PASSWORD = MessageKind(
    "package/password", _("数据包设有密码；请从原系统导出不设密码的数据包，再行导入")
)
NOT_A_PACKAGE = MessageKind(
    "package/not-a-package",
    _("不是公务员系统的数据包（其中没有 Table/A01.xml）；请确认文件类型"),
)
DAMAGED = MessageKind("package/damaged", _("数据包已损坏（{part}）；请从原系统重新导出"))
SEVERAL = MessageKind("package/several", _("其中有{count}套数据（{parts}）；请分开，每次导入一套"))
UNSAFE_NAME = MessageKind(
    "package/unsafe-name",
    _("数据包内的文件名指向包外（{part}），为安全起见不予读取；请核实文件来源"),
)
REPEATED_PART = MessageKind(
    "package/repeated-part", _("数据包内“{part}”出现了不止一次；请从原系统重新导出")
)
UNPACKS_TOO_LARGE = MessageKind(
    "package/unpacks-too-large",
    _("数据包解开后过大（{part}），为安全起见不予读取；请核实文件来源，或按机构分别导出"),
)

PARTS_LIMIT = 50_000
"""Files in a package, photos among them."""

_PEOPLE = re.compile(r"(?:.*/)?table/a01\.xml")
_DRIVE = re.compile(r"[A-Za-z]:")
_OTHER_ARCHIVES = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!": "RAR"}
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED, _UTF8_NAME = 0x1, 0x800


class _Parts(Protocol):
    """Where parts come from; `sizes` are promises that `read` does not rely on."""

    sizes: dict[str, int]

    def read(self, name: str, limit: int) -> bytes: ...


@dataclass
class Package:
    """An opened package; names are relative to the folder that holds `Table`, in lower case."""

    name: str
    names: tuple[str, ...]
    sha256: str
    size: int
    _parts: _Parts
    _full: dict[str, str]
    _left: int = field(default=UNPACKED_LIMIT)

    def read(self, name: str, limit: int = UNPACKED_LIMIT) -> bytes | None:
        """The bytes of a part; None when there is no such part.

        Raises
        ------
        BadInput
            When the part is damaged, or larger than `limit` or than what is left of the budget.
        """
        full = self._full.get(name)
        if full is None:
            return None
        limit = min(limit, self._left)
        try:
            data = self._parts.read(full, limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError):
            raise refusal(DAMAGED(part=full), self.name) from None
        except RuntimeError:  # zipfile's word for a password that is missing
            raise refusal(HAS_PASSWORD(), self.name) from None
        if len(data) > limit:
            raise refusal(UNPACKS_TOO_LARGE(part=full), self.name)
        self._left -= len(data)
        return data


def refusal(message: Message, name: str, part: str = "", row: int | None = None) -> BadInput:
    """One problem of a package or of one part of it."""
    return BadInput([Problem(message, Location(name, part, row))])


def holds_tables(path: Path) -> bool:
    """Whether a folder, or a zip by its directory, is a package. False for what cannot be read."""
    try:
        if path.is_dir():
            return any(
                each.name.lower() == "table"
                and each.is_dir()
                and any(part.name.lower() == "a01.xml" for part in each.iterdir())
                for each in path.iterdir()
            )
        with zipfile.ZipFile(path) as archive:
            return any(_PEOPLE.fullmatch(_plain(name).lower()) for name in archive.namelist())
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, NotImplementedError):
        return False


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open a package for reading.

    Raises
    ------
    BadInput
        With one problem that says why it cannot be used.
    """
    with ExitStack() as opened:
        try:
            package = _opened(path, opened)
        except OSError as error:
            message = UNREADABLE(detail=error.strerror or str(error))
            raise refusal(message, str(path)) from None
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError):
            raise refusal(DAMAGED(part="zip"), str(path)) from None
        yield package


def _opened(path: Path, opened: ExitStack) -> Package:
    name = str(path)
    if path.is_dir():
        folder = _Folder(path)
        return _package(name, folder, _digest_of(folder), sum(folder.sizes.values()))
    size = path.stat().st_size
    with path.open("rb") as stream:
        if refused := _refusal_reason(stream.read(8), size):
            raise refusal(refused, name)
    archive = opened.enter_context(zipfile.ZipFile(path))
    return _package(name, _Zip(archive, name), sha256_of(path), size)


def _refusal_reason(beginning: bytes, size: int) -> Message | None:
    limit = LIMITS["package_bytes"]
    if size == 0:
        return EMPTY_FILE()
    if size > limit:
        return TOO_LARGE(size=-(-size // (1 << 20)), limit=limit >> 20)
    for magic, kind in _OTHER_ARCHIVES.items():
        if beginning.startswith(magic):
            return OTHER_ARCHIVE(kind=kind)
    return None if beginning.startswith(b"PK") else NOT_A_PACKAGE()


def _package(name: str, parts: _Parts, sha256: str, size: int) -> Package:
    found: dict[str, str] = {}
    for full in parts.sizes:
        plain = _plain(full)
        if plain.startswith("/") or ".." in plain.split("/") or _DRIVE.match(plain):
            raise refusal(UNSAFE_NAME(part=full), name)
        if plain.lower() in found:
            raise refusal(REPEATED_PART(part=full), name)
        found[plain.lower()] = full
    if len(found) > PARTS_LIMIT or sum(parts.sizes.values()) > UNPACKED_LIMIT:
        raise refusal(UNPACKS_TOO_LARGE(part=len(found)), name)
    people = [each for each in found if _PEOPLE.fullmatch(each)]
    if not people:
        raise refusal(NOT_A_PACKAGE(), name)
    if len(people) > 1:
        raise refusal(SEVERAL(count=len(people), parts=sorted(people)), name)
    root = people[0].removesuffix("table/a01.xml")
    inside = {
        each.removeprefix(root): full for each, full in found.items() if each.startswith(root)
    }
    return Package(name, tuple(sorted(inside)), sha256, size, parts, inside)


def _plain(name: str) -> str:
    return name.replace("\\", "/")


class _Zip:
    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._found: dict[str, zipfile.ZipInfo] = {}
        for part in archive.infolist():
            if part.filename.endswith("/"):  # `is_dir` fails for a part without a name
                continue
            if part.flag_bits & _ENCRYPTED:
                raise refusal(HAS_PASSWORD(), name)
            shown = _name_of(part)
            if shown in self._found:
                raise refusal(REPEATED_PART(part=shown), name)
            self._found[shown] = part
        self.sizes = {shown: part.file_size for shown, part in self._found.items()}

    def read(self, name: str, limit: int) -> bytes:
        part = self._found[name]
        if part.compress_type not in _METHODS:
            raise NotImplementedError(name)
        with self._archive.open(part) as stream:
            return stream.read(limit)


def _name_of(part: zipfile.ZipInfo) -> str:
    """The name as the packer meant it: without the mark for UTF-8, Windows here writes GBK."""
    if part.flag_bits & _UTF8_NAME:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return part.filename


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.sizes: dict[str, int] = {}
        for folder, _names, files in os.walk(path):
            for each in files:
                file = Path(folder, each)
                shown = file.relative_to(path).as_posix()
                if file.is_symlink():
                    raise refusal(UNSAFE_NAME(part=shown), str(path))
                self.sizes[shown] = file.stat().st_size
            if len(self.sizes) > PARTS_LIMIT:
                raise refusal(UNPACKS_TOO_LARGE(part=len(self.sizes)), str(path))

    def read(self, name: str, limit: int) -> bytes:
        with (self._path / name).open("rb") as stream:
            return stream.read(limit)

    def digest(self, name: str) -> str:
        return sha256_of(self._path / name)


def _digest_of(folder: _Folder) -> str:
    """One digest for all files of a folder with their names, whatever order they are listed in."""
    total = hashlib.sha256()
    for name in sorted(folder.sizes):
        total.update(f"{name}\0{folder.digest(name)}\n".encode("utf-8", "surrogateescape"))
    return total.hexdigest()
