"""A named person signs a draft; what was signed becomes a batch of 任免 that takes effect once."""

from __future__ import annotations

from django import forms
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.audit.acts import act
from banzi.web.board.access import draft_for
from banzi.web.board.desk import desk_of, placed_in
from banzi.web.board.effect import apply_decision, steps
from banzi.web.board.figures import figures
from banzi.web.board.models import Decision, Draft, DraftState
from banzi.web.board.moving import SEEN_BEFORE
from banzi.web.shared.fields import DayInput
from banzi.web.shared.languages import current_language

STILL_BROKEN = MessageKind("board/still-broken", _("还有{count}项硬性要求没有满足，不能签批"))
NUMBER_TAKEN = MessageKind("board/number-taken", _("文号“{number}”已经用过"))


class Signing(forms.Form):
    note = forms.CharField(
        label=_("签批意见"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Deciding(forms.Form):
    document_no = forms.CharField(label=_("文号"), max_length=80)
    decided_on = forms.DateField(label=_("决定日期"), widget=DayInput())
    effective_on = forms.DateField(label=_("生效日期"), widget=DayInput())


@require_http_methods(["GET", "POST"])
@allowed(Verb.VIEW, Verb.RELEASE)
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Sign: everything hard holds, and from now on the draft does not change."""
    draft = draft_for(request, number)
    desk = desk_of(draft.project)
    standing = desk.standing(placed_in(draft))
    missed = [each for each in figures(desk, standing) if each.target.hard and not each.holds]
    broken = len(standing.breached)
    form = Signing(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            _sign(draft, broken, form.cleaned_data["note"], request)
        except BanziError as error:
            problem = error.message.text(current_language())
        else:
            return HttpResponseRedirect(reverse("board-decide", args=[draft.pk]))
    context = {
        "draft": draft,
        "form": form,
        "missed": missed,
        "broken": broken,
        "filled": int((standing.plan >= 0).sum()),
        "seats": desk.rows.posts,
        "problem": problem,
    }
    return render(request, "board/sign.html", context, status=409 if problem else 200)


def _sign(draft: Draft, broken: int, note: str, request: HttpRequest) -> None:
    if broken:
        raise BanziError(STILL_BROKEN(count=broken))
    by = rights_of(request).holder
    with act("board.sign", by=by, about=str(draft), reason=note):
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.state != DraftState.OPEN or locked.moves != draft.moves:
            raise BanziError(SEEN_BEFORE())
        Draft.objects.filter(pk=draft.pk).update(
            state=DraftState.SIGNED.value,
            signed_by=by,
            signed_at=timezone.now(),
            signed_note=note,
        )


@require_http_methods(["GET", "POST"])
@allowed(Verb.VIEW, Verb.RELEASE)
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """The batch of 任免 of a signed draft: named by its 文号, then applied on its day."""
    draft = draft_for(request, number)
    if draft.state != DraftState.SIGNED:
        raise Http404
    desk = desk_of(draft.project)
    decision = Decision.objects.filter(draft=draft).first()
    form = Deciding(request.POST or None) if decision is None else None
    problem = ""
    today = timezone.localdate()
    by = rights_of(request).holder
    if request.method == "POST":
        if decision is None and form is not None and form.is_valid():
            try:
                with act(
                    "board.decide", by=by, about=str(draft), source=form.cleaned_data["document_no"]
                ):
                    decision = Decision.objects.create(draft=draft, **form.cleaned_data)
                return HttpResponseRedirect(reverse("board-decide", args=[draft.pk]))
            except IntegrityError:
                problem = NUMBER_TAKEN(number=form.cleaned_data["document_no"]).text(
                    current_language()
                )
        elif decision is not None and "apply" in request.POST:
            try:
                apply_decision(decision, desk, today, by=by)
                return HttpResponseRedirect(reverse("board-decide", args=[draft.pk]))
            except BanziError as error:
                problem = error.message.text(current_language())
    context = {
        "draft": draft,
        "decision": decision,
        "form": form,
        "steps": steps(draft, desk),
        "problem": problem,
        "due": decision is not None and decision.effective_on <= today,
    }
    return render(request, "board/decide.html", context, status=409 if problem else 200)
