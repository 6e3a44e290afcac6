"""Form texts in their one canonical form, whatever file they came from (formats.md 1.2, 1.3).

Only differences without meaning go: line ends, blanks around a value, blanks inside a Han name,
the age printed after a date. A text that is no date stays as it is.

Not here: turning a text into a typed value (`form_values`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from banzi.codes.texts import clean_name
from banzi.documents.codecs.lrmx_elements import COLUMN_OF
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.columns import Kind
from banzi.kernel.dates import PartialDate, parse_partial_date
from banzi.people import PERSONS

DATE_COLUMNS = tuple(
    column for column in COLUMN_OF.values() if PERSONS[column].kind is Kind.PARTIAL_DATE
)
"""Form fields that hold one date."""

TEXT_COLUMNS = tuple(
    column
    for column in COLUMN_OF.values()
    if PERSONS[column].kind is Kind.TEXT and column != "id_number"
)
"""Form fields that are kept as the text they are."""

_NAMES = ("name", "form_filled_by")
_WORDS = ("sex", "ethnicity")
_DATE_SHAPE = re.compile(
    r"\d{6}(?:\d{2})?|\d{4}([.．/-])\d{1,2}(?:\1\d{1,2})?|\d{4}年\d{1,2}月(?:\d{1,2}日)?"
)
_AGE = re.compile(r"(?:\s+[（(]?\s*\d{1,3}\s*岁?\s*[)）]?|[（(]\s*\d{1,3}\s*岁\s*[)）])$")


def canonical_form(form: Form) -> Form:
    """The same form with every text in its canonical form; blank fields and lines left out."""
    family = tuple(canonical_member(member) for member in form.family)
    return Form(
        fields=canonical_fields(form.fields),
        family=tuple(member for member in family if member != FamilyMember()),
        photo=form.photo or None,
        extras=tuple(form.extras),
    )


def canonical_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Fields in the order of the form; blank ones and columns that no form has are left out."""
    clean = {
        column: canonical_text(column, fields[column])
        for column in COLUMN_OF.values()
        if fields.get(column)
    }
    return {column: text for column, text in clean.items() if text}


def canonical_text(column: str, text: str) -> str:
    """One field's text in its canonical form; "" for a blank."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if column == "resume_text":
        return _without_blank_ends(text)
    text = text.strip()
    if column in _NAMES:
        return clean_name(text)
    if column in _WORDS:
        return "".join(text.split())
    if column == "id_number":
        return "".join(text.split()).upper()
    if column in DATE_COLUMNS or column == "party_text":
        day = date_of(text)
        return text if day is None else day.digits()
    return text


def canonical_member(member: FamilyMember) -> FamilyMember:
    """One family line in its canonical form."""
    birth = member.birth.strip()
    day = date_of(birth)
    return FamilyMember(
        relation="".join(member.relation.split()),
        name=clean_name(member.name),
        birth=birth if day is None else day.digits(),
        political_status="".join(member.political_status.split()),
        unit_and_post=canonical_text("current_posts_text", member.unit_and_post),
    )


def date_of(text: str) -> PartialDate | None:
    """The date of a field, an age after it ignored; None for a blank and for what is no date."""
    return parse_partial_date(_AGE.sub("", text.strip()))


def is_impossible_date(text: str) -> bool:
    """Whether a text has the shape of a date and yet names no day, month or year there is."""
    written = _AGE.sub("", text.strip())
    return bool(_DATE_SHAPE.fullmatch(written)) and parse_partial_date(written) is None


def _without_blank_ends(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)
