"""What waits for an administrator, told on the home page."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account
from banzi.web.accounts.resets import waiting_resets
from banzi.web.shared.waiting import Waiting, waits


@waits
def resets(request: HttpRequest) -> Iterable[Waiting]:
    """One-time passwords that this administrator may confirm."""
    by = request.user
    if isinstance(by, Account) and by.office:
        url = reverse("password-resets")
        yield Waiting(_("等待我确认的一次性密码"), waiting_resets(by).count(), url, is_urgent=True)
