"""Queries kept by name: one's own, and those that others share with one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.structure.wording import sentence
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.audit.acts import act
from banzi.web.queries.access import address_of, condition_of, queries_for, written
from banzi.web.queries.asking import asked
from banzi.web.queries.models import QueryReader, SavedQuery
from banzi.web.queries.views import refused
from banzi.web.queries.words import QUERY_WORDS
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import day_of

NO_NAME = MessageKind("queries/no-name", _("没有填写名称；请填写后再保存"))
NO_ACCOUNT = MessageKind("queries/no-account", _("没有登录名为“{name}”的在用账号；请核对登录名"))
KEPT = MessageKind("queries/kept", _("已保存查询“{name}”"))
_KEPT_PARTS = ("order", "columns", "rows", "rows_at", "cols", "cols_at")


@require_POST
@allowed(Verb.VIEW)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the query of the address (`?where=…`) by name; one's own of that name is replaced."""
    found = asked(request)
    tree = found.tree
    name = request.POST.get("name", "").strip()[:120]
    problems = list(found.problems) or ([] if name else [NO_NAME()])
    if problems:
        return refused(request, BanziError(problems[0]))
    kept = QueryDict(mutable=True)
    for key in _KEPT_PARTS:
        if request.GET.getlist(key):
            kept[key] = ",".join(request.GET.getlist(key))
    by = found.rights.holder
    with act("queries.keep", by=by, about=name):
        made, _new = SavedQuery.objects.update_or_create(
            owner=by,
            name=name,
            defaults={
                "is_table": "rows" in request.GET,
                "condition": written(tree),
                "shown_as": kept.urlencode(),
                "kept_at": timezone.now(),
            },
        )
    messages.success(request, KEPT(name=made.name).text(current_language()))
    return HttpResponseRedirect(reverse("queries-saved"))


@require_GET
@allowed(Verb.VIEW)
def saved(request: HttpRequest) -> HttpResponse:
    account = rights_of(request).holder
    found = queries_for(account).select_related("owner").prefetch_related("readers__account")
    language = current_language()
    listed = [
        {
            "query": each,
            "said": ""
            if (tree := condition_of(each)) is None
            else sentence(tree, QUERY_WORDS, language),
            "mine": each.owner_id == account.pk,
            "readers": [reader.account for reader in each.readers.all()],
        }
        for each in found.order_by("name", "id")
    ]
    return render(
        request, "queries/saved.html", {"listed": listed, "on": request.GET.get("on", "")}
    )


@require_GET
@allowed(Verb.VIEW)
def open_saved(request: HttpRequest, number: int) -> HttpResponse:
    """Ask it again: of the records now, as of today or `?on=`."""
    query = _query(request, number)
    day = request.GET.get("on", "")
    page = reverse("query-table" if query.is_table else "queries")
    return HttpResponseRedirect(f"{page}?{address_of(query, day if day_of(day) else '')}")


@require_POST
@allowed(Verb.VIEW)
def share(request: HttpRequest, number: int) -> HttpResponse:
    """Share with one account, by login name; it sees the query, and of people what it may see."""
    query = _query(request, number, mine=True)
    name = request.POST.get("account", "").strip()
    reader = Account.objects.filter(
        username=name, is_active=True, closed_on=None, office=""
    ).first()
    if reader is None:
        return refused(request, BanziError(NO_ACCOUNT(name=name)))
    if reader.pk != query.owner_id:
        with act("queries.share", by=query.owner, about=f"{query.name}：{reader.username}"):
            QueryReader.objects.get_or_create(query=query, account=reader)
    return HttpResponseRedirect(reverse("queries-saved"))


@require_POST
@allowed(Verb.VIEW)
def unshare(request: HttpRequest, number: int) -> HttpResponse:
    query = _query(request, number, mine=True)
    name = request.POST.get("account", "")
    with act("queries.unshare", by=query.owner, about=f"{query.name}：{name}"):
        QueryReader.objects.filter(query=query, account__username=name).delete()
    return HttpResponseRedirect(reverse("queries-saved"))


@require_POST
@allowed(Verb.VIEW)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    query = _query(request, number, mine=True)
    with act("queries.remove", by=query.owner, about=query.name):
        query.delete()
    return HttpResponseRedirect(reverse("queries-saved"))


def _query(request: HttpRequest, number: int, *, mine: bool = False) -> SavedQuery:
    """The query; one that may not be opened is as if it were not there."""
    account = rights_of(request).holder
    found = queries_for(account).filter(pk=number).first()
    if found is None or (mine and found.owner_id != account.pk):
        raise Http404
    return found
