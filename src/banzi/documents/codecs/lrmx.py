"""`.lrmx`, the exchange file of 干部任免审批表: one person, plain XML (formats.md 1.1–1.4).

Reading accepts whatever the known editors and exporters write; writing gives one form: UTF-8 with
BOM, CRLF, two blanks of indent, the 34 elements in order, then the elements of the 2025 editor
and those nobody defined, as they came. Writing what was read and reading it again changes nothing.

Not here: the older `.lrm` and its picture file (`lrm`).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from banzi.documents.codecs.extract import LIMITS, Extract, Finding
from banzi.documents.codecs.form_texts import canonical_form, canonical_text
from banzi.documents.codecs.form_values import impossible_dates, person_of
from banzi.documents.codecs.lrmx_elements import (
    COLUMN_OF,
    FAMILY,
    FAMILY_CHILDREN,
    MEMBER,
    OPTIONAL,
    ORDER,
    PHOTO,
    ROOT,
)
from banzi.documents.codecs.lrmx_family import read_family
from banzi.documents.codecs.pictures import is_picture
from banzi.documents.codecs.untrusted_xml import parse_untrusted, row_of, text_of
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import FindingKind, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS

NOT_A_FORM = MessageKind(
    "lrmx/not-a-form", _("根元素是“{element}”，不是任免审批表（Person）；请确认文件类型")
)
UNREADABLE = MessageKind("lrmx/unreadable", _("文件无法打开；请检查是否存在、是否有权限"))
TOO_LARGE = MessageKind(
    "lrmx/too-large", _("文件有{size}字节，超过上限{limit}字节，未读取；请检查照片是否过大")
)
NO_NAME = MessageKind("lrmx/no-name", _("姓名未填，无法建立人员记录；请补填姓名"))
TWICE = FindingKind(
    "lrmx/element-twice",
    _("“{column}”出现了不止一次且内容不同（{values}）；请确认以哪个为准"),
    title=_("同一栏出现两次且内容不同"),
)
NESTED = FindingKind(
    "lrmx/nested-element",
    _("“{column}”内含其他元素，已只取文字；请核对"),
    title=_("栏内含其他元素"),
)
BAD_PHOTO = FindingKind(
    "lrmx/bad-photo", _("照片数据无法识别，未读取；请重新插入照片"), title=_("照片无法识别")
)
PHOTO_TWICE = FindingKind(
    "lrmx/photo-twice",
    _("文件中有不止一张不同的照片，只读取了第一张；请核对"),
    title=_("文件中有不止一张照片"),
)
BAD_CHARACTER = MessageKind(
    "lrmx/bad-character", _("“{column}”含文件不允许的控制字符（{character}）；请删除后再导出")
)
BAD_EXTRA = MessageKind("lrmx/bad-extra", _("未识别元素“{element}”的内容不是完整的XML，无法写出"))

_BOM = b"\xef\xbb\xbf"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_DERIVED_COLUMNS = {
    "party_text": ("political_status", "party_joined", "second_party", "third_party")
}
_DERIVED_TABLES = {
    "resume_text": ("career_segments",),
    "assessments_text": ("assessments",),
    "awards_text": ("completeness",),
    "form_filled_on": ("completeness",),
}
"""What is read off a field, and so is as disputed as the field itself."""


@dataclass(slots=True)
class _Reading:
    """A form with the places and doubts that came up while it was read."""

    form: Form
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    written_family: list[FamilyMember] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A form beside its texts exactly as the file has them, for those who check the writing.

    `fields` and `family` hold the texts before they were made canonical, `family` line by line as
    `form.family`; `disputed` the columns the file gives twice with different texts.
    """

    form: Form
    fields: Mapping[str, str]
    family: tuple[FamilyMember, ...]
    disputed: tuple[str, ...]


def read_form(data: bytes, file_name: str) -> Form:
    """The form as it was meant: canonical texts by column of `persons`.

    Raises
    ------
    BadInput
        When the bytes are no form: `xml/…`, `lrmx/not-a-form`; file, row and column where known.
    """
    return _read(data, file_name).form


def read_written(data: bytes, file_name: str) -> WrittenForm:
    """The form with its texts as the file has them; raises as `read_form`."""
    reading = _read(data, file_name)
    family = tuple(reading.written_family)
    return WrittenForm(reading.form, reading.written, family, tuple(reading.disputed))


def read_lrmx(path: Path) -> Extract:
    """One file as records. Never raises for what the file holds: see `problems` and `findings`.

    A file larger than `LIMITS["lrmx_bytes"]` is not opened; its `sha256` is then "".
    """
    extract = Extract(path.name, "lrmx", "", 0)
    at = Location(str(path))
    try:
        extract.size = path.stat().st_size
        if extract.size > LIMITS["lrmx_bytes"]:
            message = TOO_LARGE(size=extract.size, limit=LIMITS["lrmx_bytes"])
            extract.problems.append(Problem(message, at))
            return extract
        data = path.read_bytes()
        extract.sha256 = hashlib.sha256(data).hexdigest()
    except OSError:
        extract.problems.append(Problem(UNREADABLE(), at))
        return extract
    try:
        reading = _read(data, str(path))
    except BadInput as error:
        extract.problems.extend(error.problems)
        return extract
    if not reading.form["name"]:
        extract.problems.append(Problem(NO_NAME(), _place(reading, str(path), "name")))
        return extract
    _fill(extract, reading, str(path))
    return extract


def write_form(form: Form) -> bytes:
    """The canonical bytes of a form; equal forms give equal bytes.

    Raises
    ------
    BadInput
        `lrmx/bad-character` for a character XML cannot carry, `lrmx/bad-extra`; all at once.
    """
    form = canonical_form(form)
    _refuse_unwritable(form)
    kept = {name for name, _content in form.extras}
    lines = [_HEAD, f"<{ROOT}>"]
    for element in ORDER:
        if element == FAMILY:
            lines.extend(family_lines(form.family))
        elif element != PHOTO:
            lines.append(element_line(element, form[COLUMN_OF[element]]))
        elif form.photo is not None or PHOTO not in kept:
            lines.append(element_line(PHOTO, base64.b64encode(form.photo or b"").decode("ascii")))
    for element in OPTIONAL:
        if text := form[COLUMN_OF[element]]:
            lines.append(element_line(element, text))
    lines.extend(f"  {_canonical_extra(name, content)}" for name, content in form.extras)
    lines.append(f"</{ROOT}>")
    text = "\n".join(lines) + "\n"
    return _BOM + text.replace("\n", "\r\n").encode("utf-8")


def _read(data: bytes, file_name: str) -> _Reading:
    if len(data) > LIMITS["lrmx_bytes"]:
        message = TOO_LARGE(size=len(data), limit=LIMITS["lrmx_bytes"])
        raise BadInput([Problem(message, Location(file_name))])
    root, findings = parse_untrusted(data, file_name)
    if root.tag != ROOT:
        message = NOT_A_FORM(element=root.tag)
        raise BadInput([Problem(message, Location(file_name, row=row_of(root)))])
    reading = _Reading(Form({}), findings=findings)
    fields: dict[str, str] = {}
    family: list[FamilyMember] = []
    extras: list[tuple[str, str]] = []
    photo: bytes | None = None
    for child in root.iterchildren(tag=etree.Element):
        name = str(child.tag)
        if name in COLUMN_OF:
            _take_field(child, fields, reading, file_name)
        elif name == FAMILY:
            _take_family(child, family, reading, file_name)
        elif name == PHOTO and (photo is None or not text_of(child)):
            photo = photo or _take_photo(child, extras, reading, file_name)
        else:
            extras.append(_extra(child))
            if name == PHOTO and _picture(child) != photo:
                at = Location(file_name, row=row_of(child), column=PERSONS["photo_sha256"].zh)
                findings.append(Finding(PHOTO_TWICE(), at, "persons", "photo_sha256"))
    reading.form = canonical_form(Form(fields, tuple(family), photo, tuple(extras)))
    return reading


def _take_field(
    child: etree._Element, fields: dict[str, str], reading: _Reading, file_name: str
) -> None:
    column = COLUMN_OF[str(child.tag)]
    written = text_of(child)
    text = canonical_text(column, written)
    label = PERSONS[column].zh
    if len(child):
        at = Location(file_name, row=row_of(child), column=label)
        reading.findings.append(Finding(NESTED(column=label), at, "persons", column))
    known = fields.get(column, "")
    if text and known and text != known and column not in reading.disputed:
        at = Location(file_name, row=row_of(child), column=label)
        message = TWICE(column=label, values=[known, text])
        options = (known, text)
        reading.disputed.append(column)
        reading.findings.append(
            Finding(message, at, "persons", column, options=options, written=known)
        )
    if not known:
        fields[column] = text
        reading.written[column] = written
        leading = _leading_lines(written) if column == "resume_text" else 0
        reading.lines[column] = (row_of(child) or 1) + leading


def _take_family(
    parent: etree._Element, family: list[FamilyMember], reading: _Reading, file_name: str
) -> None:
    members, findings = read_family(parent, len(family), file_name)
    reading.findings.extend(findings)
    for row, member in members:
        family.append(member)
        reading.written_family.append(member)
        reading.lines[f"family.{len(family)}"] = row


def _take_photo(
    child: etree._Element, extras: list[tuple[str, str]], reading: _Reading, file_name: str
) -> bytes | None:
    """The picture; one that cannot be read is kept as an unknown element and written back."""
    if not text_of(child).strip():
        return None
    if is_picture(photo := _picture(child)):
        reading.lines["photo_sha256"] = row_of(child) or 1
        return photo
    at = Location(file_name, row=row_of(child), column=PERSONS["photo_sha256"].zh)
    reading.findings.append(Finding(BAD_PHOTO(), at, "persons", "photo_sha256"))
    extras.append(_extra(child))
    return None


def _picture(child: etree._Element) -> bytes:
    """The bytes that a text in base64 stands for; none where it is no base64."""
    text = "".join(text_of(child).split())
    encoded = text.partition(",")[2] if text.startswith("data:") else text
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
    except ValueError:  # not base64, or not even ASCII
        return b""


def _fill(extract: Extract, reading: _Reading, file_name: str) -> None:
    def place(column: str) -> Location:
        return _place(reading, file_name, column)

    def resume_at(line: int) -> Location:
        first = place("resume_text")
        return Location(file_name, row=(first.row or 1) + line - 1, column=first.column)

    extract.problems.extend(impossible_dates(reading.form, place))
    person = person_of(reading.form, place, resume_at)
    for column in reading.disputed:
        if column == "name":  # a person without a name is no record; the finding stands
            continue
        person.row.update(dict.fromkeys((column, *_DERIVED_COLUMNS.get(column, ()))))
        for table in _DERIVED_TABLES.get(column, ()):
            person.rows.pop(table, None)
        person.findings = [
            finding
            for finding in person.findings
            if (finding.table, finding.column) != ("persons", column)
        ]
    person.findings.extend(finding for finding in reading.findings if finding.table)
    extract.findings.extend(finding for finding in reading.findings if not finding.table)
    extract.persons.append(person)


def _place(reading: _Reading, file_name: str, column: str) -> Location:
    label = PERSONS[column].zh if column in PERSONS else None
    return Location(file_name, row=reading.lines.get(column), column=label)


def _refuse_unwritable(form: Form) -> None:
    problems = ProblemLog()
    texts = [(PERSONS[column].zh, text) for column, text in form.fields.items()]
    for member in form.family:
        texts.extend((attribute, getattr(member, attribute)) for attribute in member.__slots__)
    for label, text in texts:
        if found := _ILLEGAL.search(text):
            problems.add(_bad_character(label, found[0]), Location(column=label))
    for name, content in form.extras:
        if found := _ILLEGAL.search(content):
            problems.add(_bad_character(name, found[0]), Location(column=name))
        elif _canonical_extra(name, content) is None:
            problems.add(BAD_EXTRA(element=name), Location(column=name))
    problems.stop_if_any()


def _canonical_extra(name: str, content: str) -> str | None:
    """The element as it is written; None when it is none, or one that the form defines."""
    try:
        element, _findings = parse_untrusted(content.encode("utf-8"), "")
    except BadInput:
        return None
    if element.tag in COLUMN_OF or element.tag == FAMILY:
        return None
    found_name, written = _extra(element)
    return written if found_name == name else None


def _bad_character(label: str, character: str) -> Message:
    return BAD_CHARACTER(column=label, character=f"U+{ord(character):04X}")


def family_lines(family: tuple[FamilyMember, ...]) -> list[str]:
    """The lines of a file that hold these family members, without line ends."""
    if not family:
        return [f"  <{FAMILY}></{FAMILY}>"]
    lines = [f"  <{FAMILY}>"]
    for member in family:
        lines.append(f"    <{MEMBER}>")
        lines.extend(
            element_line(element, getattr(member, attribute), indent=6)
            for element, attribute in FAMILY_CHILDREN.items()
        )
        lines.append(f"    </{MEMBER}>")
    return [*lines, f"  </{FAMILY}>"]


def element_line(element: str, text: str, indent: int = 2) -> str:
    """One element with its text, escaped."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"{' ' * indent}<{element}>{escaped}</{element}>"


def _extra(child: etree._Element) -> tuple[str, str]:
    content = etree.tostring(child, encoding="unicode", with_tail=False)
    return etree.QName(child).localname, content


def _leading_lines(text: str) -> int:
    """Blank lines at the head of a text, which the canonical form leaves out."""
    return text[: len(text) - len(text.lstrip())].count("\n") if text.strip() else 0
