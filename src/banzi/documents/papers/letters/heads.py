"""版头: the red head of 文件格式, and what stands above and below the first page of 信函格式.

信函格式 (GB/T 9704-2012, 10.1) has no red head over the text: the mark, without 文件, and two red
double rules frame the first page, the upper thick over thin, the lower thin over thick. They stand in
the header and footer of that page, so that no change to the text moves them; that page carries no
page number. 份号, 密级 and 紧急程度 stand left below the upper rule and 发文字号 right, on the first of
these lines.

Sources: the places of mark, rules, number and marks, the length of the rules, the missing page
number and the imprint without 印发 and lines agree in two public accounts of 10.1; that the text
begins 7/8 of a character below the rule is stated of 发文字号 there. The height of the mark is left
to the office: 15 mm here. How thick the rules are has no source; they are drawn 3 pt and 0.75 pt.
Left out: a last line of text may go down to the lower rule on the first page; here the text area
ends 35 mm above the edge of the paper as on every page.
"""

from __future__ import annotations

from typing import Any

from banzi.documents.papers.fitting import width_of
from banzi.documents.papers.letters import measures as m
from banzi.documents.papers.letters.letter import Fonts, Form, Head
from banzi.documents.papers.letters.measures import characters
from banzi.documents.papers.letters.pieces import (
    Rule,
    Run,
    Text,
    blank,
    body_run,
    page_number,
    space,
)
from banzi.documents.papers.word import element, twips
from banzi.kernel.messages import gettext_noop as _

_SIGNER = _("签发人：")
_BELOW_CHARACTERS = 0.2 * m.LINE / 20 - 0.14 * m.BODY / 2
"""Points from the foot of the characters to the foot of their exact line."""

_ABOVE_CHARACTERS = 0.8 * m.LINE / 20 - 0.86 * m.BODY / 2
"""Points from the top of an exact line to the top of its characters."""

_THICK, _THIN, _GAP = 24, 6, 30
"""Red rules of 信函格式: eighths of a point, and the twips between."""

_BELOW_MARK = 0.1
"""Share of its size that an exact line of 1.2 sizes leaves below a mark."""

_NUMBER_LINE = m.SMALL * 10
_FOOT_OF_NUMBER = m.BOTTOM - m.PAGE_NUMBER_BELOW - _NUMBER_LINE / 2 / 1440 * 25.4
"""Millimetres from the edge of the paper to the line of the page number."""


def head_lines(head: Head, form: Form, fonts: Fonts) -> list[Text]:
    """What stands above the title in the text area, with two blank lines at its end."""
    lines = _letter_head(head, fonts) if form is Form.LETTER else _red_head(head, fonts)
    return [*lines, blank(fonts.body, m.BODY), blank(fonts.body, m.BODY)]


def section(head: Head | None, form: Form) -> Any:
    """Page and grid; in 信函格式 header and footer begin where mark and rule do.

    That form has no grid: lines and characters have their distances anyhow, and LibreOffice puts
    the lines of a grid into the middle of what the header leaves, up to half a line too low.
    """
    above, below = 15.0, round(_FOOT_OF_NUMBER, 1)
    grid = element("docGrid", type="linesAndChars", linePitch=m.LINE, charSpace=m.GRID_SPACE)
    if head and form is Form.LETTER:
        grid = None
        size, _scale = _mark_size(head.mark, m.LETTER_MARK_HEIGHT)
        above, below = m.LETTER_MARK_TOP - size / 2 / 72 * 25.4 / 10, m.RULE_ABOVE_EDGE
    return element(
        "sectPr",
        element("pgSz", w=11906, h=16838),
        element(
            "pgMar",
            top=twips(m.TOP),
            right=twips(m.RIGHT),
            bottom=twips(m.BOTTOM),
            left=twips(m.LEFT),
            header=twips(above),
            footer=twips(below),
            gutter=0,
        ),
        grid,
    )


def add_headers_and_footers(document: Any, head: Head | None, form: Form, fonts: Fonts) -> None:
    """Page numbers; in 信函格式 mark and rules in place of the first one."""
    document.settings.odd_and_even_pages_header_footer = True
    part = document.sections[0]
    framed = bool(head) and form is Form.LETTER
    lift = twips(_FOOT_OF_NUMBER - m.RULE_ABOVE_EDGE)
    for footer, odd in ((part.footer, True), (part.even_page_footer, False)):
        number = page_number(fonts.number, m.SMALL, odd)
        _fill(footer, [number, space(lift)] if framed else [number])
    if head and framed:
        part.different_first_page_header_footer = True
        size, scale = _mark_size(head.mark, m.LETTER_MARK_HEIGHT)
        mark = Run(head.mark, fonts.title, size, m.RED, scale)
        before = twips(m.RULE_BELOW_MARK) - round(size * 10 * _BELOW_MARK)
        beyond = (twips(m.RULE_LENGTH) - m.TEXT_WIDTH) // 2
        above = Rule(_THICK, _THIN, _GAP, beyond, m.RED, before)
        _fill(
            part.first_page_header,
            [Text((mark,), "center", leading=size * 12).xml(), above.xml()],
        )
        _fill(part.first_page_footer, [Rule(_THIN, _THICK, _GAP, beyond, m.RED).xml()])


def _fill(place: Any, content: list[Any]) -> None:
    place.is_linked_to_previous = False
    inside = place._element  # python-docx has no way to set a field or a frame
    for old in list(inside):
        inside.remove(old)
    inside.extend(content)


def _marks(head: Head, fonts: Fonts) -> list[Run]:
    marks = (head.copy_number, head.secrecy, head.urgency)
    return [body_run(text, fonts.first) for text in marks if text]


def _red_head(head: Head, fonts: Fonts) -> list[Text]:
    lines = [Text((mark,), "left") for mark in _marks(head, fonts)]
    lines += [blank(fonts.body, m.BODY)] * (3 - len(lines))
    size, scale = _mark_size(head.mark, m.MARK_HEIGHT)
    room = twips(m.MARK_TOP) - len(lines) * m.LINE
    mark = Run(head.mark, fonts.title, size, m.RED, scale)
    # Characters stand in the lower four fifths of an exact line; their top is the line's top
    # and a tenth of the size.
    lines.append(Text((mark,), "center", before=max(0, room - size), leading=size * 12))
    lines += [blank(fonts.body, m.BODY)] * 2
    return [*lines, _number_line(head, fonts)]


def _number_line(head: Head, fonts: Fonts) -> Text:
    below = round(m.RED_LINE_BELOW / 25.4 * 72 - _BELOW_CHARACTERS)
    number = body_run(head.number or "　", fonts.body)
    if not head.signers:
        return Text((number,), "center", red_line=(m.RED, below))
    runs = (
        body_run("　", fonts.body),
        number,
        body_run(f"\t{_SIGNER}", fonts.body),
        Run("　".join(head.signers), fonts.second, m.BODY),
    )
    return Text(runs, "left", red_line=(m.RED, below), tab=m.TEXT_WIDTH - characters(1))


def _letter_head(head: Head, fonts: Fonts) -> list[Text]:
    before = round((m.TEXT_BELOW_RULE - _ABOVE_CHARACTERS) * 20)
    first, *others = _marks(head, fonts) or [body_run("", fonts.body)]
    number = body_run(f"\t{head.number}", fonts.body)
    top = Text((first, number), "left", before=before, tab=m.TEXT_WIDTH)
    return [top, *(Text((mark,), "left") for mark in others)]


def _mark_size(mark: str, height: float) -> tuple[int, int]:
    """Size (half-points) and width (per cent) at which the red mark fits one line.

    A long mark is set narrower before it is set small: 22 × 15 mm is the customary character.
    `height` is that of the largest character, millimetres.
    """
    ems = width_of(mark) / 2 or 1
    largest = int(height / 25.4 * 144)
    fitting = int(m.TEXT_WIDTH / 10 / ems)
    if fitting >= largest:
        return largest, 100
    narrow = int(100 * 15 / 22)
    size = min(largest, int(fitting * 100 / narrow), max(fitting, 80))
    return size, max(narrow, min(100, int(100 * fitting / size)))
