"""What kind of source a file or folder is, by its content first and its name last.

Names of exported files are changed freely; the first bytes are not. The name decides only where
the content says nothing, so that a damaged file is still refused by the reader it was meant for.

Not here: reading.
"""

from __future__ import annotations

import zipfile
from enum import StrEnum
from pathlib import Path

from banzi.documents.codecs.package import holds_tables


class SourceKind(StrEnum):
    """Which reader takes the source."""

    LRMX = "lrmx"
    LRM = "lrm"
    WORKBOOK = "workbook"
    PACKAGE = "package"


_BY_NAME = {
    ".lrmx": SourceKind.LRMX,
    ".lrm": SourceKind.LRM,
    ".xlsx": SourceKind.WORKBOOK,
    ".hzb": SourceKind.PACKAGE,
    ".zb3": SourceKind.PACKAGE,
}
_FORMS = (SourceKind.LRMX, SourceKind.LRM)
_ZIP = b"PK\x03\x04"
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(path: Path) -> SourceKind | None:
    """The kind of a file or folder; None for one that is no source. Unreadable: by its name."""
    if path.is_dir():
        return SourceKind.PACKAGE if holds_tables(path) else None
    named = _BY_NAME.get(path.suffix.lower())
    if named is None and path.suffix.lower() != ".zip":
        return None
    try:
        with path.open("rb") as stream:
            beginning = stream.read(64)
    except OSError:
        return named
    if beginning.startswith(_ZIP):
        if holds_tables(path):
            return SourceKind.PACKAGE
        return SourceKind.WORKBOOK if _is_workbook(path) else named
    if named in _FORMS:
        return _form_kind(beginning, named)
    return named


def _form_kind(beginning: bytes, named: SourceKind) -> SourceKind:
    if beginning.startswith(_MARKS):
        return SourceKind.LRMX
    first = beginning.lstrip()[:1]
    return {b"<": SourceKind.LRMX, b'"': SourceKind.LRM}.get(first, named)


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.replace("\\", "/") == "xl/workbook.xml" for name in archive.namelist())
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, NotImplementedError):
        return False
