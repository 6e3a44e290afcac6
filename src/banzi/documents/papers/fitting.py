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
    return sum(_half_ems(character) for character in text)


def wrapped(text: str, capacity: int) -> list[str]:
    """The lines of one paragraph when a line holds `capacity` half-ems; one line for no text.

    A blank at the end of a line is dropped, as Word lets it hang.
    """
    lines: list[str] = []
    line, used = "", 0
    for atom in _atoms(text, capacity):
        width = width_of(atom)
        if line and used + width_of(atom.rstrip()) > capacity:
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
            if widest <= _capacity(box.width, size):
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
    total = _capacity(width, size)
    return sum(len(wrapped(each.text, max(2, total - each.indent))) for each in paragraphs)


def _capacity(width: int, size: int) -> int:
    """Half-ems in a line."""
    return width // (size * HALF_POINT // 2)


def _widest_word(line: Line) -> int:
    words = (atom.rstrip() for atom in _atoms(line.text, width_of(line.text)))
    return max((width_of(word) + line.indent for word in words), default=0)


def _atoms(text: str, capacity: int) -> list[str]:
    """The pieces that no line break may divide, none wider than a line where that can be helped."""
    atoms: list[str] = []
    glue = False
    for piece in _ATOM.findall(text):
        for atom in [piece] if width_of(piece) <= capacity else list(piece):
            if atoms and (glue or atom == " " or atom in _CLOSING):
                atoms[-1] += atom
            else:
                atoms.append(atom)
            glue = atom in _OPENING
    return [part for atom in atoms for part in _divided(atom, capacity)]


def _divided(atom: str, capacity: int) -> list[str]:
    return [atom] if width_of(atom.rstrip()) <= capacity else list(atom)


def _half_ems(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" else 1
