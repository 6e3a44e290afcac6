"""Somebody picked by name, pinyin, initials, birth or unit, where a form asks for a person.

One field: what is typed is searched for among those one may see and offered as a list. Without
scripts the text is searched for when the form is sent; one hit is taken, several are offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from banzi.kernel.dates import PartialDate
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.web.accounts.coverage import in_sight
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.people.correcting import NO_SUCH_PERSON, Input
from banzi.web.people.listing import visible_keys
from banzi.web.people.models import PersonKey
from banzi.web.people.searching import closeness, search_condition, terms_of
from banzi.web.records.selecting import rows

MOST = 20
SEVERAL_PERSONS = MessageKind(
    "people/several-persons",
    _("符合“{value}”的不止一人，请从列表中选取；人多时再输入单位或出生年月"),
)


def ids_like(rights: Rights, typed: str) -> QuerySet[PersonKey, str]:
    """Ids of those one may see whom what is typed finds, the closest first; of nobody for blanks."""
    if not terms_of(typed):
        return PersonKey.objects.none().values_list("person_id", flat=True)
    identified = in_sight(rights, Verb.VIEW, PERSONS.class_of("id_number"))
    found = visible_keys(rights).filter(search_condition(typed, identified))
    return found.order_by(closeness(typed), "name", "pk").values_list("person_id", flat=True)


def persons_like(rights: Rights, typed: str) -> list[tuple[str, str]]:
    """(person id, line) of those one may see whom what is typed finds, the closest first."""
    return told_apart(rights, ids_like(rights, typed)[:MOST])


def told_apart(rights: Rights, person_ids: Iterable[str]) -> list[tuple[str, str]]:
    """(person id, line by which one tells them apart) in this order, of those one may see."""
    ids = list(person_ids)
    told = {row["person_id"]: row for row in rows(rights, "persons", ids, Verb.VIEW)}
    return [(each, _line(told[each])) for each in ids if each in told]


def settle_persons(
    fields: Sequence[Input], values: dict[str, Any], row: Mapping[str, Any] | None, rights: Rights
) -> None:
    """Texts of fields that ask for a person become ids, where exactly one person is meant.

    Ids stay that stood in the row before or are of somebody one may see, as the list gives them.
    """
    for field in fields:
        if field.kind != "person" or not field.text:
            continue
        if field.text == (row or {}).get(field.name) or rights.sees_person(field.text):
            continue
        field.suggested = tuple(persons_like(rights, field.text))
        if len(field.suggested) == 1:
            field.text = field.suggested[0][0]
            values[field.name], field.error = field.text, None
        else:
            wrong = SEVERAL_PERSONS if field.suggested else NO_SUCH_PERSON
            field.error = wrong(value=field.text)


@allowed(Verb.VIEW)
@never_cache
def pick(request: HttpRequest) -> HttpResponse:
    """The options for what is typed so far; the text is in `q` or in the field that asks."""
    field = request.GET.get("field", "")
    typed = request.GET.get("q") or request.GET.get(field, "")
    options = persons_like(rights_of(request), typed)
    return render(request, "people_pages/person_options.html", {"options": options})


def _line(row: Mapping[str, Any]) -> str:
    birth = row.get("birth")
    born = PartialDate(birth).dotted() if birth else ""
    posts = row.get("current_posts_text") or row.get("current_posts_short") or ""
    return " ".join(str(part) for part in (row.get("name"), born, posts) if part)
