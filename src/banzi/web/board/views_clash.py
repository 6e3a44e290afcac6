"""Why the solver found no plan for a draft: what clashes, and what could give."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.board.access import draft_for
from banzi.web.board.desk import desk_of, placed_in
from banzi.web.board.giving import can_be_taken, give_way
from banzi.web.board.models import Draft
from banzi.web.board.seeing import UNTOLD, seen_of
from banzi.web.jobs.models import Job
from banzi.web.jobs.views import own_job
from banzi.web.shared.languages import current_language

TAKEN = MessageKind("board/way-taken", _("已按此调整另存新版本，原方案没有改动；可再次由程序补全"))


@require_GET
@allowed(Verb.VIEW)
def clash(request: HttpRequest, number: int, job_id: str) -> HttpResponse:
    """The conflict that a job for this draft found, for whoever may see everybody it may name."""
    draft = draft_for(request, number)
    found = _found(request, draft, job_id)[current_language()]
    if not _is_told(request, draft):
        found = {**found, "members": [], "ways_out": []}
        messages.warning(request, UNTOLD().text(current_language()))
    ways = [(at, way, can_be_taken(way)) for at, way in enumerate(found["ways_out"])]
    context = {
        "draft": draft,
        "clash": found,
        "ways": ways,
        "job_id": job_id,
        "editable": rights_of(request).may(Verb.EDIT),
    }
    return render(request, "board/clash.html", context)


@require_POST
@allowed(Verb.VIEW, Verb.EDIT)
def take_way(request: HttpRequest, number: int, job_id: str) -> HttpResponse:
    """Take way `way` (its place in the list) for `reason`; goes on to the draft it becomes."""
    draft = draft_for(request, number)
    ways = _found(request, draft, job_id)["zh"]["ways_out"] if _is_told(request, draft) else []
    chosen = request.POST.get("way", "")
    if not chosen.isdecimal() or int(chosen) >= len(ways) or not can_be_taken(ways[int(chosen)]):
        raise Http404
    reason, by = request.POST.get("reason", ""), rights_of(request).holder
    try:
        made = give_way(draft, desk_of(draft.project), ways[int(chosen)], reason, by=by)
    except BanziError as error:
        messages.error(request, error.message.text(current_language()))
        return HttpResponseRedirect(reverse("board-clash", args=[draft.pk, job_id]))
    messages.success(request, TAKEN().text(current_language()))
    return HttpResponseRedirect(reverse("board-draft", args=[made.pk]))


def _is_told(request: HttpRequest, draft: Draft) -> bool:
    """Whether everybody is in sight who is placed, or holds a post now: a conflict may name them."""
    problem = desk_of(draft.project).problem
    named = {*placed_in(draft).values(), *(post.incumbent_person_id for post in problem.posts)}
    return seen_of(rights_of(request), filter(None, named)).is_whole


def _found(request: HttpRequest, draft: Draft, job_id: str) -> dict[str, Any]:
    """The conflict by language, as the job kept it."""
    asked: Job = own_job(request, job_id)
    found: dict[str, Any] | None = (asked.result or {}).get("conflict")
    if found is None or asked.arguments.get("draft") != draft.pk:
        raise Http404
    return found
