"""Fit Chinese text into a box: how many lines at which size, by full-width metrics.

宋体 and its relatives set every Chinese character one em wide and every ASCII character half an
em, so lines can be counted without the font. A size is a whole number of half-points and a length
a whole number of twips (1/20 pt), the units of a .docx; no floats, so results repeat everywhere.

Chinese breaks between any two characters, except before closing and after opening punctuation;
a Latin word or a number stays whole unless it is wider than the line. Real fonts may differ where
Latin letters are proportional: the count here is the one of the fonts the form names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

HALF_POINT = 10
"""Twips in half a point."""

_CLOSING = frozenset("，。、；：？！）》〉」』】〕”’…—%％,.;:?!)]}")
_OPENING = frozenset("（《〈「『【〔“‘([{")
_ATOM = re.compile(r"[!-~]+|[\s\S]")


@dataclass(frozen=True, slots=True)
class Box:
    """The inside of a cell.

    Attributes
    ----------
    width, height
        Room for text, in twips.
    """

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph to be fitted; lines after its first, or all, start `indent` half-ems in."""

    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a text goes into a box.

    Attributes
    ----------
    size
        Half-points.
    leading
        Exact distance of lines, twips.
    lines
        Lines after wrapping.
    fits
        False when the text is higher than the box even at the smallest size.
    """

    size: int
    leading: int
    lines: int
    fits: bool


def width_of(text: str) -> int:
    """Width in half-ems: Chinese and ambiguous characters 2, ASCII 1, combining marks 0."""
    return sum(map(_half_ems, text))


def wrapped(text: str, capacity: int) -> list[str]:
    """The lines of one paragraph when a line holds `capacity` half-ems; one line for no text.

    A blank at the end of a line is dropped, as Word lets it hang.
    """
    lines: list[str] = []
    line, used = "", 0
    for atom, width, inked in _atoms(text, capacity):
        if line and used + inked > capacity:
            lines.append(line.rstrip())
            line, used = "", 0
        line, used = line + atom, used + width
    return [*lines, line.rstrip()]


def tight_leading(size: int) -> int:
    """Smallest line distance that keeps lines apart; from 9 pt down a quarter of a point more."""
    return size * 11 if size > 18 else size * HALF_POINT + HALF_POINT // 2


def fit(
    paragraphs: Sequence[Line],
    box: Box,
    largest: int,
    smallest: int,
    leading: Callable[[int], int] = tight_leading,
) -> Fit:
    """The largest size, in steps of a half-point, at which the paragraphs fit the box.

    A size that would divide a word or a number is taken only when no smaller one keeps it whole.

    Parameters
    ----------
    largest, smallest
        Sizes to try, half-points.
    leading
        Line distance in twips for a size in half-points.

    Returns
    -------
    Fit
        At the smallest size, with `fits` False, when nothing fits.
    """
    if largest < smallest:
        raise ValueError(f"no size between {smallest} and {largest}")
    widest = max((_widest_word(each) for each in paragraphs), default=0)
    fitting = []
    for size in range(largest, smallest - 1, -1):
        lines = count_lines(paragraphs, box.width, size)
        if lines * leading(size) <= box.height:
            found = Fit(size, leading(size), lines, True)
            if widest <= capacity(box.width, size):
                return found
            fitting.append(found)
    if fitting:
        return fitting[0]
    lines = count_lines(paragraphs, box.width, smallest)
    return Fit(smallest, leading(smallest), lines, False)


def fit_unwrapped(
    paragraphs: Sequence[Line], box: Box, largest: int, smallest: int, least_unwrapped: int
) -> Fit:
    """As `fit`, but a smaller size, down to `least_unwrapped`, is preferred to a wrapped line."""
    for size in range(largest, least_unwrapped - 1, -1):
        lines = count_lines(paragraphs, box.width, size)
        if lines == len(paragraphs) and lines * tight_leading(size) <= box.height:
            return Fit(size, tight_leading(size), lines, True)
    return fit(paragraphs, box, largest, smallest)


def count_lines(paragraphs: Iterable[Line], width: int, size: int) -> int:
    """Lines after wrapping, for a width in twips and a size in half-points."""
    total = capacity(width, size)
    return sum(_count(each.text, max(2, total - each.indent)) for each in paragraphs)


def capacity(width: int, size: int) -> int:
    """Half-ems in a line."""
    return width // (size * HALF_POINT // 2)


def _count(text: str, capacity: int) -> int:
    """As many lines as `wrapped` gives; sizes are tried one by one, so no line is put together."""
    count, used, begun = 1, 0, False
    for _atom, width, inked in _atoms(text, capacity):
        if begun and used + inked > capacity:
            count, used = count + 1, 0
        used, begun = used + width, True
    return count


def _widest_word(line: Line) -> int:
    return max((inked + line.indent for _atom, _width, inked in _words(line.text)), default=0)


_Atom = tuple[str, int, int]
"""A piece that no line break may divide, its width, and its width without blanks at its end."""


def _atoms(text: str, capacity: int) -> Sequence[_Atom]:
    """The atoms of a text, none wider than a line where that can be helped."""
    words = _words(text)
    if max((inked for _atom, _width, inked in words), default=0) <= capacity:
        return words
    pieces = (
        piece
        for word in _ATOM.findall(text)
        for piece in ([word] if width_of(word) <= capacity else word)
    )
    parts = (
        part
        for atom in _glued(pieces)
        for part in ([atom] if width_of(atom.rstrip()) <= capacity else atom)
    )
    return [_measured(part) for part in parts]


@lru_cache(maxsize=512)
def _words(text: str) -> tuple[_Atom, ...]:
    """The atoms of a text on a line without end; a text is asked for once a size."""
    return tuple(_measured(atom) for atom in _glued(_ATOM.findall(text)))


def _glued(pieces: Iterable[str]) -> list[str]:
    atoms: list[str] = []
    glue = False
    for piece in pieces:
        if atoms and (glue or piece == " " or piece in _CLOSING):
            atoms[-1] += piece
        else:
            atoms.append(piece)
        glue = piece in _OPENING
    return atoms


def _measured(atom: str) -> _Atom:
    return atom, width_of(atom), width_of(atom.rstrip())


@lru_cache(maxsize=8192)
def _half_ems(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1
