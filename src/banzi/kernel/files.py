"""Writing files so that a reader never sees half of one.

A file or folder is written beside its place under a temporary name and then renamed. If the
program dies in between, the old content still stands and a stray `.part-…` name is left over.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_BLOCK = 1 << 20
_MANY = 200
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\ud800-\udfff]')
_LONGEST_NAME = 80
"""Characters: Linux takes 255 bytes, three for a Chinese character; Windows 255 characters."""


def sha256_of(path: Path) -> str:
    """Lower-case hexadecimal SHA-256 of a file's bytes, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def safe_name(text: str) -> str:
    """The text as a file name without ending that Windows and Linux take.

    Reserved signs become `_`, blanks and dots at the end go, a longer text is cut off.
    """
    return _UNSAFE.sub("_", text)[:_LONGEST_NAME].strip().rstrip(". ")


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """Give a temporary path to write; put it in place only when the block ends without error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".part-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        temporary.chmod(0o644)
        _sync(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """Give an empty temporary folder; swap it in whole only when the block ends without error.

    `durable` waits until every file is on the disk; papers that can be printed again need not.
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
            path.rename(old)
        try:
            temporary.rename(path)
        except OSError:
            if old.exists():
                old.rename(path)
            raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


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
