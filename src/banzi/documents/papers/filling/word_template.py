"""A .docx of the office's own as a template: fields filled, rows and paragraphs repeated.

A field may be spread over several runs, as Word leaves them after spelling checks and edits; what
stands for it takes the look of its first character. A block repeats the rows of a table or the
paragraphs between its ends; both ends in one paragraph repeat the text between them. Everything
else of the file stays as it is.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.parts.story import StoryPart
from docx.shared import Mm

from banzi.documents.papers.filling.fields import Values
from banzi.documents.papers.filling.markers import (
    PHOTO_SIZE,
    Marker,
    Placed,
    is_photo,
    markers_in,
)
from banzi.documents.papers.filling.packages import refuse_unsafe
from banzi.documents.papers.pictures import fitted, measured
from banzi.documents.papers.word import element, save
from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

NOT_WORD = MessageKind(
    "filling/not-word", _("不是能打开的Word文档（.docx）；请用Word或WPS另存为“Word文档（*.docx）”")
)
CROSSED = MessageKind(
    "filling/crossed", _("“{name}”的首尾不在同一张表或同一层段落中；请移到同一行或同一层")
)
PART_NAMES = {"header": _("页眉"), "footer": _("页脚")}
BODY, TABLE = _("正文"), _("表{number}")

_WIDTH, _HEIGHT = 25.0, 33.0
"""Millimetres of a photograph whose field names no size; a cell may make it smaller."""
_CELL_ROOM = 2.0
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class WordTemplate:
    """A template that was opened; filling never changes the file."""

    def __init__(self, file: Path, shown_as: str = "") -> None:
        self.name = shown_as or str(file)
        refuse_unsafe(file, self.name)
        self._content = file.read_bytes()
        document = self._open()
        self.placed = tuple(_placed(document, self.name))

    def fill(self, whole: Values, turns: Sequence[Values], path: Path) -> None:
        """Write one file: the body once for each of `turns`, a page each; `whole` for the rest.

        Raises
        ------
        BadInput
            `filling/crossed`.
        """
        document = self._open()
        for part in _stories(document):
            if part is not document.part:
                _Filler(part, self.name).fill(part.element, [turns[0], whole])
        body = document.element.body
        content = [child for child in body if child.tag != qn("w:sectPr")]
        for child in content:
            body.remove(child)
        for number, turn in enumerate(turns):
            made = element("body")
            made.extend(copy.deepcopy(content))
            _Filler(document.part, self.name).fill(made, [turn, whole])
            if number:
                _begin_page(made)
            for child in list(made):
                body.insert(len(body) - (body.find(qn("w:sectPr")) is not None), child)
        for number, drawing in enumerate(body.iter(qn("wp:docPr")), start=1):
            drawing.set("id", str(number))
        save(document, path)

    def _open(self) -> Any:
        try:
            return Document(io.BytesIO(self._content))
        except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile):
            raise BadInput([Problem(NOT_WORD(), Location(self.name))]) from None


class _Filler:
    """Fills one part of a document."""

    def __init__(self, part: Any, file: str) -> None:
        self._part, self._file = part, file

    def fill(self, root: Any, scopes: Sequence[Values]) -> None:
        """Fill everything below `root`; a field is looked up in the scopes from the first on."""
        while pair := _first_block(root):
            self._repeat(*pair, scopes)
        for paragraph in list(root.iter(qn("w:p"))):
            self._paragraph(paragraph, scopes)

    def _repeat(self, first: Any, last: Any, name: str, scopes: Sequence[Values]) -> None:
        turns = next((each.blocks[name] for each in scopes if name in each.blocks), ())
        group = _group(first, last)
        if group is None:
            raise BadInput([Problem(CROSSED(name=name), Location(self._file))])
        _cut(first, "open", name)
        _cut(last, "close", name)
        edges = {id(group[0]), id(group[-1])} if len(group) > 1 else set()
        kept = [each for each in group if id(each) not in edges or _says_something(each)]
        anchor = group[0]
        for turn in turns:
            holder = element("body")
            holder.extend(copy.deepcopy(kept))
            self.fill(holder, [turn, *scopes])
            for child in list(holder):
                anchor.addprevious(child)
        for each in group:
            each.getparent().remove(each)

    def _paragraph(self, paragraph: Any, scopes: Sequence[Values]) -> None:
        self._inline_blocks(paragraph, scopes)
        pieces = _texts(paragraph)
        text = "".join(piece.text or "" for piece in pieces)
        for marker in reversed(list(markers_in(text))):
            if marker.kind != "field":
                continue
            if is_photo(marker.name):
                run = _replace(pieces, marker, "")
                self._photo(run, marker.name, scopes)
            else:
                _replace(pieces, marker, _looked_up(marker.name, scopes))
        for piece in pieces:
            _break_lines(piece)

    def _inline_blocks(self, paragraph: Any, scopes: Sequence[Values]) -> None:
        while True:
            pieces = _texts(paragraph)
            text = "".join(piece.text or "" for piece in pieces)
            marks = [marker for marker in markers_in(text) if marker.kind != "field"]
            if len(marks) < 2:
                return
            opening, closing = marks[0], marks[1]
            inner = text[opening.end : closing.start]
            turns = next((s.blocks[opening.name] for s in scopes if opening.name in s.blocks), ())
            said = "".join(_filled(inner, [turn, *scopes]) for turn in turns)
            whole = Marker("field", opening.name, opening.start, closing.end)
            _replace(pieces, whole, said.rstrip("、，；, "))

    def _photo(self, run: Any, name: str, scopes: Sequence[Values]) -> None:
        content = next((each.photo for each in scopes if each.photo), None)
        size = measured(content) if content else None
        if content is None or size is None:
            return
        wanted = PHOTO_SIZE.fullmatch(name)
        box = (float(wanted[1]), float(wanted[2])) if wanted else (_WIDTH, _HEIGHT)
        room = _cell_width(run)
        if room and not wanted:
            box = (min(box[0], room), box[1])
        width, height = fitted(size[:2], *box)
        inline = self._part.new_pic_inline(io.BytesIO(content), width=Mm(width), height=Mm(height))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        run.append(element("drawing", inline))


def _looked_up(name: str, scopes: Sequence[Values]) -> str:
    return next((each.texts[name] for each in scopes if name in each.texts), "")


def _filled(text: str, scopes: Sequence[Values]) -> str:
    for marker in reversed(list(markers_in(text))):
        text = text[: marker.start] + _looked_up(marker.name, scopes) + text[marker.end :]
    return text


def _stories(document: Any) -> Iterator[Any]:
    """The document's body, headers and footers."""
    yield document.part
    for part in document.part.package.iter_parts():
        if isinstance(part, StoryPart) and part is not document.part:
            yield part


def _placed(document: Any, file: str) -> Iterator[Placed]:
    """Every paragraph's text with the place where a person finds it."""
    for part in _stories(document):
        kind = str(part.partname).rsplit("/", 1)[-1].rstrip("0123456789.xml")
        area = PART_NAMES.get(kind, BODY)
        tables = list(part.element.iter(qn("w:tbl")))
        for number, paragraph in enumerate(part.element.iter(qn("w:p")), start=1):
            text = "".join(piece.text or "" for piece in _texts(paragraph))
            row = _ancestor(paragraph, "w:tr")
            if row is None:
                yield Placed(text, Location(file, area, number))
                continue
            table = _ancestor(row, "w:tbl")
            rows = [each for each in table if each.tag == qn("w:tr")]
            name = TABLE.replace("{number}", str(tables.index(table) + 1))
            cell = _ancestor(paragraph, "w:tc")
            column = [each for each in row if each.tag == qn("w:tc")].index(cell) + 1
            place = f"{name}" if area == BODY else f"{area}{name}"
            yield Placed(text, Location(file, place, rows.index(row) + 1, str(column)))


def _ancestor(node: Any, tag: str) -> Any:
    return next(node.iterancestors(qn(tag)), None)


def _texts(paragraph: Any) -> list[Any]:
    """The text elements of a paragraph, not those of text boxes that hang on it."""
    return [piece for piece in paragraph.iter(qn("w:t")) if _ancestor(piece, "w:p") is paragraph]


def _first_block(root: Any) -> tuple[Any, Any, str] | None:
    """Paragraphs where a block opens and closes, other than within one paragraph."""
    opened: tuple[Any, str] | None = None
    for paragraph in root.iter(qn("w:p")):
        text = "".join(piece.text or "" for piece in _texts(paragraph))
        for marker in markers_in(text):
            if marker.kind == "open":
                opened = (paragraph, marker.name)
            elif marker.kind == "close" and opened is not None:
                if opened[0] is not paragraph:
                    return opened[0], paragraph, marker.name
                opened = None
    return None


def _group(first: Any, last: Any) -> list[Any] | None:
    """The rows, or the paragraphs and tables of one level, from the first to the last."""
    for tag in ("w:tr", ""):
        top = _ancestor(first, tag) if tag else first
        end = _ancestor(last, tag) if tag else last
        if top is None or end is None or top.getparent() is not end.getparent():
            continue
        siblings = list(top.getparent())
        return siblings[siblings.index(top) : siblings.index(end) + 1]
    return None


def _cut(paragraph: Any, kind: str, name: str) -> None:
    pieces = _texts(paragraph)
    text = "".join(piece.text or "" for piece in pieces)
    marker = next(m for m in markers_in(text) if m.kind == kind and m.name == name)
    _replace(pieces, marker, "")


def _says_something(node: Any) -> bool:
    """Whether a row or paragraph holds more than the end of a block that stood in it."""
    if any((piece.text or "").strip() for piece in node.iter(qn("w:t"))):
        return True
    return node.tag not in (qn("w:p"), qn("w:tr")) or node.find(".//" + qn("w:drawing")) is not None


def _replace(pieces: Sequence[Any], marker: Marker, text: str) -> Any:
    """Put the text in place of the marker, in the run where it begins; that run is returned."""
    place, run = 0, None
    for piece in pieces:
        own = piece.text or ""
        begin, end = place, place + len(own)
        place = end
        if end <= marker.start or begin >= marker.end:
            continue
        before, after = own[: max(0, marker.start - begin)], own[max(0, marker.end - begin) :]
        if run is None:
            run = piece.getparent()
            piece.text = before + text + after
        else:
            piece.text = before + after
        piece.set(_SPACE, "preserve")
    return run


def _break_lines(piece: Any) -> None:
    """Line ends and tabs in a text as the elements that Word wants."""
    lines = (piece.text or "").split("\n")
    if len(lines) == 1:
        return
    piece.text = lines[0]
    after = piece
    for line in lines[1:]:
        for made in (element("br"), element("t")):
            after.addnext(made)
            after = made
        after.text = line
        after.set(_SPACE, "preserve")


def _cell_width(run: Any) -> float:
    """Millimetres of room in the run's cell; 0 where it stands in none or the width is not told."""
    cell = _ancestor(run, "w:tc")
    width = None if cell is None else cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    if width is None or width.get(qn("w:type")) != "dxa":
        return 0
    return max(0.0, int(float(width.get(qn("w:w")))) / 1440 * 25.4 - 2 * _CELL_ROOM)


def _begin_page(body: Any) -> None:
    """Let the content begin on a new page."""
    first = body[0] if len(body) else None
    if first is not None and first.tag == qn("w:p"):
        properties = first.find(qn("w:pPr"))
        if properties is None:
            properties = element("pPr")
            first.insert(0, properties)
        if properties.find(qn("w:pageBreakBefore")) is None:
            at = 1 if len(properties) and properties[0].tag == qn("w:pStyle") else 0
            properties.insert(at, element("pageBreakBefore"))
        return
    body.insert(0, element("p", element("r", element("br", type="page"))))
