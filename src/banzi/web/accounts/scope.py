"""Which persons and organs a set of grants covers at a day, as querysets; nothing is kept.

A person belongs to an organ at a level through, in this order,

1. every `management` row that holds at the day;
2. without one: every seat and appointment in force, by its post's organ and level;
3. without one: no organ, and the level of the person's present post.

A grant covers a person when its organ is that organ or stands above it (a grant without an organ
covers all), and its levels contain that level (a grant without levels covers all, unknown too). A
partial date counts from the first day it may mean, for who leaves and who comes alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from banzi.web.accounts.models import Grant, Management

Rows = QuerySet[Any, Any]


def _records(name: str) -> Rows:
    model: type[Model] = apps.get_model("records", name)
    return model._default_manager.all()


def organs_below(roots: Iterable[str]) -> RawSQL:
    """SQL for the ids of these organs and all below; a ring of superiors ends like any other."""
    given = sorted(roots)
    marks = ", ".join(["%s"] * len(given))
    return RawSQL(  # noqa: S611 - the ids are parameters
        "WITH RECURSIVE below(organ_id) AS ("  # noqa: S608 - marks only
        f"SELECT organ_id FROM organs WHERE organ_id IN ({marks}) "
        "UNION SELECT organs.organ_id FROM organs "
        "JOIN below ON organs.superior_organ_id = below.organ_id) SELECT organ_id FROM below",
        given,
    )


def organs_in(grants: Iterable[Grant]) -> Rows:
    """The ids of the organs that the grants cover."""
    roots = {grant.organ_id for grant in grants}
    found = _records("Organs")
    if None in roots:
        return found.values_list("organ_id", flat=True)
    chosen = found.filter(pk__in=organs_below(filter(None, roots))) if roots else found.none()
    return chosen.values_list("organ_id", flat=True)


def persons_in(grants: Iterable[Grant], day: date, among: Collection[str] | None = None) -> Rows:
    """The ids of the persons that the grants cover at the day; of these only, if any are named.

    Naming them lets the database look at their rows instead of everybody's.
    """
    roots: dict[frozenset[str], set[str | None]] = defaultdict(set)
    for grant in grants:
        roots[grant.level_codes].add(grant.organ_id)
    persons = _records("Persons")
    if among is not None:
        persons = persons.filter(pk__in=among)
    if not roots:
        return persons.none().values_list("person_id", flat=True)
    if None in roots[frozenset()]:
        return persons.values_list("person_id", flat=True)
    parts = [
        part
        for levels, organs in roots.items()
        if organs
        for part in _covered(organs, levels, day, among)
    ]
    covered = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return persons.filter(pk__in=covered).values_list("person_id", flat=True)


def _covered(
    organs: set[str | None], levels: frozenset[str], day: date, among: Collection[str] | None
) -> list[Rows]:
    """Ids of persons by each of the three ways; with levels, or with organs, or with both."""
    everywhere = None in organs
    below = None if everywhere else organs_below(filter(None, organs))
    managed = _managed(day)
    unmanaged = ~Exists(managed.filter(person_id=OuterRef("person_id")))

    def at(organ: str, level: str) -> Q:
        found = Q() if below is None else Q(**{f"{organ}__in": below})
        return found & Q(**{f"{level}__in": levels}) if levels else found

    seats, posts, named = _seats(day), _with_post(day), _with_organ(day)
    parts = [
        managed.filter(at("organ_id", "level")),
        seats.filter(at("post__organ_id", "post__post_level"), unmanaged),
        posts.filter(at("post__organ_id", "post__post_level"), unmanaged),
        named.filter(at("organ_code", "post_level"), unmanaged),
    ]
    if everywhere:
        placed = [~Exists(rows.filter(person_id=OuterRef("pk"))) for rows in (seats, posts, named)]
        unseen = ~Exists(managed.filter(person_id=OuterRef("pk")))
        parts.append(_records("Persons").filter(unseen, *placed, post_level__in=levels))
    if among is not None:
        parts = [part.filter(person_id__in=among) for part in parts]
    return [part.order_by().values_list("person_id", flat=True) for part in parts]


def _managed(day: date) -> Rows:
    ended = Q(until__isnull=True) | Q(until__gt=day)
    return Management.objects.filter(ended, starts__lte=day)


def _as_partial(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _seats(day: date) -> Rows:
    number = _as_partial(day)
    begun = Q(started_on__isnull=True) | Q(started_on__lte=number)
    ended = Q(ended_on__isnull=True) | Q(ended_on__gt=number)
    return _records("Seats").filter(begun, ended)


def _appointments(day: date) -> Rows:
    number = _as_partial(day)
    begun = Q(appointed_on__isnull=True) | Q(appointed_on__lte=number)
    ended = Q(removed_on__isnull=True) | Q(removed_on__gt=number)
    return _records("Appointments").filter(begun, ended, in_office=True)


def _with_post(day: date) -> Rows:
    return _appointments(day).filter(post_id__isnull=False)


def _with_organ(day: date) -> Rows:
    """Appointments whose post is not on the list of posts but whose organ is."""
    organs = _records("Organs").filter(pk=OuterRef("organ_code"))
    return _appointments(day).filter(Exists(organs), post_id__isnull=True)
