"""What everybody sees of his own account: his rights and his second factor."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from banzi.documents.papers.typesetting import typeset
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.confirming import CODE_NOT_RIGHT
from banzi.web.accounts.forms import CodeForm
from banzi.web.accounts.guarding import for_everybody
from banzi.web.accounts.models import CardCode, SecondFactor
from banzi.web.accounts.resets import resets_of
from banzi.web.accounts.rights import rights_of
from banzi.web.accounts.second_factor import (
    new_card,
    new_secret,
    opened,
    provisioning_address,
    readable,
    sealed,
    square_code,
    step_of_code,
)
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.accounts.summary import what_may
from banzi.web.audit.acts import act
from banzi.web.shared.templatetags.banzi import say

_OFFERED = "offered_secret"
_RESETS = 20
_NOTE = _(
    "登录时系统要求第几号，就输入第几号；每个号码只能用一次。请妥善保管，遗失立即报告安全管理员。"
)
_CARD = Path(__file__).with_name("card.typ")


@for_everybody
def my_rights(request: HttpRequest) -> HttpResponse:
    account = rights_of(request).holder
    sentences = what_may(account, timezone.localdate())
    context = {"account": account, "sentences": sentences, "resets": resets_of(account)[:_RESETS]}
    return render(request, "accounts/my_rights.html", context)


@for_everybody
@never_cache
@freshly_signed_in
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator, proved by a first code; or ask for a card."""
    account = rights_of(request).holder
    factor = SecondFactor.objects.filter(account=account).first()
    secret = opened(request.session.get(_OFFERED, "")) or new_secret()
    request.session[_OFFERED] = sealed(secret)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and factor is None and form.is_valid():
        step = step_of_code(secret, form.cleaned_data["code"], after=0)
        if step is not None:
            with act("accounts.second_factor_set", by=account, about=account.username):
                SecondFactor.objects.create(account=account, secret=sealed(secret), last_step=step)
            del request.session[_OFFERED]
            return HttpResponseRedirect(request.path)
        form.add_error("code", say(CODE_NOT_RIGHT()))
    left = CardCode.objects.filter(account=account, is_used=False).count()
    context = {
        "form": form,
        "factor": factor,
        "picture": square_code(provisioning_address(account, secret)),
        "secret": readable(secret),
        "left": left,
    }
    return render(request, "accounts/second_factor.html", context)


@for_everybody
@never_cache
@freshly_signed_in
@require_POST
def card_file(request: HttpRequest) -> HttpResponse:
    """A new card of codes as PDF, shown this once; with an authenticator there is no card."""
    account = rights_of(request).holder
    factor = SecondFactor.objects.filter(account=account).first()
    if factor is not None and factor.secret is not None:
        return HttpResponseRedirect("/second-factor/")
    with act("accounts.card", by=account, about=account.username):
        SecondFactor.objects.get_or_create(account=account)
        codes = new_card(account)
    day = timezone.localdate()
    data = {
        "title": say(_("登录验证码卡")),
        "holder": f"{account.name}（{account.username}）",
        "day": day.isoformat(),
        "date": [day.year, day.month, day.day],
        "note": say(_NOTE),
        "codes": [f"{code[:4]} {code[4:]}" for code in codes],
    }  # fmt: skip
    answer = HttpResponse(typeset(_CARD, data, day), content_type="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="card.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
