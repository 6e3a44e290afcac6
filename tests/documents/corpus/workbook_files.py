"""Files that are no workbook, or a hostile one; and how the corpus makes workbooks."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import Any

from tests.documents.corpus.case import Case
from tests.support.workbooks import id_number, persons_sheet, workbook_bytes

Sheets = dict[str, list[list[Any]]]
HEADER = ("姓名", "身份证号", "性别", "出生年月", "民族")
NUMBER = id_number(19750312)
OTHER = id_number(19760312)
XMLNS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SHEET = "xl/worksheets/sheet1.xml"
ABSENT = 9
"""National sheets beside A01, told one by one when they are not there."""
NATIONAL = (*["import/sheet-absent"] * ABSENT, "import/absent-columns")


def book(name: str, sheets: Sheets | bytes, *problems: str, findings: tuple[str, ...] = ()) -> Case:
    data = sheets if isinstance(sheets, bytes) else workbook_bytes(sheets)
    return Case(f"workbook/{name}", ".xlsx", data, problems, findings)


def persons(*rows: list[Any], header: tuple[str, ...] = HEADER) -> Sheets:
    return persons_sheet(*rows, header=header)


def national(
    name: str, sheets: Sheets | bytes, *problems: str, findings: tuple[str, ...] = (), more: int = 0
) -> Case:
    """A national workbook; `more`: how many of the other sheets it has."""
    return book(name, sheets, *problems, findings=(*NATIONAL[more:], *findings))


def cases() -> Iterator[Case]:
    yield from _no_workbooks()
    yield from _hostile()


def _no_workbooks() -> Iterator[Case]:
    sound = sound_book()
    yield book("nothing", b"", "workbook/empty-file")
    yield book("noise", Random(1).randbytes(5000), "workbook/not-a-workbook")
    yield book("text of a table", "姓名,身份证号\n甲,1\n".encode("gbk"), "workbook/not-a-workbook")
    yield book(
        "page saved under this name",
        b"<html><table><tr><td>1</table></html>",
        "workbook/not-a-workbook",
    )
    yield book(
        "old Excel or a password",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "workbook/old-or-encrypted",
    )
    yield book("half of it", sound[: len(sound) // 2], "workbook/not-a-workbook")
    yield book("end lost", sound[:-30], "workbook/not-a-workbook")
    yield book("zip of something else", zipped({"a.txt": b"x"}), "workbook/not-a-workbook")
    yield book("text document", zipped({"word/document.xml": b"<x/>"}), "workbook/not-a-workbook")
    yield book(
        "only the list of sheets",
        zipped({"xl/workbook.xml": b"<workbook/>"}),
        "workbook/not-a-workbook",
    )
    yield book(
        "list of sheets cut", changed("xl/workbook.xml", b"<workbook"), "workbook/not-a-workbook"
    )
    yield book(
        "links of sheets lost",
        changed("xl/_rels/workbook.xml.rels", None),
        "workbook/not-a-workbook",
    )
    yield book("sheet lost", changed(SHEET, None), "workbook/damaged")
    yield book("texts lost", changed("xl/sharedStrings.xml", None), "workbook/damaged")


def _hostile() -> Iterator[Case]:
    cell = f'<worksheet {XMLNS}><sheetData><row r="1"><c r="A1" t="str"><v>&a;</v></c></row></sheetData></worksheet>'
    external = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + cell
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + cell
    for name, text in {"external entity": external, "entities that multiply": laughs}.items():
        yield book(name, changed(SHEET, text.encode()), "workbook/unsafe")
    for part in ("xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"):
        yield book(
            f"DTD in {part}", changed(part, lambda old: b"<!DOCTYPE x>" + old), "workbook/unsafe"
        )
    far = f'<worksheet {XMLNS}><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    yield book("a cell in the last corner", changed(SHEET, far.encode()), "workbook/too-many-cells")
    beyond = far.replace("1048576", "999999999")
    yield book(
        "a cell beyond the last row", changed(SHEET, beyond.encode()), "workbook/too-many-cells"
    )
    zeros = far.replace("XFD1048576", "A0").replace('r="1048576"', 'r="0"')
    yield book("a row of number zero", changed(SHEET, zeros.encode()), "workbook/damaged")
    for reference in (
        "SSSSSSSSSSSSSSSSSSSSSSE2",
        "A1234567890",
        "1A",
        "",
        "A1:B2",
        "&#65;1",
        "甲1",
    ):
        odd = far.replace("XFD1048576", reference).replace("1048576", "1")
        name = f"a cell whose place is {reference!r}"
        yield book(name, changed(SHEET, odd.encode()), "workbook/unsafe")
    wide = far.replace("XFD1048576", "SSSSSSSSSSSSSSSSSSSSSSE2").encode("utf-16")
    lost = "workbook/missing-header-row@A01人员"  # the reader sees no cell in it
    yield book("a sheet in utf-16", changed(SHEET, wide), lost)
    yield book("a million blank rows", changed(SHEET, blank_rows), findings=NATIONAL)
    rows = (
        f"<worksheet {XMLNS}><sheetData>".encode()
        + b"<row/>" * 1_100_000
        + b"</sheetData></worksheet>"
    )
    yield book("more rows than Excel has", changed(SHEET, rows), "workbook/unsafe")
    strings = f"<sst {XMLNS}>".encode() + b"<si/>" * 11_000_000 + b"</sst>"
    yield book("eleven million texts", changed("xl/sharedStrings.xml", strings), "workbook/unsafe")
    yield book(
        "packed by a method nobody reads",
        zipped(sound_parts(), zipfile.ZIP_BZIP2),
        "workbook/damaged",
    )
    yield book(
        "parts without end",
        zipped({**sound_parts(), **{f"x/{n}": b"" for n in range(5001)}}),
        "workbook/unsafe",
    )
    promised = bytearray(sound_book())
    at = promised.rindex(b"PK\x01\x02")
    promised[at + 24 : at + 28] = (900 * 1024 * 1024).to_bytes(4, "little")
    yield book("a part that promises a gigabyte", bytes(promised), "workbook/unsafe")
    password = bytearray(sound_book())
    password[password.index(b"PK\x01\x02") + 8] |= 1
    yield book("a part with a password", bytes(password), "workbook/damaged")
    macros = {**sound_parts(), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)}
    yield book("macros", zipped(macros), findings=NATIONAL)


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


@cache
def sound_book() -> bytes:
    return workbook_bytes(persons(["甲", NUMBER, "男", "197503", "汉族"]))


def sound_parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(sound_book())) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def changed(part: str, by: bytes | Callable[[bytes], bytes] | None) -> bytes:
    """The sound workbook with one part replaced, changed, or (None) left out."""
    parts = sound_parts()
    if by is None:
        del parts[part]
    else:
        parts[part] = by if isinstance(by, bytes) else by(parts[part])
    return zipped(parts)


def blank_rows(old: bytes) -> bytes:
    rows = b"".join(b'<row r="%d"/>' % number for number in range(4, 1_000_000))
    return old.replace(b"</sheetData>", rows + b"</sheetData>")


def with_cell(old: bytes, cell: str) -> bytes:
    at = old.index(b'<c r="A3"')
    return old[:at] + cell.encode() + old[old.index(b"</c>", at) + 4 :]
