"""What the pages of this application share: who may set targets, and the tabs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from banzi.web.accounts.models import Verb
from banzi.web.accounts.rights import Rights, rights_of


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page with what its tabs and buttons need."""
    rights = rights_of(request)
    more = {"may_view": rights.may(Verb.VIEW), "may_set": may_set(rights)}
    return render(request, template, {**more, **context})


def may_set(rights: Rights) -> bool:
    """Targets and profiles hold for everybody, so whoever sets them may edit everywhere."""
    return any(grant.organ_id is None for grant in rights.grants(Verb.EDIT))


def need_to_set(request: HttpRequest) -> None:
    """Refuse who may edit only a part.

    Raises
    ------
    PermissionDenied
    """
    if not may_set(rights_of(request)):
        raise PermissionDenied
