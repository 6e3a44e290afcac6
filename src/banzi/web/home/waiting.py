"""What waits for somebody in parts of the site below this one: proposals, imports, jobs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.coverage import in_sight
from banzi.web.accounts.models import Verb
from banzi.web.accounts.rights import rights_of
from banzi.web.imports.models import Import, ImportState
from banzi.web.jobs.models import UNFINISHED, Job, JobState
from banzi.web.people.models import Proposal, ProposalState
from banzi.web.shared.waiting import Waiting, waits

_DAYS = 7


@waits
def proposals(request: HttpRequest) -> Iterable[Waiting]:
    """Corrections that somebody else proposed and this account may confirm; its own that wait."""
    rights = rights_of(request)
    if rights.account is None or not rights.may(Verb.VIEW):
        return
    found = Proposal.objects.filter(state=ProposalState.OPEN.value)
    about = set(found.values_list("person_id", flat=True).distinct())
    url = reverse("people-proposals")
    if rights.may(Verb.APPROVE):
        others = found.exclude(proposed_by=rights.account)
        mine = others.filter(in_sight(rights, Verb.APPROVE, among=about))
        yield Waiting(_("等待我确认的更正"), mine.count(), url, is_urgent=True)
    own = found.filter(in_sight(rights, Verb.VIEW, among=about), proposed_by=rights.account)
    yield Waiting(_("我提出、等待他人确认的更正"), own.count(), url)


@waits
def imports(request: HttpRequest) -> Iterable[Waiting]:
    """Imports that were read and neither taken over nor dropped."""
    if rights_of(request).may(Verb.EDIT):
        own = Import.objects.filter(by=request.user.get_username(), state=ImportState.READY)
        yield Waiting(_("等待我核对的导入"), own.count(), reverse("imports"))


@waits
def jobs(request: HttpRequest) -> Iterable[Waiting]:
    """Those under way, and those of the last week that failed."""
    mine = Job.objects.filter(by=request.user.get_username())
    url = reverse("jobs")
    yield Waiting(_("正在进行的任务"), mine.filter(state__in=UNFINISHED).count(), url)
    recent = timezone.now() - timedelta(days=_DAYS)
    failed = mine.filter(state=JobState.FAILED, ended_at__gte=recent)
    yield Waiting(_("最近七天未完成的任务"), failed.count(), url, is_urgent=True)
