"""Jobs of one's own that run or did not end well: for the home page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from banzi.kernel.messages import gettext_noop as _
from banzi.web.jobs.models import UNFINISHED, Job, JobState
from banzi.web.shared.waiting import Waiting, waits

_DAYS = 7


@waits
def jobs(request: HttpRequest) -> Iterable[Waiting]:
    """Those under way, and those of the last week that failed."""
    mine = Job.objects.filter(by=request.user.get_username())
    try:
        url = reverse("jobs")
    except NoReverseMatch:
        url = "/jobs/"
    yield Waiting(_("正在进行的任务"), mine.filter(state__in=UNFINISHED).count(), url)
    recent = timezone.now() - timedelta(days=_DAYS)
    failed = mine.filter(state=JobState.FAILED, ended_at__gte=recent)
    yield Waiting(_("最近七天未完成的任务"), failed.count(), url, is_urgent=True)
