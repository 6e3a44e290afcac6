"""Changing single cells of a workbook and nothing else in it.

The cells asked for are changed in the XML of their sheet; every other part of the file goes over
byte for byte: formats, widths, other sheets, pictures, macros' absence, print settings. Libraries
that load a workbook and write it anew lose what they do not know (shapes, charts, extended
drop-downs), which an office's own roster must not.

A cell with a formula is not overwritten, since Excel keeps a second list of formulas.
Not here: which cells (`comparing`, `filling`), reading values (`opening`).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from lxml import etree

from banzi.documents.codecs.workbook.opening import DAMAGED, open_book
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

HAS_FORMULA = MessageKind(
    "workbook/has-formula", _("单元格{cell}是公式，未予改写；请在Excel中手工修改公式或其来源")
)
TOO_LONG = MessageKind(
    "workbook/too-long", _("单元格{cell}的内容有{size}字，超过工作表一格的上限{limit}字")
)
MERGED = MessageKind(
    "workbook/merged-cell", _("单元格{cell}在合并区域{area}内，未予改写；请先取消合并")
)

CELL_LIMIT = 32_767
"""Characters a cell of a worksheet can hold."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

Edits = Mapping[tuple[int, int], str]
"""(row from 1, column from 0) → the new text; "" blanks the cell."""


def cell_name(row: int, column: int) -> str:
    """`B3` for row 3, column 1."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def edit_cells(
    source: Path, target: Path, sheet: str, edits: Edits, like_row: int | None = None
) -> None:
    """Write a copy of a workbook in which these cells hold these texts.

    Parameters
    ----------
    like_row
        Row whose formats and height rows made anew take; None for the plain format.

    Raises
    ------
    BadInput
        When the file cannot be opened, or cells cannot be changed; nothing is written then.
    """
    open_book(source)  # streams the package through its limits
    with zipfile.ZipFile(source) as package:
        part = _part_of(package, sheet, source)
        tree = _tree(package.read(part), source, sheet)
        _edit(tree, edits, like_row, Location(str(source), sheet))
        changed = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        with zipfile.ZipFile(target, "w") as made:
            for each in package.infolist():
                content = changed if each.filename == part else package.read(each)
                made.writestr(each, content, each.compress_type)


def _part_of(package: zipfile.ZipFile, sheet: str, source: Path) -> str:
    try:
        book = etree.fromstring(package.read("xl/workbook.xml"), _parser())
        links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"), _parser())
        targets = {each.get("Id"): each.get("Target") for each in links.iter(_RELATION)}
        for each in book.iter("{*}sheet"):
            if each.get("name") == sheet:
                (link,) = (
                    value for name, value in each.attrib.items() if str(name).endswith("}id")
                )
                return _resolved(str(targets[link]))
    except (KeyError, ValueError, etree.XMLSyntaxError):
        pass
    raise BadInput([Problem(DAMAGED(part=sheet), Location(str(source), sheet))])


def _resolved(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _tree(data: bytes, source: Path, sheet: str) -> etree._Element:
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError:
        raise BadInput([Problem(DAMAGED(part=sheet), Location(str(source), sheet))]) from None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


def _edit(tree: etree._Element, edits: Edits, like_row: int | None, at: Location) -> None:
    space = _MAIN if tree.tag == f"{{{_MAIN}}}worksheet" else _STRICT
    problems = ProblemLog()
    data = tree.find(f"{{{space}}}sheetData")
    if data is None:
        raise BadInput([Problem(DAMAGED(part=at.sheet), at)])
    merged = [area.get("ref") or "" for area in tree.iter(f"{{{space}}}mergeCell")]
    rows = {int(row.get("r") or 0): row for row in data}
    like = rows.get(like_row) if like_row else None
    for (number, column), text in sorted(edits.items()):
        name = cell_name(number, column)
        if len(text) > CELL_LIMIT:
            problems.add(TOO_LONG(cell=name, size=len(text), limit=CELL_LIMIT), at)
        elif area := _area_hiding(number, column, merged):
            problems.add(MERGED(cell=name, area=area), at)
        else:
            row = rows.get(number)
            if row is None and text:
                row = rows[number] = _new_row(data, number, like, space)
            cell = None if row is None else _cell(row, number, column, space, create=bool(text))
            if cell is not None and cell.find(f"{{{space}}}f") is not None:
                problems.add(HAS_FORMULA(cell=name), at)
            elif cell is not None:
                _put(cell, text, space)
    problems.stop_if_any()
    _widen(tree, edits, space)


def _area_hiding(row: int, column: int, merged: list[str]) -> str:
    """The merged area that shows another cell in place of this one; "" for none."""
    for area in merged:
        first, _colon, last = area.partition(":")
        top, left = _parted(first)
        bottom, right = _parted(last or first)
        inside = top <= row <= bottom and left <= column <= right
        if inside and (row, column) != (top, left):
            return area
    return ""


def _parted(reference: str) -> tuple[int, int]:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return 0, -1
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return int(match[2]), number - 1


def _new_row(
    data: etree._Element, number: int, like: etree._Element | None, space: str
) -> etree._Element:
    row = etree.Element(f"{{{space}}}row", {"r": str(number)})
    if like is not None:
        for name in ("ht", "customHeight", "s", "customFormat"):
            if value := like.get(name):
                row.set(name, value)
        for sample in like:
            _line, column = _parted(sample.get("r") or "")
            cell = etree.SubElement(row, f"{{{space}}}c", {"r": cell_name(number, column)})
            if style := sample.get("s"):
                cell.set("s", style)
    later = [at for at, each in enumerate(data) if int(each.get("r") or 0) > number]
    data.insert(later[0] if later else len(data), row)
    return row


def _cell(
    row: etree._Element, number: int, column: int, space: str, *, create: bool
) -> etree._Element | None:
    place = len(row)
    for at, each in enumerate(row):
        _line, found = _parted(each.get("r") or "")
        if found == column:
            return each
        if found > column:
            place = at
            break
    if not create:
        return None
    cell = etree.Element(f"{{{space}}}c", {"r": cell_name(number, column)})
    row.insert(place, cell)
    row.attrib.pop("spans", "")
    return cell


def _put(cell: etree._Element, text: str, space: str) -> None:
    for child in list(cell):
        cell.remove(child)
    for name in ("t", "cm", "vm"):
        cell.attrib.pop(name, "")
    if not text:
        return
    cell.set("t", "inlineStr")
    inner = etree.SubElement(etree.SubElement(cell, f"{{{space}}}is"), f"{{{space}}}t")
    inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    inner.text = _ILLEGAL.sub("", _ESCAPED.sub("_x005F_", text))


def _widen(tree: etree._Element, edits: Edits, space: str) -> None:
    """The used range of the sheet, which some readers take for all there is."""
    dimension = tree.find(f"{{{space}}}dimension")
    if dimension is None or not edits:
        return
    first, _colon, last = (dimension.get("ref") or "A1").partition(":")
    top, left = _parted(first)
    bottom, right = _parted(last or first)
    rows, columns = [row for row, _column in edits], [column for _row, column in edits]
    start = cell_name(min(top or 1, *rows), min(max(left, 0), *columns))
    end = cell_name(max(bottom, *rows), max(right, *columns))
    dimension.set("ref", f"{start}:{end}")
