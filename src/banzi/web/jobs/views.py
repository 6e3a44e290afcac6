"""Jobs of whoever is signed in: the list, one of them, how far it is, calling it off.

For everybody, administrators too: what is shown are one's own jobs, and nothing of records.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from banzi.kernel.messages import MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.web.jobs.jobs import back_of, cancel, stop_of, title_of
from banzi.web.jobs.models import UNFINISHED, Job, JobState
from banzi.web.jobs.saying import said, said_problems
from banzi.web.shared.demands import for_everybody
from banzi.web.shared.languages import current_language

ASKED_BY_ANOTHER = MessageKind(
    "jobs/asked-by-another", _("{name}已提交同样的任务“{kind}”，尚未结束；请等其结束后再试")
)
_IN_VAIN = (JobState.FAILED, JobState.CANCELLED)
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


def to_job(request: HttpRequest, asked: Job, otherwise: str, page: str = "") -> HttpResponse:
    """On to a job that was asked for; of what may be done once at a time, another account may have
    asked first, whose job is not there for this one: that is said, at the address `otherwise`.

    `page`: where one's own job is shown, its own page by default.
    """
    if asked.by == request.user.get_username():
        return HttpResponseRedirect(page or reverse("job", args=[asked.pk]))
    language = current_language()
    kind = translate(title_of(asked.kind), language)
    messages.warning(request, ASKED_BY_ANOTHER(name=asked.by_name, kind=kind).text(language))
    return HttpResponseRedirect(otherwise)


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
        "back": back_of(job) if job.state in _IN_VAIN else "",
        "before": before.count() if job.state == JobState.QUEUED else 0,
        "nobody_works": job.state == JobState.QUEUED and waited.total_seconds() > _TOO_LONG,
    }


_TOO_LONG = 20
"""Seconds of waiting after which the page says that perhaps no worker is running."""
