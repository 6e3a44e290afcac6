"""Who may open a project, and who may change a draft; each opening is noted as a reading.

A sealed project is there for who made it and for the readers named for its present stage. Somebody
else gets the same answer as for one that is not there, and the refusal is noted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote_plus

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest

from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.audit.reads import ReadKind, note_read
from banzi.web.board.models import Draft, DraftState, Project
from banzi.web.shared.addresses import address_of

if TYPE_CHECKING:
    from banzi.web.accounts.models import Account

M = TypeVar("M", Project, Draft)


def projects_for(account: Account | None) -> QuerySet[Project]:
    """Projects that an account may open: those not sealed, and those it is named for now."""
    if account is None:
        return Project.objects.none()
    named = Q(readers__account=account, readers__stage=F("stage"))
    return Project.objects.filter(Q(sealed=False) | Q(created_by=account) | named).distinct()


def project_for(request: HttpRequest, number: int) -> Project:
    """The project; for one that may not be opened the same answer as for one that is not there."""
    return _opened(request, projects_for(rights_of(request).account), number)


def draft_for(request: HttpRequest, number: int) -> Draft:
    """The draft; for one of a project that may not be opened as if it were not there."""
    drafts = Draft.objects.select_related("project", "created_by", "signed_by")
    mine = drafts.filter(project__in=projects_for(rights_of(request).account))
    return _opened(request, mine, number)


def _opened(request: HttpRequest, mine: QuerySet[M], number: int) -> M:
    """One of those that may be opened; noted, as is the attempt on one that may not."""
    found = mine.filter(pk=number).first()
    if found is not None:
        if request.method == "GET":  # what is posted is an act on record
            _note(request, ReadKind.READ)
        return found
    if mine.model._default_manager.filter(pk=number).exists():
        _note(request, ReadKind.REFUSED)
    raise Http404


def may_edit(request: HttpRequest, draft: Draft) -> bool:
    return draft.state == DraftState.OPEN and rights_of(request).may(Verb.EDIT)


def _note(request: HttpRequest, kind: ReadKind) -> None:
    account = rights_of(request).account
    asked = request.resolver_match.kwargs if request.resolver_match else {}
    note_read(
        by=account.username if account else "",
        what=unquote_plus(request.get_full_path()),
        person_id=asked.get("person_id") or request.GET.get("person", ""),
        kind=kind,
        address=address_of(request),
    )
