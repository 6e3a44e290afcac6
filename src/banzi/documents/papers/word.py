"""Small pieces of WordprocessingML: paragraphs, cells, rows and tables with exact measures.

python-docx opens and saves the package; what stands in it is written here, since forms need exact
row heights, fixed columns and a font named in every slot of every run. Lengths are twips, sizes
half-points, like the file format. Nothing here knows what a form says.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

SONG = "宋体"
"""Font of the form. Named, never embedded: offices have it."""

Align = Literal["left", "center", "right"]

_MAIN_PART = "word/document.xml"
_PACKED_AT = (1980, 1, 1, 0, 0, 0)
_KEPT_OF_STYLES = ("w:docDefaults", "w:latentStyles")


def twips(millimetres: float) -> int:
    """Millimetres to twips, rounded (one twip is 0.018 mm)."""
    return round(millimetres * 1440 / 25.4)


def element(tag: str, *children: Any, **attributes: object) -> Any:
    """An element of the w: namespace; attribute names without prefix."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(child for child in children if child is not None)
    return made


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph in one size.

    Attributes
    ----------
    size, leading
        Half-points; exact line distance in twips.
    left, hanging
        Indent of all lines, and how far the first one stands out to the left of it, in twips.
    spacing
        Extra room after each character but the last, in twips.
    picture
        A drawing in place of the text.
    """

    text: str
    size: int
    leading: int
    align: Align = "left"
    left: int = 0
    hanging: int = 0
    spacing: int = 0
    picture: Any = None

    def xml(self) -> Any:
        indent = element("ind", left=self.left, hanging=self.hanging) if self.left else None
        line_rule = "auto" if self.picture is not None else "exact"
        line = 240 if self.picture is not None else self.leading
        properties = element(
            "pPr",
            element("overflowPunct", val=0),
            element("autoSpaceDE", val=0),
            element("autoSpaceDN", val=0),
            element("snapToGrid", val=0),
            element("spacing", before=0, after=0, line=line, lineRule=line_rule),
            indent,
            element("jc", val=self.align),
        )
        return element("p", properties, *self._runs())

    def _runs(self) -> list[Any]:
        if self.picture is not None:
            return [element("r", run_properties(self.size), self.picture)]
        if self.spacing and len(self.text) > 1:
            head = _run(self.text[:-1], self.size, self.spacing)
            return [head, _run(self.text[-1], self.size)]
        return [_run(self.text, self.size)] if self.text else []


def run_properties(size: int, spacing: int = 0) -> Any:
    """Run properties with 宋体 named for every script."""
    fonts = element("rFonts", hint="eastAsia", ascii=SONG, hAnsi=SONG, eastAsia=SONG, cs=SONG)
    extra = element("spacing", val=spacing) if spacing else None
    return element("rPr", fonts, extra, element("sz", val=size), element("szCs", val=size))


def _run(text: str, size: int, spacing: int = 0) -> Any:
    run = element("r", run_properties(size, spacing))
    for number, part in enumerate(text.split("\t")):
        if number:
            run.append(element("tab"))
        if part:
            written = element("t")
            written.text = part
            written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(written)
    return run


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file has it: one row high; a taller cell is `start` and `continue` pieces.

    Attributes
    ----------
    open_sides
        Sides drawn without a line.
    margin
        Left and right margin inside, twips.
    """

    width: int
    paragraphs: Sequence[Paragraph]
    span: int = 1
    merge: Literal["", "start", "continue"] = ""
    margin: int = 28
    align: Literal["top", "center", "bottom"] = "center"
    vertical_text: bool = False
    open_sides: tuple[Literal["top", "bottom"], ...] = ()

    def xml(self) -> Any:
        merged = {
            "": None,
            "start": element("vMerge", val="restart"),
            "continue": element("vMerge"),
        }[self.merge]
        open_sides = [
            element(side, val="nil") for side in ("top", "bottom") if side in self.open_sides
        ]
        properties = element(
            "tcPr",
            element("tcW", w=self.width, type="dxa"),
            element("gridSpan", val=self.span) if self.span > 1 else None,
            merged,
            element("tcBorders", *open_sides) if open_sides else None,
            element(
                "tcMar",
                element("left", w=self.margin, type="dxa"),
                element("right", w=self.margin, type="dxa"),
            ),
            element("textDirection", val="tbRlV") if self.vertical_text else None,
            element("vAlign", val=self.align),
        )
        blank = Paragraph("", 16, 170)
        return element("tc", properties, *(each.xml() for each in self.paragraphs or (blank,)))


def table(columns: Sequence[int], rows: Iterable[tuple[int, bool, Sequence[Cell]]]) -> Any:
    """A table of fixed columns (twips); a row is its height, whether it may grow, its cells."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = [element(side, val="single", sz=4, space=0, color="000000") for side in sides]
    margins = [element(side, w=28, type="dxa") for side in ("left", "right")]
    properties = element(
        "tblPr",
        element("tblW", w=sum(columns), type="dxa"),
        element("jc", val="left"),
        element("tblInd", w=0, type="dxa"),
        element("tblBorders", *borders),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins),
    )
    made = element(
        "tbl", properties, element("tblGrid", *(element("gridCol", w=width) for width in columns))
    )
    for height, may_grow, cells in rows:
        rule = element("trHeight", val=height, hRule="atLeast" if may_grow else "exact")
        made.append(
            element(
                "tr", element("trPr", element("cantSplit"), rule), *(cell.xml() for cell in cells)
            )
        )
    return made


def section(top: int, right: int, bottom: int, left: int) -> Any:
    """Properties of an A4 section on a new page, with its own margins."""
    return element(
        "sectPr",
        element("type", val="nextPage"),
        element("pgSz", w=11906, h=16838),
        element(
            "pgMar", top=top, right=right, bottom=bottom, left=left, header=0, footer=0, gutter=0
        ),
    )


def blank_document(title: str, written_at: datetime) -> Any:
    """An empty document whose styles and settings name 宋体 and add no space of their own."""
    document = Document()
    body = document.element.body
    for child in list(body):
        body.remove(child)
    fonts = document.styles.element.find(".//" + qn("w:docDefaults") + "//" + qn("w:rFonts"))
    fonts.attrib.clear()
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), SONG)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, "", "", ""
    core.created = core.modified = written_at
    core.language = "zh-CN"
    return document


def save(document: Any, path: Path, body: str = "") -> None:
    """Write the package with fixed times inside, so that the same form gives the same bytes.

    Parameters
    ----------
    body
        WordprocessingML that stands as the body in place of what the document holds: long tables
        are written as text, since moving parsed rows into a document takes time with its square.
    """
    buffer = io.BytesIO()
    document.save(buffer)
    with (
        zipfile.ZipFile(buffer) as made,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for name in made.namelist():
            content = made.read(name)
            if body and name == _MAIN_PART:
                content = _with_body(content, body)
            kept.writestr(zipfile.ZipInfo(name, _PACKED_AT), content, zipfile.ZIP_DEFLATED)


def _with_body(content: bytes, body: str) -> bytes:
    start, end = content.index(b"<w:body"), content.index(b"</w:document>")
    return content[:start] + f"<w:body>{body}</w:body>".encode() + content[end:]
