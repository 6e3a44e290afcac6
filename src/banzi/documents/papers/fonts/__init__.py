"""Fonts that printed papers are set in, vendored whole so that a PDF is the same on every machine.

`vendor.json` names package, version, licence and SHA-256 of every file. The fonts are not cut down
to a subset: rare characters of given names must print. A .docx only names the user's fonts
(宋体 …) and never embeds any.

Which font stands in for which is said here only.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

FONT_FOLDER = Path(__file__).parent
"""Folder of the font files, as typst's `font_paths` wants it."""

SUBSTITUTED = MessageKind(
    "papers/font-substituted", _("PDF中以“{family}”代替“{wanted}”，字宽相同；.docx不受影响")
)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A vendored font in the place of one that forms ask for and that may not be shipped.

    Attributes
    ----------
    wanted
        Font that the office's papers name.
    family, file
        The vendored one, as typst and the folder call it.
    """

    wanted: str
    family: str
    file: str

    def used(self) -> Message:
        """What to tell whoever prints."""
        return SUBSTITUTED(family=self.family, wanted=self.wanted)

    def missing(self, text: str) -> str:
        """The characters of a text that the font does not have, each once, in order."""
        has = _characters(self.file)
        rare = (character for character in text if not character.isspace())
        return "".join(dict.fromkeys(each for each in rare if ord(each) not in has))


SONG = StandIn("宋体", "Noto Serif SC", "NotoSerifSC_400Regular.ttf")


@cache
def typst_fonts(system_too: bool = False) -> typst.Fonts:
    """The vendored fonts, and for characters they lack those of the machine when asked for."""
    return typst.Fonts(
        include_system_fonts=system_too, include_embedded_fonts=False, font_paths=[FONT_FOLDER]
    )


@cache
def _characters(file: str) -> frozenset[int]:
    """Code points that a font file maps to a glyph (its `cmap` subtable of format 12)."""
    data = (FONT_FOLDER / file).read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    entries = (struct.unpack_from(">4sxxxxII", data, 12 + 16 * each) for each in range(tables))
    start = next(offset for tag, offset, _length in entries if tag == b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for each in range(count):
        (offset,) = struct.unpack_from(">4xI", data, start + 4 + 8 * each)
        (kind,) = struct.unpack_from(">H", data, start + offset)
        if kind == 12:
            (groups,) = struct.unpack_from(">I", data, start + offset + 12)
            for group in range(groups):
                at = start + offset + 16 + 12 * group
                first, last, _glyph = struct.unpack_from(">III", data, at)
                found.update(range(first, last + 1))
    return frozenset(found)
