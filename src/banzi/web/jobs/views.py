"""Jobs of whoever is signed in: the list, one of them, how far it is, calling it off.

For everybody, administrators too: what is shown are one's own jobs, and nothing of records.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from banzi.web.jobs.jobs import cancel, stop_of, title_of
from banzi.web.jobs.models import UNFINISHED, Job, JobState
from banzi.web.jobs.saying import said, said_problems
from banzi.web.shared.demands import for_everybody
from banzi.web.shared.languages import current_language

_PER_PAGE = 50


@for_everybody
def jobs(request: HttpRequest) -> HttpResponse:
    own = Job.objects.filter(by=request.user.get_username()).order_by("-asked_at", "-pk")
    page = Paginator(own, _PER_PAGE).get_page(request.GET.get("page"))
    listed = [(job, title_of(job.kind)) for job in page]
    return render(request, "jobs/list.html", {"page": page, "listed": listed})


@for_everybody
@never_cache
def one_job(request: HttpRequest, job_id: str) -> HttpResponse:
    job = own_job(request, job_id)
    if job.state == JobState.DONE and address_of(job) and "stay" not in request.GET:
        if getattr(request, "htmx", False):  # a part of another page: that one goes on, whole
            return HttpResponse(headers={"HX-Redirect": address_of(job)})
        return HttpResponseRedirect(address_of(job))
    return render(request, "jobs/one.html", told(job))


@for_everybody
@never_cache
def job_state(request: HttpRequest, job_id: str) -> HttpResponse:
    """The part of a page that shows how far a job is; asked for again until it is over."""
    job = own_job(request, job_id)
    response = render(request, "jobs/state.html", told(job))
    if job.state == JobState.DONE and address_of(job):
        response["HX-Redirect"] = address_of(job)
    return response


@for_everybody
@require_POST
def call_off(request: HttpRequest, job_id: str) -> HttpResponse:
    job = own_job(request, job_id)
    cancel(job)
    return HttpResponseRedirect(reverse("job", args=[job.pk]) + "?stay=1")


def own_job(request: HttpRequest, job_id: str) -> Job:
    """A job of whoever is signed in; of others' not even that they are there is said."""
    return get_object_or_404(Job, pk=job_id, by=request.user.get_username())


def address_of(job: Job) -> str:
    """The page of what the job made, as its result says; "" for none."""
    return str((job.result or {}).get("address", ""))


def told(job: Job) -> dict[str, Any]:
    """What the templates of one job need."""
    language = current_language()
    before = Job.objects.filter(state__in=UNFINISHED, asked_at__lt=job.asked_at)
    waited = timezone.now() - job.asked_at
    return {
        "job": job,
        "kind": title_of(job.kind),
        "stop": stop_of(job.kind),
        "task": said(job.task, language) if job.task else "",
        "problems": said_problems(job.problems, language),
        "address": address_of(job),
        "before": before.count() if job.state == JobState.QUEUED else 0,
        "nobody_works": job.state == JobState.QUEUED and waited.total_seconds() > _TOO_LONG,
    }


_TOO_LONG = 20
"""Seconds of waiting after which the page says that perhaps no worker is running."""
