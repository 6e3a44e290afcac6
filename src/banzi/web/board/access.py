"""Who may open a project, and who may change a draft; each opening is noted as a reading.

A sealed project is there for who made it and for the readers named for its present stage. Somebody
else gets the same answer as for one that is not there, and the refusal is noted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest

from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.audit.reads import ReadKind, note_read
from banzi.web.board.models import Draft, Project

if TYPE_CHECKING:
    from banzi.web.accounts.models import Account


def projects_for(account: Account | None) -> QuerySet[Project]:
    """Projects that an account may open: those not sealed, and those it is named for now."""
    if account is None:
        return Project.objects.none()
    named = Q(readers__account=account, readers__stage=F("stage"))
    return Project.objects.filter(Q(sealed=False) | Q(created_by=account) | named).distinct()


def project_for(request: HttpRequest, number: int) -> Project:
    """The project; for one that may not be opened the same answer as for one that is not there."""
    found = projects_for(rights_of(request).account).filter(pk=number).first()
    if found is None:
        _refuse(request, there=Project.objects.filter(pk=number).exists())
    else:
        _note_reading(request)
        return found
    raise Http404


def draft_for(request: HttpRequest, number: int) -> Draft:
    """The draft; for one of a project that may not be opened as if it were not there."""
    found = (
        Draft.objects.select_related("project", "created_by", "signed_by")
        .filter(pk=number, project__in=projects_for(rights_of(request).account))
        .first()
    )
    if found is None:
        _refuse(request, there=Draft.objects.filter(pk=number).exists())
    else:
        _note_reading(request)
        return found
    raise Http404


def may_edit(request: HttpRequest, draft: Draft) -> bool:
    return draft.state == "open" and rights_of(request).may(Verb.EDIT)


def _refuse(request: HttpRequest, *, there: bool) -> None:
    if there:
        _note(request, ReadKind.REFUSED)


def _note_reading(request: HttpRequest) -> None:
    """What is posted is an act on record."""
    if request.method == "GET":
        _note(request, ReadKind.READ)


def _note(request: HttpRequest, kind: ReadKind) -> None:
    account = rights_of(request).account
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    note_read(
        by=account.username if account else "",
        what=unquote_plus(request.get_full_path()),
        person_id=asked.get("person_id") or request.GET.get("person", ""),
        kind=kind,
        address=str(request.META.get("REMOTE_ADDR", "")),
    )
