"""What a token may do, and the jobs of its account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import translate
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.api.models import Area, Token
from banzi.web.api.offering import offers
from banzi.web.api.paging import Paged, page_json, paged_shape
from banzi.web.api.shapes import Plain
from banzi.web.jobs.jobs import title_of
from banzi.web.jobs.models import Job
from banzi.web.jobs.saying import said, said_problems
from banzi.web.jobs.views import own_job
from banzi.web.shared.languages import current_language


class MeShape(Schema):
    """The token and what is left of it today, with the account's present rights."""

    username: str
    token: str = Field(description=_("令牌编号"))
    title: str
    until: str = Field(description=_("止（不含当日）"))
    areas: list[str]
    verbs: list[str] = Field(description=_("今天实际可以做的"))
    fields: list[str] = Field(description=_("今天实际可以看到的信息"))
    organ_id: str | None = Field(description=_("只限这个机构及其下级；为空即不限"))


@offers("/me", MeShape, None, summary=_("这个令牌今天可以做什么"))
def me(request: HttpRequest) -> dict[str, Any]:
    token: Token = request.banzi_token  # type: ignore[attr-defined]  # set by the guard
    rights = rights_of(request)
    return {
        "username": token.account.username,
        "token": token.key,
        "title": token.title,
        "until": token.until.isoformat(),
        "areas": [each.value for each in token.areas_open],
        "verbs": [each.value for each in Verb if rights.may(each)],
        "fields": sorted(each.value for each in rights.fields(Verb.VIEW)),
        "organ_id": token.organ_id,
    }


class JobItem(Plain):
    job_id: str
    kind: str
    title: str
    state: str = Field(
        description=_("queued 等待，running 进行中，done 完成，failed 未完成，cancelled 已取消")
    )
    percent: int | None
    task: str
    asked_at: str
    ended_at: str | None
    problems: list[str]


JobsShape = paged_shape(JobItem, "Jobs")


@offers("/jobs", JobsShape, Area.JOBS, summary=_("本账号的任务"))
def jobs(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    found = Job.objects.filter(by=rights_of(request).holder.username).order_by("-asked_at", "-pk")
    return page_json(
        found, asked, rights_of(request).day, lambda some: [_job(each) for each in some]
    )


@offers("/jobs/{job_id}", JobItem, Area.JOBS, summary=_("一项任务"))
def job(request: HttpRequest, job_id: str) -> dict[str, Any]:
    return _job(own_job(request, job_id))


def _job(found: Job) -> dict[str, Any]:
    language = current_language()
    return {
        "job_id": found.pk,
        "kind": found.kind,
        "title": translate(title_of(found.kind), language),
        "state": found.state,
        "percent": found.percent,
        "task": said(found.task, language) if found.task else "",
        "asked_at": found.asked_at.isoformat(),
        "ended_at": found.ended_at.isoformat() if found.ended_at else None,
        "problems": [each.text for each in said_problems(found.problems, language)],
    }
