"""Blemished and hostile packages of the national system (`.hzb`, `.zb3`)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from tests.documents.corpus.case import Case
from tests.support.form_cases import jpeg
from tests.support.packages import ADO_HEAD, table_text

ROW = '<row A0000="1" A0101="甲" />'
ABSENT = ("B01", "A02", "A05", "A06", "A08", "A14", "A15", "A36", "A99Z1")


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


def table(*rows: str) -> str:
    return f"<xml><data>{''.join(rows)}</data></xml>"


def package(
    name: str,
    data: bytes | dict[str, bytes | str],
    *problems: str,
    findings: tuple[str, ...] = (),
    absent: bool = True,
    ending: str = ".hzb",
) -> Case:
    """`absent`: tables that are not there are told, one finding each."""
    told = findings
    content = data if isinstance(data, bytes) else zipped(data)
    if absent and isinstance(data, dict):
        held = {part.rpartition("/")[2].removesuffix(".xml").upper() for part in data}
        told += tuple(f"package/table-absent@{each}" for each in ABSENT if each not in held)
    return Case(f"package/{name}", ending, content, problems, told)


A01: dict[str, bytes | str] = {"Table/A01.xml": table(ROW)}


def with_a01(text: str | bytes) -> dict[str, bytes | str]:
    return {"Table/A01.xml": text}


def and_table(name: str, text: str | bytes) -> dict[str, bytes | str]:
    return {**A01, f"Table/{name}.xml": text}


def cases() -> Iterator[Case]:
    yield from _archives()
    yield from _tables()
    yield from _values()
    yield from _pictures()


def _archives() -> Iterator[Case]:
    sound = zipped(A01)
    yield package("nothing", b"", "package/empty-file")
    yield package("7z", b"7z\xbc\xaf\x27\x1c" + bytes(64), "package/other-archive")
    yield package("rar", b"Rar!\x1a\x07" + bytes(64), "package/other-archive")
    yield package("text", b"hello", "package/not-a-package")
    yield package("gzip", b"\x1f\x8b\x08" + bytes(30), "package/not-a-package")
    yield package("old Office file", b"\xd0\xcf\x11\xe0" + bytes(600), "package/not-a-package")
    yield package("zip of something else", zipped({"a.txt": "x"}), "package/not-a-package")
    yield package("zip of nothing", zipped({}), "package/not-a-package")
    yield package("zip in a zip", zipped({"p.hzb": sound}), "package/not-a-package")
    yield package("two letters of a zip", b"PK", "package/damaged")
    for lost in (10, 30, 100):
        yield package(f"{lost} bytes lost at the end", sound[:-lost], "package/damaged")
    yield package("half of it", sound[: len(sound) // 2], "package/damaged")
    flipped = bytearray(zipped(A01, zipfile.ZIP_STORED))
    flipped[60] ^= 1
    yield package(
        "a wrong checksum", bytes(flipped), "package/damaged", findings=("package/table-absent",)
    )
    yield package(
        "packed by LZMA",
        zipped(A01, zipfile.ZIP_LZMA),
        "package/damaged",
        findings=("package/table-absent",),
    )
    names = {
        "leads outside": "../x.xml", "leads outside in the middle": "Photos/../../x.jpg",
        "leads outside backwards": "..\\x.xml", "is absolute": "/etc/x.xml",
        "has a drive": "C:\\x.xml", "has a drive and no slash": "C:x.xml",
    }  # fmt: skip
    for name, part in names.items():
        yield package(f"a name {name}", zipped({**A01, part: "x"}), "package/unsafe-name")
    yield package(
        "a name twice in another case",
        zipped({**A01, "table/a01.XML": "x"}),
        "package/repeated-part",
    )
    yield package("two sets", zipped({**A01, "b/Table/A01.xml": "x"}), "package/several")
    yield package(
        "a part without a name",
        zipped({**A01, "": "x"}),
        findings=tuple(f"package/table-absent@{each}" for each in ABSENT),
    )
    yield package("with a password", _encrypted(), "package/password")
    yield package("a bomb", zipped_bomb(), "package/unpacks-too-large")
    yield package(
        "a part that says it is small",
        _lying(),
        "package/damaged",
        findings=("package/table-absent@B01",),
    )
    inner = {f"导出/{part}": data for part, data in A01.items()}
    yield package("in a folder", inner)
    yield package(
        "with backslashes",
        {part.replace("/", "\\"): data for part, data in inner.items()},
        absent=False,
        findings=tuple(f"package/table-absent@{each}" for each in ABSENT),
    )
    yield package("under the name of an older one", A01, ending=".zb3")
    yield package("under the name of a zip", A01, ending=".zip")


def zipped_bomb() -> bytes:
    """Eight hundred megabytes promised by the directory of a small file."""
    data = bytearray(zipped({**A01, "Photos/1.jpg": b"\xff\xd8\xff"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (900 * 1024 * 1024).to_bytes(4, "little")
    return bytes(data)


def _lying() -> bytes:
    data = bytearray(zipped(A01))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (9).to_bytes(4, "little")
    return bytes(data)


def _encrypted() -> bytes:
    data = bytearray(zipped({"Table/A01.xml": "<xml/>"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _tables() -> Iterator[Case]:
    yield package("nobody", with_a01(table()))
    broken: dict[str, tuple[str | bytes, str]] = {
        "no XML": ("姓名,性别", "package/not-xml@A01"),
        "empty": ("", "xml/empty-file@A01"),
        "NUL inside": ("<xml>\x00</xml>", "xml/nul-bytes@A01:1"),
        "of no encoding": (b"<xml>\xff\xff</xml>", "xml/undecodable@A01:1"),
        "cut": (f"<xml><data>{ROW}", "package/truncated@A01"),
        "cut in a row": ('<xml><data><row A0000="1"', "package/truncated@A01"),
        "a row never closed": (
            f'<xml>{ROW}<row A0000="2" A0101="乙</xml>',
            "package/broken-row@A01:2",
        ),
        "a quote lost": (
            f'<xml>{ROW}<row A0000="2" A0101="乙/><row A0000="3" A0101="丙" /></xml>',
            "package/broken-row@A01:2",
        ),
        "a field twice": ('<xml><row A0000="1" A0000="2" /></xml>', "package/broken-row@A01:1"),
        "values without quotes": ("<xml><row A0000=1 /></xml>", "package/broken-row@A01:1"),
        "a DTD": (f'<!DOCTYPE x [<!ENTITY a "b">]><xml>{ROW}</xml>', "xml/doctype@A01"),
        "an entity after the declaration": (
            f'<?xml version="1.0"?><!ENTITY a "b"><xml>{ROW}</xml>',
            "xml/doctype@A01",
        ),
        "a zip": (b"PK\x03\x04" + bytes(10), "xml/archive@A01"),
        "no key": ('<xml><row A0101="甲"/></xml>', "package/no-person-key@A01:1"),
        "no name": ('<xml><row A0000="1"/></xml>', "workbook/empty-cell@A01:1:姓名"),
        "a key twice": (table(ROW, ROW), "import/repeated-person-key@A01:2:A0000"),
    }
    for name, (text, told) in broken.items():
        yield package(f"persons: {name}", with_a01(text), told)
    others: dict[str, tuple[str | bytes, str]] = {
        "of a person nobody knows": (
            table('<row A0000="9" A0215A="局长"/>'),
            "import/unknown-person-key@A02:1:A0000",
        ),
        "no key": (table('<row A0215A="局长"/>'), "package/no-person-key@A02:1"),
        "empty": ("", "xml/empty-file@A02"),
        "cut": ("<xml><data>", "package/truncated@A02"),
    }
    for name, (text, told) in others.items():
        yield package(f"posts: {name}", and_table("A02", text), told)
    yield package(
        "a table nobody reads", and_table("A30", table()), findings=("package/tables-unread",)
    )
    yield package(
        "a field nobody reads",
        with_a01(table('<row A0000="1" A0101="甲" XX="1"/>')),
        findings=("package/fields-unread@A01",),
    )
    yield package(
        "bare signs in values",
        with_a01(table('<row A0000="1" A0101="甲" A0192A="得分<60 & 其他"/>')),
    )
    yield package("table in gbk", with_a01(table(ROW).encode("gbk")))
    yield package("table in utf-16", with_a01(table(ROW).encode("utf-16")))
    yield package(
        "an ADO rowset", with_a01(ADO_HEAD + "<rs:data><z:row c0='1' A0101='甲'/></rs:data></xml>")
    )
    info = '<root><node name="psncount" value="7"/></root>'
    yield package(
        "fewer persons than promised",
        {**A01, "gwyinfo.xml": info},
        findings=("package/count-differs@gwyinfo.xml",),
    )
    yield package(
        "a broken description", {**A01, "gwyinfo.xml": "<root>"}, "package/truncated@gwyinfo.xml"
    )
    slow = {
        "quotes never closed": '<row a="' * 20_000, "blanks": "<row" + " " * 100_000,
        "comments": "<!--" * 20_000,
    }  # fmt: skip
    for name, text in slow.items():
        told = (
            ("package/truncated@A01",)
            if name == "comments"
            else ("package/broken-row",) * (50 if "quotes" in name else 1)
        )
        yield package(f"made to be slow: {name}", with_a01(f"<xml>{text}</xml>"), *told)


def _values() -> Iterator[Case]:
    def person(**values: str) -> dict[str, bytes | str]:
        return with_a01(table_text([{"A0000": "1", "A0101": "甲", **values}]))

    for field, label in (("A0107", "出生年月"), ("A0134", "参加工作时间")):
        for written in ("197513", "19750230"):
            yield package(
                f"{field} {written}",
                person(**{field: written}),
                f"form/impossible-date@A01:1:{label}",
            )
        yield package(
            f"{field} no date",
            person(**{field: "某年"}),
            findings=(f"package/unreadable-value@A01:1:{label}",),
        )
    unknown = {
        "A0104": "9",
        "A0117": "77",
        "A0141": "99",
        "A0160": "7",
        "A0221": "ZZ",
        "A0192E": "03",
    }
    for field, written in unknown.items():
        yield package(
            f"{field} code {written}",
            person(**{field: written}),
            findings=("import/unknown-wording@A01:1",),
        )
    yield package(
        "ID number of a wrong length",
        person(A0184="123"),
        findings=("package/unreadable-value@A01:1:身份证号",),
    )
    yield package("a name of blanks", person(A0101="　 "), "workbook/empty-cell@A01:1:姓名")
    yield package(
        "a résumé with a gap",
        person(A1701="1998.07--2001.08  甲\n2003.01--  乙"),
        findings=("resume/gap@A01:1",),
    )


def _pictures() -> Iterator[Case]:
    listed: dict[str, bytes | str] = {
        **A01,
        "Table/A57.xml": table('<row A0000="1" A5714="p.jpg"/>'),
    }
    yield package("a picture", {**listed, "Photos/p.jpg": jpeg(400, 500)})
    yield package("a picture that is missing", listed, findings=("package/photo-missing@A57:照片",))
    for name, data in {"text": b"x", "a sound file": b"RIFF\x24\x00\x00\x00WAVEfmt "}.items():
        yield package(
            f"a picture that is {name}",
            {**listed, "Photos/p.jpg": data},
            findings=("package/bad-photo",),
        )
    yield package(
        "a picture of another shape",
        {**listed, "Photos/p.jpg": jpeg(500, 500)},
        findings=("form/photo-shape",),
    )
