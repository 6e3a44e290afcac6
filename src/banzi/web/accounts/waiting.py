"""What waits for an administrator, told on the home page."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse

from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.asking import waiting_for
from banzi.web.accounts.models import Account
from banzi.web.shared.waiting import Waiting, waits


@waits
def asked_acts(request: HttpRequest) -> Iterable[Waiting]:
    """What this administrator may confirm or decline."""
    by = request.user
    if isinstance(by, Account) and by.office:
        url = reverse("asked-acts")
        yield Waiting(_("等待我确认的事项"), waiting_for(by).count(), url, is_urgent=True)
