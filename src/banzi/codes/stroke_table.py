"""Strokes of each character, and the corrections a department adds.

`tables/stroke_order.csv` gives for a character its five-class stroke string (横1 竖2 撇3 点4 折5;
提 as 横, 竖钩 as 竖, 捺 as 点) and `tie`, its place among characters with the same string.
Corrections come as a file of the same three columns: strokes for a character the table lacks, or
another `tie`.

Not here: comparing names (`strokes`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from banzi.codes.lookup import read_rows
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

HEADER = ("char", "seq", "tie")
CHINESE_HEADER = ("字", "笔顺", "次序")

WRONG_HEADER = MessageKind(
    "strokes/overrides-header", _("补充文件首行应为“字,笔顺,次序”或“char,seq,tie”")
)
NOT_ONE_CHARACTER = MessageKind("strokes/overrides-character", _("应填一个汉字，现为“{text}”"))
WRONG_STROKES = MessageKind(
    "strokes/overrides-strokes",
    _("“{char}”的笔顺应由1（横）2（竖）3（撇）4（点）5（折）组成，现为“{text}”"),
)
STROKES_NEEDED = MessageKind(
    "strokes/overrides-strokes-needed", _("笔顺表中没有“{char}”；须填笔顺")
)
WRONG_TIE = MessageKind("strokes/overrides-tie", _("“{char}”的次序应为不小于0的整数，现为“{text}”"))
GIVEN_TWICE = MessageKind("strokes/overrides-twice", _("“{char}”出现了不止一次"))


@dataclass(frozen=True, slots=True)
class Strokes:
    """Strokes of one character.

    `settled` when a person gave the place among equal strings; `composed` when the string was put
    together from the character's parts and nobody has compared it with a published list.
    """

    sequence: str
    tie: int
    settled: bool = False
    composed: bool = False


Overrides = Mapping[str, Strokes]


@cache
def shipped() -> Mapping[str, Strokes]:
    """The table that comes with the program, by character."""
    return {
        row["char"]: Strokes(row["seq"], int(row["tie"]), composed=row["source"] == "composed")
        for row in read_rows("stroke_order.csv")
    }


def read_overrides(text: str, file: str) -> dict[str, Strokes]:
    """Read corrections from CSV text: header `字,笔顺,次序`, one character a row.

    An empty 笔顺 keeps the strokes of the table; an empty 次序 keeps the place of the table, or
    for a new character puts it after those with the same strokes.

    Raises
    ------
    BadInput
        With every row that cannot be used.
    """
    problems = ProblemLog()
    found: dict[str, Strokes] = {}
    rows = csv.reader(io.StringIO(text))
    header = tuple(cell.strip() for cell in next(rows, []))
    if header not in (HEADER, CHINESE_HEADER):
        problems.add(WRONG_HEADER(), Location(file, row=1))
        problems.stop_if_any()
    for row in rows:
        char, sequence, tie = ([cell.strip() for cell in row] + ["", "", ""])[:3]
        if not (char or sequence or tie):
            continue
        at = Location(file, row=rows.line_num, column=char)
        known = shipped().get(char)
        if len(char) != 1:
            problems.add(NOT_ONE_CHARACTER(text=char), at)
        elif char in found:
            problems.add(GIVEN_TWICE(char=char), at)
        elif sequence and not re.fullmatch("[1-5]+", sequence):
            problems.add(WRONG_STROKES(char=char, text=sequence), at)
        elif not sequence and known is None:
            problems.add(STROKES_NEEDED(char=char), at)
        elif tie and not re.fullmatch("[0-9]+", tie):
            problems.add(WRONG_TIE(char=char, text=tie), at)
        else:
            strokes = sequence or (known.sequence if known else "")
            found[char] = Strokes(
                strokes, int(tie) if tie else _default_tie(char, strokes), bool(tie)
            )
    problems.stop_if_any()
    return found


def _default_tie(char: str, sequence: str) -> int:
    known = shipped().get(char)
    if known and known.sequence == sequence:
        return known.tie
    return 1 + max((s.tie for s in shipped().values() if s.sequence == sequence), default=-1)
