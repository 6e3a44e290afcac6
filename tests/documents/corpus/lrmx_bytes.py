"""`.lrmx` files that are no forms, or hostile ones: encodings, XML, size."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Iterator

from tests.documents.corpus.case import Case

NAME = "<XingMing>甲一乙丙丁戊己庚辛壬癸</XingMing>"
PLAIN = f"<Person>\n{NAME}\n</Person>"
GB = '<?xml version="1.0" encoding="gb2312"?>\n'
ENCODED = ("xml/encoding",)


def lrmx(name: str, data: bytes | str, *problems: str, findings: tuple[str, ...] = ()) -> Case:
    content = data.encode() if isinstance(data, str) else data
    return Case(f"lrmx/{name}", ".lrmx", content, problems, findings)


def inside(inner: str) -> str:
    """A form whose third line is the given text."""
    return f"<Person>\n<XingMing>甲一</XingMing>\n{inner}\n</Person>"


def cases() -> Iterator[Case]:
    yield from _encodings()
    yield from _broken_xml()
    yield from _bearable_xml()
    yield from _hostile()


def _encodings() -> Iterator[Case]:
    utf8 = PLAIN.encode()
    bom = b"\xef\xbb\xbf"
    yield lrmx("utf-8", utf8)
    yield lrmx("utf-8 with BOM", bom + utf8)
    yield lrmx("utf-8 with two BOMs", bom + bom + utf8)
    yield lrmx("utf-16 little endian", b"\xff\xfe" + PLAIN.encode("utf-16-le"))
    yield lrmx("utf-16 big endian", b"\xfe\xff" + PLAIN.encode("utf-16-be"))
    yield lrmx("utf-16 without BOM", PLAIN.encode("utf-16-le"), "xml/nul-bytes@1")
    yield lrmx("utf-16 cut in a character", PLAIN.encode("utf-16")[:-1], "xml/undecodable")
    yield lrmx("utf-16 holding NUL", "<Person>\n\x00</Person>".encode("utf-16"), "xml/nul-bytes@2")
    yield lrmx("utf-32", PLAIN.encode("utf-32"), "xml/nul-bytes@1")
    yield lrmx("gb2312 declared", (GB + PLAIN).encode("gb18030"), findings=ENCODED)
    yield lrmx("gbk not declared", PLAIN.encode("gbk"), findings=ENCODED)
    yield lrmx(
        "gbk declared as utf-8",
        GB.replace("gb2312", "utf-8").encode() + PLAIN.encode("gbk"),
        findings=ENCODED,
    )
    yield lrmx(
        "gb18030 of four bytes",
        "<Person><XingMing>䶮𠮷</XingMing></Person>".encode("gb18030"),
        findings=ENCODED,
    )
    yield lrmx("utf-8 declared as gb2312", (GB + PLAIN).encode())
    yield lrmx("utf-8 declared as utf-16", f'<?xml version="1.0" encoding="utf-16"?>{PLAIN}')
    yield lrmx(
        "utf-8 declared as nothing known", f'<?xml version="1.0" encoding="x-klingon"?>{PLAIN}'
    )
    yield lrmx(
        "utf-8 with one byte lost",
        utf8.replace("甲".encode(), "甲".encode()[:2]) + b"\n",
        "xml/undecodable@2",
    )
    yield lrmx("only a BOM", bom, "xml/empty-file")
    yield lrmx("nothing", b"", "xml/empty-file")
    yield lrmx("blanks", b" \r\n\t", "xml/empty-file")
    yield lrmx("NUL bytes only", bytes(500), "xml/nul-bytes@1")
    yield lrmx("NUL at the end", utf8 + b"\n\x00", "xml/nul-bytes@4")
    yield lrmx("bytes 255", b"\xff" * 300, "xml/undecodable")
    yield lrmx(
        "half a surrogate", "<Person><XingMing>".encode("utf-16") + b"\x00\xd8", "xml/undecodable"
    )


def _broken_xml() -> Iterator[Case]:
    texts = {
        "plain text": ("姓名：甲一乙丙丁戊己庚辛壬癸", 1),
        "html page": ("<html><body><p>404<br></body></html>", 1),
        "json": ('{"XingMing": "甲一乙丙丁戊己庚辛"}', 1),
        "two roots": (PLAIN + "\n" + PLAIN, 4),
        "text after the root": (PLAIN + "\n甲", 4),
        "Ctrl-Z at the end": (PLAIN + "\n\x1a", 4),
        "cut in a tag": (PLAIN[:-6], 3),
        "cut in a text": ("<Person>\n<XingMing>甲", 2),
        "root never closed": (f"<Person>\n{NAME}\n", 3),
        "tags crossed": (inside("<JiGuan><b>x</JiGuan></b>"), 3),
        "tag of another case": (inside("<JiGuan>x</jiguan>"), 3),
        "blank before the name": (inside("< JiGuan>x</JiGuan>"), 3),
        "Chinese full-width brackets": (inside("＜JiGuan>x</JiGuan>"), 3),
        "attribute without quotes": (inside("<JiGuan a=1>x</JiGuan>"), 3),
        "attribute twice": (inside('<JiGuan a="1" a="2">x</JiGuan>'), 3),
        "bare ampersand": (inside("<JiGuan>a & b</JiGuan>"), 3),
        "bare less-than": (inside("<JiGuan>a<b</JiGuan>"), 3),
        "bare less-than before a number": (inside("<JiGuan>得分<60</JiGuan>"), 3),
        "entity of HTML": (inside("<JiGuan>&nbsp;</JiGuan>"), 3),
        "reference to NUL": (inside("<JiGuan>&#0;</JiGuan>"), 3),
        "reference to a control": (inside("<JiGuan>&#x1F;</JiGuan>"), 3),
        "reference to a surrogate": (inside("<JiGuan>&#xD800;</JiGuan>"), 3),
        "reference beyond Unicode": (inside("<JiGuan>&#x110000;</JiGuan>"), 3),
        "CDATA never closed": (inside("<JiGuan><![CDATA[x</JiGuan>"), 4),
        "comment never closed": (inside("<!-- x"), 4),
        "two hyphens in a comment": (inside("<!-- a -- b -->"), 3),
        "second declaration": ('<?xml version="1.0"?>\n<?xml version="1.0"?>\n' + PLAIN, 2),
        "prefix nobody declared": (inside("<x:JiGuan>x</x:JiGuan>"), 3),
        "doctype in small letters": ("<!doctype html>\n" + PLAIN, 1),
        "element name is a number": (inside("<1>x</1>"), 3),
    }
    for name, (text, row) in texts.items():
        yield lrmx(name, text, f"xml/broken@{row}")
    for code in (1, 2, 7, 8, 12, 14, 27, 31):
        text = inside(f"<JiGuan>甲{chr(code)}</JiGuan>")
        yield lrmx(f"control character {code}", text, "xml/broken@3")
    for point in (0xFFFE, 0xFFFF):
        yield lrmx(
            f"no character {point:X}",
            inside(f"<JiGuan>甲乙丙丁戊己庚{chr(point)}</JiGuan>"),
            "xml/broken@3",
        )
    yield lrmx("another root", "\n<Persons/>", "lrmx/not-a-form@2")
    yield lrmx("root in small letters", f"<person>{NAME}</person>", "lrmx/not-a-form@1")
    yield lrmx("root in a namespace", "<Person xmlns='urn:x'/>", "lrmx/not-a-form@1")
    yield lrmx(
        "spreadsheet saved as XML", '<?xml version="1.0"?>\n<Workbook/>', "lrmx/not-a-form@2"
    )
    yield lrmx("an empty form", "<Person/>", "lrmx/no-name")
    yield lrmx("blank name", "<Person>\n<XingMing>　\n</XingMing></Person>", "lrmx/no-name@2")
    yield lrmx(
        "name of zero-width characters",
        "<Person>\n<XingMing>\u200b\ufeff</XingMing></Person>",
        "lrmx/no-name@2",
    )
    yield lrmx(
        "name in a comment", "<Person><!--<XingMing>甲</XingMing>--></Person>", "lrmx/no-name"
    )


def _bearable_xml() -> Iterator[Case]:
    yield lrmx("blank line before the declaration", f'\n<?xml version="1.0"?>\n{PLAIN}')
    yield lrmx("XML 1.1", f'<?xml version="1.1"?>{PLAIN}')
    yield lrmx("old Mac line ends", PLAIN.replace("\n", "\r"))
    yield lrmx("style sheet named", f'<?xml-stylesheet href="file:///etc/passwd"?>{PLAIN}')
    yield lrmx("CDATA", inside("<JiGuan><![CDATA[河北盐山]]></JiGuan>"))
    yield lrmx("comment inside a text", inside("<JiGuan>河北<!-- x -->盐山</JiGuan>"))
    yield lrmx(
        "vertical tab after a date", inside("<ChuShengNianYue>197503\x0b（51岁）</ChuShengNianYue>")
    )
    yield lrmx(
        "reference to a vertical tab",
        inside("<ChuShengNianYue>197503&#11;（51岁）</ChuShengNianYue>"),
    )
    yield lrmx("attributes on elements", inside('<JiGuan 备注="x">河北盐山</JiGuan>'))
    yield lrmx("entity of XML", inside("<JiGuan>&lt;河北&amp;盐山&gt;</JiGuan>"))
    yield lrmx("element nobody knows", inside("<TeChang>书法</TeChang>"))
    yield lrmx("elements nobody knows, many", inside("<X><Y/></X>" * 3000))
    yield lrmx("namespace on an unknown element", inside('<x:A xmlns:x="urn:x">1</x:A>'))


def _hostile() -> Iterator[Case]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    yield lrmx(
        "entities that multiply",
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{laughs}]>\n<Person>&a8;</Person>',
        "xml/doctype@1",
    )
    yield lrmx(
        "external entity",
        '<?xml version="1.0"?>\n<!DOCTYPE Person [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<Person>&a;</Person>',
        "xml/doctype@2",
    )
    yield lrmx(
        "external DTD",
        '<!DOCTYPE Person SYSTEM "http://localhost/x.dtd">\n' + PLAIN,
        "xml/doctype@1",
    )
    yield lrmx(
        "parameter entity",
        '<!DOCTYPE Person [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>\n' + PLAIN,
        "xml/doctype@1",
    )
    yield lrmx("DTD without entities", "<!DOCTYPE Person>\n" + PLAIN, "xml/doctype@1")
    yield lrmx("DTD in utf-16", ("<!DOCTYPE Person>\n" + PLAIN).encode("utf-16"), "xml/doctype@1")
    yield lrmx("DTD in gbk", (GB + "<!DOCTYPE Person>" + PLAIN).encode("gbk"), "xml/doctype@2")
    yield lrmx(
        "DTD hidden in utf-7",
        b'<?xml version="1.0" encoding="utf-7"?>\n+ADwAIQ-DOCTYPE x+AD4-',
        "xml/broken@2",
    )
    yield lrmx(
        "inclusion of another file",
        inside(
            '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
        ),
    )
    yield lrmx("deep nesting", inside("<a>" * 5000 + "</a>" * 5000), "xml/too-deep@3")
    yield lrmx("deep nesting never closed", inside("<a>" * 100_000), "xml/too-deep@3")
    yield lrmx(
        "text of eleven million letters",
        inside(f"<ZhaoPian>{'A' * 11_000_000}</ZhaoPian>"),
        "xml/too-long@3",
    )
    yield lrmx(
        "attribute of eleven million letters",
        inside(f'<JiGuan a="{"A" * 11_000_000}"/>'),
        "xml/too-long@3",
    )
    yield lrmx(
        "name of an element of sixty thousand letters",
        inside(f"<{'a' * 60_000}/>"),
        "xml/too-long@3",
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("甲.lrmx", PLAIN)
    magics = {
        "zip": stream.getvalue(),
        "7z": b"7z\xbc\xaf\x27\x1c" + bytes(64),
        "rar": b"Rar!\x1a\x07\x00",
        "old Office file": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "gzip": b"\x1f\x8b\x08" + bytes(20),
    }  # fmt: skip
    for name, data in magics.items():
        yield lrmx(f"renamed {name}", data, "xml/archive")
    yield lrmx("renamed PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "xml/broken@1", findings=())
    yield lrmx("renamed program", b"MZ\x90\x00" + bytes(100), "xml/nul-bytes@1")
    yield lrmx("renamed JPEG", b"\xff\xd8\xff\xe0\x00\x10JFIF", "xml/nul-bytes@1")
    yield lrmx("encoded twice", base64.b64encode(PLAIN.encode()), "xml/broken@1")
    yield lrmx("more than the limit", b" " * (20 * 1024 * 1024 + 1), "lrmx/too-large")
