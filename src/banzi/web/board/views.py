"""The board itself, and the panels beside it that answer about one post or one person."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from banzi.staffing.answers.tier_words import tier_values
from banzi.staffing.system.rows import EMPTY
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Rights, Verb, rights_of
from banzi.web.board.access import draft_for, may_edit
from banzi.web.board.cards import name_of, people
from banzi.web.board.choosing import choices, posts_for
from banzi.web.board.desk import Desk, desk_of, placed_in
from banzi.web.board.emptiness import emptiness
from banzi.web.board.models import Draft, WishKind
from banzi.web.board.reasons import reasons
from banzi.web.board.seeing import seen_of
from banzi.web.board.situation import Situation, regions_of, teams_in
from banzi.web.board.verdicts import ready
from banzi.web.board.wording import Gains
from banzi.web.jobs.models import Job
from banzi.web.people.picking import MOST, ids_like, told_apart

_OTHERS = 5
ALL = "*"
"""Value of `region` for all of them: the view for a meeting."""


@require_GET
@allowed(Verb.VIEW)
def board(request: HttpRequest, number: int) -> HttpResponse:
    """Columns of one region (the first by default), or of all with `?region=*`."""
    draft = draft_for(request, number)
    desk = desk_of(draft.project)
    regions = regions_of(desk)
    region = request.GET.get("region") or (regions[0] if regions else "")
    if region not in (*regions, ALL):
        raise Http404
    teams = teams_in(desk, "" if region == ALL else region)
    situation = situation_of(request, draft, desk, teams)
    editable = may_edit(request, draft)
    if editable:
        ready(desk)
    return render(
        request,
        "board/board.html",
        {
            "draft": draft,
            "project": draft.project,
            "regions": regions,
            "region": region,
            "columns": situation.columns(teams),
            "editable": editable,
            "exportable": rights_of(request).may(Verb.RELEASE),
            "nobody": emptiness(desk),
            "projected": request.GET.get("view") == "meeting",
            "asked_job": _own_job_id(request),
            "asked_post": post if (post := request.GET.get("post", "")) in desk.post_of else "",
            **summary(situation),
        },
    )


def _own_job_id(request: HttpRequest) -> str:
    """The job that the address names (`?job=`), where it is one's own; "" else: an address that was
    handed on, or kept after the job was cleared away, opens the board all the same."""
    asked = Job.objects.filter(pk=request.GET.get("job", ""), by=rights_of(request).holder.username)
    return asked.values_list("pk", flat=True).first() or ""


def situation_of(
    request: HttpRequest, draft: Draft, desk: Desk, teams: list[int], *more: str
) -> Situation:
    """The draft with what cards need for some teams, the holding area, and further persons."""
    placed = placed_in(draft)
    posts = [post for team in teams for post in desk.posts_of_team[team]]
    ids = [desk.problem.posts[post].post_id for post in posts]
    shown = {placed[each] for each in ids if each in placed}
    shown |= {desk.problem.posts[post].incumbent_person_id or "" for post in posts}
    seated = set(placed.values())
    shown |= {
        person
        for place, person in enumerate(desk.problem.persons)
        if desk.problem.must_place[place] and person not in seated
    }
    rights = rights_of(request)
    seen = seen_of(rights, placed.values())
    return Situation(draft, desk, placed, people(rights, {*shown, *more} - {""}), seen)


def summary(situation: Situation) -> dict[str, Any]:
    """What stands beside the columns and follows every move."""
    standing, seen = situation.standing, situation.seen
    return {
        "holding": situation.holding(),
        "wide": situation.wide(),
        "tiers": tier_values(situation.desk.counting, standing) if seen.is_whole else None,
        "untold": seen.untold,
        "marks": situation.region_marks(),
        "vacancies": len(situation.empty_posts()),
        "seats": situation.desk.rows.posts,
        "moves": situation.draft.moves,
    }


@require_GET
@allowed(Verb.VIEW)
def post_panel(request: HttpRequest, number: int, post_id: str) -> HttpResponse:
    """Candidates of a post, best first; `?q=` as persons are searched for anywhere, `?placed=1` those
    who sit elsewhere too."""
    draft = draft_for(request, number)
    desk = desk_of(draft.project)
    if post_id not in desk.post_of:
        raise Http404
    post = desk.post_of[post_id]
    rights = rights_of(request)
    typed = request.GET.get("q", "").strip()
    like = list(ids_like(rights, typed))
    wanted = frozenset(like) if typed else None
    placed = placed_in(draft)
    standing = desk.standing(placed)
    found = choices(
        desk, standing, post, placed_too=bool(request.GET.get("placed") or typed), wanted=wanted
    )
    known = people(rights, [each.person_id for each in found])
    seen = seen_of(rights, placed.values())
    banned = _banned(draft)
    listed = [
        {
            "person_id": each.person_id,
            "name": known.name(desk, each.person_id),
            "line": known.lines.get(each.person_id, ""),
            "gains": Gains(desk, standing, post, each),
            "broken": each.broken,
            "seat": desk.title_of(each.seat) if each.seat else "",
            "review": desk.reviews.get((post_id, each.person_id), ""),
            "banned": (post_id, each.person_id) in banned,
        }
        for each in found
        if each.person_id in known.lines
    ]
    if not seen.is_whole:
        listed.sort(key=lambda each: str(each["name"]))  # the best first would tell as much
    sitting = standing.person(post)
    holder = "" if sitting == EMPTY else desk.problem.persons[sitting]
    context = {
        "draft": draft,
        "post_id": post_id,
        "title": desk.title_of(post_id),
        "choices": listed,
        "untold": seen.untold,
        "hidden": len(found) - len(listed),
        "left_out": [] if listed else desk.left_out.of_post(post_id),
        "others": _others(rights, desk, post, like[:MOST]),
        "typed": typed,
        "placed": bool(request.GET.get("placed")),
        "holder": "" if holder in seen.hidden else holder,
        "editable": bool(getattr(request, "htmx", False)) and may_edit(request, draft),
    }
    return render(request, "board/post_panel.html", context)


def _others(rights: Rights, desk: Desk, post: int, like: list[str]) -> list[tuple[str, str]]:
    """Those of the persons found who are no candidates of a post, some of them, with a line each."""
    found = []
    for person_id in like:
        person = desk.person_of.get(person_id)
        if person is None or desk.rows.arc_of(post, person) == EMPTY:
            found.append(person_id)
    return told_apart(rights, found[:_OTHERS])


def _banned(draft: Draft) -> set[tuple[str, str]]:
    """(post id, person id) that people ruled out in this draft."""
    found = draft.wishes.filter(kind=WishKind.BAN)
    return set(found.values_list("post_id", "person_id"))


@require_GET
@allowed(Verb.VIEW)
def find(request: HttpRequest, number: int) -> HttpResponse:
    """Persons of the project by name, pinyin, birth or unit (`?q=`), each with the seat held here."""
    draft = draft_for(request, number)
    desk = desk_of(draft.project)
    rights, typed = rights_of(request), request.GET.get("q", "").strip()
    ids = [each for each in ids_like(rights, typed) if each in desk.person_of]
    seen = people(rights, ids[:MOST])
    seats = {person: post for post, person in placed_in(draft).items()}
    listed = [
        {
            "person_id": each,
            "name": seen.name(desk, each),
            "line": seen.lines[each],
            "seat": desk.title_of(seats[each]) if each in seats else "",
        }
        for each in ids[:MOST]
        if each in seen.lines
    ]
    context = {"draft": draft, "typed": typed, "persons": listed, "more": len(ids) - len(listed)}
    return render(request, "board/find.html", context)


@require_GET
@allowed(Verb.VIEW)
def person_panel(request: HttpRequest, number: int, person_id: str) -> HttpResponse:
    """Posts that a person could take, best first: what a drag would do, by keyboard."""
    draft = draft_for(request, number)
    desk = desk_of(draft.project)
    rights = rights_of(request)
    known = people(rights, [person_id])
    if person_id not in desk.person_of or person_id not in known.lines:
        raise Http404
    placed = placed_in(draft)
    standing = desk.standing(placed)
    seen = seen_of(rights, placed.values())
    banned = _banned(draft)
    listed = [
        {
            "post_id": desk.problem.posts[post].post_id,
            "title": desk.post_title(post),
            "team": desk.names.team(desk.problem.teams[desk.problem.posts[post].teams[0]]),
            "free": int(standing.plan[post]) == EMPTY,
            "banned": (desk.problem.posts[post].post_id, person_id) in banned,
            "gains": Gains(desk, standing, post, choice),
            "broken": choice.broken,
        }
        for post, choice in posts_for(desk, standing, person_id)
    ]
    context = {
        "draft": draft,
        "person_id": person_id,
        "name": known.name(desk, person_id),
        "line": known.lines[person_id],
        "posts": listed if seen.is_whole else sorted(listed, key=lambda each: str(each["title"])),
        "untold": seen.untold,
        "seated": standing.seat_of[desk.person_of[person_id]] != EMPTY,
        "editable": bool(getattr(request, "htmx", False)) and may_edit(request, draft),
    }
    return render(request, "board/person_panel.html", context)


@require_GET
@allowed(Verb.VIEW)
def why(request: HttpRequest, number: int) -> HttpResponse:
    """Why this person, or why not that one: `?post=…&person=…`."""
    draft = draft_for(request, number)
    desk = desk_of(draft.project)
    post_id, person_id = request.GET.get("post", ""), request.GET.get("person", "")
    rights = rights_of(request)
    if post_id not in desk.post_of or person_id not in people(rights, [person_id]).lines:
        raise Http404
    found = reasons(draft, desk, post_id, person_id, rights)
    context = {
        "draft": draft,
        "name": name_of(desk, person_id, rights),
        "title": desk.title_of(post_id),
        "reasons": found,
    }
    return render(request, "board/why.html", context)
