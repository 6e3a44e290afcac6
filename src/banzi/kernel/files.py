"""Writing files so that a reader never sees half of one, under names that every system takes.

A file or folder is written beside its place under a temporary name and then renamed. If the
program dies in between, the old content still stands and a stray `.part-…` name is left over.

Names made of what people are called go through `safe_name`: a pack written on Linux is opened on
Windows, and the other way round.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_BLOCK = 1 << 20
_PACKED_AT = (1980, 1, 1, 0, 0, 0)
_MANY = 200
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
_ENDS = re.compile(r"^[\s.]+|[\s.]+$")
_DEVICE = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE
)
_LONGEST_NAME = 200
"""Bytes in UTF-8: Linux takes 255 of them, Windows 255 characters; an ending must still fit."""
_WAITS = (0.05, 0.1, 0.2, 0.4)
"""Seconds between attempts on Windows, where a virus scanner holds a new file for a moment."""


def sha256_of(path: Path) -> str:
    """Lower-case hexadecimal SHA-256 of a file's bytes, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def safe_name(text: str) -> str:
    """The text as a file name without ending that Windows and Linux take, never empty.

    Reserved signs become `_`, blanks and dots at the ends go, names of devices (CON, COM1 …) get a
    `_` in front, characters are composed (NFC), and what is longer than 200 bytes is cut off.
    """
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", text))
    name = _ENDS.sub("", name).encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore")
    name = _ENDS.sub("", name)
    if _DEVICE.match(name):
        name = safe_name(f"_{name}")
    return name or "_"


def name_key(name: str) -> str:
    """Equal for names that Windows takes for one: it does not tell A from a (nor do Macs é from é)."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """Give a temporary path to write; put it in place only when the block ends without error.

    Raises
    ------
    OSError
        With `path` as its file name, when another program keeps the old file open (Windows).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        _sync(temporary)
        _move(temporary, path, named=path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """Give an empty temporary folder; swap it in whole only when the block ends without error.

    `durable` waits until every file is on the disk; papers that can be printed again need not.

    Raises
    ------
    OSError
        With `path` as its file name, when another program has the old folder in use (Windows).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=".part-", dir=path.parent))
    old = temporary.with_name(temporary.name + "-old")
    try:
        yield temporary
        temporary.chmod(0o755)
        if durable:
            _sync_all([file for file in temporary.rglob("*") if file.is_file()])
        if path.exists():
            _move(path, old, named=path)
        try:
            _move(temporary, path, named=path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def zip_folder(folder: Path, file: Path) -> None:
    """Pack a folder's files in order of their names, with fixed times inside: the same bytes again."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _PACKED_AT)
            package.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def _move(source: Path, target: Path, *, named: Path) -> None:
    """Rename over what is there, within a folder; an error speaks of `named`, what the user knows."""
    for wait in (*_WAITS, None) if sys.platform == "win32" else (None,):
        try:
            source.replace(target)
            return
        except OSError as error:
            if wait is None:
                error.filename, error.filename2 = str(named), None
                raise
            time.sleep(wait)


def _sync_all(files: Sequence[Path]) -> None:
    """Have the files on the disk; many at once where the system can, since each one by one waits."""
    if len(files) > _MANY and sys.platform != "win32":
        os.sync()
        return
    for file in files:
        _sync(file)


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
