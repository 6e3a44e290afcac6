"""Staffing plans: the projects an account may open, their drafts, and who is placed where.

Names of persons out of sight are not told, nor figures that count them (`board.seeing`).
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import Http404, HttpRequest
from ninja import Query, Schema
from pydantic import Field

from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.api.models import Area
from banzi.web.api.offering import offers
from banzi.web.api.paging import Paged, page_json, paged_shape
from banzi.web.api.shapes import Plain
from banzi.web.board.access import projects_for
from banzi.web.board.desk import Desk, desk_of, placed_in
from banzi.web.board.figures import figures
from banzi.web.board.models import Draft, Project
from banzi.web.board.seeing import Seen, seen_of
from banzi.web.records.selecting import rows

T = TypeVar("T")


class ProjectItem(Plain):
    number: int
    name: str
    as_of: str = Field(description=_("计算基准日"))
    is_sealed: bool
    stage: str = Field(
        description=_("阶段：motion 动议，inspection 考察，discussion 讨论决定，appointment 任职")
    )
    created_at: str


ProjectsShape = paged_shape(ProjectItem, "Projects")


class DraftItem(Schema):
    number: int
    name: str
    state: str = Field(description=_("open 正在研究，signed 已签批，dropped 已放弃"))
    created_at: str
    signed_at: str | None
    filled: int = Field(description=_("已安排的职位数"))


class ProjectShape(Schema):
    project: ProjectItem
    posts: int = Field(description=_("职位数"))
    drafts: list[DraftItem]


class PlacedItem(Schema):
    """One post of the draft; `is_hidden` where somebody out of sight is placed there."""

    post_id: str
    title: str
    person_id: str | None
    name: str | None
    is_hidden: bool


class PlanFigure(Schema):
    """One structural target in the draft; what it comes to is null where it counts somebody out of
    sight."""

    target_id: str
    title: str
    bound: str
    actual: str | None
    holds: bool | None
    missing: int | None


class DraftShape(Schema):
    project: ProjectItem
    draft: DraftItem
    posts: list[PlacedItem]
    figures: list[PlanFigure] = Field(
        description=_("各项目标；计入无权查看的人员的，实际值、是否达到、差多少为空")
    )


@offers(
    "/plans", ProjectsShape, Area.PLANS, Verb.VIEW,
    summary=_("选配项目；密封的只列给指定的人"),
)  # fmt: skip
def projects(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    rights = rights_of(request)
    found = projects_for(rights.account).order_by("-created_at", "-pk")
    return page_json(found, asked, rights.day, lambda some: [_project(each) for each in some])


@offers(
    "/plans/{int:number}", ProjectShape, Area.PLANS, Verb.VIEW, summary=_("一个选配项目及其方案")
)
def project(request: HttpRequest, number: int) -> dict[str, Any]:
    found = _or_404(projects_for(rights_of(request).account).filter(pk=number).first())
    desk = desk_of(found)
    drafts = found.drafts.order_by("id").prefetch_related("placements")
    return {
        "project": _project(found),
        "posts": desk.rows.posts,
        "drafts": [_draft(each, desk) for each in drafts],
    }


@offers(
    "/plans/drafts/{int:number}", DraftShape, Area.PLANS, Verb.VIEW,
    summary=_("一个方案：每个职位安排了谁"),
)  # fmt: skip
def draft(request: HttpRequest, number: int) -> dict[str, Any]:
    open_to = projects_for(rights_of(request).account)
    drafts = Draft.objects.select_related("project").prefetch_related("placements")
    found = _or_404(drafts.filter(pk=number, project__in=open_to).first())
    desk, placed = desk_of(found.project), placed_in(found)
    names = {
        row["person_id"]: row["name"]
        for row in rows(rights_of(request), "persons", placed.values(), only=["name"])
    }
    seen = seen_of(rights_of(request), placed.values())
    return {
        "project": _project(found.project),
        "draft": _draft(found, desk),
        "posts": [
            {
                "post_id": post.post_id,
                "title": desk.title_of(post.post_id),
                "person_id": person if person in names else None,
                "name": names.get(person),
                "is_hidden": bool(person) and person not in names,
            }
            for post in desk.problem.posts
            for person in (placed.get(post.post_id, ""),)
        ],
        "figures": _figures(desk, placed, seen),
    }


def _or_404(found: T | None) -> T:
    """The row; one that may not be opened is as if it were not there, and the guard notes it."""
    if found is None:
        raise Http404
    return found


def _figures(desk: Desk, placed: dict[str, str], seen: Seen) -> list[dict[str, Any]]:
    return [
        {
            "target_id": each.target.target_id,
            "title": each.title,
            "bound": each.bound,
            "actual": None if each.holds is None else each.actual,
            "holds": each.holds,
            "missing": each.missing,
        }
        for each in figures(desk, desk.standing(placed), seen)
    ]


def _project(found: Project) -> dict[str, Any]:
    return {
        "number": found.pk,
        "name": found.name,
        "as_of": found.as_of.isoformat(),
        "is_sealed": found.sealed,
        "stage": found.stage,
        "created_at": found.created_at.isoformat(),
    }


def _draft(found: Draft, desk: Desk) -> dict[str, Any]:
    placed = {each.post_id for each in found.placements.all()}
    return {
        "number": found.pk,
        "name": found.name,
        "state": found.state,
        "created_at": found.created_at.isoformat(),
        "signed_at": found.signed_at.isoformat() if found.signed_at else None,
        "filled": len(placed & desk.post_of.keys()),
    }
