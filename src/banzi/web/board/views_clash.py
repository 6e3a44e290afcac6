"""Why the solver found no plan for a draft: what clashes, and what could give."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb
from banzi.web.board.access import draft_for
from banzi.web.jobs.models import Job
from banzi.web.jobs.views import own_job
from banzi.web.shared.languages import current_language


@require_GET
@allowed(Verb.VIEW)
def clash(request: HttpRequest, number: int, job_id: str) -> HttpResponse:
    """The conflict that a job for this draft found."""
    draft = draft_for(request, number)
    asked: Job = own_job(request, job_id)
    found = (asked.result or {}).get("conflict")
    if found is None or asked.arguments.get("draft") != draft.pk:
        raise Http404
    context = {"draft": draft, "clash": found[current_language()]}
    return render(request, "board/clash.html", context)
