"""`.lrm`, the form of the older editor: one record of 33 quoted fields in GBK (formats.md 1.7).

Quotes are not doubled and 简历 holds raw line breaks, so the record is no CSV: the outermost quotes
go, and `","` parts the fields. The photo is a file of its own beside the record (`.pic`, `.jpg`),
known by its bytes. The format has no ID number.

Not here: the newer `.lrmx`; what the texts mean (`form_values`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from banzi.documents.codecs.extract import LIMITS, Extract, Finding
from banzi.documents.codecs.form_texts import canonical_form
from banzi.documents.codecs.form_values import impossible_dates, person_of
from banzi.documents.codecs.lrm_fields import (
    BETWEEN,
    FAMILY,
    FAMILY_SLOTS,
    FIELDS,
    PARTED,
    PHOTO_ENDINGS,
    label,
)
from banzi.documents.codecs.pictures import is_picture
from banzi.documents.codecs.untrusted_xml import is_surely_utf8
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import FindingKind, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS

FORMAT = "lrm"

UNREADABLE = MessageKind("lrm/unreadable", _("文件无法打开；请检查是否存在、是否有权限"))
TOO_LARGE = MessageKind(
    "lrm/too-large", _("文件有{size}字节，超过上限{limit}字节，未读取；请确认是任免审批表文件")
)
EMPTY_FILE = MessageKind("lrm/empty-file", _("文件是空的；请重新取得该文件"))
NOT_GBK = MessageKind(
    "lrm/encoding", _("文字不是GBK编码，不是旧版任免审批表（.lrm）或已损坏；请从原系统重新导出")
)
NOT_A_RECORD = MessageKind(
    "lrm/not-a-record",
    _("内容不是以引号括起的一条记录，不是旧版任免审批表（.lrm）；请确认文件类型"),
)
FIELD_COUNT = MessageKind(
    "lrm/field-count", _("应有{expected}个字段，实有{found}个；请在原系统中打开核对后重新导出")
)
NO_NAME = MessageKind("lrm/no-name", _("姓名未填，无法建立人员记录；请补填姓名"))
UNUSED_FIELD = FindingKind(
    "lrm/unused-field",
    _("第{number}个字段本应为空，其内容“{text}”未读取"),
    title=_("空字段中有内容"),
)
EDUCATION_SHAPE = FindingKind(
    "lrm/education-shape",
    _("“{column}”等四项“{text}”分不清全日制与在职，未读取；请补录"),
    title=_("学历学位分不清全日制与在职"),
)
FAMILY_SHAPE = FindingKind(
    "lrm/family-shape",
    _("家庭成员各栏的项数不一致（{counts}），无法对应，未读取；请补录家庭成员"),
    title=_("家庭成员各栏无法对应"),
)
BAD_PHOTO = FindingKind(
    "lrm/bad-photo",
    _("照片文件“{photo}”无法识别或过大，未读取；请另附照片"),
    title=_("旧版审批表照片无法识别"),
)
NOT_IN_GBK = MessageKind(
    "lrm/not-in-gbk", _("“{column}”中的“{character}”不在GBK字符集内，无法写入.lrm；请改存为.lrmx")
)
CANNOT_CARRY = MessageKind(
    "lrm/cannot-carry", _("“{column}”含.lrm用作分隔的字符，写入后无法读回；请改存为.lrmx")
)
TOO_MANY_RELATIVES = MessageKind(
    "lrm/too-many-relatives", _("家庭成员有{count}人，.lrm最多{limit}人；请改存为.lrmx")
)


@dataclass(slots=True)
class _Record:
    """A record's form, the line each field begins on, and what came up on the way."""

    form: Form
    lines: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_lrm(path: Path) -> Extract:
    """One file and the photo beside it as records; see `problems` and `findings`, never raises.

    A file larger than `LIMITS["lrm_bytes"]` is not opened; its `sha256` is then "".
    """
    extract = Extract(path.name, FORMAT, "", 0)
    name = str(path)
    try:
        extract.size = path.stat().st_size
        if extract.size > LIMITS["lrm_bytes"]:
            message = TOO_LARGE(size=extract.size, limit=LIMITS["lrm_bytes"])
            extract.problems.append(Problem(message, Location(name)))
            return extract
        data = path.read_bytes()
        extract.sha256 = hashlib.sha256(data).hexdigest()
        record = _read(data, name)
    except OSError:
        extract.problems.append(Problem(UNREADABLE(), Location(name)))
        return extract
    except BadInput as error:
        extract.problems.extend(error.problems)
        return extract
    if not record.form["name"]:
        extract.problems.append(Problem(NO_NAME(), _place(record, name, "name")))
        return extract
    photo = _photo_beside(path, record, name)
    form = Form(record.form.fields, record.form.family, photo)

    def place(column: str) -> Location:
        return _place(record, name, column)

    def resume_at(line: int) -> Location:
        first = place("resume_text")
        return Location(name, row=(first.row or 1) + line - 1, column=first.column)

    extract.problems.extend(impossible_dates(form, place))
    person = person_of(form, place, resume_at)
    person.findings.extend(finding for finding in record.findings if finding.table)
    extract.findings.extend(finding for finding in record.findings if not finding.table)
    extract.persons.append(person)
    return extract


def form_of_record(data: bytes, file_name: str) -> Form:
    """The canonical form that the bytes of a `.lrm` hold; without photo.

    Raises
    ------
    BadInput
        `lrm/empty-file`, `lrm/encoding`, `lrm/not-a-record`, `lrm/field-count`, with the row.
    """
    return _read(data, file_name).form


def form_of_file(path: Path) -> Form:
    """The canonical form of a `.lrm` with the photo beside it; a photo that is none is left out.

    Raises
    ------
    BadInput
        As `form_of_record`, and `lrm/too-large`.
    OSError
        When the file cannot be read.
    """
    name = str(path)
    size, limit = path.stat().st_size, LIMITS["lrm_bytes"]
    if size > limit:
        raise _refused(TOO_LARGE(size=size, limit=limit), name)
    record = _read(path.read_bytes(), name)
    return Form(record.form.fields, record.form.family, _photo_beside(path, record, name))


def photos_beside(path: Path) -> list[Path]:
    """Files that may hold the photo of a `.lrm`: same base name, known endings, best first.

    Raises
    ------
    OSError
        When the folder cannot be read.
    """
    beside = sorted(
        each
        for each in path.parent.iterdir()
        if each.stem == path.stem and each.suffix.lower() in PHOTO_ENDINGS and each.is_file()
    )
    beside.sort(key=lambda each: PHOTO_ENDINGS.index(each.suffix.lower()))
    return beside


def write_lrm(form: Form) -> bytes:
    """The record of a form; its photo belongs in a file beside it.

    What the format has no field for is left out: ID number, version, the two elements of the 2025
    editor, elements that nobody defined.

    Raises
    ------
    BadInput
        `lrm/not-in-gbk`, `lrm/cannot-carry`, `lrm/too-many-relatives`; all at once.
    """
    form = canonical_form(form)
    problems = ProblemLog()
    if len(form.family) > FAMILY_SLOTS:
        message = TOO_MANY_RELATIVES(count=len(form.family), limit=FAMILY_SLOTS)
        problems.add(message)
    texts = [_field_text(name, form, problems) for name in FIELDS]
    for name, text in zip(FIELDS, texts, strict=True):
        _refuse_outside_gbk(name, text, problems)
    problems.stop_if_any()
    record = f'"{BETWEEN.join(texts)}"'
    found = _parted(record)
    for name, text, back in zip(FIELDS, texts, found, strict=False):
        if text != back:
            problems.add(CANNOT_CARRY(column=label(name)), Location(column=label(name)))
            break
    problems.stop_if_any()
    return f"{record}\n".replace("\n", "\r\n").encode("gbk")


def _read(data: bytes, file_name: str) -> _Record:
    text = _decoded(data, file_name)
    lead = len(text) - len(text.lstrip())
    body = text.strip(" \t\r\n\x1a")  # old editors end a text file with Ctrl-Z
    if len(body) < 2 or not (body.startswith('"') and body.endswith('"')):
        row = text.count("\n", 0, lead) + 1
        raise _refused(NOT_A_RECORD(), file_name, row)
    parts = _parted(body)
    line = text.count("\n", 0, lead) + 1
    if len(parts) != len(FIELDS):
        raise _refused(FIELD_COUNT(expected=len(FIELDS), found=len(parts)), file_name, line)
    record = _Record(Form({}))
    fields: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    for number, (name, part) in enumerate(zip(FIELDS, parts, strict=True), start=1):
        if name in PARTED:
            record.lines.update(dict.fromkeys(PARTED[name], line))
            _take_parted(name, part, fields, record, Location(file_name, row=line))
        elif name.startswith("*"):
            record.lines.setdefault("*family", line)
            lists[name.removeprefix("*")] = part.split("@")
        elif name:
            record.lines[name] = line + _leading_lines(part, name)
            fields[name] = part
        elif part.strip():
            message = UNUSED_FIELD(number=number, text=part.strip())
            record.findings.append(Finding(message, Location(file_name, row=line)))
        line += part.count("\n")
    family = _family(lists, record, file_name)
    record.form = canonical_form(Form(fields, family))
    return record


def _decoded(data: bytes, file_name: str) -> str:
    if not data.strip():
        raise _refused(EMPTY_FILE(), file_name)
    if (position := data.find(b"\x00")) >= 0:
        raise _refused(NOT_GBK(), file_name, data.count(b"\n", 0, position) + 1)
    try:
        # Two bytes a character: UTF-8 Chinese often passes for GBK nonsense, so it is asked first.
        as_utf8 = data.decode("utf-8")
    except UnicodeDecodeError:
        as_utf8 = ""
    if as_utf8 and not as_utf8.isascii() and is_surely_utf8(as_utf8):
        raise _refused(NOT_GBK(), file_name, 1)
    try:
        return data.decode("gb18030").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise _refused(NOT_GBK(), file_name, data.count(b"\n", 0, error.start) + 1) from None


def _parted(record: str) -> list[str]:
    return record[1:-1].split(BETWEEN)


def _take_parted(
    name: str, text: str, fields: dict[str, str], record: _Record, at: Location
) -> None:
    columns = PARTED[name]
    if not text.strip("@# \n"):
        return
    parts = [part for half in text.split("@") for part in half.split("#")]
    if text.count("@") != 1 or len(parts) != len(columns) or text.split("@")[0].count("#") != 1:
        message = EDUCATION_SHAPE(column=label(name), text=text)
        where = Location(at.file, row=at.row, column=PERSONS[columns[0]].zh)
        record.findings.append(Finding(message, where, "persons", columns[0], written=text))
        return
    fields.update(zip(columns, parts, strict=True))


def _family(
    lists: dict[str, list[str]], record: _Record, file_name: str
) -> tuple[FamilyMember, ...]:
    """Lines paired by position; none at all when the lists cannot be paired."""
    given = {name: parts for name, parts in lists.items() if any(part.strip() for part in parts)}
    if len({len(parts) for parts in given.values()}) > 1:
        at = Location(file_name, row=record.lines["*family"])
        message = FAMILY_SHAPE(counts=[len(lists[name]) for name in FAMILY])
        record.findings.append(Finding(message, at, "relatives"))
        return ()
    length = max((len(parts) for parts in given.values()), default=0)
    members = [
        FamilyMember(**{name: parts[number].strip() for name, parts in given.items()})
        for number in range(length)
    ]
    return tuple(member for member in members if member != FamilyMember())


def _photo_beside(path: Path, record: _Record, file_name: str) -> bytes | None:
    """The picture of the same base name; endings are compared without case."""
    try:
        beside = photos_beside(path)
    except OSError:
        return None
    for each in beside:
        try:
            small = each.stat().st_size <= LIMITS["photo_bytes"]
            data = each.read_bytes() if small else b""
        except OSError:
            data = b""
        if is_picture(data):
            return data
        at = Location(file_name, column=PERSONS["photo_sha256"].zh)
        record.findings.append(Finding(BAD_PHOTO(photo=each.name), at, "persons", "photo_sha256"))
    return None


def _place(record: _Record, file_name: str, column: str) -> Location:
    label = PERSONS[column].zh if column in PERSONS else None
    key = "*family" if column.startswith("family.") else column
    return Location(file_name, row=record.lines.get(key), column=label)


def _leading_lines(text: str, name: str) -> int:
    """Blank lines at the head of a résumé, which the canonical form leaves out."""
    if name != "resume_text" or not text.strip():
        return 0
    return text[: len(text) - len(text.lstrip())].count("\n")


def _field_text(name: str, form: Form, problems: ProblemLog) -> str:
    if name in PARTED:
        parts = [form[column] for column in PARTED[name]]
        if any("@" in part or "#" in part for part in parts):
            problems.add(CANNOT_CARRY(column=label(name)), Location(column=label(name)))
        return f"{parts[0]}#{parts[1]}@{parts[2]}#{parts[3]}" if any(parts) else ""
    if name.startswith("*"):
        parts = [getattr(member, name.removeprefix("*")) for member in form.family]
        if any("@" in part for part in parts):
            problems.add(CANNOT_CARRY(column=label(name)), Location(column=label(name)))
        return "@".join(parts + [""] * (FAMILY_SLOTS - len(parts)))
    return form[name] if name else ""


def _refuse_outside_gbk(name: str, text: str, problems: ProblemLog) -> None:
    """Each character of a field that GBK lacks is named, once."""
    lacking = [character for character in dict.fromkeys(text) if not _is_in_gbk(character)]
    if lacking:
        message = NOT_IN_GBK(column=label(name), character="、".join(lacking))
        problems.add(message, Location(column=label(name)))


def _is_in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _refused(message: Message, file_name: str, row: int | None = None) -> BadInput:
    return BadInput([Problem(message, Location(file_name, row=row))])
