"""Whom a package is asked for: organs with all below them, a list of persons, a query, or names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from banzi.kernel.errors import BadInput, BanziError, Location, Problem, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.web.accounts.coverage import in_sight
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.people.filtering import read_query
from banzi.web.people.keys import squeezed
from banzi.web.people.listing import found_persons, visible_keys
from banzi.web.people.models import SavedList
from banzi.web.people.searching import search_condition, terms_of
from banzi.web.queries.access import address_of, queries_for
from banzi.web.queries.asking import asked_by

CHOOSE_ONE = MessageKind(
    "exchange/choose-one", _("请选定人员范围：机构、已存名单或查询、姓名，三者选一")
)
NO_ORGAN = MessageKind("exchange/not-your-organ", _("所选机构不在您的发布范围内；请刷新页面后重选"))
NO_KEPT = MessageKind("exchange/no-kept", _("这个名单或查询已经不在；请刷新页面后重选"))
NOBODY_LISTED = MessageKind("exchange/nobody-listed", _("所选名单中没有人员；请核对条件"))
UNKNOWN_NAME = MessageKind(
    "exchange/unknown-name", _("没有找到“{name}”，或不在您的发布范围内；请核对姓名用字")
)
SEVERAL = MessageKind(
    "exchange/several-of-name",
    _("“{name}”有{count}人；请在姓名后空一格加出生年月（如 1975.03）或单位"),
)
LIST, QUERY = "list", "query"
_MOST_NAMES = 500
TOO_MANY_NAMES = MessageKind(
    "exchange/too-many-names", _("姓名超过{most}行；人多时请先存为名单或查询，再从中选")
)


@dataclass(frozen=True, slots=True)
class Whom:
    """Organs, or persons; the other is empty. `said` is what was chosen, in a few words."""

    organs: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    said: str = ""


def kept_choices(rights: Rights) -> Iterator[tuple[str, str]]:
    """(key, title) of the lists and queries that the account kept, or that are shared with it."""
    if not rights.may(Verb.VIEW):
        return
    for each in SavedList.objects.filter(account=rights.account).order_by("title"):
        yield f"{LIST}:{each.pk}", each.title
    for query in queries_for(rights.account).filter(is_table=False).order_by("name", "id"):
        yield f"{QUERY}:{query.pk}", query.name


def from_kept(key: str, rights: Rights, day: date) -> Whom:
    """Who is on a kept list or meets a kept query on a day.

    Raises
    ------
    BanziError
    """
    kind, _colon, number = key.partition(":")
    if kind == LIST:
        kept = SavedList.objects.filter(account=rights.account, pk=number).first()
        if kept is not None:
            return from_list(kept.query, rights, day, kept.title)
    else:
        query = queries_for(rights.account).filter(pk=number).first()
        if query is not None:
            return from_query(address_of(query), rights, day, query.name)
    raise BanziError(NO_KEPT())


def from_list(address: str, rights: Rights, day: date, said: str = "") -> Whom:
    """Whom the list of persons of an address shows."""
    found = found_persons(read_query(QueryDict(address)), rights, day, _asking(rights))
    return _whom(found.values_list("person_id", flat=True), said)


def from_query(address: str, rights: Rights, day: date, said: str = "") -> Whom:
    """Whom the query of an address shows, as of a day."""
    asked = asked_by(QueryDict(address), rights, day)
    if asked.problems:
        raise BanziError(asked.problems[0])
    return _whom(asked.list()["person_id"], said or asked.where)


FROM_PAGE = {"people": from_list, "query": from_query}
"""Pages from which a link brings its address along → whom such an address shows."""


def from_names(text: str, rights: Rights) -> Whom:
    """Persons by name, one a line; birth month or unit behind a blank tell namesakes apart.

    Raises
    ------
    BadInput
        Every line that is nobody, or several.
    """
    typed = [line.strip() for line in text.splitlines() if terms_of(line)]
    if len(typed) > _MOST_NAMES:
        raise BadInput([Problem(TOO_MANY_NAMES(most=_MOST_NAMES))])
    problems = ProblemLog()
    identified = in_sight(rights, Verb.RELEASE, PERSONS.class_of("id_number"))
    visible = visible_keys(rights, Verb.RELEASE)
    found: list[str] = []
    for number, line in enumerate(typed, 1):
        hits = dict(
            visible.filter(search_condition(line, identified)).values_list("person_id", "name")
        )
        names = {terms_of(line)[0], squeezed(line)}  # 王　五 is how lists print a short name
        exact = [person for person, own in hits.items() if squeezed(own) in names]
        if len(exact) == 1:
            found += exact
        elif exact:
            problems.add(SEVERAL(name=line, count=len(exact)), Location(row=number))
        else:
            problems.add(UNKNOWN_NAME(name=line), Location(row=number))
    problems.stop_if_any()
    return _whom(found, "")


def _asking(rights: Rights) -> Verb:
    return Verb.VIEW if rights.may(Verb.VIEW) else Verb.RELEASE


def _whom(persons: object, said: str) -> Whom:
    listed = tuple(dict.fromkeys(persons))  # type: ignore[call-overload]  # a queryset or a series
    if not listed:
        raise BanziError(NOBODY_LISTED())
    return Whom(persons=listed, said=said)
