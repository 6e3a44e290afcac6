"""版记: rows at the foot of the last page, one blank character in from both sides.

文件格式 sets them between lines; 信函格式 (GB/T 9704-2012, 10.1) prints 抄送 alone and no line.
"""

from __future__ import annotations

from dataclasses import replace

from banzi.documents.papers.fitting import width_of
from banzi.documents.papers.letters import measures as m
from banzi.documents.papers.letters.letter import Fonts, Form, Imprint, day_text
from banzi.documents.papers.letters.pieces import Foot, Run, Text
from banzi.documents.papers.word import twips
from banzi.kernel.messages import gettext_noop as _

_COPIES = _("抄送：")
_PRINTED = _("{day}印发")
_PAGE_HEIGHT = 16838

_LINE = 480
"""Twips: 24 pt, close enough to the grid for 14 pt text."""

_RAISED = 4
"""Half-points: puts the text in the middle between its lines."""


def imprint_rows(imprint: Imprint, form: Form, fonts: Fonts) -> list[Text]:
    """The rows, each in a frame of its own, and the ordinary paragraph that must follow them."""
    size, edge = m.SMALL, m.SMALL * 10
    rows: list[Text] = []
    if imprint.copies_to:
        left = edge + edge * width_of(_COPIES) // 2
        text = _COPIES + "，".join(imprint.copies_to) + "。"
        run = Run(text, fonts.body, size, raised=_RAISED)
        rows.append(Text((run,), "left", left, edge, edge - left))
    if form is Form.DOCUMENT and (imprint.printed_by or imprint.printed_on):
        day = _PRINTED.replace("{day}", day_text(imprint.printed_on))
        run = Run(f"{imprint.printed_by}\t{day}", fonts.body, size, raised=_RAISED)
        rows.append(Text((run,), "left", edge, tab=m.TEXT_WIDTH - edge))
    if not rows:
        return []
    thick, thin = (m.THICK, m.THIN) if form is Form.DOCUMENT else (0, 0)
    bottom = _PAGE_HEIGHT - twips(m.BOTTOM)
    framed: list[Text] = []
    for row in reversed(rows):
        foot = Foot(m.TEXT_WIDTH, bottom, thick, 0 if framed else thick)
        if row is not rows[0]:
            foot = replace(foot, above=thin)
        framed.insert(0, replace(row, leading=_LINE, foot=foot))
        bottom -= framed[0].height
    return [*framed, Text((), leading=20)]
