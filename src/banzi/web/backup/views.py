"""The page of backups: for the system administrator, who sees names and sizes and no content.

A backup holds everything; it is fetched from the folder of the site by whoever may enter the
machine, not through the browser.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from banzi.web.accounts.guarding import for_office
from banzi.web.accounts.models import Account, Office
from banzi.web.backup.making import backups
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.models import Job, JobState

_SHOWN = 50


@for_office(Office.SYSTEM)
def backup(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and isinstance(request.user, Account):
        job = enqueue("backup.make", {}, by=request.user, once="backup.make")
        return HttpResponseRedirect(reverse("job", args=[job.pk]))
    done = Job.objects.filter(kind="backup.make", state=JobState.DONE).order_by("-ended_at")
    listed = [
        {**(job.result or {}), "at": job.ended_at, "by": job.by_name,
         "is_there": (backups() / str((job.result or {}).get("name"))).is_file()}
        for job in done[:_SHOWN]
    ]  # fmt: skip
    context = {"listed": listed, "folder": backups()}
    return render(request, "backup/list.html", context)
