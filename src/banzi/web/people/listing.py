"""A page of the list of persons: rows with the columns that the viewer may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet

from banzi.documents.codecs.workbook.cells import member
from banzi.kernel.columns import Column, FieldClass, Kind
from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import Language, name_in
from banzi.people import PERSONS
from banzi.web.accounts.coverage import covered_by, in_sight
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.people.filtering import OFFERED, Columns, ListQuery, select
from banzi.web.people.models import PersonKey
from banzi.web.records.selecting import rows
from banzi.web.records.showing import title_of, value_text

PAGE = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: text, and how it is set (`wide` texts wrap, dates and numbers do not)."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list; `namesakes` counts the others of that name one may see."""

    person_id: str
    name: str
    birth: str
    namesakes: int
    cells: tuple[Cell, ...]


def visible_keys(rights: Rights, verb: Verb = Verb.VIEW) -> QuerySet[PersonKey]:
    """The keys of everybody whom the account may see."""
    return PersonKey.objects.filter(in_sight(rights, verb))


def columns_offered(rights: Rights, verb: Verb = Verb.VIEW) -> tuple[str, ...]:
    """Columns whose class the account may see, in the order offered."""
    held = rights.fields(verb)
    own = {each.value for each in Columns}
    return tuple(
        name
        for name in OFFERED
        if (FieldClass.BASIC if name in own else PERSONS.class_of(name)) in held
    )


def column_title(name: str, language: Language) -> str:
    if name in PERSONS:
        return title_of(PERSONS[name], language)
    own = member(Columns, name)
    return name_in(own, language)


def found_persons(
    query: ListQuery, rights: Rights, as_of: date, verb: Verb = Verb.VIEW
) -> QuerySet[PersonKey]:
    """Everybody the query finds among those the account may see, in order."""
    identified = in_sight(rights, verb, PERSONS.class_of("id_number"))
    return select(query, visible_keys(rights, verb), identified, as_of)


def page_of(found: QuerySet[PersonKey], number: str | None) -> Page[PersonKey]:
    """One page; a number that is none or too high gives the nearest.

    The first page tells by itself when there is no other: then nothing is counted, which for a
    search takes as long as finding.
    """
    everybody = Paginator(found, PAGE)
    if number not in (None, "", "1"):
        return everybody.get_page(number)
    first = list(found[: PAGE + 1])
    if len(first) <= PAGE:
        return Paginator(first, PAGE).get_page(1)
    return Page(first[:PAGE], 1, everybody)


def lines(
    keys: Sequence[PersonKey],
    names: Sequence[str],
    rights: Rights,
    as_of: date,
    language: Language,
    verb: Verb = Verb.VIEW,
) -> list[Line]:
    """The persons as lines with the columns named; what may not be seen is an empty cell."""
    by_id = {
        row["person_id"]: row for row in rows(rights, "persons", [key.pk for key in keys], verb)
    }
    alike = _namesakes(keys, rights, verb)
    found = []
    for key in keys:
        row = by_id.get(key.pk)
        if row is None:
            continue
        found.append(
            Line(
                key.pk,
                row["name"],
                value_text(PERSONS["birth"], row.get("birth"), language),
                alike[key.name] - 1,
                tuple(_cell(name, row, key, as_of, language) for name in names),
            )
        )
    return found


def _namesakes(keys: Sequence[PersonKey], rights: Rights, verb: Verb) -> Counter[str]:
    """How many persons in sight have each name; counted here, since a name has few bearers."""
    found = PersonKey.objects.filter(name__in={key.name for key in keys})
    if rights.covers_everybody(verb):
        return Counter(dict(found.values_list("name").annotate(count=Count("pk"))))
    mine = covered_by(rights, verb, FieldClass.BASIC)
    return Counter(name for person, name in found.values_list("pk", "name") if person in mine)


def _cell(name: str, row: dict[str, Any], key: PersonKey, as_of: date, language: Language) -> Cell:
    match name:
        case "unit":
            return Cell(key.unit or "", "text")
        case "seated_on":
            return Cell(PartialDate(key.seated_on).dotted() if key.seated_on else "", "date")
        case "age":
            return Cell(age_text(row.get("birth"), as_of), "number")
    column = PERSONS[name]
    return Cell(value_text(column, row.get(name), language), _set_as(column))


def _set_as(column: Column) -> str:
    if column.kind in (Kind.PARTIAL_DATE, Kind.DATE, Kind.MONTH):
        return "date"
    if column.name == "current_posts_text":
        return "wide"
    return "number" if column.kind is Kind.INTEGER else "text"


def age_text(birth: int | None, as_of: date) -> str:
    """Completed years counted to the month; both where the year alone is known; "" for neither."""
    if birth is None:
        return ""
    low, high = (months // 12 for months in PartialDate(birth).months_until(as_of))
    return str(low) if low == high else f"{low}–{high}"
