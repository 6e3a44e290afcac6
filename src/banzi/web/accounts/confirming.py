"""The password once more, and a code where there is a second factor.

A form that is posted too late is not thrown away: the password is asked for in its place, with
everything that was posted carried along, and all of it goes to the same address again. Nothing is
kept on the server; the form is checked against forgery as at first, and what it says is judged as
if it came for the first time. A file cannot be carried: it is chosen again on the same page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.forms import CodeForm, ConfirmForm
from banzi.web.accounts.freshness import mark_fresh
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import rights_of
from banzi.web.accounts.second_factor import next_number
from banzi.web.accounts.signing_in import code_is_right, has_second_factor, password_is_right
from banzi.web.shared.templatetags.banzi import say

CODE_NOT_RIGHT = MessageKind(
    "accounts/code-not-right", _("验证码不正确或已用过。请等下一个验证码，或换用卡上要求的号码。")
)
NOT_RIGHT_HERE = _("密码不正确，或者输错次数过多，暂时不能再试")
AGAIN = "again"
"""Begins the names of what this page adds to a form, apart from the form's own fields."""
_BACK = f"{AGAIN}-back"
_FORGERY = "csrfmiddlewaretoken"


@dataclass(frozen=True, slots=True)
class Proof:
    """The fields in which the password is given once more; `code` where there is a second factor."""

    account: Account
    password: ConfirmForm
    code: CodeForm | None

    def is_right(self, request: HttpRequest) -> bool:
        """Whether what was given proves who asks, which is remembered; else the fields say why."""
        if not self.password.is_valid() or not (self.code is None or self.code.is_valid()):
            return False
        if not password_is_right(request, self.account, self.password.cleaned_data["password"]):
            self.password.add_error("password", say(NOT_RIGHT_HERE))
            return False
        if self.code and not code_is_right(request, self.account, self.code.cleaned_data["code"]):
            self.code.add_error("code", say(CODE_NOT_RIGHT()))
            return False
        mark_fresh(request)
        return True

    def shown(self, request: HttpRequest, **more: object) -> HttpResponse:
        number = next_number(self.account) if self.code else None
        context = {"form": self.password, "code": self.code, "number": number, **more}
        answer = render(request, "accounts/confirm.html", context)
        add_never_cache_headers(answer)
        return answer


def proof_for(request: HttpRequest, prefix: str | None = None) -> Proof:
    """The fields, filled in when they were posted."""
    account = rights_of(request).holder
    given: Any = request.POST if _is_given(request, prefix) else None
    second = has_second_factor(account)
    code = CodeForm(given, prefix=prefix) if second else None
    return Proof(account, ConfirmForm(given, prefix=prefix), code)


def asked_again(request: HttpRequest) -> HttpResponse | None:
    """The page that asks for the password in place of what a form does; None when it is given with
    the form, from which it is taken out."""
    request.sensitive_post_parameters = "__ALL__"  # type: ignore[attr-defined]  # for error reports
    proof = proof_for(request, AGAIN)
    if _is_given(request, AGAIN) and proof.is_right(request):
        request.POST = _without_proof(request)
        return None
    carried = [(name, value) for name, values in _without_proof(request).lists()
               for value in values]  # fmt: skip
    files = [(name, [each.name for each in request.FILES.getlist(name)]) for name in request.FILES]
    answer = proof.shown(
        request,
        base="shared/page.html",
        action=escape_leading_slashes(request.get_full_path()),
        carried=carried,
        files=files,
        back_name=_BACK,
        back=page_before(request),
    )
    if getattr(request, "htmx", False):  # a part was asked for: the whole page gives way
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "body", "innerHTML"
    return answer


def page_before(request: HttpRequest) -> str:
    """The page of this site that a form was on."""
    said = request.POST.get(_BACK) or request.headers.get("HX-Current-URL")
    wanted = said or request.headers.get("Referer") or "/"
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else "/"


def _is_given(request: HttpRequest, prefix: str | None) -> bool:
    name = f"{prefix}-password" if prefix else "password"
    return request.method == "POST" and name in request.POST


def _without_proof(request: HttpRequest) -> Any:
    """What the form itself posted."""
    kept = request.POST.copy()
    for name in list(kept):
        if name == _FORGERY or name.startswith(f"{AGAIN}-"):
            del kept[name]
    return kept
