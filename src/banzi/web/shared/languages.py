"""Chinese first, English by switch: the choice is kept in the session, the texts in one catalogue.

Templates mark a text with `{% t "…" %}`, Python with `gettext_noop`; both are translated through
the catalogue of the kernel. Django's own texts (form errors) follow through its own.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from banzi.kernel.messages import Language

SESSION_KEY = "language"
_DJANGO_CODES: dict[Language, str] = {"zh": "zh-hans", "en": "en"}


def current_language() -> Language:
    """The language of this request; Chinese outside of one."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


class LanguageMiddleware:
    """Sets the language of the request from the session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen: Language = "en" if request.session.get(SESSION_KEY) == "en" else "zh"
        with translation.override(_DJANGO_CODES[chosen]):
            response = self._get_response(request)
            response.headers.setdefault("Content-Language", _DJANGO_CODES[chosen])
            return response
