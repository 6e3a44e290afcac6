"""Names as texts: the form to store and compare, and the form to print.

Files write `张 三`, `张　三` and `张三` for the same person, and half a dozen middle dots
(formats.md sections 1.2 and 5). Stored names are clean; blanks are put in for display only.

Not here: order (`strokes`, `pinyin`).
"""

from __future__ import annotations

import re
import unicodedata

MIDDLE_DOT = "·"
IDEOGRAPHIC_BLANK = "\u3000"

_DOTS = re.compile("[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\u2e31\u2981\u16eb]")
_HAN = re.compile(
    "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"  # incl. every extension
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def is_han(character: str) -> bool:
    """Whether the character is a Chinese one (extensions and compatibility forms included)."""
    return bool(_HAN.fullmatch(character))


def clean_name(text: str) -> str:
    """A name as it is stored: one form for each person's name, however it was typed.

    Blanks (full-width ones too), zero-width characters and variation selectors go from a name
    with a Chinese character in it; every middle dot becomes `·` (U+00B7). In a name without
    Chinese characters single blanks stay, since they part the words.
    """
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    words = visible.split()
    joined = ("" if _HAN.search(visible) else " ").join(words)
    return _DOTS.sub(MIDDLE_DOT, joined)


def padded_name(name: str) -> str:
    """A name for display: `王力` → `王　力`, as wide as a name of three characters."""
    clean = clean_name(name)
    if len(clean) == 2 and all(is_han(character) for character in clean):
        return clean[0] + IDEOGRAPHIC_BLANK + clean[1]
    return clean
