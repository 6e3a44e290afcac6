"""The list of persons: search, filters, columns, saved lists, and the list as a workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from banzi.codes.levels import LADDER
from banzi.codes.lookup import load
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import translate
from banzi.people.choices import Sex
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.audit.acts import act
from banzi.web.audit.reads import ReadKind, note_read
from banzi.web.people.exporting import export_list
from banzi.web.people.filtering import (
    ListQuery,
    Order,
    Party,
    Seated,
    read_query,
)
from banzi.web.people.listing import (
    column_title,
    columns_offered,
    found_persons,
    lines,
    page_of,
)
from banzi.web.people.models import ProposalState, SavedList
from banzi.web.people.organ_choice import organ_options
from banzi.web.people.proposing import visible_proposals
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import as_of

SAVED, REMOVED, NO_TITLE = _("已保存该名单"), _("已删除该名单"), _("请填写名单名称")


@allowed(Verb.VIEW)
def people(request: HttpRequest) -> HttpResponse:
    """The list; only its results when htmx asks for them."""
    rights, day, language = rights_of(request), as_of(request), current_language()
    query = read_query(request.GET)
    offered = columns_offered(rights)
    columns = [name for name in query.columns if name in offered]
    page = page_of(found_persons(query, rights, day), request.GET.get("page"))
    context: dict[str, Any] = {
        "query": query,
        "address": query.address(),
        "page": page,
        "lines": lines(list(page), columns, rights, day, language),
        "titles": [column_title(name, language) for name in columns],
        "as_of": day,
        "may_export": rights.may(Verb.RELEASE),
    }
    if getattr(request, "htmx", False):
        response = render(request, "people_pages/results.html", context)
        response["HX-Push-Url"] = _address(query)
        return response
    context |= {
        "orders": list(Order),
        "parties": list(Party),
        "seated": list(Seated),
        "sexes": list(Sex),
        "levels": [(code, load("post_level_zb09").row(code)) for code in reversed(LADDER)],
        "ranks": list(load("civil_rank_general")),
        "organ_options": organ_options(rights, query.organ),
        "offered": [
            (name, column_title(name, language), name in query.columns) for name in offered
        ],
        "saved": SavedList.objects.filter(account=rights.account).order_by("title"),
        "proposals": visible_proposals(rights, state=ProposalState.OPEN.value).count(),
    }
    return render(request, "people_pages/list.html", context)


@allowed(Verb.RELEASE)
@require_POST
@freshly_signed_in
def export(request: HttpRequest) -> HttpResponse | FileResponse:
    """Everybody of the list, in its order and with its columns, as a workbook."""
    rights = rights_of(request)
    day, language = as_of(request), current_language()
    query = read_query(request.GET)
    made = export_list(query, rights, day, language)
    note_read(
        by=rights.account.username if rights.account else "",
        what=f"list of {made.count}: {query.address()}",
        kind=ReadKind.EXPORT,
    )
    return FileResponse(made.content, as_attachment=True, filename=made.file_name)


@allowed(Verb.VIEW)
@require_POST
def save_list(request: HttpRequest) -> HttpResponse:
    """Keep filters, columns and order under a name; the same name again replaces it."""
    query = read_query(request.GET)
    title = request.POST.get("title", "").strip()[:40]
    if not title:
        messages.error(request, translate(NO_TITLE, current_language()))
        return _back(query)
    by = rights_of(request).account
    with act("people.save-list", by=by, about=title):
        SavedList.objects.update_or_create(
            account=by, title=title, defaults={"query": query.address()}
        )
    messages.success(request, translate(SAVED, current_language()))
    return _back(query)


@allowed(Verb.VIEW)
@require_POST
def remove_list(request: HttpRequest, number: int) -> HttpResponse:
    saved = get_object_or_404(SavedList, pk=number, account_id=request.user.pk)
    with act("people.remove-list", by=rights_of(request).account, about=saved.title):
        saved.delete()
    messages.success(request, translate(REMOVED, current_language()))
    return HttpResponseRedirect(reverse("people"))


def _back(query: ListQuery) -> HttpResponse:
    return HttpResponseRedirect(_address(query))


def _address(query: ListQuery) -> str:
    address = query.address()
    return reverse("people") + (f"?{address}" if address else "")
