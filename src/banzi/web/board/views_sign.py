"""A named person signs a draft; from then on it does not change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import allowed
from banzi.web.accounts.rights import Verb, rights_of
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.board.access import draft_for
from banzi.web.board.desk import desk_of, placed_in
from banzi.web.board.figures import figures
from banzi.web.board.models import DraftState
from banzi.web.board.seeing import refuse_unless_in_reach, seen_of
from banzi.web.board.signing import sign_draft
from banzi.web.shared.languages import current_language

STILL_BROKEN = MessageKind("board/still-broken", _("还有{count}项硬性要求没有满足，不能签批"))


class Signing(forms.Form):
    note = forms.CharField(
        label=_("签批意见"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    moves = forms.IntegerField(required=False, widget=forms.HiddenInput)
    """Changes of the draft when the signer opened the page; None not to ask."""


@require_http_methods(["GET", "POST"])
@allowed(Verb.VIEW, Verb.RELEASE)
@freshly_signed_in
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Sign: everything hard holds, and from now on the draft does not change."""
    draft = draft_for(request, number)
    if draft.state == DraftState.SIGNED:
        return HttpResponseRedirect(reverse("board-decide", args=[draft.pk]))
    desk, placed, rights = desk_of(draft.project), placed_in(draft), rights_of(request)
    standing = desk.standing(placed)
    found = figures(desk, standing, seen_of(rights, placed.values()))
    asked: dict[str, Any] = {"moves": draft.moves}
    form = Signing(request.POST or None, initial=asked)
    problem, broken, in_reach = "", 0, False
    try:
        refuse_unless_in_reach(rights, placed.values())
        in_reach, broken = True, len(standing.breached)
        if request.method == "POST" and form.is_valid():
            if broken:
                raise BanziError(STILL_BROKEN(count=broken))
            note, seen = form.cleaned_data["note"], form.cleaned_data["moves"]
            sign_draft(draft, note, by=rights.holder, seen=seen)
            return HttpResponseRedirect(reverse("board-decide", args=[draft.pk]))
    except BanziError as error:
        problem = error.message.text(current_language())
        form = Signing(initial=asked | {"note": request.POST.get("note", "")})
    context = {
        "draft": draft,
        "form": form,
        "missed": [each for each in found if each.target.hard and each.holds is False],
        "broken": broken,
        "in_reach": in_reach,
        "filled": int((standing.plan >= 0).sum()),
        "seats": desk.rows.posts,
        "problem": problem,
    }
    return render(request, "board/sign.html", context, status=409 if problem else 200)
