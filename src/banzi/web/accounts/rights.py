"""What an account may do, with which persons and which fields: the one place that answers.

    rights = rights_of(request)
    rights.may(Verb.EDIT)                          any grant of this verb in force today
    rights.persons(Verb.VIEW)                      ids of the persons covered, as a queryset
    rights.persons(Verb.VIEW, FieldClass.FAMILY)   of those whose family may be seen too
    rights.organs(Verb.VIEW)                       ids of the organs covered

Worked out from dated rows on each request and cached for that request only. An office, a locked or
closed account and an account whose password is not its own yet hold no right at all.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.models import Account, Grant, Office, Verb
from banzi.web.accounts.scope import organs_in, persons_in

__all__ = ["FieldClass", "Rights", "Verb", "rights_of", "use_rights"]


class Rights:
    """What an account may do on a day; None for somebody who is not signed in.

    `answered` keeps what was asked about few persons: verb and persons → classes held of each;
    `covered` what `accounts.coverage` found.
    """

    def __init__(self, account: Account | None, day: date) -> None:
        self.account = account
        self.day = day
        self.answered: dict[tuple[Verb, tuple[str, ...]], dict[str, frozenset[FieldClass]]] = {}
        self.covered: dict[tuple[Verb, FieldClass], object] = {}
        self._found: list[Grant] | None = None

    @property
    def holder(self) -> Account:
        """The account, for what only somebody signed in may do.

        Raises
        ------
        PermissionDenied
            When nobody is signed in.
        """
        if self.account is None:
            raise PermissionDenied
        return self.account

    def grants(self, verb: Verb | None = None) -> list[Grant]:
        """The grants in force, of one verb or of all."""
        if self._found is None:
            self._found = self.grants_in_force()
        return [each for each in self._found if verb is None or each.verb == verb]

    def may(self, verb: Verb) -> bool:
        """Whether there is anything to which the verb may be applied."""
        return bool(self.grants(verb))

    def fields(self, verb: Verb) -> frozenset[FieldClass]:
        """The field classes held for at least somebody; for whom, `persons` says."""
        return frozenset().union(*(grant.field_classes for grant in self.grants(verb)))

    def persons(
        self,
        verb: Verb,
        field_class: FieldClass = FieldClass.BASIC,
        among: Collection[str] | None = None,
    ) -> QuerySet[Any, str]:
        """Ids of the persons to whose fields of this class the verb may be applied.

        `among` names the persons that matter: much quicker for a page than for everybody.
        """
        return persons_in(self._with(verb, field_class), self.day, among)

    def scope(
        self, verb: Verb, field_class: FieldClass = FieldClass.BASIC
    ) -> frozenset[tuple[str | None, frozenset[str]]]:
        """Organs and levels of the grants behind `persons`: whoever has the same covers the same."""
        return frozenset((each.organ_id, each.level_codes)
                         for each in self._with(verb, field_class))  # fmt: skip

    def covers_everybody(self, verb: Verb, field_class: FieldClass = FieldClass.BASIC) -> bool:
        """Whether `persons` asks nothing of anybody: a grant over every organ and level."""
        return (None, frozenset()) in self.scope(verb, field_class)

    def organs(self, verb: Verb) -> QuerySet[Any, str]:
        """Ids of the organs that the grants of this verb cover."""
        return organs_in(self.grants(verb))

    def sees_person(self, person_id: str, verb: Verb = Verb.VIEW) -> bool:
        return self.persons(verb, among=[person_id]).exists()

    def _with(self, verb: Verb, field_class: FieldClass) -> list[Grant]:
        return [each for each in self.grants(verb) if field_class in each.field_classes]

    def grants_in_force(self) -> list[Grant]:
        """Read anew; `grants` keeps the answer. Whoever narrows rights narrows this."""
        account = self.account
        if account is None or account.office != Office.NONE or account.must_change_password:
            return []
        if not account.is_active or account.closed_on is not None:
            return []
        in_force = Q(until__isnull=True) | Q(until__gt=self.day)
        return list(
            Grant.objects.filter(in_force, account=account, starts__lte=self.day).order_by("id")
        )


def rights_of(request: HttpRequest) -> Rights:
    """The rights of whoever is signed in, worked out once per request."""
    found: Rights | None = getattr(request, "_banzi_rights", None)
    if found is None:
        user = getattr(request, "user", None)
        signed_in = user is not None and user.is_authenticated
        found = Rights(cast(Account, user) if signed_in else None, timezone.localdate())
        use_rights(request, found)
    return found


def use_rights(request: HttpRequest, rights: Rights) -> None:
    """From here on the request is answered with these rights and no others."""
    request._banzi_rights = rights  # type: ignore[attr-defined]  # kept for this request
