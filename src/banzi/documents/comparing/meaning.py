"""Whether two texts of one field say the same: by what they mean, not by how they are spelt.

Dates are compared as dates, nations and schooling by their codes, places by their division,
résumés by their segments. What is the same in meaning and different in spelling is 仅写法不同.
"""

from __future__ import annotations

import re
import unicodedata

from banzi.codes import divisions, id_numbers, lookup
from banzi.documents.codecs.assessment_text import parse_assessments
from banzi.documents.codecs.form_texts import DATE_COLUMNS, canonical_text, date_of
from banzi.documents.codecs.party_text import parse_party_text
from banzi.documents.codecs.resume import parse_resume
from banzi.kernel.columns import Labelled
from banzi.kernel.dates import PartialDate


class DifferenceKind(Labelled):
    """How two values differ; the order is the order of weight."""

    DIFFERS = "differs", "不一致", "differs"
    MISSING_FIRST = "missing_first", "表一缺", "missing in the first"
    MISSING_SECOND = "missing_second", "表二缺", "missing in the second"
    WORDING = "wording", "仅写法不同", "only the wording differs"


_CODES = {
    "ethnicity": "ethnic_gbt3304",
    "sex": "sex_gbt2261_1",
    "full_time_education": "education_zb64",
    "in_service_education": "education_zb64",
    "full_time_degree": "degree_gbt6864",
    "in_service_degree": "degree_gbt6864",
    "relation": "family_relation_form",
    "political_status": "political_gbt4762",
}
_PLACES = ("native_place", "birthplace")
_SHORT_YEAR = re.compile(r"(\d{2})[.．](\d{1,2})")
_PUNCTUATION = str.maketrans("", "", "、，,；;。:：“”\"'‘’·")


def difference_kind(column: str, first: str, second: str) -> DifferenceKind | None:
    """How two texts of a field differ; None when they say the same in the same words.

    `column` is one of `persons`, or an attribute of `FamilyMember`. Blanks around a value, blanks
    inside a name, line ends and the digits of a date (`1975.03`, `197503`) are no difference.
    """
    one, other = canonical_text(column, first), canonical_text(column, second)
    if column == "birth" or column in DATE_COLUMNS:
        one, other = _dated(one), _dated(other)
    if one == other:
        return None
    if not one:
        return DifferenceKind.MISSING_FIRST
    if not other:
        return DifferenceKind.MISSING_SECOND
    same = _squeezed(one) == _squeezed(other) or _same_meaning(column, one, other)
    return DifferenceKind.WORDING if same else DifferenceKind.DIFFERS


def _dated(text: str) -> str:
    day = date_of(text)
    return text if day is None else day.digits()


def _same_meaning(column: str, one: str, other: str) -> bool:
    if column in DATE_COLUMNS or column == "birth":
        return _same_day(one, other)
    if table := _CODES.get(column):
        codes = lookup.code_of(table, one), lookup.code_of(table, other)
        return codes[0] is not None and codes[0] == codes[1]
    if column in _PLACES:
        places = divisions.code_of_place(one), divisions.code_of_place(other)
        return places[0] is not None and places[0] == places[1]
    match column:
        case "id_number":
            return id_numbers.normalise(one) == id_numbers.normalise(other)
        case "party_text":
            entry = parse_party_text(one)
            return (entry is not None and entry == parse_party_text(other)) or _same_day(one, other)
        case "assessments_text":
            results = parse_assessments(one)
            return results is not None and results == parse_assessments(other)
        case "resume_text":
            return _same_resume(one, other)
    return False


def _same_day(one: str, other: str) -> bool:
    """Whether two dates agree as far as both go, two-digit years as meeting lists write them too."""
    days = date_of(one), date_of(other)
    if days[0] is not None and days[1] is not None:
        return _agree(days[0], days[1])
    if days[0] is None and days[1] is not None:
        return _is_short_for(one, days[1])
    return days[0] is not None and _is_short_for(other, days[0])


def _agree(one: PartialDate, other: PartialDate) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _is_short_for(text: str, day: PartialDate) -> bool:
    match = _SHORT_YEAR.fullmatch(text)
    return match is not None and (int(match[1]), int(match[2])) == (day.year % 100, day.month)


def _same_resume(one: str, other: str) -> bool:
    """Whether the segments are the same, spelling of dates and indents aside."""
    first, second = parse_resume(one), parse_resume(other)
    if not first.segments or len(first.segments) != len(second.segments):
        return False

    def told(text: str) -> str:
        return _squeezed(text)

    pairs = zip(first.segments, second.segments, strict=True)
    return told("".join(first.closing)) == told("".join(second.closing)) and all(
        (a.kind, a.started, a.ended, a.is_open, told(a.text), told(a.notes))
        == (b.kind, b.started, b.ended, b.is_open, told(b.text), told(b.notes))
        for a, b in pairs
    )


def _squeezed(text: str) -> str:
    """A text without blanks, line breaks and punctuation, full-width letters made plain."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain.translate(_PUNCTUATION)
