"""Who may open a project, and who may change a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.board.models import Draft, Project

if TYPE_CHECKING:
    from banzi.web.accounts.models import Account


def projects_for(account: Account | None) -> QuerySet[Project]:
    """Projects that an account may open: those not sealed, and those it is named for."""
    if account is None:
        return Project.objects.none()
    return Project.objects.filter(
        Q(sealed=False) | Q(readers__account=account) | Q(created_by=account)
    ).distinct()


def project_for(request: HttpRequest, number: int) -> Project:
    """The project; for one that may not be opened the same answer as for one that is not there."""
    found = projects_for(rights_of(request).account).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def draft_for(request: HttpRequest, number: int) -> Draft:
    found = (
        Draft.objects.select_related("project", "created_by", "signed_by")
        .filter(pk=number, project__in=projects_for(rights_of(request).account))
        .first()
    )
    if found is None:
        raise Http404
    return found


def may_edit(request: HttpRequest, draft: Draft) -> bool:
    return draft.state == "open" and rights_of(request).may(Verb.EDIT)
