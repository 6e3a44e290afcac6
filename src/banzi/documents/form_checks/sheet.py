"""One form as the rules see it: canonical texts, texts as the file has them, and values read once.

The codec reads `1975.03` and `张 三` as they are meant; whether they are written as the form wants
them can only be seen from the file's own text, so both stand here side by side.

Not here: any rule, and any file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from banzi.documents.codecs.form_texts import canonical_form, date_of
from banzi.documents.codecs.party_text import PartyEntry, parse_party_text
from banzi.documents.codecs.resume import Resume, ResumeSegment, parse_resume
from banzi.documents.form import FamilyMember, Form
from banzi.kernel.dates import PartialDate, Precision, month_index, month_of
from banzi.people.choices import SegmentKind, Sex


@dataclass(frozen=True)
class Sheet:
    """A form under check.

    Attributes
    ----------
    form
        As `form_texts.canonical_form` leaves it.
    written
        Column → the file's own text, blanks and all.
    written_family
        The same for the family lines, line by line as `form.family`.
    as_of
        The day the check counts from.
    disputed
        Columns the file gives twice with different texts.
    """

    form: Form
    written: Mapping[str, str]
    written_family: tuple[FamilyMember, ...]
    as_of: date
    disputed: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, form: Form, as_of: date) -> Sheet:
        """A form that comes from no file: its texts count as written."""
        family = tuple(m for m in form.family if m != FamilyMember())
        canonical = canonical_form(Form(form.fields, family, form.photo, form.extras))
        if len(canonical.family) != len(family):  # lines of blanks only
            family = canonical.family
        return cls(canonical, dict(form.fields), family, as_of)

    def __getitem__(self, column: str) -> str:
        return self.form[column]

    def text(self, column: str) -> str:
        """The file's own text without blanks around it."""
        return self.written.get(column, "").strip()

    def day(self, column: str) -> PartialDate | None:
        return date_of(self.form[column])

    def month(self, column: str) -> int | None:
        """Month index of a date field; None when it is blank, unreadable or a year only."""
        return month_of_text(self.form[column])

    @property
    def as_of_month(self) -> int:
        return month_of(self.as_of)

    @cached_property
    def sex(self) -> Sex | None:
        return Sex.from_zh(self.form["sex"])

    @cached_property
    def party(self) -> PartyEntry | None:
        return parse_party_text(self.form["party_text"])

    @cached_property
    def resume(self) -> Resume:
        return parse_resume(self.form["resume_text"])

    @cached_property
    def resume_lines(self) -> list[str]:
        return self.form["resume_text"].splitlines()

    @cached_property
    def main_segments(self) -> list[ResumeSegment]:
        return [each for each in self.resume.segments if each.kind is SegmentKind.MAIN]

    @cached_property
    def nested_segments(self) -> list[ResumeSegment]:
        return [each for each in self.resume.segments if each.kind is SegmentKind.NESTED]


def month_of_text(text: str) -> int | None:
    """Month index of a date text; None when it is blank, unreadable or a year only."""
    return month_of_day(date_of(text))


def month_of_day(day: PartialDate | None) -> int | None:
    """Month index of a partial date; None for none and for a year only."""
    if day is None or day.precision is Precision.YEAR:
        return None
    return month_index(day.year, day.month)
