"""Targets: the list in force, one in the editor with a preview, files in and out, the library."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from banzi.kernel.errors import BadInput, Problem
from banzi.kernel.messages import gettext_noop as _
from banzi.law import load_law
from banzi.structure.gauges.catalogue import GAUGES
from banzi.structure.library.reading import BoundBasis, read_library
from banzi.structure.targets import ScopeKind
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.models import Verb
from banzi.web.accounts.rights import rights_of
from banzi.web.audit.acts import act
from banzi.web.records.sight import sight
from banzi.web.rulebook.pages import need_to_set, page
from banzi.web.rulebook.target_forms import TargetForm, preview
from banzi.web.shared.today import as_of
from banzi.web.targets.keeping import (
    content_of,
    in_force,
    keep_set,
    put_in_force,
    read_set,
    scope_sentence,
    text_of,
    where_sentence,
    with_target,
    with_threshold,
)
from banzi.web.targets.models import TargetSet

_TITLE = _("结构目标")
_MOST_BYTES = 1_000_000
_NEW = {"op": ">=", "measure": "count", "scope": "teams", "each": "team", "force": "hard"}


@allowed(Verb.VIEW)
def targets(request: HttpRequest) -> HttpResponse:
    """The targets and thresholds in force, and the sets before."""
    return page(request, "rulebook/targets.html", _listed())


def _listed(problems: list[Problem] | None = None) -> dict[str, Any]:
    kept = in_force()
    file = read_set(kept) if kept else None
    names = {each.id: each.zh for each in GAUGES}
    return {
        "kept": kept,
        "targets": [(each, scope_sentence(each), where_sentence(each)) for each in file.targets]
        if file
        else [],
        "thresholds": [(names[each.gauge], each) for each in file.thresholds] if file else [],
        "gauges": [(each.id, each.zh, each.about) for each in GAUGES],
        "sets": TargetSet.objects.order_by("-pk")[:20],
        "problems": problems or [],
    }


@allowed(Verb.VIEW)
def edit(request: HttpRequest, target_id: str = "") -> HttpResponse:
    """One target in the editor; every button posts here, only the one called 保存 keeps it."""
    need_to_set(request)
    content = content_of(in_force())
    written = next((each for each in content.get("targets") or [] if each["id"] == target_id), None)
    if target_id and written is None:
        raise Http404
    if request.method != "POST":
        return _form(request, TargetForm.of(written or _NEW), target_id)
    form = TargetForm.posted(request.POST)
    if form.is_editing or "save" not in request.POST:
        return _form(request, form, target_id)
    form.row["id"] = target_id or f"t-{uuid.uuid4().hex[:8]}"
    row = form.written()
    if row is None:
        return _form(request, form, target_id, status=422)
    reason = request.POST.get("reason", "")
    _keep(
        request, with_target(content, form.row["id"], row), f"targets.edit {form.row['id']}", reason
    )
    return HttpResponseRedirect(reverse("targets"))


def _form(
    request: HttpRequest, form: TargetForm, target_id: str, status: int = 200
) -> HttpResponse:
    found, results = preview(form, sight(rights_of(request), as_of(request)))
    if form.row["scope"] == ScopeKind.ALL:
        form.scope_editor.root = type(form.scope_editor.root)("all")
    response = page(
        request,
        "rulebook/target.html",
        {"form": form, "target_id": target_id, "found": found, "results": results[:60]},
    )
    response.status_code = status
    return response


@allowed(Verb.VIEW)
@require_POST
def remove(request: HttpRequest, target_id: str) -> HttpResponse:
    """Take a target out of the set."""
    need_to_set(request)
    content = with_target(content_of(in_force()), target_id, None)
    _keep(request, content, f"targets.remove {target_id}", request.POST.get("reason", ""))
    return HttpResponseRedirect(reverse("targets"))


@allowed(Verb.VIEW)
@require_POST
def threshold(request: HttpRequest) -> HttpResponse:
    """Set or clear when a gauge is red or yellow; without a source it colours nothing."""
    need_to_set(request)
    gauge = request.POST.get("gauge", "")
    row = {
        name: request.POST.get(name, "").strip()
        for name in ("red", "yellow", "source")
        if request.POST.get(name, "").strip()
    }
    wanted = {"gauge": gauge, **row} if "red" in row or "yellow" in row else None
    names = {each.id: each.zh for each in GAUGES}
    content = with_threshold(content_of(in_force()), names.get(gauge, gauge), None)
    content = with_threshold(content, gauge, wanted)
    try:
        _keep(request, content, f"targets.threshold {gauge}", request.POST.get("reason", ""))
    except BadInput as error:
        response = page(request, "rulebook/targets.html", _listed(error.problems))
        response.status_code = 422
        return response
    return HttpResponseRedirect(reverse("targets"))


@allowed(Verb.VIEW)
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """A targets file as `banzi structure --targets` reads it, in the place of the present set."""
    need_to_set(request)
    file = request.FILES.get("file")
    problems: list[Problem] = []
    if file is None or (file.size or 0) > _MOST_BYTES:
        return HttpResponseRedirect(reverse("targets"))
    try:
        text = file.read().decode("utf-8-sig")
        with act(
            "targets.upload",
            by=rights_of(request).holder,
            source=file.name or "",
            reason=request.POST.get("reason", ""),
        ):
            keep_set(file.name or _TITLE, text, rights_of(request).holder)
        return HttpResponseRedirect(reverse("targets"))
    except UnicodeDecodeError:
        from banzi.structure.yaml_file import CANNOT_READ

        problems = [Problem(CANNOT_READ(detail="UTF-8"))]
    except BadInput as error:
        problems = error.problems
    response = page(request, "rulebook/targets.html", _listed(problems))
    response.status_code = 422
    return response


@allowed(Verb.VIEW)
def library(request: HttpRequest) -> HttpResponse:
    """The library of targets; those ticked are added to the set, to be edited there."""
    made = read_library(load_law())
    if request.method == "POST":
        need_to_set(request)
        content = content_of(in_force())
        entries = made.chosen(request.POST.getlist("take")) if request.POST.getlist("take") else ()
        for entry in entries:
            content = with_target(content, entry.id, dict(entry.written))
        if entries:
            _keep(request, content, "targets.library", "")
        return HttpResponseRedirect(reverse("targets"))
    present = {each["id"] for each in content_of(in_force()).get("targets") or []}
    kinds: dict[str, list[Any]] = {}
    for entry in made.entries:
        kinds.setdefault(entry.kind, []).append(
            (entry, entry.id in present, where_sentence(entry.target))
        )
    return page(
        request,
        "rulebook/library.html",
        {"kinds": kinds.items(), "version": made.version, "sample": BoundBasis.SAMPLE},
    )


@allowed(Verb.VIEW)
def download(request: HttpRequest) -> HttpResponse:
    """The set in force as a targets file."""
    kept = in_force()
    if kept is None:
        raise Http404
    response = HttpResponse(kept.text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="targets.yaml"'
    return response


@allowed(Verb.VIEW)
@require_POST
def put_back(request: HttpRequest, number: int) -> HttpResponse:
    """Let an earlier set hold again."""
    need_to_set(request)
    kept = get_object_or_404(TargetSet, pk=number)
    with act("targets.put_back", by=rights_of(request).holder, about=kept.title):
        put_in_force(kept)
    return HttpResponseRedirect(reverse("targets"))


def _keep(request: HttpRequest, content: dict[str, Any], about: str, reason: str) -> None:
    kept = in_force()
    with act("targets.save", by=rights_of(request).holder, about=about, reason=reason):
        keep_set(
            kept.title if kept else _TITLE, text_of(content), rights_of(request).holder, reason
        )
