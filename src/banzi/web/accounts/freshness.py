"""When the password was given last in a session."""

from __future__ import annotations

import time

from django.http import HttpRequest

from banzi.web.accounts.policy import policy

FRESH_AT = "fresh_at"


def mark_fresh(request: HttpRequest) -> None:
    """Remember that the password was given just now."""
    request.session[FRESH_AT] = time.time()


def is_fresh(request: HttpRequest) -> bool:
    age = time.time() - float(request.session.get(FRESH_AT, 0))
    return 0 <= age < policy().fresh_minutes * 60
