"""One-time passwords that wait for a second administrator: confirmed or declined."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.guarding import for_office
from banzi.web.accounts.models import Account, Office
from banzi.web.accounts.resets import confirm_reset, decline_reset, waiting_resets
from banzi.web.accounts.rights import rights_of
from banzi.web.accounts.services import Refused
from banzi.web.accounts.sessions import freshly_signed_in

SECOND_HALF = MessageKind(
    "accounts/second-half",
    _(
        "{name}的一次性密码后半段：{password}。只显示这一次，请核实身份后当面交给本人；"
        "接在系统管理员给出的前半段后面输入，首次登录时必须更改。"
    ),
)


@for_office(Office.SECURITY, Office.AUDITOR)
@never_cache
def resets_page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@for_office(Office.SECURITY, Office.AUDITOR)
@never_cache
@require_POST
@freshly_signed_in
def settle_reset(request: HttpRequest, number: int) -> HttpResponse:
    account = get_object_or_404(Account, pk=number)
    try:
        if "decline" in request.POST:
            decline_reset(rights_of(request).holder, account, request.POST.get("reason", ""))
            return HttpResponseRedirect(reverse("password-resets"))
        handed = confirm_reset(rights_of(request).holder, account)
    except Refused as refused:
        return _page(request, refused=refused.message)
    return _page(request, said=SECOND_HALF(name=account.name, password=handed.password))


def _page(
    request: HttpRequest, said: Message | None = None, refused: Message | None = None
) -> HttpResponse:
    found = waiting_resets(rights_of(request).holder).select_related("account", "asked_by")
    context = {"resets": found.order_by("asked_at"), "said": said, "refused": refused}
    return render(request, "accounts/resets.html", context, status=409 if refused else 200)
