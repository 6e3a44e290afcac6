"""What somebody typed into the search, as conditions on the stored keys.

Words are parted by blanks and all must fit. Letters are pinyin or initials from any syllable on;
digits are a birth year or month (`1975`, `1975.03`), or an ID number for whoever may see those;
everything else is sought in name, posts and unit. A LIKE on stored text finds parts of two
characters and rare ones, which trigrams do not.
"""

from __future__ import annotations

import re

from django.db.models import Case, IntegerField, Q, Value, When

from banzi.kernel.dates import YEAR_RANGE
from banzi.web.people.keys import squeezed

_LETTERS = re.compile(r"[a-z']+")
_BIRTH = re.compile(r"(\d{4})[.．/年-]?(\d{1,2})?月?")
_ID_NUMBER = re.compile(r"\d{6,17}[\dx]?")
_CONTROLS = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""What no name has and databases refuse."""
_LONGEST = 60


def terms_of(typed: str) -> list[str]:
    """The words of a search, cleaned the way the stored keys are."""
    words = _CONTROLS.sub(" ", typed[:_LONGEST]).split()
    return [term for term in (squeezed(word) for word in words) if term]


def search_condition(typed: str, identified: Q) -> Q:
    """The condition on `PersonKey` that every word of a search fits.

    Parameters
    ----------
    identified
        The condition that a person's ID number may be searched for.
    """
    condition = Q()
    for term in terms_of(typed):
        condition &= _fits(term, identified)
    return condition


def _fits(term: str, identified: Q) -> Q:
    found = Q(words__contains=term)
    if _LETTERS.fullmatch(term):
        return found | Q(pinyin__contains=f" {term.replace(chr(39), '')}")
    if born := _BIRTH.fullmatch(term):
        year, month = int(born[1]), int(born[2] or 0)
        if year in YEAR_RANGE and month <= 12:
            start = year * 10_000 + month * 100
            found |= Q(person__birth__range=(start, start + (99 if month else 9_999)))
    if _ID_NUMBER.fullmatch(term):
        found |= Q(person__id_number__startswith=term.upper()) & identified
    return found


def closeness(typed: str) -> Case:
    """0 for the very name, 1 for names that begin so, 2 for any other hit."""
    terms = terms_of(typed)
    first = terms[0] if terms else ""
    return Case(
        When(name=first, then=Value(0)),
        When(name__startswith=first, then=Value(1)),
        When(pinyin__startswith=f" {first}", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
