"""Moves of cards, pins and bans, and the wish that the solver finish: all answered in place."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.board.access import draft_for, may_edit
from banzi.web.board.cards import people
from banzi.web.board.desk import Desk, desk_of
from banzi.web.board.models import Draft, WishKind
from banzi.web.board.moving import Moved, place, release, wish
from banzi.web.board.situation import Situation
from banzi.web.board.undoing import undo
from banzi.web.board.verdicts import verdict_lines
from banzi.web.board.views import ALL, situation_of, summary
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.views import to_job
from banzi.web.shared.languages import current_language

PLACED = MessageKind("board/placed", _("{post}：{person}"))
EMPTIED = MessageKind("board/emptied", _("{post}已空出"))
_WISHED = {
    (WishKind.PIN, True): MessageKind("board/pin-set", _("已指定{person}任{post}")),
    (WishKind.PIN, False): MessageKind("board/pin-lifted", _("已取消指定{person}任{post}")),
    (WishKind.BAN, True): MessageKind("board/ban-set", _("已排除{person}任{post}")),
    (WishKind.BAN, False): MessageKind("board/ban-lifted", _("已取消排除{person}任{post}")),
}
UNDONE = MessageKind("board/undone", _("已撤销一步"))
NOTHING_MOVED = MessageKind("board/nothing-moved", _("没有变化"))

HOLDING = ""
"""Value of `post` for the holding area."""
LONGEST = 3600
"""Seconds that a solver's job may ask for."""


@require_POST
@allowed(Verb.VIEW, Verb.EDIT)
def move(request: HttpRequest, number: int) -> HttpResponse:
    """Put `person` into `post` ("" for the holding area), as seen at state `moves`."""
    draft = draft_for(request, number)
    desk = desk_of(draft.project)
    by = rights_of(request).holder
    person_id, post_id = request.POST.get("person", ""), request.POST.get("post", HOLDING)
    seen = request.POST.get("moves", "")
    if person_id not in people(rights_of(request), [person_id]).lines:
        raise Http404
    problems: list[str] = []
    moved = Moved((), ())
    try:
        at = int(seen) if seen.isdecimal() else None
        if post_id == HOLDING:
            moved = release(draft, desk, person_id, by=by, seen=at)
        else:
            moved = place(draft, desk, person_id, post_id, by=by, seen=at)
    except BanziError as error:
        problems.append(error.message.text(current_language()))
        if error.message.code == "board/no-candidate":
            problems += verdict_lines(desk, person_id, post_id)
        draft.refresh_from_db()
    return _changed(request, draft, desk, moved, problems)


@require_POST
@allowed(Verb.VIEW, Verb.EDIT)
def undo_step(request: HttpRequest, number: int) -> HttpResponse:
    """Take back the last step, as seen at state `moves`."""
    draft = draft_for(request, number)
    desk = desk_of(draft.project)
    seen = request.POST.get("moves", "")
    problems: list[str] = []
    moved = Moved((), ())
    try:
        at = int(seen) if seen.isdecimal() else None
        moved = undo(draft, by=rights_of(request).holder, seen=at)
    except BanziError as error:
        problems.append(error.message.text(current_language()))
        draft.refresh_from_db()
    return _changed(request, draft, desk, moved, problems, said=UNDONE())


@require_POST
@allowed(Verb.VIEW, Verb.EDIT)
def set_wish(request: HttpRequest, number: int) -> HttpResponse:
    """Fix or rule out a pair; the same again undoes it."""
    draft = draft_for(request, number)
    desk = desk_of(draft.project)
    kind = _kind(request.POST.get("kind", ""))
    post_id, person_id = request.POST.get("post", ""), request.POST.get("person", "")
    known = people(rights_of(request), [person_id])
    if post_id not in desk.post_of or person_id not in known.lines:
        raise Http404
    problems = []
    said = None
    try:
        wish(draft, desk, kind, post_id, person_id, by=rights_of(request).holder)
        stands = draft.wishes.filter(kind=kind, post_id=post_id, person_id=person_id).exists()
        name = known.name(desk, person_id)
        said = _WISHED[kind, stands](post=desk.title_of(post_id), person=name)
    except BanziError as error:
        problems.append(error.message.text(current_language()))
        draft.refresh_from_db()  # it had counted a change that was not made
    return _changed(request, draft, desk, Moved((post_id,), ()), problems, said)


def _changed(
    request: HttpRequest,
    draft: Draft,
    desk: Desk,
    moved: Moved,
    problems: list[str],
    said: Message | None = None,
) -> HttpResponse:
    """Columns that a move touched, and everything beside the columns, each swapped into its place."""
    shown = request.POST.get("region", "")
    touched = {
        team
        for post_id in (*moved.posts, request.POST.get("post", ""), request.POST.get("from", ""))
        if post_id in desk.post_of
        for team in desk.problem.posts[desk.post_of[post_id]].teams
    }
    visible = sorted(
        team for team in touched if shown in ("", ALL, desk.team_facts[team].get("region", ""))
    )
    situation = situation_of(request, draft, desk, visible, *moved.released)
    context: dict[str, Any] = {
        "draft": draft,
        "project": draft.project,
        "columns": situation.columns(visible),
        "chain": [
            {"post_id": post, "title": desk.title_of(post)}
            for post in moved.posts
            if post not in situation.placed
        ],
        "released": [situation.card(person) for person in moved.released],
        "problems": problems,
        "said": "" if problems else said or _said(desk, moved, situation),
        "editable": may_edit(request, draft),
        "swapped": True,
        "region": shown,
        **summary(situation),
    }
    return render(request, "board/changed.html", context)


@require_POST
@allowed(Verb.VIEW, Verb.EDIT)
def start_solving(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for a job that finishes the draft; its page shows progress and takes the wish to stop."""
    draft = draft_for(request, number)
    if not may_edit(request, draft):
        raise Http404
    typed = request.POST.get("seconds", "")
    seconds = min(int(typed), LONGEST) if typed.isdecimal() and int(typed) > 0 else 60
    region = request.POST.get("region", "")
    asked = enqueue(
        "board.solve",
        {
            "draft": draft.pk,
            "seconds": seconds,
            "keep": bool(request.POST.get("keep")),
            "query": f"?{urlencode({'region': region})}" if region else "",
        },
        by=rights_of(request).holder,
        once=f"board.solve {draft.pk}",
    )
    address = f"{reverse('board-draft', args=[draft.pk])}?{urlencode({'region': region})}"
    return to_job(request, asked, address, f"{address}&{urlencode({'job': asked.pk})}")


def _said(desk: Desk, moved: Moved, situation: Situation) -> Message:
    """What happened, in a sentence for those who do not see the cards move."""
    if not moved.posts:
        return NOTHING_MOVED()
    post_id = moved.posts[0]
    person = situation.placed.get(post_id)
    title = desk.title_of(post_id)
    if person is None:
        return EMPTIED(post=title)
    return PLACED(post=title, person=situation.people.name(desk, person))


def _kind(typed: str) -> WishKind:
    found = WishKind.from_value(typed)
    if found is None:
        raise Http404
    return found
