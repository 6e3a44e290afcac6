"""Failed sign-ins from one address: whoever tries the passwords of many accounts there must wait.

An account is locked after a few wrong passwords; a list of names and one common password each gets
past that. The count is of the whole site and in its database, whichever process was asked. It is
generous, since an office may stand behind one address; signing in does not reset it, else one
account of one's own would open the way to all others. Who is signed in already is not disturbed.

What is being tried at the very moment is not counted yet: a few tries more than allowed may slip
through at once, as many as the server answers requests at a time.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from banzi.web.accounts.models import FailedSignIn
from banzi.web.accounts.policy import policy


def wait_at(address: str) -> timedelta | None:
    """How long nobody may try to sign in from there; None when one may."""
    limits = policy()
    if not limits.address_failures:
        return None
    now, last = timezone.now(), limits.address_failures - 1
    counted = FailedSignIn.objects.filter(_counts(now), address=address).order_by("-at")
    over = counted.values_list("at", flat=True)[last : last + 1]
    return over[0] + _window() - now if over else None


def count_failure(address: str) -> None:
    """One more failed sign-in from there; what counts no longer is let go."""
    now = timezone.now()
    FailedSignIn.objects.create(address=address, at=now)
    over = FailedSignIn.objects.filter(~_counts(now))
    with transaction.atomic():  # two processes that let go of the same rows do not wait in a ring
        mine = over.select_for_update(skip_locked=True).values("pk")
        FailedSignIn.objects.filter(pk__in=mine).delete()


def _counts(now: datetime) -> Q:
    """What counts at a time: of the window before it. What another process wrote meanwhile is a
    little later than `now`; what is much later was written before the clock was put back."""
    return Q(at__gt=now - _window(), at__lt=now + _window())


def _window() -> timedelta:
    return timedelta(minutes=policy().address_minutes)
