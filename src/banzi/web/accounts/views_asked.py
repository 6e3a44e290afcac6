"""What waits for a second administrator: confirmed or declined."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.asking import LAPSED, decline, lapsed, listed_for
from banzi.web.accounts.guarding import for_office
from banzi.web.accounts.lockouts import confirm_lockout
from banzi.web.accounts.models import Account, AskedKind, Office
from banzi.web.accounts.resets import confirm_reset
from banzi.web.accounts.rights import rights_of
from banzi.web.accounts.services import Refused
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.accounts.summary import office_of
from banzi.web.shared.templatetags.banzi import label

SECOND_HALF = MessageKind(
    "accounts/second-half",
    _(
        "{name}的一次性密码后半段：{password}。只显示这一次，请核实身份后当面交给本人；"
        "接在系统管理员给出的前半段后面输入，首次登录时必须更改。"
    ),
)
LOCKED = MessageKind("accounts/locked-by-two", _("{name}的账号已锁定，已登录的随即退出"))
CLOSED = MessageKind("accounts/closed-by-two", _("{name}的账号已停用，已登录的随即退出"))


@for_office(Office.SECURITY, Office.AUDITOR)
@never_cache
def asked_page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@for_office(Office.SECURITY, Office.AUDITOR)
@never_cache
@require_POST
@freshly_signed_in
def settle_asked(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    account = get_object_or_404(Account, pk=number)
    wanted = AskedKind.of(kind)
    by = rights_of(request).holder
    try:
        if "decline" in request.POST:
            decline(by, account, wanted, request.POST.get("reason", ""))
            return HttpResponseRedirect(reverse("asked-acts"))
        return _page(request, said=_confirmed(by, account, wanted))
    except Refused as refused:
        return _page(request, refused=refused.message)


def _confirmed(by: Account, account: Account, kind: AskedKind) -> Message:
    """Done; what is told of it."""
    if kind is AskedKind.PASSWORD:
        handed = confirm_reset(by, account)
        return SECOND_HALF(name=account.name, password=handed.password)
    confirm_lockout(by, account, kind)
    return (LOCKED if kind is AskedKind.LOCK else CLOSED)(name=account.name)


def _page(
    request: HttpRequest, said: Message | None = None, refused: Message | None = None
) -> HttpResponse:
    found = listed_for(rights_of(request).holder).select_related("account", "asked_by")
    over = lapsed(found)
    asked = [
        {
            "act": each,
            "what": label(AskedKind.of(each.kind)),
            "office": office_of(each.account),
            "lapsed": LAPSED(asker=each.asker) if each.pk in over else None,
            "is_password": each.kind == AskedKind.PASSWORD,
        }
        for each in found.order_by("asked_at")
    ]
    context = {"asked": asked, "said": said, "refused": refused}
    return render(request, "accounts/asked.html", context, status=409 if refused else 200)
