"""Paragraphs of a letter, and the furniture around them.

Every paragraph has the exact line distance of the document grid and its runs the character pitch,
so that 22 lines of 28 characters stand on a page in every word processor; paragraphs do not snap
to the grid, since LibreOffice gives a character wider than its cell two cells. Nothing here knows
what a letter says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from banzi.documents.papers.fitting import width_of
from banzi.documents.papers.letters.measures import BODY, LINE, TIGHTER
from banzi.documents.papers.word import element

Align = Literal["left", "center", "right", "both"]
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one font.

    Attributes
    ----------
    size
        Half-points.
    scale
        Width of characters, per cent.
    spacing
        Twips added to each character.
    raised
        Half-points above the line: an exact line sets its text low.
    """

    text: str
    font: str
    size: int
    colour: str = ""
    scale: int = 100
    spacing: int = 0
    raised: int = 0

    def xml(self) -> Any:
        run = element("r", self._properties())
        for number, line in enumerate(self.text.split("\n")):
            if number:
                run.append(element("br"))
            for place, part in enumerate(line.split("\t")):
                if place:
                    run.append(element("tab"))
                if part:
                    written = element("t")
                    written.text = part
                    written.set(_XML_SPACE, "preserve")
                    run.append(written)
        return run

    def _properties(self) -> Any:
        font = self.font
        return element(
            "rPr",
            element("rFonts", hint="eastAsia", ascii=font, hAnsi=font, eastAsia=font, cs=font),
            element("color", val=self.colour) if self.colour else None,
            element("spacing", val=self.spacing) if self.spacing else None,
            element("w", val=self.scale) if self.scale != 100 else None,
            element("position", val=self.raised) if self.raised else None,
            element("sz", val=self.size),
            element("szCs", val=self.size),
        )


@dataclass(frozen=True, slots=True)
class Foot:
    """A frame for one paragraph at the foot of the text area, ending `bottom` twips below the paper's edge.

    `above` and `below` are widths of lines in eighths of a point, 0 for none. One frame each, since
    LibreOffice takes no frame whose paragraphs have different lines; and an ordinary paragraph
    must follow the last.
    """

    width: int
    bottom: int
    above: int
    below: int = 0

    def frame(self, height: int) -> Any:
        places = {"hAnchor": "margin", "vAnchor": "page", "xAlign": "left"}
        top = self.bottom - height
        return element("framePr", w=self.width, wrap="notBeside", y=top, **places)

    def lines(self) -> Any:
        sizes = (("top", self.above), ("bottom", self.below))
        drawn = [
            element(side, val="single", sz=size, space=1, color="000000")
            for side, size in sizes
            if size
        ]
        return element("pBdr", *drawn)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; lengths in twips.

    Attributes
    ----------
    first
        Indent of the first line beyond `left`; negative for a hanging indent.
    together
        Stays on the page of the paragraph that follows.
    """

    runs: tuple[Run, ...]
    align: Align = "both"
    left: int = 0
    right: int = 0
    first: int = 0
    before: int = 0
    leading: int = LINE
    together: bool = False
    new_page: bool = False
    heading: int = 0
    red_line: tuple[str, int] | None = None
    foot: Foot | None = None
    tab: int = 0

    @property
    def height(self) -> int:
        """Height of the paragraph in the foot of the page, twips; full-width metrics."""
        text = "".join(run.text for run in self.runs)
        if self.foot is None or self.tab:
            return self.leading
        half_em = self.runs[0].size * 5
        first = (self.foot.width - self.left - self.right - self.first) // half_em
        others = (self.foot.width - self.left - self.right) // half_em
        return self.leading * (1 + -(-max(0, width_of(text) - first) // others))

    def xml(self) -> Any:
        line = None
        if self.red_line:
            colour, points = self.red_line
            bottom = element("bottom", val="single", sz=12, space=points, color=colour)
            line = element("pBdr", bottom)
        elif self.foot:
            line = self.foot.lines()
        indent: dict[str, int] = {"left": self.left, "right": self.right}
        if self.first < 0:
            indent["hanging"] = -self.first
        else:
            indent["firstLine"] = self.first
        properties = element(
            "pPr",
            element("keepNext") if self.together else None,
            element("pageBreakBefore") if self.new_page else None,
            self.foot.frame(self.height) if self.foot else None,
            line,
            element("tabs", element("tab", val="right", pos=self.tab)) if self.tab else None,
            element("overflowPunct", val=0),
            element("autoSpaceDE", val=0),
            element("autoSpaceDN", val=0),
            element("snapToGrid", val=0),
            element("spacing", before=self.before, after=0, line=self.leading, lineRule="exact"),
            element("ind", **indent),
            element("jc", val=self.align),
            element("outlineLvl", val=self.heading - 1) if self.heading else None,
        )
        return element("p", properties, *(run.xml() for run in self.runs if run.text))


@dataclass(frozen=True, slots=True)
class Rule:
    """A double rule across the page, reaching beyond the text area on both sides.

    An almost empty paragraph between two single lines: word processors disagree about what
    `thickThinSmallGap` puts on top.

    Attributes
    ----------
    above, below
        Widths of the two lines, eighths of a point.
    gap, beyond, before
        Between the lines, beyond the text area on either side, above the rule: twips.
    """

    above: int
    below: int
    gap: int
    beyond: int
    colour: str
    before: int = 0

    def xml(self) -> Any:
        lines = [
            element(side, val="single", sz=size, space=0, color=self.colour)
            for side, size in (("top", self.above), ("bottom", self.below))
        ]
        return _thin_paragraph(
            element("pBdr", *lines),
            element("snapToGrid", val=0),
            element("spacing", before=self.before, after=0, line=self.gap, lineRule="exact"),
            element("ind", left=-self.beyond, right=-self.beyond),
        )


def space(height: int) -> Any:
    """An empty paragraph of so many twips."""
    return _thin_paragraph(
        element("snapToGrid", val=0),
        element("spacing", before=0, after=0, line=height, lineRule="exact"),
    )


def _thin_paragraph(*properties: Any) -> Any:
    size = element("rPr", element("sz", val=2), element("szCs", val=2))
    return element("p", element("pPr", *properties, size))


def body_run(text: str, font: str) -> Run:
    """Text of the body's size, at the pitch of its grid."""
    return Run(text, font, BODY, spacing=TIGHTER)


def blank(font: str, size: int, together: bool = False) -> Text:
    """An empty line of the grid."""
    return Text((Run("", font, size),), "left", together=together)


def page_number(font: str, size: int, odd: bool) -> Any:
    """`— 1 —`: on odd pages right, on even pages left, each with one blank character."""
    field = element("fldSimple", Run("1", font, size).xml(), instr=" PAGE ")
    edge = size * 10
    properties = element(
        "pPr",
        element("snapToGrid", val=0),
        element("spacing", before=0, after=0, line=size * 10, lineRule="exact"),
        element("ind", left=0 if odd else edge, right=edge if odd else 0, firstLine=0),
        element("jc", val="right" if odd else "left"),
    )
    return element("p", properties, Run("— ", font, size).xml(), field, Run(" —", font, size).xml())
