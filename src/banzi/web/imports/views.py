"""Dropping files, reviewing what they would change, taking it over, taking it back."""

from __future__ import annotations

import shutil
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from banzi.kernel.errors import BadInput, BanziError, Problem
from banzi.kernel.messages import MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.roster.finding_texts import finding_text
from banzi.roster.keeping import FindingState
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.imports.identities import questions
from banzi.web.imports.models import Import, ImportState
from banzi.web.imports.packages import WRONG_SEAL, is_wrong, read_seal, shown
from banzi.web.imports.planning import ImportPlan, Shown, counted, grouped, plan_import
from banzi.web.imports.reading import package_of
from banzi.web.imports.receiving import receive
from banzi.web.imports.resuming import settle
from banzi.web.imports.undoing import undo
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.saying import kept_problem, said_problems
from banzi.web.records.freezing import current_roster
from banzi.web.shared.languages import current_language

_PER_PAGE = 50
"""Persons (or organs …) on a page of differences."""

NOT_READY = MessageKind("imports/not-ready", _("这次导入现在不能这样处理，请刷新页面看当前状态"))
NO_REASON = MessageKind("imports/no-reason", _("撤销须写明理由"))


@allowed(Verb.EDIT)
def imports(request: HttpRequest) -> HttpResponse:
    own = Import.objects.filter(by=request.user.get_username()).order_by("-at", "pk")
    settle(own)
    if request.GET.get("state") == ImportState.READY:
        own = own.filter(state=ImportState.READY)
    page = Paginator(own, _PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_release": rights_of(request).may(Verb.RELEASE)}
    return render(request, "imports/list.html", context)


@allowed(Verb.EDIT)
def drop_files(request: HttpRequest) -> HttpResponse:
    """The page to drop files on; files dropped become an import that is being read."""
    if request.method != "POST":
        return render(request, "imports/new.html")
    account = rights_of(request).holder
    given = Import(by=account.username, by_name=account.name, as_of=timezone.localdate())
    try:
        given.files = receive(request.FILES.getlist("files"), given.folder / "files")
    except BadInput as bad:
        shutil.rmtree(given.folder, ignore_errors=True)
        problems = said_problems([kept_problem(each) for each in bad.problems], current_language())
        return render(request, "imports/new.html", {"problems": problems}, status=400)
    with transaction.atomic():  # never an import that nothing works on
        given.save(force_insert=True)
        job = enqueue("imports.read", {"import_id": given.pk}, by=given.asker)
        Import.objects.filter(pk=given.pk).update(job_id=job.pk)
    return HttpResponseRedirect(reverse("job", args=[job.pk]))


@allowed(Verb.EDIT)
@never_cache
def one_import(request: HttpRequest, import_id: str) -> HttpResponse:
    """What files would change, person by person; with `?show=` only one kind of it."""
    given = _own(request, import_id)
    context: dict[str, Any] = {"given": given}
    if given.state in (ImportState.READING, ImportState.TAKING) and given.job_id:
        return HttpResponseRedirect(reverse("job", args=[given.job_id]))
    if given.state == ImportState.READY:
        plan = _plan(given, rights_of(request))
        context |= _listed(request, plan)
        context |= {"counts": counted(plan), "questions": questions(given, plan),
                    "findings": _findings(plan)}  # fmt: skip
    context["problems"] = said_problems(given.problems, current_language())
    context |= _of_package(given)
    return render(request, "imports/one.html", context)


@allowed(Verb.EDIT)
@require_POST
def answer(request: HttpRequest, import_id: str) -> HttpResponse:
    """Take over or leave: one difference, all of a person, or all that are shown."""
    given = _own(request, import_id)
    plan = _plan_if_ready(given, request)
    if plan is not None:
        wanted = request.POST.get("take") == "1"
        chosen = _chosen(request, plan)
        said = {each.item.shown.item_id: [each.item.shown.fingerprint, wanted] for each in chosen}
        given.answers = {**given.answers, **said}
        given.save(update_fields=["answers"])
    return _back(request, given)


@allowed(Verb.EDIT)
@require_POST
def settle_identity(request: HttpRequest, import_id: str) -> HttpResponse:
    """Who somebody in the files is: a person of the records, somebody new, or left open."""
    given = _own(request, import_id)
    plan = _plan_if_ready(given, request)
    person, here = request.POST.get("person", ""), request.POST.get("here", "")
    if plan is not None:
        options = {each.person: {one.person for one in each.options}
                   for each in questions(given, plan)}  # fmt: skip
        if person in options and here in options[person] | {"", "new"}:
            told = {key: value for key, value in given.told.items() if key != person}
            given.told = {**told, **({person: None if here == "new" else here} if here else {})}
            given.save(update_fields=["told"])
    return _back(request, given)


@allowed(Verb.EDIT)
@require_POST
def check_seal(request: HttpRequest, import_id: str) -> HttpResponse:
    """Hold the seal that the sender told against that of the package; "" forgets it."""
    given = _own(request, import_id)
    if given.package:
        given.package = {**given.package, "told": read_seal(request.POST.get("told", ""))}
        given.save(update_fields=["package"])
    return _back(request, given)


@allowed(Verb.EDIT)
@require_POST
def take_over(request: HttpRequest, import_id: str) -> HttpResponse:
    given = _own(request, import_id)
    if is_wrong(given.package):
        return _refused(request, given, [Problem(WRONG_SEAL())])
    arguments = {"import_id": given.pk}
    with transaction.atomic():  # never being written without a job that writes it
        ready = Import.objects.filter(pk=given.pk, state=ImportState.READY)
        if ready.update(state=ImportState.TAKING):
            once = f"imports.take {given.pk}"
            job = enqueue("imports.take", arguments, by=given.asker, once=once)
            Import.objects.filter(pk=given.pk).update(job_id=job.pk)
            return HttpResponseRedirect(reverse("job", args=[job.pk]))
    return _refused(request, given, [Problem(NOT_READY())])


@allowed(Verb.EDIT)
@require_POST
def undo_import(request: HttpRequest, import_id: str) -> HttpResponse:
    given = _own(request, import_id)
    reason = request.POST.get("reason", "").strip()
    try:
        if not reason:
            raise BanziError(NO_REASON())
        undo(given, given.asker, reason)
    except BadInput as bad:
        return _refused(request, given, bad.problems)
    except BanziError as error:
        return _refused(request, given, [Problem(error.message)])
    messages.success(request, translate(_("已撤销这次导入"), current_language()))
    return HttpResponseRedirect(reverse("import", args=[given.pk]))


@allowed(Verb.EDIT)
@require_POST
def discard(request: HttpRequest, import_id: str) -> HttpResponse:
    """Throw away an import that was not taken over, with the copies of its files."""
    given = _own(request, import_id)
    gone = Import.objects.filter(
        pk=given.pk, state__in=[ImportState.READY, ImportState.REFUSED, ImportState.READING]
    )
    if gone.delete()[0]:
        shutil.rmtree(given.folder, ignore_errors=True)
    return HttpResponseRedirect(reverse("imports"))


def _of_package(given: Import) -> dict[str, Any]:
    """What the page says of an exchange package, read or refused."""
    refused = any(each["code"].startswith("exchange/") for each in given.problems)
    return {"package": shown(given.package), "package_refused": refused}


def _own(request: HttpRequest, import_id: str) -> Import:
    own = Import.objects.filter(pk=import_id, by=request.user.get_username())
    settle(own)
    return get_object_or_404(own)


def _plan(given: Import, rights: Rights) -> ImportPlan:
    return plan_import(given, current_roster(timezone.localdate()), package_of(given), rights)


def _plan_if_ready(given: Import, request: HttpRequest) -> ImportPlan | None:
    return _plan(given, rights_of(request)) if given.state == ImportState.READY else None


_KINDS = ("new", "differs", "removes", "taken", "left")


def _is_kind(each: Shown, kind: str) -> bool:
    match kind:
        case "new":
            return each.item.is_new
        case "differs":
            return not each.item.is_new and not each.removes
        case "removes":
            return each.removes
        case "taken":
            return each.is_taken
        case _:
            return not each.is_taken


def _listed(request: HttpRequest, plan: ImportPlan) -> dict[str, Any]:
    kind = request.GET.get("show", "")
    shown = [each for each in plan.shown if kind not in _KINDS or _is_kind(each, kind)]
    page = Paginator(grouped(shown), _PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "show": kind, "query": f"show={kind}&" if kind else ""}


def _chosen(request: HttpRequest, plan: ImportPlan) -> list[Shown]:
    """What an answer is about; what would be removed is only ever answered one by one."""
    items, person = request.POST.getlist("item"), request.POST.get("person")
    if items:
        return [each for each in plan.shown if each.item.shown.item_id in items]
    wanted = request.POST.get("take") == "1"
    return [
        each
        for each in plan.shown
        if (person is None or (each.item.here or each.item.shown.person) == person)
        and not (wanted and each.removes)
    ]


def _findings(plan: ImportPlan) -> list[tuple[str, str]]:
    """(name, text) of doubts that reading raised about persons that are shown, open ones first."""
    roster = plan.package.roster
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    here = {each.item.here for each in plan.shown}
    shown = {None, *(person for person, ours in plan.merge.ids.items() if ours in here)}
    rows = [row for row in roster["findings"].iter_rows(named=True) if row["person_id"] in shown]
    rows.sort(key=lambda row: row["state"] != FindingState.OPEN)
    language = current_language()
    return [(names.get(row["person_id"], ""), finding_text(row, language)) for row in rows[:500]]


def _back(request: HttpRequest, given: Import) -> HttpResponse:
    query = request.POST.get("query", "")
    return HttpResponseRedirect(reverse("import", args=[given.pk]) + (f"?{query}" if query else ""))


def _refused(request: HttpRequest, given: Import, problems: list[Problem]) -> HttpResponse:
    given.refresh_from_db()
    said = said_problems([kept_problem(each) for each in problems], current_language())
    context = {"given": given, "problems": said, **_of_package(given)}
    return render(request, "imports/one.html", context, status=409)
