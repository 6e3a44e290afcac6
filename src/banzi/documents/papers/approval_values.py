"""What the 干部任免审批表 shows in each cell for one person: texts, ready to be set.

Dates become `1975.03`, ages are counted to the month at 计算年龄时间 or, failing that, at 填表时间,
and left blank where the months are not known; two-character names are padded for display. The
file formats keep the plain values; nothing here is written back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from banzi.documents.form import FamilyMember, Form, relative_label
from banzi.kernel.dates import PartialDate, Precision, parse_partial_date
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS

AGE_COUNTED_AT = MessageKind("papers/age-counted-at", _("年龄计算到{month}（按{basis}）"))
NO_AGE_MONTH = MessageKind(
    "papers/no-age-month",
    _("“计算年龄时间”和“填表时间”均未填到月，年龄留空；请先填写其中一项"),
)
NO_BIRTH_MONTH = MessageKind("papers/no-birth-month", _("出生年月未填到月，年龄留空"))
UNPRINTABLE = MessageKind(
    "papers/unprintable-character",
    _("{name}的“{column}”第{place}个字是无法打印的控制字符（{character}）；请删除该字符后重新输出"),
)
FAMILY_COLUMN = _("家庭成员第{number}人{column}")

BY_COUNTED_ON = _("计算年龄时间")
BY_FILLED_ON = _("填表时间")

_AGE_ON_FORM = _("{birth}\n（{age}岁）")
_FILLED_ON = _("{year}年{month}月{day}日")
_NO_DAY = _("　　年　　月　　日")
_DATE_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?:\d{2})?(?!\d)")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Controls and lone surrogates. Line ends of every kind are none: they are set as line ends."""
_DEAD = ("已去世", "已故")
_DATE_COLUMNS = ("birth", "work_started", "retirement_month_stated")


@dataclass(frozen=True, slots=True)
class Shown:
    """Texts by cell (`persons` column, or `family.N.column`), and notes for whoever prints.

    A cell that is missing is blank.
    """

    texts: dict[str, str]
    notes: tuple[Message, ...]


def shown_texts(form: Form) -> Shown:
    """The texts of every value cell of a form.

    Raises
    ------
    BadInput
        `papers/unprintable-character`, every field that has one: no document can hold it, and a
        blank in its place would change what the form says.
    """
    _refuse_unprintable(form)
    texts = {name: plain_text(text).strip("\n") for name, text in form.fields.items()}
    notes: list[Message] = []
    texts["name"] = padded_name(texts.get("name", ""))
    for column in _DATE_COLUMNS:
        texts[column] = month_shown(texts.get(column, ""))
    texts["party_text"] = party_entry_shown(texts.get("party_text", ""))
    reference, basis = age_reference(form)
    if reference is None:
        notes.append(NO_AGE_MONTH())
    else:
        month = f"{reference.year}.{reference.month:02d}"
        notes.append(AGE_COUNTED_AT(month=month, basis=basis))
        years = age_at(form["birth"], reference)
        if years is None:
            notes.append(NO_BIRTH_MONTH())
        else:
            texts["birth"] = render(_AGE_ON_FORM, {"birth": texts["birth"], "age": years})
    texts["form_filled_on"] = _filled_on(form["form_filled_on"])
    for number, member in enumerate(form.family):
        for column, text in _family_texts(member, reference).items():
            texts[f"family.{number}.{column}"] = plain_text(text)
    return Shown(texts, tuple(notes))


def plain_text(text: str) -> str:
    """The text with one kind of line end, and `\ufffd` where it has what no document can hold."""
    return _UNPRINTABLE.sub("\ufffd", "\n".join(text.splitlines()))


def cell_name(field: str) -> str:
    """Chinese name of a value cell (`persons` column or `family.N.column`), for messages."""
    if not field.startswith("family."):
        return PERSONS[field].zh if field in PERSONS else field
    return relative_label(field.rsplit(".", 1)[1])


def _refuse_unprintable(form: Form) -> None:
    problems = ProblemLog()
    texts = [(cell_name(column), text) for column, text in form.fields.items()]
    for number, member in enumerate(form.family, start=1):
        for column in member.__slots__:
            label = cell_name(f"family.{number}.{column}")
            values = {"number": number, "column": label}
            texts.append((render(FAMILY_COLUMN, values), getattr(member, column)))
    for label, text in texts:
        if found := _UNPRINTABLE.search(text):
            message = UNPRINTABLE(
                name=_UNPRINTABLE.sub("", form["name"]),
                column=label,
                place=found.start() + 1,
                character=f"U+{ord(found[0]):04X}",
            )
            problems.add(message, Location(column=label))
    problems.stop_if_any()


def padded_name(name: str) -> str:
    """A name of two Chinese characters with a full-width blank between them, as forms print it."""
    return f"{name[0]}　{name[1]}" if len(name) == 2 and not name.isascii() else name


def month_shown(text: str) -> str:
    """`1975.03` for a date in digits; any other text as it is."""
    found = parse_partial_date(text)
    return found.dotted()[:7] if found else text.strip()


def party_entry_shown(text: str) -> str:
    """入党时间 as printed: `199812；民建` becomes `1998.12；民建`."""
    return _DATE_DIGITS.sub(r"\1.\2", text)


def age_reference(form: Form) -> tuple[PartialDate | None, str]:
    """The month at which ages are counted, and which field gave it; None when neither is known."""
    for column, basis in (("age_counted_on", BY_COUNTED_ON), ("form_filled_on", BY_FILLED_ON)):
        found = parse_partial_date(form[column])
        if found and found.precision >= Precision.MONTH:
            return found, basis
    return None, ""


def age_at(birth: str, reference: PartialDate) -> int | None:
    """Completed years counted to the month, the day ignored; None where the months do not tell."""
    born = parse_partial_date(birth)
    if born is None or born.precision < Precision.MONTH:
        return None
    months = born.months_until(reference.earliest)[0]
    return months // 12 if months >= 0 else None


def _family_texts(member: FamilyMember, reference: PartialDate | None) -> dict[str, str]:
    dead = any(word in member.unit_and_post for word in _DEAD)
    years = age_at(member.birth, reference) if reference and not dead else None
    return {
        "relation": member.relation,
        "name": padded_name(member.name),
        "age": "" if years is None else str(years),
        "political_status": member.political_status,
        "unit_and_post": member.unit_and_post,
    }


def _filled_on(text: str) -> str:
    found = parse_partial_date(text)
    if found is None:
        return text.strip() or _NO_DAY
    blank = "　　"
    values = {"year": found.year, "month": found.month or blank, "day": found.day or blank}
    return render(_FILLED_ON, values)
