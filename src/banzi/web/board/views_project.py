"""Projects and drafts: make, copy, compare."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import translate
from banzi.staffing.answers.tier_words import tier_values
from banzi.staffing.tier_titles import tier_title
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.audit.acts import act
from banzi.web.board import opening
from banzi.web.board.access import project_for, projects_for
from banzi.web.board.cards import people
from banzi.web.board.creating import NewProject, chosen_files, filled_again, keep_files, typed
from banzi.web.board.desk import desk_of, placed_in
from banzi.web.board.emptiness import emptiness
from banzi.web.board.figures import figures, wide_targets
from banzi.web.board.models import Draft, Wish
from banzi.web.board.reasons import case_of, change_lines
from banzi.web.board.seeing import seen_of
from banzi.web.board.views_sealing import sealing
from banzi.web.board.work import incoming
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.models import Job
from banzi.web.records.models import RECORDS
from banzi.web.shared.languages import current_language
from banzi.web.shared.today import as_of

FOR_POST = _("补配{post}")


@require_GET
@allowed(Verb.VIEW)
def projects(request: HttpRequest) -> HttpResponse:
    """All projects; `?again=` comes from an attempt of one's own that came to nothing."""
    token = request.GET.get("again", "")
    tried = Job.objects.filter(kind="board.prepare", by=request.user.get_username())
    before = tried.filter(arguments__token=token).first() if token else None
    if before is None:
        return _page(request, NewProject(initial=_wanted(request)))
    return _page(request, filled_again(before.arguments), before.arguments.get("files", []))


def _page(
    request: HttpRequest, form: NewProject, lost: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    """`lost`: the names of files that must be chosen again."""
    rights = rights_of(request)
    found = projects_for(rights.account).select_related("created_by").prefetch_related("drafts")
    context = {
        "projects": found.order_by("-created_at"),
        "form": form,
        "lost": list(lost),
        "editable": rights.may(Verb.EDIT),
    }
    return render(request, "board/projects.html", context, status=status)


def _wanted(request: HttpRequest) -> dict[str, Any]:
    """What the form begins with; `?post=` comes from the page of a vacant post."""
    wanted: dict[str, Any] = {"as_of": as_of(request)}
    post_id = request.GET.get("post", "")
    posts = RECORDS["posts"]._default_manager.filter(pk=post_id)
    name = posts.values_list("post_name", flat=True).first()
    if name is not None:
        title = translate(FOR_POST, current_language()).format(post=name)
        wanted |= {"post": post_id, "name": title}
    return wanted


@require_POST
@allowed(Verb.VIEW, Verb.EDIT)
def create(request: HttpRequest) -> HttpResponse:
    """Take the files and let a worker build the problem."""
    form = NewProject(request.POST, request.FILES)
    rights = rights_of(request)
    if not form.is_valid():
        return _page(request, form, chosen_files(form), status=422)
    token = uuid.uuid4().hex
    names = keep_files(form, incoming(token))
    asked = enqueue(
        "board.prepare",
        {**typed(form), "token": token, **names},
        by=rights.holder,
    )
    return HttpResponseRedirect(reverse("job", args=[asked.pk]))


@require_GET
@allowed(Verb.VIEW)
def project(request: HttpRequest, number: int) -> HttpResponse:
    """One project: its drafts, how each stands against the wide targets, what to compare."""
    found = project_for(request, number)
    desk = desk_of(found)
    wide = wide_targets(desk)
    listed: list[dict[str, Any]] = []
    for draft in found.drafts.select_related("created_by", "signed_by").order_by("id"):
        placed = placed_in(draft)
        standing = desk.standing(placed)
        seen = seen_of(rights_of(request), placed.values())
        listed.append(
            {
                "draft": draft,
                "filled": int((standing.plan >= 0).sum()),
                "tiers": tier_values(desk.counting, standing) if seen.is_whole else None,
                "broken": len(standing.breached) if seen.is_whole else None,
                "figures": figures(desk, standing, seen, wide),
            }
        )
    context = {
        "project": found,
        "drafts": listed,
        "seats": desk.rows.posts,
        "wide": [
            (target, [each["figures"][place] for each in listed])
            for place, target in enumerate(wide)
        ],
        "tiers": [
            (
                tier_title(tier.name),
                [each["tiers"] and each["tiers"][place] for each in listed],
            )
            for place, tier in enumerate(desk.problem.tiers)
        ],
        "titles": desk.titles,
        "nobody": emptiness(desk),
        "editable": rights_of(request).may(Verb.EDIT),
        **sealing(request, found),
    }
    return render(request, "board/project.html", context)


@require_POST
@allowed(Verb.VIEW, Verb.EDIT)
def add_draft(request: HttpRequest, number: int) -> HttpResponse:
    """A new draft: a copy of another one (`copy`), of those in office (`incumbents`), or empty."""
    found = project_for(request, number)
    desk = desk_of(found)
    by = rights_of(request).holder
    name = request.POST.get("name", "").strip()[:120]
    start = request.POST.get("start", "")
    placed: dict[str, str] = {}
    wishes: list[Any] = []
    if start == "incumbents":
        placed = opening.incumbents(desk)
    elif start.isdecimal():
        source = get_object_or_404(Draft, pk=int(start), project=found)
        placed = placed_in(source)
        wishes = list(source.wishes.values("kind", "post_id", "person_id"))
    with act("board.draft", by=by, about=f"{found}：{name}"):
        made = opening.add_draft(found, opening.free_name(found.pk, name), placed, by)
        Wish.objects.bulk_create(Wish(draft=made, **each) for each in wishes)
    return HttpResponseRedirect(reverse("board-draft", args=[made.pk]))


@require_GET
@allowed(Verb.VIEW)
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """Two drafts person by person and figure by figure: `?a=…&b=…`; `solved`: b is what the solver
    made of a while a was changed."""
    found = project_for(request, number)
    desk = desk_of(found)
    rights = rights_of(request)
    chosen = [request.GET.get(name, "") for name in ("a", "b")]
    context: dict[str, Any] = {
        "project": found,
        "drafts": found.drafts.order_by("id"),
        "solved": "solved" in request.GET,
    }
    if all(each.isdecimal() for each in chosen):
        a, b = (get_object_or_404(Draft, pk=int(each), project=found) for each in chosen)
        placed = [placed_in(draft) for draft in (a, b)]
        before, after = (desk.standing(each) for each in placed)
        differ = before.changed(after)
        ids = [
            desk.problem.persons[standing.person(post)]
            for post in differ
            for standing in (before, after)
            if standing.person(post) >= 0
        ]
        known = people(rights, ids)

        def name(place: int) -> str:
            return known.name(desk, desk.problem.persons[place]) if place >= 0 else ""

        old, new = (
            figures(desk, standing, seen_of(rights, each.values()))
            for standing, each in zip((before, after), placed, strict=True)
        )
        context |= {
            "a": a,
            "b": b,
            "posts": [
                {
                    "title": desk.post_title(post),
                    "before": name(before.person(post)),
                    "after": name(after.person(post)),
                }
                for post in differ
            ],
            "lines": change_lines(case_of(a, desk), desk, before, after, rights),
            "figures": [
                (one, other)
                for one, other in zip(old, new, strict=True)
                if one.actual != other.actual
            ],
        }
    return render(request, "board/compare.html", context)
