"""Rosters of an office's own make: kept by name, filled from a list or from those ticked in it."""

from __future__ import annotations

import polars as pl
from django.db import IntegrityError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from banzi.documents.papers.filling.fields import catalogue as fields
from banzi.documents.papers.filling.filling import open_template
from banzi.kernel.errors import BadInput, BanziError
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.audit.acts import act
from banzi.web.queries.asking import Asked, asked
from banzi.web.queries.exporting import check_release, download, list_table, workbook
from banzi.web.queries.listing import catalogue, chosen, columns_for, rows_of
from banzi.web.queries.models import RosterTemplate
from banzi.web.queries.templates import classes_of, file_of, filled, keep_file
from banzi.web.queries.views import classes_shown, refused
from banzi.web.shared.languages import current_language

NO_NAME = MessageKind("queries/template-no-name", _("没有填写名册名称；请填写"))
NAME_TAKEN = MessageKind("queries/template-name-taken", _("已有名为“{name}”的名册；请换一个名称"))
NO_FILE = MessageKind("queries/template-no-file", _("没有选择文件；请选择.docx或.xlsx模板"))
NO_COLUMNS = MessageKind("queries/template-no-columns", _("没有选列；请至少选一列"))
NOBODY = MessageKind("queries/fill-nobody", _("名单中没有人员；请先查询或勾选"))


@require_GET
@allowed(Verb.VIEW)
def templates(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@allowed(Verb.VIEW)
def upload(request: HttpRequest) -> HttpResponse:
    """Keep a file with fields, once every field in it is known."""
    name, problems = _name(request)
    file = request.FILES.get("file")
    if file is None:
        problems.append(NO_FILE())
    if problems or file is None:
        return _page(request, problems, 400)
    try:
        digest, suffix = keep_file(file.name or "", file.read())
    except BadInput as error:
        return _page(request, [each.message for each in error.problems], 400, error)
    except BanziError as error:
        return _page(request, [error.message], 400)
    return _keep(request, RosterTemplate(name=name, sha256=digest, suffix=suffix))


@require_POST
@allowed(Verb.VIEW)
def from_columns(request: HttpRequest) -> HttpResponse:
    """Keep a set of columns as a roster in the form of a table."""
    name, problems = _name(request)
    names = [each for each in request.POST.getlist("columns") if each in catalogue()]
    if not names:
        problems.append(NO_COLUMNS())
    if problems:
        return _page(request, problems, 400)
    return _keep(request, RosterTemplate(name=name, columns=" ".join(names)))


@require_GET
@allowed(Verb.VIEW)
def original(request: HttpRequest, number: int) -> HttpResponse:
    """The template itself, as it was uploaded."""
    kept = get_object_or_404(RosterTemplate, pk=number)
    if not kept.suffix:
        raise Http404
    return FileResponse(  # type: ignore[return-value]  # a response of its own kind
        file_of(kept).open("rb"), as_attachment=True, filename=f"{kept.name}{kept.suffix}"
    )


@require_POST
@allowed(Verb.VIEW)
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove one's own; the file stays, for another name may stand on it."""
    account = rights_of(request).holder
    kept = get_object_or_404(RosterTemplate, pk=number, owner=account)
    with act("queries.template-remove", by=account, about=kept.name):
        kept.delete()
    return HttpResponseRedirect(reverse("roster-templates"))


@require_POST
@allowed(Verb.VIEW, Verb.RELEASE)
@freshly_signed_in
def fill(request: HttpRequest) -> HttpResponse:
    """Fill for those ticked (`person`), or for everybody of the list of the address."""
    found = asked(request)
    frame = found.list()
    ticked = set(request.POST.getlist("person"))
    if ticked:
        frame = frame.filter(frame["person_id"].is_in(list(ticked)))
    number = request.POST.get("template", "")
    kept = get_object_or_404(RosterTemplate, pk=int(number) if number.isdecimal() else 0)
    try:
        if not frame.height:
            raise BanziError(NOBODY())
        if not kept.suffix:
            return _table(found, kept, frame)
        template = open_template(file_of(kept))
        check_release(found.rights, frame["person_id"], classes_of(template) | classes_shown(found))
        content, name = filled(
            kept,
            template,
            found.people.roster,
            frame["person_id"].to_list(),
            found.on,
            merged="merged" in request.POST,
        )
    except BanziError as error:
        return refused(request, error)
    return download(found.rights, content, name)


def _table(found: Asked, kept: RosterTemplate, frame: pl.DataFrame) -> HttpResponse:
    language = current_language()
    names = kept.columns.split()
    columns = chosen(names, found.people.covered)
    asked_for = {catalogue()[name].field_class for name in names if name in catalogue()}
    check_release(found.rights, frame["person_id"], asked_for | classes_shown(found))
    listed = rows_of(frame, found.people, columns, language)
    table = list_table(
        kept.name,
        [(each.heading(language), each.width, each.is_left) for each in columns],
        [(row["name"], row["cells"]) for row in listed],
        found.on,
    )
    return workbook(found.rights, table, found.on)


def _keep(request: HttpRequest, made: RosterTemplate) -> HttpResponse:
    made.owner, made.kept_at = rights_of(request).holder, timezone.now()
    try:
        with act("queries.template", by=made.owner, about=made.name):
            made.save(force_insert=True)
    except IntegrityError:
        return _page(request, [NAME_TAKEN(name=made.name)], 400)
    return HttpResponseRedirect(reverse("roster-templates"))


def _name(request: HttpRequest) -> tuple[str, list[Message]]:
    name = request.POST.get("name", "").strip()[:120]
    if not name:
        return name, [NO_NAME()]
    taken = RosterTemplate.objects.filter(name=name).exists()
    return name, [NAME_TAKEN(name=name)] if taken else []


def _page(
    request: HttpRequest,
    problems: list[Message] | None = None,
    status: int = 200,
    error: BadInput | None = None,
) -> HttpResponse:
    language = current_language()
    held = rights_of(request).fields(Verb.VIEW)
    known = catalogue()
    listed = [
        {
            "kept": each,
            "mine": each.owner_id == rights_of(request).holder.pk,
            "columns": [
                known[name].heading(language) for name in each.columns.split() if name in known
            ],
        }
        for each in RosterTemplate.objects.select_related("owner").order_by("name")
    ]
    context = {
        "listed": listed,
        "problems": problems or [],
        "flaws": error.problems if error else [],
        "choosable": [(each.name, each.heading(language)) for each in columns_for(held)],
        "fields": [(each.name, each.block, each.about) for each in fields()],
    }
    return render(request, "queries/templates.html", context, status=status)
