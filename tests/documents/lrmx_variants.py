"""Invented forms, and the same form in the many ways its bytes are found (formats.md 1.1–1.4)."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace
from random import Random

from banzi.documents.codecs.lrmx_elements import (
    COLUMN_OF,
    FAMILY,
    FAMILY_CHILDREN,
    OPTIONAL,
    ORDER,
    PHOTO,
)
from banzi.documents.codecs.resume import ResumeSegment, resume_text_of
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.dates import month_parts
from banzi.people.choices import SegmentKind

JPEG = b"\xff\xd8\xff\xe0"
PNG = b"\x89PNG\r\n\x1a\n"

_SURNAMES = "甲乙丙丁戊己庚辛壬癸"
_GIVEN = "一二三四五六七八九十"
_DATES = ("birth", "work_started", "age_counted_on", "form_filled_on")
_DECLARATIONS = (
    "",
    '<?xml version="1.0" encoding="utf-8"?>',
    "<?xml version='1.0' encoding='UTF-8' standalone=\"yes\"?>",
    '<?xml version="1.0"?>',
    '<?xml  version="1.0"\n encoding="utf-16" ?>',
)


@dataclass(slots=True)
class Meant:
    """What a file is meant to say: the form with a canonical résumé, and its segments."""

    form: Form
    segments: list[ResumeSegment]
    closing: list[str] = field(default_factory=list)


def invented(random: Random) -> Meant:
    """A form in canonical texts."""
    segments, closing = _career(random), ["某届县委委员"] if random.random() < 0.4 else []
    first = segments[0].started or 0
    fields = {
        "name": random.choice([_name(random), "阿甲·某某"]),
        "sex": random.choice("男女"),
        "birth": _digits(first - 12 * 22),
        "ethnicity": random.choice(["汉族", "蒙古族", "回族"]),
        "native_place": "辽宁大连",
        "party_text": random.choice(["199807", "199807；民建", "民建；民盟", "群众", ""]),
        "work_started": _digits(first),
        "health": "健康",
        "specialty": random.choice(["", "财务 & 审计 <一般>"]),
        "full_time_education": random.choice(["大学", ""]),
        "full_time_education_school": "某大学\n法学专业",
        "current_posts_text": "某县某局局长",
        "resume_text": resume_text_of(segments, closing),
        "awards_text": random.choice(["无", "", "2019年记三等功一次\n2020年嘉奖"]),
        "assessments_text": random.choice(["2021年称职，2022年优秀", "近三年均称职", ""]),
        "age_counted_on": "20260630",
        "form_filled_on": random.choice(["202606", "20260630"]),
        "form_filled_by": _name(random),
        "id_number": random.choice(["11010519491231002X", ""]),
        "form_version": random.choice(["3.2.1.6", ""]),
        "retirement_month_stated": random.choice(["203503", ""]),
    }
    return Meant(
        Form(
            {column: fields[column] for column in COLUMN_OF.values() if fields.get(column)},
            family=tuple(_member(random) for _turn in range(random.randint(0, 4))),
            photo=random.choice([None, JPEG + random.randbytes(200), PNG + random.randbytes(60)]),
            extras=random.choice(
                [
                    (),
                    (("ZhengZhiMianMao", "<ZhengZhiMianMao>中共党员</ZhengZhiMianMao>"),),
                    (("Ext", '<Ext a="1"><b>丙\n丁</b><c/></Ext>'), ("Ext", "<Ext/>")),
                ]
            ),
        ),
        segments,
        closing,
    )


def variant(meant: Meant, random: Random) -> bytes:
    """Bytes that say the same in one of the ways found in files."""
    form = meant.form
    fields = {**form.fields, "resume_text": _resume_variant(meant, random)}
    for column in _DATES:
        if column in fields:
            fields[column] = _date_variant(fields[column], random)
    for column in ("name", "form_filled_by"):
        if "·" not in fields[column]:
            fields[column] = random.choice(["", " ", "　"]).join(fields[column])
    if "id_number" in fields:
        fields["id_number"] = fields["id_number"].replace("X", random.choice("xX"))
    parts = [
        _element(element, fields.get(column, ""), random) for element, column in COLUMN_OF.items()
    ]
    parts.append(_family(form.family, random))
    parts.append(_element(PHOTO, _photo(form.photo, random), random))
    extras = [content for _name, content in form.extras]
    if random.random() < 0.5:
        random.shuffle(parts)
    else:
        by_name = {part[1 : part.find(">")].rstrip("/"): part for part in parts if part}
        parts = [by_name[name] for name in (*ORDER, *OPTIONAL) if name in by_name]
    for extra in extras:  # anywhere, but in their order
        parts.append(extra)
    body = "\n".join(f"  {part}" for part in parts if part)
    comment = random.choice(["", "<!-- 导出 -->\n"])
    text = f"{random.choice(_DECLARATIONS)}\n<Person>\n{comment}{body}\n</Person>\n".lstrip("\n")
    if random.random() < 0.5:
        text = text.replace("\n", "\r\n")
    return _encoded(text, random)


def _encoded(text: str, random: Random) -> bytes:
    choice = random.random()
    if choice < 0.1:
        return text.encode("utf-16")
    if choice < 0.2:
        return text.encode("gb18030")
    return (b"\xef\xbb\xbf" if choice < 0.6 else b"") + text.encode("utf-8")


def _element(name: str, text: str, random: Random) -> str:
    if not text:
        if name in OPTIONAL:
            return ""
        return random.choice(["", f"<{name}></{name}>", f"<{name}/>", f"<{name}>\n  </{name}>"])
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    if "\x0b" in escaped and random.random() < 0.5:
        escaped = escaped.replace("\x0b", "&#11;")
    if "\n" in escaped and random.random() < 0.2:
        escaped = escaped.replace("\n", "&#13;&#10;")
    pad = (
        random.choice(["", "\n", "\n  "]) if name != "JianLi" else random.choice(["", "\n", "\n\n"])
    )
    return f"<{name}>{pad}{escaped}{pad}</{name}>"


def _family(family: tuple[FamilyMember, ...], random: Random) -> str:
    items = []
    for member in family:
        order = list(FAMILY_CHILDREN.items())
        random.shuffle(order)
        inner = "".join(_element(tag, getattr(member, slot), random) for tag, slot in order)
        items.append(f"<Item>\n{inner}</Item>")
    if random.random() < 0.3:
        empty = "".join(f"<{tag}>\n</{tag}>" for tag in FAMILY_CHILDREN)
        items.insert(random.randint(0, len(items)), f"<Item>{empty}</Item>")
    if not items:
        return random.choice(["", f"<{FAMILY}/>", f"<{FAMILY}>\n</{FAMILY}>"])
    return f"<{FAMILY}>\n" + "\n".join(items) + f"\n</{FAMILY}>"


def _photo(photo: bytes | None, random: Random) -> str:
    if photo is None:
        return ""
    text = base64.b64encode(photo).decode()
    style = random.choice(["one line", "lines", "data"])
    if style == "lines":
        return base64.encodebytes(photo).decode()
    return "data:image/jpeg;base64," + text if style == "data" else text


def _date_variant(digits: str, random: Random) -> str:
    year, month, day = digits[:4], digits[4:6], digits[6:]
    if day:
        return random.choice([digits, f"{year}.{month}.{day}", f"{year}年{int(month)}月{day}日"])
    return random.choice(
        [
            digits,
            digits + "00",
            f"{year}.{month}",
            f"{year}-{month}",
            f"{year}．{month}",
            f"{year}年{int(month)}月",
            f"{year}.{month}\x0b（51岁）",
            f"{year}.{month}（51岁）",
        ]
    )


def _resume_variant(meant: Meant, random: Random) -> str:
    if random.random() < 0.3:
        return meant.form["resume_text"]
    separator = random.choice(["--", "—", "——", "-", "─", "~", "至", "---"])
    point = random.choice([".", "．", ""])
    lines: list[str] = []

    def month(index: int | None) -> str:
        return "{:04d}{}{:02d}".format(*_spread(index or 0, point))

    for segment in meant.segments:
        start = month(segment.started)
        end = random.choice(["至今", ""]) if segment.is_open else month(segment.ended)
        if segment.kind is SegmentKind.NESTED:
            opening = random.choice(["（其间：", "(其间:", "（其中："])
            closing = ")" if opening[0] == "(" else "）"
            lines.append(f"    {opening}{start}{separator}{end}{segment.text}{closing}")
        else:
            blanks = " " * random.choice([1, 2, 5])
            lines.append(f"{start}{separator}{end}{blanks}{segment.text}")
        lines.extend("      " + note for note in segment.notes.splitlines())
    if meant.closing:
        lines.extend(["", *meant.closing])
    return "\n".join(lines)


def _spread(index: int, point: str) -> tuple[int, str, int]:
    year, month = month_parts(index)
    return year, point, month


def _career(random: Random) -> list[ResumeSegment]:
    start = 12 * random.randint(1985, 2000) + random.randrange(12)
    segments: list[ResumeSegment] = []
    for number in range(random.randint(1, 5)):
        end = start + random.randint(3, 60)
        text = f"某县某局第{number}科科员"
        note = random.choice(["", "借调某市某局工作", "参加抗洪\n参加扶贫"])
        segments.append(ResumeSegment(SegmentKind.MAIN, start, end, False, text, note))
        if random.random() < 0.4:
            inner = ResumeSegment(SegmentKind.NESTED, start + 1, end - 1, False, "在某党校学习")
            segments.append(inner)
        start = end
    if random.random() < 0.7:
        segments.append(ResumeSegment(SegmentKind.MAIN, start, None, True, "某县某局局长"))
    return segments


def _member(random: Random) -> FamilyMember:
    return FamilyMember(
        relation=random.choice(["妻子", "丈夫", "儿子", "父亲", "长女"]),
        name=_name(random),
        birth=random.choice(["", "197603", "19760312"]),
        political_status=random.choice(["", "群众", "中共党员"]),
        unit_and_post=random.choice(["", "某县某小学教师", "某厂工人（已退休）"]),
    )


def _name(random: Random) -> str:
    return random.choice(_SURNAMES) + random.choice(_GIVEN) + random.choice(_GIVEN)


def _digits(index: int) -> str:
    return "{:04d}{:02d}".format(*month_parts(index))


def without_resume(form: Form) -> Form:
    """The form without its résumé text, which is kept as written and compared by segments."""
    fields = {column: text for column, text in form.fields.items() if column != "resume_text"}
    return replace(form, fields=fields)
