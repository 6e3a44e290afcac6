"""Which characters the fonts of the pages can show, read from the fonts themselves.

Typst prints an empty box for a character that no font has, and says nothing. A name must not be
lost so, hence whoever prints is told.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from banzi.documents.papers.fonts import FONT_FOLDER

_WIDTHLESS = frozenset("\n\t\u200b")
_ALL_UNICODE = ((3, 10), (0, 4), (0, 6))
"""Platform and encoding of the character maps that reach beyond the first 65,536 characters."""


def missing_glyphs(texts: Iterable[str]) -> str:
    """The characters of the texts that no vendored font shows, each once, in order of first use."""
    shown = _shown_characters()
    wanted = dict.fromkeys(character for text in texts for character in text)
    return "".join(each for each in wanted if ord(each) not in shown and each not in _WIDTHLESS)


@cache
def _shown_characters() -> frozenset[int]:
    files = sorted(FONT_FOLDER.glob("*.ttf"))
    return frozenset().union(*(_characters(file) for file in files))


def _characters(file: Path) -> set[int]:
    """Code points in the `cmap` table of an OpenType file (its format 12)."""
    with file.open("rb") as stream:
        (count,) = struct.unpack(">4xH6x", stream.read(12))
        entries = [struct.unpack(">4s4xII", stream.read(16)) for _number in range(count)]
        start = next(offset for tag, offset, _length in entries if tag == b"cmap")
        stream.seek(start + 2)
        (maps,) = struct.unpack(">H", stream.read(2))
        listed = [struct.unpack(">HHI", stream.read(8)) for _number in range(maps)]
        inside = next(at for platform, kind, at in listed if (platform, kind) in _ALL_UNICODE)
        stream.seek(start + inside)
        layout, length = struct.unpack(">H2xI", stream.read(8))
        if layout != 12:
            raise ValueError(f"{file.name}: character map of format {layout}")
        body = stream.read(length - 8)
    groups = struct.iter_unpack(">III", body[8:])
    return {code for first, last, _glyph in groups for code in range(first, last + 1)}
