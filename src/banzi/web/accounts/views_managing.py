"""The pages of the system and the security administrator: accounts, offices, grants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from banzi.kernel.columns import FieldClass
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts import lockouts, newcomers, services
from banzi.web.accounts.asking import LAPSED, lapsed, waiting_for
from banzi.web.accounts.forms import GrantForm, NewAccountForm, OfficeForm, ReasonForm
from banzi.web.accounts.guarding import for_office
from banzi.web.accounts.models import (
    Account,
    AskedAct,
    AskedKind,
    Grant,
    Office,
    OpenSession,
    SecondFactor,
    Verb,
)
from banzi.web.accounts.resets import ask_reset
from banzi.web.accounts.rights import rights_of
from banzi.web.accounts.services import Refused
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.accounts.summary import levels_of, office_of, period_of, scope_of, what_may
from banzi.web.shared.languages import current_language
from banzi.web.shared.templatetags.banzi import label, say

PAGE = 50
HANDED_OUT = MessageKind(
    "accounts/handed-out",
    _("{name}的一次性密码：{password}。只显示这一次，请当面交给本人；本人首次登录时必须更改。"),
)
FIRST_HALF = MessageKind(
    "accounts/first-half",
    _(
        "{name}的一次性密码前半段：{password}。只显示这一次，请当面交给本人；"
        "须经安全管理员（本人是安全管理员的，经审计管理员）确认后生效，后半段由确认人交给本人。"
    ),
)


@for_office(Office.SYSTEM, Office.SECURITY)
def accounts_page(request: HttpRequest) -> HttpResponse:
    """Every account with its state, found by name, login name or staff number."""
    text = request.GET.get("q", "").strip()
    found = Account.objects.order_by("closed_on", "username")
    if text:
        found = found.filter(
            Q(username__icontains=text) | Q(name__icontains=text) | Q(staff_number__icontains=text)
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(account, office_of(account), _state(account)) for account in page],
        "q": text,
        "query": f"{urlencode({'q': text})}&" if text else "",
        "may_create": rights_of(request).holder.office == Office.SYSTEM,
        "asked": waiting_for(rights_of(request).holder).count(),
    }
    return render(request, "accounts/list.html", context)


@for_office(Office.SYSTEM)
@never_cache
@freshly_signed_in
def new_account_page(request: HttpRequest) -> HttpResponse:
    form = NewAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = newcomers.create_account(rights_of(request).holder, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.message.text(current_language()))
        else:
            return _page_of(request, made.account, said=FIRST_HALF(
                name=made.account.name, password=made.password))  # fmt: skip
    return render(request, "accounts/new.html", {"form": form})


@for_office(Office.SYSTEM, Office.SECURITY)
@never_cache
def account_page(request: HttpRequest, number: int) -> HttpResponse:
    return _page_of(request, get_object_or_404(Account, pk=number))


@for_office(Office.SYSTEM, Office.SECURITY)
@never_cache
@require_POST
@freshly_signed_in
def account_act(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """One of the acts that the page offers; refused acts are told on the page."""
    account = get_object_or_404(Account, pk=number)
    kind, do = _ACTS[what]
    form = kind(request.POST)
    if not form.is_valid():
        return _page_of(request, account, forms_given={what: form})
    try:
        said = do(rights_of(request).holder, account, form)
    except Refused as refused:
        return _page_of(request, account, refused=refused.message, forms_given={what: form})
    account.refresh_from_db()
    if said is not None:
        return _page_of(request, account, said=said)
    return HttpResponseRedirect(reverse("account", args=[account.pk]))


def _reset(by: Account, account: Account, form: forms.Form) -> Any:
    handed = ask_reset(by, account, form.cleaned_data["reason"])
    told = FIRST_HALF if handed.is_half else HANDED_OUT
    return told(name=account.name, password=handed.password)


def _grant(by: Account, account: Account, form: forms.Form) -> None:
    given = form.cleaned_data
    services.give_grants(
        by,
        account,
        [verb for verb in Verb if verb in given["verbs"]],
        organ_id=given["organ"] or None,
        levels=given["levels"],
        fields=[each for each in FieldClass if each in given["fields_held"]],
        starts=given["starts"],
        until=given["until"],
        why=given["why"],
    )


class EndGrantForm(ReasonForm):
    grant = forms.ModelChoiceField(Grant.objects.all(), widget=forms.HiddenInput)


def _end(by: Account, account: Account, form: forms.Form) -> None:
    grant = form.cleaned_data["grant"]
    if grant.account_id == account.pk:
        services.end_grant(by, grant, form.cleaned_data["reason"])


def _reason(form: forms.Form) -> str:
    return str(form.cleaned_data["reason"])


_ACTS: dict[str, tuple[type[forms.Form], Callable[[Account, Account, Any], Any]]] = {
    "reset": (ReasonForm, _reset),
    "lock": (ReasonForm, lambda by, of, form: lockouts.lock(by, of, _reason(form))),
    "unlock": (ReasonForm, lambda by, of, form: lockouts.unlock(by, of, _reason(form))),
    "close": (ReasonForm, lambda by, of, form: lockouts.close(by, of, _reason(form))),
    "office": (
        OfficeForm,
        lambda by, of, form: services.give_office(by, of, form.chosen(), _reason(form)),
    ),
    "grant": (GrantForm, _grant),
    "end": (EndGrantForm, _end),
    "second": (
        ReasonForm,
        lambda by, of, form: services.take_second_factor(by, of, _reason(form)),
    ),
}
ACTS = tuple(_ACTS)

_WITH_ANOTHER = ("lock", "close")
"""Those that wait for a second office when they are about an administrator."""

_TITLES = {
    "reset": _("重置密码"),
    "lock": _("锁定账号"),
    "unlock": _("解除锁定"),
    "close": _("停用账号"),
    "office": _("确定三员职责"),
    "grant": _("新增授权"),
    "second": _("撤销第二验证因素"),
}


def _offered(by: Account, account: Account) -> list[str]:
    """The acts that make sense on this account for this administrator."""
    if account.closed_on is not None or by.pk == account.pk:
        return []
    if by.office == Office.SYSTEM:
        locked = not account.is_active or account.locked_until is not None
        return ["reset", "unlock" if locked else "lock", "close"]
    second = ["second"] if SecondFactor.objects.filter(account=account).exists() else []
    return [*(["grant", "office"] if account.office == Office.NONE else []), *second]


def _page_of(
    request: HttpRequest,
    account: Account,
    said: Message | None = None,
    refused: Message | None = None,
    forms_given: dict[str, forms.Form] | None = None,
) -> HttpResponse:
    given = forms_given or {}
    by, today = rights_of(request).holder, timezone.localdate()
    asked = AskedAct.objects.filter(account=account)
    over = lapsed(asked)
    acts = [
        {
            "what": what,
            "title": _TITLES[what],
            "form": given.get(what) or _ACTS[what][0](auto_id=f"{what}_%s"),
            "open": what in given,
            "is_asked": what in _WITH_ANOTHER and account.office != Office.NONE,
        }
        for what in _offered(by, account)
    ]
    grants = [
        {
            "grant": grant,
            "verb": label(Verb.of(grant.verb)),
            "scope": scope_of(grant),
            "levels": levels_of(grant),
            "fields": [label(each) for each in FieldClass if each in grant.field_classes],
            "period": period_of(grant),
            "holds": grant.holds(today),
            "may_end": by.office == Office.SECURITY and (not grant.until or grant.until > today),
        }
        for grant in Grant.objects.filter(account=account)
        .select_related("given_by", "organ")
        .order_by("-starts", "-id")
    ]
    context = {
        "account": account,
        "office": office_of(account),
        "state": _state(account),
        "sentences": what_may(account, today),
        "second": SecondFactor.objects.filter(account=account).exists(),
        "asked": [
            (
                label(AskedKind.of(each.kind)),
                each,
                LAPSED(asker=each.asker) if each.pk in over else None,
            )
            for each in asked.select_related("asked_by").order_by("asked_at")
        ],
        "sessions": OpenSession.objects.filter(account=account).order_by("-seen_at"),
        "acts": acts,
        "grants": grants,
        "said": said,
        "refused": refused,
        "end_errors": given.get("end"),
    }
    return render(request, "accounts/account.html", context)


def _state(account: Account) -> str:
    if account.closed_on is not None:
        return say(_("已停用"))
    if not account.is_active:
        return say(_("已锁定"))
    if account.locked_until is not None and timezone.now() < account.locked_until:
        return say(_("输错密码锁定中"))
    if not account.has_usable_password():
        return say(_("一次性密码尚未确认"))
    if account.must_change_password:
        return say(_("尚未首次登录"))
    return say(_("在用"))
