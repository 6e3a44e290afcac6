"""Measures of GB/T 9704-2012, each once, in the units of a .docx (formats.md 6).

A4 with 37 mm above and 28 mm left of a text area of 156 × 225 mm; 22 lines of 28 characters of
16 pt. Twenty-eight of them are wider than 156 mm, so a character grid sets them at 15.79 pt;
22 lines at 29 pt are higher than 225 mm, so lines are exactly 28.95 pt apart.
"""

from __future__ import annotations

from banzi.documents.papers.word import twips

TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 26.0, 35.0
"""Margins, millimetres."""

LINES, CHARACTERS = 22, 28
LINE = 579
"""Exact line distance, twips: 28.95 pt."""

BODY, TITLE, SMALL = 32, 44, 28
"""Half-points: 3号 body, 2号 title, 4号 page numbers and imprint."""

TEXT_WIDTH = 11906 - twips(LEFT) - twips(RIGHT)
"""Width of the text area, twips."""

CHARACTER = TEXT_WIDTH / CHARACTERS
"""Twips from one character to the next: 15.79 pt."""

GRID_SPACE = int((CHARACTER / 20 - BODY / 2) * 4096) - 8
"""`w:charSpace`: 1/4096 pt added to each character of body size; the 8 keep rounding below 28."""

TIGHTER = -6
"""Twips added to each character of the body: 28 of 15.7 pt fit into the width, 29 do not.

At -5 the sum fits too, but LibreOffice then sets 27.
"""

TITLE_CAPACITY = TEXT_WIDTH * 2 // (TITLE * 10)
"""Half-ems of title that a line holds."""

MARK_TOP = 35.0
"""Top of 发文机关标志 below the top of the text area, millimetres."""

MARK_HEIGHT = 22.0
"""Greatest height of its characters, millimetres."""

RED = "FF0000"
RED_LINE_BELOW = 4.0
"""Red line below 发文字号, millimetres."""

LETTER_MARK_TOP = 30.0
"""信函格式: top of 发文机关标志 below the edge of the paper, millimetres."""

LETTER_MARK_HEIGHT = 15.0
"""信函格式: greatest height of its characters, millimetres; the standard leaves it to the office."""

RULE_BELOW_MARK, RULE_ABOVE_EDGE = 4.0, 20.0
"""信函格式: upper red rule below the mark, lower one above the edge of the paper, millimetres."""

RULE_LENGTH = 170.0
"""Length of both red rules, millimetres, in the middle of the text area."""

TEXT_BELOW_RULE = BODY / 2 * 7 / 8
"""信函格式: top of the first characters below the upper rule, points: 7/8 of a 3号 character."""

PAGE_NUMBER_BELOW = 7.0
"""Dash of the page number below the text area, millimetres."""

THICK, THIN = 8, 6
"""Lines of the imprint, eighths of a point: 0.35 mm and 0.25 mm."""

DATE_INDENT, NOTE_INDENT = 4, 2
"""Characters that 成文日期 stands in from the right, and 附注 from the left."""


def characters(count: float) -> int:
    """So many characters of the grid, twips."""
    return round(count * CHARACTER)
