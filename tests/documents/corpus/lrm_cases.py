"""Blemished and hostile `.lrm` files, with the picture files beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.documents.corpus.case import Case
from tests.support.form_cases import jpeg

from banzi.documents.codecs.lrm_fields import FIELDS, PHOTO_ENDINGS

RESUME = "1997.07--2001.07  某厂\r\n2001.07--         某局"


def record(changes: Mapping[int, str] | None = None) -> str:
    """33 fields, blank but for the name (field 0) and those given by number."""
    texts = {0: "甲一", **(changes or {})}
    return '"' + '","'.join(texts.get(number, "") for number in range(len(FIELDS))) + '"'


def lrm(
    name: str,
    data: bytes | str,
    *problems: str,
    findings: tuple[str, ...] = (),
    beside: Mapping[str, bytes] | None = None,
) -> Case:
    content = data.encode("gbk") if isinstance(data, str) else data
    return Case(f"lrm/{name}", ".lrm", content, problems, findings, beside=beside or {})


def cases() -> Iterator[Case]:
    yield from _not_a_record()
    yield from _bearable()
    yield from _values()
    yield from _pictures()


def _not_a_record() -> Iterator[Case]:
    sound = record({17: RESUME})
    yield lrm("nothing", b"", "lrm/empty-file")
    yield lrm("blanks", b" \r\n\r\n", "lrm/empty-file")
    yield lrm("no quotes", "甲一,男,197503", "lrm/not-a-record@1")
    yield lrm("single quotes", sound.replace('"', "'"), "lrm/not-a-record@1")
    yield lrm("full-width quotes", sound.replace('"', "“"), "lrm/not-a-record@1")
    yield lrm("one quote", b'\r\n"', "lrm/not-a-record@2")
    yield lrm("last quote lost", sound[:-1], "lrm/field-count@1")
    yield lrm("cut in the résumé", sound[:60], "lrm/not-a-record@1")
    for count in (1, 2, 32, 34, 66):
        text = '"' + '","'.join(["甲"] * count) + '"'
        yield lrm(f"{count} fields", text, "lrm/field-count@1")
    yield lrm("separator inside a field", record({25: '副局长","挂职'}), "lrm/field-count@1")
    yield lrm("two records", sound + "\r\n" + sound, "lrm/field-count@1")
    yield lrm("utf-8", record({0: "甲乙丙丁戊己庚辛壬癸"}).encode(), "lrm/encoding@1")
    yield lrm("utf-16 without BOM", sound.encode("utf-16-le"), "lrm/encoding@1")
    yield lrm("NUL inside", sound.encode("gbk") + b"\r\n\x00", "lrm/encoding@3")
    yield lrm("bytes of no encoding", b'"\n' + bytes(range(128, 256)) * 3, "lrm/encoding@2")
    yield lrm(
        "cut in a character",
        record().encode("gbk").replace("甲".encode("gbk"), b"\xbc"),
        "lrm/encoding@1",
    )
    yield lrm("blank name", record({0: " "}), "lrm/no-name@1")
    yield lrm("no name at all", record({0: ""}), "lrm/no-name@1")
    yield lrm("more than the limit", b'"' * (4 * 1024 * 1024 + 1), "lrm/too-large")


def _bearable() -> Iterator[Case]:
    sound = record({17: RESUME})
    yield lrm("sound", sound)
    yield lrm("blank lines around", "\r\n\r\n" + sound + "\r\n\r\n")
    yield lrm("Ctrl-Z at the end", sound + "\x1a")
    yield lrm("line ends of Unix", sound.replace("\r\n", "\n"))
    yield lrm("quote inside a field", record({25: '任"两新"工委书记'}))
    yield lrm("comma inside a field", record({25: "局长,党组书记"}))
    yield lrm("gb18030 of four bytes", record({0: "𠮷一"}).encode("gb18030"))
    yield lrm("name with dots", record({0: "阿甲·某某"}))
    yield lrm("name with a blank", record({0: "甲　一"}))
    inner = '<?xml version="1.0"?><Person><XingMing>甲</XingMing></Person>'
    yield lrm("a form of the newer kind under this name", inner, findings=("xml/encoding",))


def _values() -> Iterator[Case]:
    for written in ("197513", "19750230", "1975.13"):
        yield lrm(
            f"impossible date {written}", record({2: written}), "form/impossible-date@1:出生年月"
        )
    for number, label in ((8, "参加工作时间"), (30, "计算年龄时间"), (32, "填表时间")):
        yield lrm(
            f"month 13 in field {number}",
            record({number: "202613"}),
            f"form/impossible-date@1:{label}",
        )
    yield lrm(
        "month 13 below a résumé",
        record({17: RESUME, 32: "202613"}),
        "form/impossible-date@2:填表时间",
    )
    shapes = {
        9: ("大学", "大学#学士@研究生#硕士@", "大学#学士#研究生#硕士", "@", "a#b@c"),
        10: ("a#b#c@d", "某大学@某学院"),
    }
    for number, texts in shapes.items():
        for text in texts:
            told = () if not text.strip("@#") else ("lrm/education-shape@1",)
            yield lrm(f"field {number} {text}", record({number: text}), findings=told)
    yield lrm(
        "relatives that cannot be paired",
        record({20: "妻子@父亲", 21: "乙@丙@丁"}),
        findings=("lrm/family-shape@1",),
    )
    for number in (12, 13, 14, 15):
        yield lrm(
            f"text in the empty field {number}",
            record({number: "某"}),
            findings=("lrm/unused-field@1",),
        )
    single = {
        "no date": ({2: "三月"}, "form/not-a-date@1"),
        "no sex": ({1: "x"}, "form/not-a-sex@1"),
        "no ethnicity": ({3: "某族"}, "form/not-an-ethnicity@1"),
        "short ethnicity": ({3: "汉"}, "form/short-ethnicity@1"),
        "party unread": ({5: "某年"}, "form/party-unread@1"),
        "assessments unread": ({19: "近三年称职"}, "form/assessments-unread@1"),
        "gap in the résumé": ({17: "1997.07--2001.07  某厂\r\n2003.07--  某局"}, "resume/gap@2"),
        "relation nobody knows": ({20: "某亲", 21: "乙"}, "form/relation-unknown@1"),
        "relative born on no day": ({21: "乙", 22: "某日"}, "form/relative-date@1"),
    }
    for name, (changes, told) in single.items():
        yield lrm(name, record(changes), findings=(told,))


def _pictures() -> Iterator[Case]:
    for ending in (*PHOTO_ENDINGS, ".PIC"):
        yield lrm(f"picture {ending}", record(), beside={ending: jpeg(400, 500)})
    bad = {
        "a program": b"MZ" + bytes(60), "nothing": b"", "a sound file": b"RIFF\x24\x00\x00\x00WAVEfmt ",
        "text": b"hello", "a zip": b"PK\x03\x04",
    }  # fmt: skip
    for name, data in bad.items():
        yield lrm(
            f"picture that is {name}",
            record(),
            findings=("lrm/bad-photo@照片",),
            beside={".pic": data},
        )
    yield lrm(
        "picture of another shape",
        record(),
        findings=("form/photo-shape@照片",),
        beside={".pic": jpeg(500, 500)},
    )
    yield lrm(
        "bad picture before a good one",
        record(),
        findings=("lrm/bad-photo@照片",),
        beside={".pic": b"", ".jpg": jpeg(400, 500)},
    )
