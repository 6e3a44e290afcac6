"""Who asks, by which token; and that whatever goes wrong below /api/v1/ is said as coded JSON.

A token is looked at where a session would be: before the guards that every page of the site has,
so that an endpoint is refused or let through by them and not by a second set of rules. A session
opens nothing here, except the description of the API, which is no personnel data.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from banzi.web.accounts.policy import policy
from banzi.web.accounts.rights import use_rights
from banzi.web.accounts.sessions import first_page
from banzi.web.api.errors import ACCOUNT_FIRST, NO_TOKEN, NOT_IN_AREA, TOO_MANY, Refusal, coded
from banzi.web.api.flooding import too_many_from
from banzi.web.api.narrowing import TokenRights
from banzi.web.api.offering import area_of
from banzi.web.api.tokens import token_of
from banzi.web.audit.reads import ReadKind, note_read
from banzi.web.shared.addresses import address_of

PREFIX = "/api/v1/"
_BEARER = re.compile(r"Bearer +(\S+)", re.IGNORECASE)


class TokenAnswers:
    """After sessions and before every guard of views."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self._get_response(request)
        code = "en" if _wants_english(request) else "zh-hans"
        with translation.override(code):
            answer = coded(self._get_response(request))
        answer.headers["Content-Language"] = code
        answer.headers["Cache-Control"] = "no-store"
        patch_vary_headers(answer, ["Authorization", "Accept-Language"])
        if answer.status_code == 401:
            answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> Refusal | None:
        if not request.path.startswith(PREFIX):
            return None
        given = request.headers.get("Authorization", "")
        token_only = getattr(view, "token_only", False)
        if not given and not token_only and request.user.is_authenticated:
            return None
        return self._sign(request, given, view)

    def _sign(self, request: HttpRequest, given: str, view: Callable[..., Any]) -> Refusal | None:
        request.user = AnonymousUser()
        bearer = _BEARER.fullmatch(given.strip())
        address = address_of(request)
        token = token_of(bearer[1], address) if bearer else None
        if token is None:
            if not too_many_from(address):
                return NO_TOKEN.answer()
            refusal = TOO_MANY.answer()
            refusal.headers["Retry-After"] = str(policy().lock_minutes * 60)
            return refusal
        request.user = token.account
        request.banzi_token = token  # type: ignore[attr-defined]  # for the views
        use_rights(request, TokenRights(token, timezone.localdate()))
        if first_page(token.account) is not None:
            return ACCOUNT_FIRST.answer()
        area = area_of(view)
        if area is not None and area not in token.areas_open:
            note_read(by=token.account.username, what=f"API {token.key} {request.path}",
                      kind=ReadKind.REFUSED, address=address)  # fmt: skip
            return NOT_IN_AREA.answer()
        return None


def _wants_english(request: HttpRequest) -> bool:
    """The first language named; Chinese for any other than English."""
    return request.headers.get("Accept-Language", "").strip().lower().startswith("en")
