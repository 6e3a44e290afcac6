"""`.lrmx` files that are XML and yet not as they should be: dates, photos, numbers, résumés."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from tests.documents.corpus.case import Case
from tests.documents.corpus.lrmx_bytes import inside, lrmx
from tests.support.form_cases import jpeg, png

from banzi.codes.id_numbers import with_check_digit

_DATE_FIELDS = {
    "ChuShengNianYue": "出生年月",
    "CanJiaGongZuoShiJian": "参加工作时间",
    "JiSuanNianLingShiJian": "计算年龄时间",
    "TianBiaoShiJian": "填表时间",
}
_IMPOSSIBLE = (
    "197513", "197599", "19750230", "19750431", "20230229", "19750001", "19751301", "1975.13",
    "1975-02-30", "1975/13/01", "1975．13", "1975年13月", "1975年2月30日", "187503", "219903",
    "000000", "999999", "99999999",
)  # fmt: skip
_NO_DATES = (
    "七五年三月", "75.03", "03/1975", "1975.3.1.1", "1975O3", "-197503", "1975-", "1975.03至今",
    "不详", "？", "2026-06-30T00:00:00", "19750312 12:00", "1" * 400,
    "NaN", "43500", "1.97503E+05", "约1975.03", "197503，197504",
)  # fmt: skip


def cases() -> Iterator[Case]:
    yield from _dates()
    yield from _numbers()
    yield from _words()
    yield from _names()
    yield from _photos()
    yield from _repeats()
    yield from _family()
    yield from _resumes()


def _dates() -> Iterator[Case]:
    for written in _IMPOSSIBLE:
        text = inside(f"<ChuShengNianYue>{written}</ChuShengNianYue>")
        yield lrmx(f"impossible date {written}", text, "form/impossible-date@3:出生年月")
    for written in _NO_DATES:
        text = inside(f"<ChuShengNianYue>{written}</ChuShengNianYue>")
        name = f"no date {written[:20]}"
        yield lrmx(name, text, findings=("form/not-a-date@3:出生年月",))
    for written in ("1975年", "1975.3月", "1975", "197500"):
        yield lrmx(f"date {written}", inside(f"<ChuShengNianYue>{written}</ChuShengNianYue>"))
    for element, label in _DATE_FIELDS.items():
        text = inside(f"<{element}>202613</{element}>")
        yield lrmx(f"month 13 in {element}", text, f"form/impossible-date@3:{label}")
    everywhere = "\n".join(f"<{element}>202613</{element}>" for element in _DATE_FIELDS)
    rows = {label: row for row, label in enumerate(_DATE_FIELDS.values(), start=3)}
    told = [f"form/impossible-date@{row}:{label}" for label, row in rows.items()]
    yield lrmx("month 13 in every date", inside(everywhere), *told)
    party = {
        "199813": True,
        "不是党员": True,
        "1998.07.45": True,
        "民建；199807": True,
        "199807；199907": True,
        "民建；民建": True,
        "某党": True,
        "199807；民建；民盟；农工党": True,
        "199807预备": True,
    }
    for written in party:
        text = inside(f"<RuDangShiJian>{written}</RuDangShiJian>")
        yield lrmx(f"party {written}", text, findings=("form/party-unread@3",))


def _numbers() -> Iterator[Case]:
    good = with_check_digit("15010219750312001")[:18]
    wrong_check = good[:17] + ("1" if good[17] != "1" else "2")
    numbers = {
        "123": "codes/id-length",
        good[:17]: "codes/id-length",
        good + "1": "codes/id-length",
        good[:10] + "O" + good[11:]: "codes/id-characters",
        "X" + good[1:]: "codes/id-characters",
        "150102197513120011": "codes/id-date",
        "150102197502300011": "codes/id-date",
        "150102000000000011": "codes/id-date",
        wrong_check: "codes/id-check-digit",
        "H12345678": "codes/id-length",
        "1.50102E+17": "codes/id-length",
    }
    for written, code in numbers.items():
        text = inside(f"<ShenFenZheng>{written}</ShenFenZheng>")
        yield lrmx(f"ID number {written}", text, findings=(f"{code}@3:身份证号",))
    for written in (
        f" {good[:6]} {good[6:14]} {good[14:]} ",
        "11010519491231002x",
        "150102750312001",
    ):
        yield lrmx(f"ID number {written}", inside(f"<ShenFenZheng>{written}</ShenFenZheng>"))
    both = f"<XingBie>女</XingBie><ChuShengNianYue>197504</ChuShengNianYue><ShenFenZheng>{good}</ShenFenZheng>"
    yield lrmx(
        "ID number of another birth and sex",
        inside(both),
        findings=("form/id-birth-differs@3:出生年月", "form/id-sex-differs@3:性别"),
    )


def _words() -> Iterator[Case]:
    for written in ("M", "1", "男性", "男女", "not told", "♂"):
        text = inside(f"<XingBie>{written}</XingBie>")
        yield lrmx(f"sex {written}", text, findings=("form/not-a-sex@3:性别",))
    yield lrmx("sex with blanks", inside("<XingBie> 男　</XingBie>"))
    for written in ("汗族", "Han", "汉族、回族", "少数民族", "族"):
        text = inside(f"<MinZu>{written}</MinZu>")
        yield lrmx(f"ethnicity {written}", text, findings=("form/not-an-ethnicity@3:民族",))
    for written in ("汉", "蒙古", "回"):
        text = inside(f"<MinZu>{written}</MinZu>")
        yield lrmx(f"ethnicity {written}", text, findings=("form/short-ethnicity@3:民族",))
    yield lrmx(
        "an element inside a field",
        inside("<JiGuan>河北<b>盐山</b></JiGuan>"),
        findings=("lrmx/nested-element@3:籍贯",),
    )
    for written in (
        "近三年均称职",
        "2024年",
        "2024年很好",
        "2024—2020年称职",
        "2024年称职，2024年优秀",
        "99年称职",
    ):
        text = inside(f"<NianDuKaoHeJieGuo>{written}</NianDuKaoHeJieGuo>")
        yield lrmx(f"assessments {written}", text, findings=("form/assessments-unread@3",))
    yield lrmx(
        "a hundred thousand letters in a field", inside(f"<JiGuan>{'盐' * 100_000}</JiGuan>")
    )


def _names() -> Iterator[Case]:
    names = {
        "of two dots": "阿卜杜·热合曼·某某",
        "with another dot": "阿甲・某某",
        "with blanks": "张　三",
        "of a rare character": "䶮𠮷",
        "beyond the basic plane": "𬭎𫖯",
        "of a compatibility form": "\uf9f4",
        "with a variation selector": "葛\U000e0100",
        "of fifty characters": "阿" * 24 + "·" + "依" * 25,
        "of five thousand characters": "甲" * 5000,
        "in Latin letters": "John  Smith",
        "with a zero-width blank": "甲\u200b一",
        "written right to left": "\u202e一甲",
        "of digits": "12345",
        "with a formula": "=HYPERLINK(1)",
        "with a path": "../../甲",
        "of an emoji": "甲😀",
    }
    for name, written in names.items():
        yield lrmx(f"name {name}", f"<Person><XingMing>{written}</XingMing></Person>")


def _photos() -> Iterator[Case]:
    def photo(text: str) -> str:
        return inside(f"<ZhaoPian>{text}</ZhaoPian>")

    def encoded(data: bytes) -> str:
        return base64.b64encode(data).decode()

    bad = {
        "not base64": "这不是照片",
        "half a group": "A",
        "of a sound file": encoded(b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(20)),
        "of a film": encoded(b"RIFF\x24\x00\x00\x00AVI LIST" + bytes(20)),
        "of text": encoded(b"hello, world"),
        "of a vector picture": encoded(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        "of a page": encoded(b"<html>"),
        "of a program": encoded(b"MZ" + bytes(60)),
        "of a zip": encoded(b"PK\x03\x04" + bytes(60)),
        "of a PDF": encoded(b"%PDF-1.7"),
        "in letters for addresses": base64.urlsafe_b64encode(b"\xff\xd8\xff\xfb\xef\xbe" * 4).decode(),
        "in hexadecimal": jpeg(400, 500).hex(),
        "of a data address without data": "data:image/jpeg;base64,",
        "of a file path": "C:\\Photos\\1.jpg",
    }  # fmt: skip
    for name, text in bad.items():
        yield lrmx(f"photo {name}", photo(text), findings=("lrmx/bad-photo@3:照片",))
    sound = {
        "JPEG": encoded(jpeg(400, 500)),
        "JPEG cut short": encoded(jpeg(400, 500)[:12]),
        "PNG": encoded(png(400, 500)),
        "GIF": encoded(b"GIF89a" + bytes(20)),
        "BMP": encoded(b"BM" + bytes(60)),
        "TIFF": encoded(b"II*\x00" + bytes(20)),
        "WebP": encoded(b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20)),
        "over several lines": base64.encodebytes(jpeg(400, 500) * 9).decode(),
        "as a data address": "data:image/jpeg;base64," + encoded(jpeg(400, 500)),
        "without padding": encoded(jpeg(400, 500) + b"1").rstrip("="),
        "of no height": encoded(jpeg(400, 0)),
        "blank": " \n ",
    }  # fmt: skip
    for name, text in sound.items():
        yield lrmx(f"photo {name}", photo(text))
    for name, data in {
        "square": jpeg(500, 500),
        "wide": png(900, 500),
        "of a line": jpeg(65535, 1),
    }.items():
        yield lrmx(f"photo {name}", photo(encoded(data)), findings=("form/photo-shape@3:照片",))
    other = photo(encoded(jpeg(400, 500))).replace(
        "</Person>", f"<ZhaoPian>{encoded(jpeg(412, 500))}</ZhaoPian></Person>"
    )
    yield lrmx("photo twice, different", other, findings=("lrmx/photo-twice@4:照片",))
    yield lrmx("photo with an element inside", photo(f"<b>{encoded(jpeg(400, 500))}</b>"))


def _repeats() -> Iterator[Case]:
    pairs = {
        "XingBie": ("男", "女"), "ChuShengNianYue": ("197503", "197603"),
        "MinZu": ("汉族", "回族"), "JianKangZhuangKuang": ("健康", "一般"),
        "JianLi": ("1998.07--  甲", "1999.07--  乙"), "XianRenZhiWu": ("甲", "乙"),
        "JiangChengQingKuang": ("无", "记过"), "RuDangShiJian": ("199807", "群众"),
    }  # fmt: skip
    for element, (one, other) in pairs.items():
        twice = f"<{element}>{one}</{element}>\n<{element}>{other}</{element}>"
        yield lrmx(f"{element} twice, different", inside(twice), findings=("lrmx/element-twice@4",))
        same = f"<{element}>{one}</{element}>\n<{element}>{one}</{element}>\n<{element}/>"
        yield lrmx(f"{element} twice, the same", inside(same))
    names = "<XingMing>甲二</XingMing>"
    yield lrmx("name twice, different", inside(names), findings=("lrmx/element-twice@3:姓名",))


def _family() -> Iterator[Case]:
    def family(inner: str) -> str:
        return inside(f"<JiaTingChengYuan>{inner}</JiaTingChengYuan>")

    def member(**texts: str) -> str:
        return (
            "<Item>" + "".join(f"<{tag}>{text}</{tag}>" for tag, text in texts.items()) + "</Item>"
        )

    for relation in ("某亲", "老公", "妻女", "1"):
        yield lrmx(
            f"relation {relation}",
            family(member(ChengWei=relation, XingMing="乙")),
            findings=("form/relation-unknown@3",),
        )
    for birth in ("某年", "197613", "19760230", "51岁", "一九七六"):
        yield lrmx(
            f"relative born {birth}",
            family(member(ChengWei="妻子", ChuShengRiQi=birth)),
            findings=("form/relative-date@3",),
        )
    yield lrmx(
        "relative with an element nobody knows",
        family(member(ChengWei="妻子", DianHua="1")),
        findings=("lrmx/family-element@3",),
    )
    yield lrmx("relatives all blank", family("<Item></Item><Item><XingMing> </XingMing></Item>"))
    yield lrmx("thirty relatives", family(member(ChengWei="儿子", XingMing="乙") * 30))
    yield lrmx("a relative with nothing but a name", family(member(XingMing="乙")))
    yield lrmx(
        "family given twice",
        family(member(ChengWei="妻子", XingMing="乙")).replace(
            "</Person>",
            "<JiaTingChengYuan>"
            + member(ChengWei="儿子", XingMing="丙")
            + "</JiaTingChengYuan></Person>",
        ),
    )
    yield lrmx(
        "relative whose name is given twice",
        family("<Item><XingMing>乙</XingMing><XingMing>丙</XingMing></Item>"),
        findings=("lrmx/family-twice@3",),
    )
    yield lrmx(
        "relative under another tag",
        family("<Row><XingMing>乙</XingMing></Row>"),
        findings=("lrmx/family-unread@3",),
    )
    yield lrmx("family as plain text", family("妻子 乙"), findings=("lrmx/family-unread@3",))


def _resumes() -> Iterator[Case]:
    resumes: dict[str, tuple[str, tuple[str, ...]]] = {
        "gap": ("1998.07--2001.08  甲\n2003.01--  乙", ("resume/gap@4",)),
        "overlap": ("1998.07--2003.08  甲\n2001.01--  乙", ("resume/overlap@4",)),
        "end before start": ("2001.08--1998.07  甲", ("resume/ends-before-start@3",)),
        "month 13": ("1998.13--2001.08  甲", ("resume/no-such-month@3",)),
        "month 0": ("1998.00--2001.08  甲", ("resume/no-such-month@3",)),
        "end in month 13": ("1998.07--2001.13  甲", ("resume/no-such-month@3",)),
        "long bar twice": ("1998.07──2001.08  甲", ()),
        "three hyphens": ("1998.07---2001.08  甲", ()),
        "four hyphens": ("1998.07----2001.08  甲", ("resume/left-over@3",)),
        "one digit for the month": ("1998.07--2001.8  甲", ()),
        "open inside": ("1998.07--  甲\n2001.08--  乙", ("resume/open-inside@3",)),
        "其间 outside": (
            "1998.07--2001.08  甲\n（其间：1990.01--1991.01某校学习）\n2001.08--  乙",
            ("resume/outside-parent@4",),
        ),
        "no dates": ("某局干部，后任局长", ("resume/no-dates@3",)),
        "text before the first": ("某年生\n1998.07--  甲", ("resume/before-first@3",)),
        "dates alone": ("1998.07--2001.08\n2001.08--  乙", ("resume/no-text@3",)),
        "年月 in words": ("1998年7月至2001年8月  甲", ()),
        "full-width digits": ("１９９８．０７—２００１．０８  甲", ()),
        "tilde": ("1998.07~2001.08 甲", ()),
        "至今": ("1998.07--至今     甲", ()),
        "six digits": ("199807--201606  甲", ()),
        "day written": ("1998.07.01--2001.08.31  甲", ("resume/no-dates@3",)),
        "two spans in a line": ("1998.07--2001.08--2003.01  甲", ("resume/left-over@3",)),
        "bracket never closed": ("1998.07--2001.08  甲\n（其间：1999.01--2000.01某校学习", ()),
        "brackets by the thousand": ("1998.07--2001.08  甲\n" + "（" * 5000, ()),
        "separators by the thousand": ("1998.07" + "-" * 5000, ("resume/left-over@3",)),
        "a thousand segments": (
            "\n".join(f"{1000 + n}.07--{1001 + n}.07  甲" for n in range(900, 1000)),
            (),
        ),
        "line separators of Unicode": ("1998.07--2001.08  甲\u20282001.08--  乙", ()),
        "tabs": ("\t1998.07--2001.08\t甲", ()),
    }
    for name, (text, findings) in resumes.items():
        yield lrmx(f"résumé: {name}", inside(f"<JianLi>{text}</JianLi>"), findings=findings)
