"""An .xlsx of the office's own as a template: cells filled, rows of a list repeated.

The file's XML is edited in place, so that widths, borders, print settings, pictures and whatever
else stands in it stay as they are. Rows below a list move down with their merged cells, ranges and
formulas; programs compute formulas anew when they open the file.
"""

from __future__ import annotations

import copy
import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lxml import etree

from banzi.documents.papers.filling.fields import AGE, COUNT, NUMBER, Values
from banzi.documents.papers.filling.markers import Placed, is_photo, markers_in
from banzi.documents.papers.filling.packages import NOT_A_PACKAGE, refuse_unsafe
from banzi.documents.papers.filling.sheet_references import Growth, formula_within, moved_within
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

NO_PHOTO = MessageKind("filling/no-photo-in-sheet", _("Excel模板中不能放照片；请改用Word模板"))
BLOCK_IN_CELL = MessageKind(
    "filling/block-in-cell", _("“{name}”的首尾写在同一个单元格内；请分别写在该行的首格和末格")
)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_N = {"m": _MAIN, "d": _DRAWING}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PACKED_AT = (1980, 1, 1, 0, 0, 0)
_NUMBERS = {NUMBER, AGE, COUNT}
_CELL = re.compile(r"([A-Z]+)(\d+)")


class SheetTemplate:
    """A template that was opened; filling never changes the file."""

    def __init__(self, file: Path, shown_as: str = "") -> None:
        self.name = shown_as or str(file)
        refuse_unsafe(file, self.name)
        with zipfile.ZipFile(file) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        try:
            self._shared = self._shared_texts()
            self._sheets = self._sheet_parts()
            self.placed = tuple(self._placed())
        except (KeyError, ValueError, etree.XMLSyntaxError):
            raise BadInput([Problem(NOT_A_PACKAGE(), Location(self.name))]) from None

    def check(self, log: ProblemLog) -> None:
        """Log what only workbooks forbid."""
        for each in self.placed:
            opened: set[str] = set()
            for marker in markers_in(each.text):
                if marker.kind == "field" and is_photo(marker.name):
                    log.add(NO_PHOTO(), each.at)
                elif marker.kind == "open":
                    opened.add(marker.name)
                elif marker.kind == "close" and marker.name in opened:
                    log.add(BLOCK_IN_CELL(name=marker.name), each.at)

    def fill(self, whole: Values, turn: Values, path: Path) -> None:
        """Write one file."""
        parts = dict(self._parts)
        workbook = _parse(parts["xl/workbook.xml"])
        growths: dict[str, list[Growth]] = {}
        roots = {}
        for sheet, part in self._sheets:
            roots[sheet] = _parse(parts[part])
            growths[sheet] = self._fill_sheet(roots[sheet], sheet, [turn, whole], parts, part)
        for sheet, grown in growths.items():
            for growth in grown:
                for other, root in roots.items():
                    for formula in root.iterfind(".//m:f", _N):
                        if other != sheet and formula.text:
                            formula.text = growth.formula(formula.text, sheet, other)
                for defined in workbook.iterfind(".//m:definedName", _N):
                    defined.text = growth.formula(defined.text or "", sheet, "")
        if any(root.find(".//m:f", _N) is not None for root in roots.values()):
            _compute_anew(workbook, parts)
        for sheet, part in self._sheets:
            parts[part] = _serialised(roots[sheet])
        parts["xl/workbook.xml"] = _serialised(workbook)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(zipfile.ZipInfo(name, _PACKED_AT), content, zipfile.ZIP_DEFLATED)

    def _fill_sheet(
        self,
        root: Any,
        sheet: str,
        scopes: Sequence[Values],
        parts: dict[str, bytes],
        part: str,
    ) -> list[Growth]:
        grown: list[Growth] = []
        data = root.find("m:sheetData", _N)
        while block := self._first_block(data):
            name, first, last = block
            turns = next((each.blocks[name] for each in scopes if name in each.blocks), ())
            growth = self._repeat(root, data, sheet, (name, first, last), turns, scopes)
            grown.append(growth)
            _move_drawings(growth, parts, part)
        for cell in data.iterfind(".//m:c", _N):
            self._fill_cell(cell, scopes)
        return grown

    def _repeat(
        self,
        root: Any,
        data: Any,
        sheet: str,
        block: tuple[str, int, int],
        turns: Sequence[Values],
        scopes: Sequence[Values],
    ) -> Growth:
        name, first, last = block
        rows = {int(row.get("r")): row for row in data.iterfind("m:row", _N)}
        for number, row in rows.items():
            if first <= number <= last:
                for cell in row.iterfind("m:c", _N):
                    self._without_ends(cell, name)
        marker_only = {
            number
            for number in (first, last)
            if first != last and not any(self._text(cell) for cell in rows[number])
        }
        growth = Growth(first, last, len(turns))
        merged = _merged_within(root, first, last)
        _move_everything(root, growth, sheet)
        group = [rows[number] for number in sorted(rows) if first <= number <= last]
        for row in rows.values():
            if int(row.get("r")) > last:
                _renumber(row, growth.by)
        anchor = data.index(group[0])
        made: list[Any] = []
        for place, turn in enumerate(turns):
            for row in group:
                copied = copy.deepcopy(row)
                by = place * growth.height
                for formula in copied.iterfind(".//m:f", _N):
                    formula.text = formula_within(formula.text or "", by, first, last)
                _renumber(copied, by)
                for cell in copied.iterfind("m:c", _N):
                    self._fill_cell(cell, [turn, *scopes])
                if int(row.get("r")) in marker_only:
                    copied.set("hidden", "1")
                made.append(copied)
        for row in group:
            data.remove(row)
        for at, row in enumerate(made):
            data.insert(anchor + at, row)
        _copy_merged(root, merged, growth)
        return growth

    def _first_block(self, data: Any) -> tuple[str, int, int] | None:
        opened: tuple[str, int] | None = None
        for row in data.iterfind("m:row", _N):
            for cell in row.iterfind("m:c", _N):
                for marker in markers_in(self._text(cell)):
                    if marker.kind == "open":
                        opened = (marker.name, int(row.get("r")))
                    elif marker.kind == "close" and opened:
                        return opened[0], opened[1], int(row.get("r"))
        return None

    def _without_ends(self, cell: Any, name: str) -> None:
        text = self._text(cell)
        ends = [m for m in markers_in(text) if m.kind != "field" and m.name == name]
        for marker in reversed(ends):
            text = text[: marker.start] + text[marker.end :]
        if ends:
            _write(cell, text)

    def _fill_cell(self, cell: Any, scopes: Sequence[Values]) -> None:
        text = self._text(cell)
        markers = [marker for marker in markers_in(text) if marker.kind == "field"]
        if not markers:
            return
        alone = len(markers) == 1 and markers[0].end - markers[0].start == len(text.strip())
        name = markers[0].name
        for marker in reversed(markers):
            said = next((s.texts[marker.name] for s in scopes if marker.name in s.texts), "")
            text = text[: marker.start] + said + text[marker.end :]
        _write(cell, text, number=alone and name in _NUMBERS and text.strip().isdigit())

    def _text(self, cell: Any) -> str:
        if cell.get("t") == "s":
            value = cell.find("m:v", _N)
            return self._shared[int(value.text)] if value is not None and value.text else ""
        if cell.get("t") == "inlineStr":
            return "".join(each.text or "" for each in cell.iterfind(".//m:t", _N))
        return ""

    def _shared_texts(self) -> list[str]:
        content = self._parts.get("xl/sharedStrings.xml")
        if content is None:
            return []
        return [
            "".join(
                piece.text or ""
                for piece in each.iterfind(".//m:t", _N)
                if piece.getparent().tag != f"{{{_MAIN}}}rPh"
            )
            for each in _parse(content).iterfind("m:si", _N)
        ]

    def _sheet_parts(self) -> list[tuple[str, str]]:
        workbook = _parse(self._parts["xl/workbook.xml"])
        targets = _targets(self._parts, "xl/workbook.xml")
        found = []
        for sheet in workbook.iterfind("m:sheets/m:sheet", _N):
            part = targets[sheet.get(f"{{{_RELATIONS}}}id")]
            if part.startswith("xl/worksheets/"):
                found.append((sheet.get("name"), part))
        return found

    def _placed(self) -> Iterator[Placed]:
        for sheet, part in self._sheets:
            for cell in _parse(self._parts[part]).iterfind(".//m:c", _N):
                if text := self._text(cell):
                    match = _CELL.fullmatch(cell.get("r", ""))
                    column, row = (match[1], int(match[2])) if match else ("", None)
                    yield Placed(text, Location(self.name, sheet, row, column))


def _parse(content: bytes) -> Any:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("a workbook part declares entities")
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def _serialised(root: Any) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _targets(parts: dict[str, bytes], part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    content = parts.get(f"{folder}/_rels/{name}.rels")
    if content is None:
        return {}
    return {
        each.get("Id"): posixpath.normpath(
            target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        )
        for each in _parse(content)
        if (target := each.get("Target")) and each.get("TargetMode") != "External"
    }


def _write(cell: Any, text: str, number: bool = False) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if not text:
        return
    if number:
        etree.SubElement(cell, f"{{{_MAIN}}}v").text = text.strip()
        return
    cell.set("t", "inlineStr")
    holder = etree.SubElement(cell, f"{{{_MAIN}}}is")
    written = etree.SubElement(holder, f"{{{_MAIN}}}t")
    written.text = text
    written.set(_SPACE, "preserve")


def _renumber(row: Any, by: int) -> None:
    row.set("r", str(int(row.get("r")) + by))
    for cell in row.iterfind("m:c", _N):
        if cell.get("r"):
            cell.set("r", moved_within(cell.get("r"), by))


def _merged_within(root: Any, first: int, last: int) -> list[str]:
    """Merged cells that lie wholly in the rows: each copy has its own."""
    found = []
    for merged in root.iterfind("m:mergeCells/m:mergeCell", _N):
        rows = [int(row) for _column, row in _CELL.findall(merged.get("ref"))]
        if all(first <= row <= last for row in rows):
            found.append(merged.get("ref"))
            merged.getparent().remove(merged)
    return found


def _copy_merged(root: Any, merged: Sequence[str], growth: Growth) -> None:
    holder = root.find("m:mergeCells", _N)
    if holder is None:
        return
    for place in range(growth.turns):
        for reference in merged:
            copied = etree.SubElement(holder, f"{{{_MAIN}}}mergeCell")
            copied.set("ref", moved_within(reference, place * growth.height))
    if len(holder):
        holder.set("count", str(len(holder)))
    else:
        root.remove(holder)


def _move_everything(root: Any, growth: Growth, sheet: str) -> None:
    """Ranges and formulas of the sheet after the rows were put in; cells themselves move later."""
    for tag, attribute in (("mergeCell", "ref"), ("hyperlink", "ref"), ("dimension", "ref")):
        for each in root.iterfind(f".//m:{tag}", _N):
            each.set(attribute, growth.reference(each.get(attribute)))
    for each in root.iter(f"{{{_MAIN}}}conditionalFormatting", f"{{{_MAIN}}}dataValidation"):
        each.set("sqref", growth.references(each.get("sqref")))
    for each in root.iterfind("m:autoFilter", _N):
        each.set("ref", growth.reference(each.get("ref")))
    for each in root.iterfind("m:rowBreaks/m:brk", _N):
        each.set("id", str(growth.row(int(each.get("id")))))
    for formula in root.iterfind(".//m:f", _N):
        row = int(formula.getparent().getparent().get("r"))
        if formula.text and not growth.first <= row <= growth.last:
            formula.text = growth.formula(formula.text, sheet, sheet)


def _move_drawings(growth: Growth, parts: dict[str, bytes], part: str) -> None:
    """Pictures and shapes below the rows move down with them (their rows count from 0)."""
    for target in _targets(parts, part).values():
        if not target.startswith("xl/drawings/drawing") or target not in parts:
            continue
        root = _parse(parts[target])
        for row in root.iterfind(".//d:row", _N):
            row.text = str(growth.row(int(row.text) + 1) - 1)
        parts[target] = _serialised(root)


def _compute_anew(workbook: Any, parts: dict[str, bytes]) -> None:
    """Let programs compute every formula when they open the file, and forget the old order."""
    settings = workbook.find("m:calcPr", _N)
    if settings is None:
        settings = etree.SubElement(workbook, f"{{{_MAIN}}}calcPr")
    settings.set("fullCalcOnLoad", "1")
    if parts.pop("xl/calcChain.xml", None) is not None:
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            root = _parse(parts[name])
            for each in list(root):
                if "calcChain" in (each.get("PartName") or each.get("Target") or ""):
                    root.remove(each)
            parts[name] = _serialised(root)
