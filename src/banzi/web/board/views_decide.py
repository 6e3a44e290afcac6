"""The batch of 任免 that a signed draft becomes: named by its 文号, applied on its day, taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from banzi.documents.papers.present_posts import PresentPosts
from banzi.kernel.errors import BadInput, BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.audit.acts import act
from banzi.web.board.access import draft_for
from banzi.web.board.desk import Desk, desk_of
from banzi.web.board.effect import apply_decision, present_posts, steps, undo_decision
from banzi.web.board.models import Decision, Draft, DraftState
from banzi.web.board.papers import keep_before, roster_of
from banzi.web.board.seeing import refuse_unless_in_reach
from banzi.web.shared.fields import DayInput
from banzi.web.shared.refusals import refusal_lines

NUMBER_TAKEN = MessageKind("board/number-taken", _("文号“{number}”已经用过"))
_LONGEST = 500


class Deciding(forms.Form):
    document_no = forms.CharField(label=_("文号"), max_length=80)
    decided_on = forms.DateField(label=_("决定日期"), widget=DayInput())
    effective_on = forms.DateField(label=_("生效日期"), widget=DayInput())


@require_http_methods(["GET", "POST"])
@allowed(Verb.VIEW, Verb.RELEASE)
@freshly_signed_in
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """The batch; POST registers its 文号, with `apply` carries it out, with `undo` takes it back."""
    draft = draft_for(request, number)
    if draft.state != DraftState.SIGNED:
        raise Http404
    desk = desk_of(draft.project)
    try:
        concerned = {each.person_id for each in steps(draft, desk)}
        refuse_unless_in_reach(rights_of(request), concerned)
    except BanziError as error:
        closed = {"draft": draft, "problems": refusal_lines(error), "is_closed": True}
        return render(request, "board/decide.html", closed, status=403)
    decision = Decision.objects.filter(draft=draft).first()
    form = Deciding(request.POST or None) if decision is None else None
    problems: list[str] = []
    if request.method == "POST":
        try:
            if _done(request, draft, desk, decision, form):
                return HttpResponseRedirect(reverse("board-decide", args=[draft.pk]))
        except BanziError as error:
            problems = refusal_lines(error)
    due = decision is not None and decision.effective_on <= timezone.localdate()
    posts, said = _present_posts(draft, desk)
    context = {
        "draft": draft,
        "decision": decision,
        "form": form,
        "steps": steps(draft, desk),
        "problems": problems or said,
        "due": due,
        "posts": [(each, _typed(request, each)) for each in posts],
        "reason": request.POST.get("reason", ""),
    }
    status = 409 if problems else 422 if form is not None and form.errors else 200
    return render(request, "board/decide.html", context, status=status)


def _done(
    request: HttpRequest, draft: Draft, desk: Desk, decision: Decision | None, form: Any
) -> bool:
    """Do what the form asks for; False where it is not filled in rightly."""
    by = rights_of(request).holder
    if decision is None:
        if not form.is_valid():
            return False
        number = form.cleaned_data["document_no"]
        try:
            with act("board.decide", by=by, about=str(draft), source=number):
                Decision.objects.create(draft=draft, **form.cleaned_data)
        except IntegrityError:
            raise BanziError(NUMBER_TAKEN(number=number)) from None
    elif "undo" in request.POST:
        undo_decision(decision, by=by, reason=request.POST.get("reason", "").strip()[:_LONGEST])
    else:
        found = present_posts(draft, desk, roster_of(draft))
        texts = {each.person_id: _typed(request, each) for each in found}
        if decision.applied_at is None:
            keep_before(draft)
        apply_decision(decision, desk, timezone.localdate(), by=by, texts=texts)
    return True


def _typed(request: HttpRequest, each: PresentPosts) -> str:
    """现任职务 as somebody corrected it, also where the rest of the form was refused."""
    typed = request.POST.get(f"posts-{each.person_id}", each.after)
    return " ".join(typed.split())[:_LONGEST]


def _present_posts(draft: Draft, desk: Desk) -> tuple[list[PresentPosts], list[str]]:
    """现任职务 of everybody concerned, before and after; or why it cannot be told."""
    try:
        return present_posts(draft, desk, roster_of(draft)), []
    except BadInput as bad:
        return [], refusal_lines(bad)
