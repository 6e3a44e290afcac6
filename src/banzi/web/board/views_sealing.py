"""A sealed project: at which stage it is, and who may open it then; whoever made it says so."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.audit.acts import act
from banzi.web.board.access import project_for
from banzi.web.board.models import Project, Reader, Stage
from banzi.web.shared.languages import current_language

NO_READER = MessageKind("board/no-reader", _("没有登录名为“{name}”的在用账号；请核对登录名"))


def sealing(request: HttpRequest, project: Project) -> dict[str, Any]:
    """What the page of a sealed project says to who made it; nothing for others."""
    if not project.sealed or project.created_by_id != rights_of(request).holder.pk:
        return {}
    readers = project.readers.select_related("account").order_by("id")
    named = [(each, [reader for reader in readers if reader.stage == each]) for each in Stage]
    return {"stages": named, "stage": project.stage}


@require_POST
@allowed(Verb.VIEW, Verb.EDIT)
def set_stage(request: HttpRequest, number: int) -> HttpResponse:
    """From now on the project is at this stage, and open to those named for it."""
    project, stage = _mine(request, number), _stage(request)
    with act("board.stage", by=rights_of(request).holder, about=f"{project}：{stage.zh}"):
        Project.objects.filter(pk=project.pk).update(stage=stage.value)
    return HttpResponseRedirect(reverse("board-project", args=[number]))


@require_POST
@allowed(Verb.VIEW, Verb.EDIT)
def set_reader(request: HttpRequest, number: int) -> HttpResponse:
    """Name an account (`account`, by login name) for a stage; with `remove`, not any more."""
    project, stage = _mine(request, number), _stage(request)
    name, by = request.POST.get("account", "").strip(), rights_of(request).holder
    if "remove" in request.POST:
        named = Reader.objects.filter(project=project, account__username=name, stage=stage.value)
        with act("board.unname-reader", by=by, about=f"{project}：{stage.zh}：{name}"):
            named.delete()
        return HttpResponseRedirect(reverse("board-project", args=[number]))
    usable = Account.objects.filter(username=name, is_active=True, closed_on=None, office="")
    account = usable.first()
    if account is None:
        messages.error(request, NO_READER(name=name).text(current_language()))
        return HttpResponseRedirect(reverse("board-project", args=[number]))
    with act("board.name-reader", by=by, about=f"{project}：{stage.zh}：{name}"):
        Reader.objects.get_or_create(project=project, account=account, stage=stage.value)
    return HttpResponseRedirect(reverse("board-project", args=[number]))


def _mine(request: HttpRequest, number: int) -> Project:
    project = project_for(request, number)
    if not project.sealed or project.created_by_id != rights_of(request).holder.pk:
        raise Http404
    return project


def _stage(request: HttpRequest) -> Stage:
    found = Stage.from_value(request.POST.get("stage"))
    if found is None:
        raise Http404
    return found
