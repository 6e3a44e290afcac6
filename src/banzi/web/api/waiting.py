"""On the home page: one's own tokens that end soon, before a program stops working."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import rights_of
from banzi.web.api.models import Token
from banzi.web.shared.waiting import Waiting, waits

_DAYS = 14


@waits
def ending_tokens(request: HttpRequest) -> Iterator[Waiting]:
    count = ending_soon(rights_of(request).holder).count()
    yield Waiting(_("即将到期的接口令牌"), count, reverse("tokens") + "?ending=1")


def ending_soon(account: Account) -> QuerySet[Token]:
    """Tokens of an account that hold today and end within a fortnight."""
    today = timezone.localdate()
    return Token.objects.filter(
        account=account,
        revoked_at=None,
        until__gt=today,
        until__lte=today + timedelta(days=_DAYS),
    )
