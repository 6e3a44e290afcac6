"""A named person signs a draft; from then on it does not change."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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
from banzi.web.board.figures import figures
from banzi.web.board.models import Draft, DraftState
from banzi.web.board.moving import SEEN_BEFORE
from banzi.web.shared.languages import current_language

STILL_BROKEN = MessageKind("board/still-broken", _("还有{count}项硬性要求没有满足，不能签批"))


class Signing(forms.Form):
    note = forms.CharField(
        label=_("签批意见"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


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
