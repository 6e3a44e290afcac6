"""What a page asks for, said at the page; a page that says nothing is refused.

@allowed(Verb.VIEW)          a right over persons
@for_office(Office.AUDITOR)  one of the three administrators
@for_everybody               anyone signed in; shows no personnel data
@for_anybody                 before signing in too: the sign-in page, the language
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from banzi.web.accounts.models import Office, Verb
from banzi.web.accounts.rights import rights_of
from banzi.web.audit.reads import ReadKind, note_read
from banzi.web.shared.addresses import address_of
from banzi.web.shared.demands import (
    Demand,
    View,
    demand_of,
    demanding,
    for_anybody,
    for_everybody,
)

__all__ = ["DenyByDefault", "allowed", "for_anybody", "for_everybody", "for_office", "is_met"]


def allowed(*verbs: Verb) -> Callable[[View], View]:
    """For accounts that hold every one of these verbs over somebody."""
    if not verbs:
        raise ValueError("a verb is needed")
    return demanding(Demand(verbs=verbs))


def for_office(*offices: Office) -> Callable[[View], View]:
    """For holders of one of these offices; they see no personnel data anywhere."""
    if not offices or Office.NONE in offices:
        raise ValueError("an office is needed")
    return demanding(Demand(offices=offices))


def is_met(demand: Demand, request: HttpRequest) -> bool:
    """Whether who is signed in has what a page asks for."""
    if demand.offices:
        return getattr(request.user, "office", "") in demand.offices
    rights = rights_of(request)
    return all(rights.may(verb) for verb in Verb if verb in demand.verbs)


class DenyByDefault:
    """Refuses every page that says nothing, and every account that lacks what a page asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.meets = lambda demand: is_met(demand, request)  # type: ignore[attr-defined]  # for the bar, below
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        demand = demand_of(view)
        if demand is None or not is_met(demand, request):
            name = getattr(request.user, "username", "")
            note_read(by=name, what=request.path, kind=ReadKind.REFUSED,
                      address=address_of(request))  # fmt: skip
            raise PermissionDenied
