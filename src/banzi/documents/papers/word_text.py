"""Small pieces of WordprocessingML as text: paragraphs, cells, tables with exact measures.

Forms need exact row heights, fixed columns and a font named in every slot of every run, and
thousands of them are written at a time: each piece is a text, and what repeats is made once.
Lengths are twips, sizes half-points, like the file format. Nothing here knows what a form says;
the file around the body is `word_package`.

Texts must be free of what XML cannot hold; whoever shows them sees to that (`approval_values`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from banzi.documents.papers.word import SONG

Align = Literal["left", "center", "right"]


def markup(tag: str, *children: str, **attributes: object) -> str:
    """An element of the w: namespace; attribute names without prefix, children as XML."""
    head = "".join(f" w:{name}={quoteattr(str(value))}" for name, value in attributes.items())
    body = "".join(children)
    return f"<w:{tag}{head}>{body}</w:{tag}>" if body else f"<w:{tag}{head}/>"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one size.

    Attributes
    ----------
    size, leading
        Half-points; exact distance of lines in twips.
    left, hanging
        Indent of all lines, and how far the first one stands out to the left of it, in twips.
    spacing
        Extra room after each character but the last, in twips.
    """

    text: str
    size: int
    leading: int
    align: Align = "left"
    left: int = 0
    hanging: int = 0
    spacing: int = 0

    def xml(self, section: str = "") -> str:
        """The paragraph; the last one of a section carries the section's properties."""
        head = _paragraph_properties(self.leading, self.align, self.left, self.hanging, section)
        if not self.text:
            return f"<w:p>{head}</w:p>"
        if self.spacing and len(self.text) > 1:
            spaced = _run(self.text[:-1], self.size, self.spacing)
            return f"<w:p>{head}{spaced}{_run(self.text[-1], self.size)}</w:p>"
        return f"<w:p>{head}{_run(self.text, self.size)}</w:p>"


def picture_paragraph(drawing: str, size: int) -> str:
    """A centred paragraph that holds a drawing; its line is as high as the drawing."""
    head = _paragraph_properties(240, "center", 0, 0, rule="auto")
    return f"<w:p>{head}<w:r>{_run_properties(size)}<w:drawing>{drawing}</w:drawing></w:r></w:p>"


@lru_cache(maxsize=1024)
def _paragraph_properties(
    leading: int, align: Align, left: int, hanging: int, section: str = "", rule: str = "exact"
) -> str:
    return markup(
        "pPr",
        markup("overflowPunct", val=0),
        markup("autoSpaceDE", val=0),
        markup("autoSpaceDN", val=0),
        markup("snapToGrid", val=0),
        markup("spacing", before=0, after=0, line=leading, lineRule=rule),
        markup("ind", left=left, hanging=hanging) if left else "",
        markup("jc", val=align),
        section,
    )


@lru_cache(maxsize=256)
def _run_properties(size: int, spacing: int = 0) -> str:
    """Run properties with 宋体 named for every script."""
    fonts = markup("rFonts", hint="eastAsia", ascii=SONG, hAnsi=SONG, eastAsia=SONG, cs=SONG)
    extra = markup("spacing", val=spacing) if spacing else ""
    return markup("rPr", fonts, extra, markup("sz", val=size), markup("szCs", val=size))


def _run(text: str, size: int, spacing: int = 0) -> str:
    parts = [
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else ""
        for part in text.split("\t")
    ]
    return f"<w:r>{_run_properties(size, spacing)}{'<w:tab/>'.join(parts)}</w:r>"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file has it: one row high; a taller cell is `start` and `continue` pieces.

    Attributes
    ----------
    content
        XML of its paragraphs; "" for a blank cell.
    open_sides
        Sides drawn without a line.
    margin
        Left and right margin inside, twips.
    """

    width: int
    content: str = ""
    span: int = 1
    merge: Literal["", "start", "continue"] = ""
    margin: int = 28
    align: Literal["top", "center", "bottom"] = "center"
    vertical_text: bool = False
    open_sides: tuple[Literal["top", "bottom"], ...] = ()

    def xml(self) -> str:
        merged = {
            "": "",
            "start": markup("vMerge", val="restart"),
            "continue": markup("vMerge"),
        }[self.merge]
        open_sides = [
            markup(side, val="nil") for side in ("top", "bottom") if side in self.open_sides
        ]
        properties = markup(
            "tcPr",
            markup("tcW", w=self.width, type="dxa"),
            markup("gridSpan", val=self.span) if self.span > 1 else "",
            merged,
            markup("tcBorders", *open_sides) if open_sides else "",
            markup(
                "tcMar",
                markup("left", w=self.margin, type="dxa"),
                markup("right", w=self.margin, type="dxa"),
            ),
            markup("textDirection", val="tbRlV") if self.vertical_text else "",
            markup("vAlign", val=self.align),
        )
        return markup("tc", properties, self.content or BLANK)


BLANK = Paragraph("", 16, 170).xml()
"""What stands in a cell without text: the format wants a paragraph in every cell."""


def table(columns: Sequence[int], rows: Iterable[tuple[int, str, Sequence[Cell]]]) -> str:
    """A table of fixed columns (twips); a row is its height, its rule (`row_rule`), its cells."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [markup(side, val="single", sz=4, space=0, color="000000") for side in sides]
    margins = [markup(side, w=28, type="dxa") for side in ("left", "right")]
    properties = markup(
        "tblPr",
        markup("tblW", w=sum(columns), type="dxa"),
        markup("jc", val="left"),
        markup("tblInd", w=0, type="dxa"),
        markup("tblBorders", *borders),
        markup("tblLayout", type="fixed"),
        markup("tblCellMar", *margins),
    )
    made = [
        markup(
            "tr",
            markup("trPr", markup("cantSplit"), markup("trHeight", val=height, hRule=rule)),
            *(cell.xml() for cell in cells),
        )
        for height, rule, cells in rows
    ]
    columns_xml = markup("tblGrid", *(markup("gridCol", w=width) for width in columns))
    return markup("tbl", properties, columns_xml, *made)


def row_rule(may_grow: bool) -> str:
    """How a row's height is meant."""
    return "atLeast" if may_grow else "exact"


def section(top: int, right: int, bottom: int, left: int) -> str:
    """Properties of an A4 section on a new page, with its own margins."""
    return markup(
        "sectPr",
        markup("type", val="nextPage"),
        markup("pgSz", w=11906, h=16838),
        markup(
            "pgMar", top=top, right=right, bottom=bottom, left=left, header=0, footer=0, gutter=0
        ),
    )
