"""Signing in, in one step or two; signing out; the password once more before a grave act."""

from __future__ import annotations

import time
from math import ceil
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.confirming import CODE_NOT_RIGHT, NOT_RIGHT_HERE, proof_for
from banzi.web.accounts.forms import CodeForm, OwnPasswordForm, SignInForm
from banzi.web.accounts.guarding import for_anybody, for_everybody
from banzi.web.accounts.models import Account
from banzi.web.accounts.policy import policy
from banzi.web.accounts.resets import resets_of
from banzi.web.accounts.rights import rights_of
from banzi.web.accounts.second_factor import next_number
from banzi.web.accounts.services import change_own_password
from banzi.web.accounts.sessions import keep_only_this
from banzi.web.accounts.signing_in import (
    MustWait,
    account_with,
    code_lets_in,
    has_second_factor,
    password_is_right,
    sign_in,
    sign_out,
)
from banzi.web.shared.templatetags.banzi import say

NOT_RIGHT = MessageKind(
    "accounts/not-right",
    _(
        "登录名或密码不正确，或者账号已锁定。连续输错{count}次，锁定{minutes}分钟；"
        "请核对后再试，或与系统管理员联系。"
    ),
)
FILE_READY = "file-ready"
"""Tag of the message whose text is the address of a file; pages fetch it (`shared/page.html`)."""
_PENDING = "pending_sign_in"
_PENDING_SECONDS = 300


@for_anybody
@never_cache
@sensitive_post_parameters()
def login_page(request: HttpRequest) -> HttpResponse:
    """The first step. A part of a page that is asked for after the session ended comes here, too:
    then the whole page goes to the form and is come back to."""
    htmx: Any = getattr(request, "htmx", None)
    if htmx and request.method == "GET":
        back = urlencode({"next": htmx.current_url_abs_path or "/"})
        return HttpResponse(headers={"HX-Redirect": f"{request.path}?{back}"})
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account = account_with(request, given["username"], given["password"])
        except MustWait as refused:
            form.add_error(None, say(refused.message))
            return _later(request, "accounts/login.html", refused,
                          {"form": form, "next": _next(request)})  # fmt: skip
        if account is None:
            limits = policy()
            form.add_error(None, say(NOT_RIGHT(count=limits.failures,
                                               minutes=limits.lock_minutes)))  # fmt: skip
        elif has_second_factor(account):
            proved = account.get_session_auth_hash()
            request.session[_PENDING] = [account.pk, time.time(), _next(request), proved]
            return HttpResponseRedirect("/login/code/")
        else:
            sign_in(request, account)
            return HttpResponseRedirect(_next(request))
    return render(request, "accounts/login.html", {"form": form, "next": _next(request)})


@for_anybody
@never_cache
def code_page(request: HttpRequest) -> HttpResponse:
    pending = request.session.get(_PENDING)
    number, begun, back, proved = pending or (0, 0.0, "/", "")
    account = Account.objects.filter(pk=int(number)).first()
    is_over = time.time() - begun > _PENDING_SECONDS
    # a password that was reset meanwhile is not the one that was given
    if account is None or is_over or account.get_session_auth_hash() != proved:
        return HttpResponseRedirect("/login/")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            right = code_lets_in(request, account, form.cleaned_data["code"])
        except MustWait as refused:
            form.add_error(None, say(refused.message))
            return _later(request, "accounts/code.html", refused,
                          {"form": form, "number": next_number(account)})  # fmt: skip
        if right:
            del request.session[_PENDING]
            sign_in(request, account)
            return HttpResponseRedirect(back)
        form.add_error("code", say(CODE_NOT_RIGHT()))
    form.fields["code"].widget.attrs["autofocus"] = True
    context = {"form": form, "number": next_number(account)}
    return render(request, "accounts/code.html", context)


@for_everybody
@require_POST
def logout_page(request: HttpRequest) -> HttpResponse:
    sign_out(request)
    return HttpResponseRedirect("/login/")


@for_everybody
@never_cache
@sensitive_post_parameters()
def confirm_page(request: HttpRequest) -> HttpResponse:
    """The password once more, before a page that is only looked at, or before a file (`page`:
    where it was asked for, and is fetched from)."""
    proof, wanted, page = proof_for(request), _next(request), _address(request, "page", "")
    if proof.is_right(request):
        if page:
            messages.success(request, wanted, extra_tags=FILE_READY)
        return HttpResponseRedirect(page or wanted)
    return proof.shown(request, action=request.path, next=wanted, page=page)


@for_everybody
@never_cache
@sensitive_post_parameters()
def password_page(request: HttpRequest) -> HttpResponse:
    """One's own password; one stays signed in here and is signed out everywhere else."""
    account = rights_of(request).holder
    form = OwnPasswordForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        if password_is_right(request, account, form.cleaned_data["present"]):
            change_own_password(account, form.cleaned_data["new"])
            keep_only_this(request, account)
            messages.success(request, say(_("密码已更改；在其他地方的登录已全部退出")))
            return HttpResponseRedirect(_next(request))
        form.add_error("present", say(NOT_RIGHT_HERE))
    reset = resets_of(account).first() if account.must_change_password else None
    context = {"form": form, "must": account, "reset": reset, "next": _next(request)}
    return render(request, "accounts/password.html", context)


def _later(
    request: HttpRequest, template: str, refused: MustWait, context: dict[str, Any]
) -> HttpResponse:
    answer = render(request, template, context, status=429)
    answer.headers["Retry-After"] = str(ceil(refused.wait.total_seconds()))
    return answer


def _next(request: HttpRequest) -> str:
    return _address(request, "next", "/")


def _address(request: HttpRequest, name: str, otherwise: str) -> str:
    """An address of this site that was given with the request."""
    wanted = request.POST.get(name) or request.GET.get(name) or otherwise
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else otherwise
