"""How long one stays signed in, in how many places, and when the password was given last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from banzi.web.accounts.confirming import asked_again, page_before
from banzi.web.accounts.freshness import is_fresh, mark_fresh
from banzi.web.accounts.models import Account, OpenSession
from banzi.web.accounts.policy import policy
from banzi.web.shared.addresses import address_of
from banzi.web.shared.demands import View

_NOTED_EACH = timedelta(minutes=1)


def freshly_signed_in(view: View) -> View:
    """For releases and exports: the password must have been given a short time ago.

    What is only looked at waits behind the page that asks for it; a form is carried through it.
    """
    return _fresh(view, is_file=False)


def freshly_signed_in_for_file(view: View) -> View:
    """The same for an address that answers with a file: a browser that is sent there shows nothing
    new, so it goes back to the page that it came from and fetches the file from there."""
    return _fresh(view, is_file=True)


def _fresh(view: View, *, is_file: bool) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_fresh(request):
            if request.method != "POST":
                wanted = {"next": request.get_full_path()}
                if is_file:
                    wanted["page"] = page_before(request)
                return _redirect(request, f"{reverse('confirm')}?{urlencode(wanted)}")
            if (asked := asked_again(request)) is not None:
                return asked
        answer: HttpResponseBase = view(request, *args, **kwargs)
        return answer

    return checked  # type: ignore[return-value]  # called as the view it stands for


def end_sessions(account: Account) -> int:
    """Sign an account out everywhere; returns from how many places."""
    return OpenSession.objects.filter(account=account).delete()[0]


def keep_only_this(request: HttpRequest, account: Account) -> None:
    """Sign an account out everywhere but here; this session goes on under a fresh key."""
    end_sessions(account)
    update_session_auth_hash(request, account)
    request.session.save()
    _note_session(None, request, account)
    mark_fresh(request)


class SessionLimits:
    """Ends sessions that were idle or lasted too long, or that somebody ended; sends those who must
    change their password or set up a second factor there first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and not self._goes_on(request):
            logout(request)
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not isinstance(account := _account(request), Account):
            return None
        first = first_page(account)
        name = request.resolver_match.url_name if request.resolver_match else ""
        if first is None or name in _ALWAYS | _FOR.get(first, set()) or name == first:
            return None
        return _redirect(request, reverse(first))

    def _goes_on(self, request: HttpRequest) -> bool:
        row = OpenSession.objects.filter(pk=request.session.session_key or "").first()
        now, limits = timezone.now(), policy()
        account = _account(request)
        if row is None or account is None or not account.is_active or account.closed_on:
            return False
        idle = now - row.seen_at > timedelta(minutes=limits.idle_minutes)
        if idle or now - row.started_at > timedelta(hours=limits.session_hours):
            row.delete()
            return False
        if now - row.seen_at > _NOTED_EACH:
            OpenSession.objects.filter(pk=row.pk).update(seen_at=now)
        return True


_ALWAYS = {"logout", "confirm", "choose-language"}
_FOR = {"second-factor": {"second-factor-card"}}
"""What else the page that comes first needs. Nobody gets a card before his own password."""


def first_page(account: Account) -> str | None:
    """The page that an account must see to before any other; None when it may go anywhere."""
    limits = policy()
    set_on = account.password_set_on
    if account.must_change_password:
        return "change-password"
    if limits.password_days and (
        set_on is None or (timezone.localdate() - set_on).days >= limits.password_days
    ):
        return "change-password"
    if limits.second_factor and not hasattr(account, "secondfactor"):
        return "second-factor"
    return None


def _account(request: HttpRequest) -> Account | None:
    user: Any = request.user
    return user if user.is_authenticated else None


def _redirect(request: HttpRequest, to: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": to})
    return HttpResponseRedirect(to)


def _note_session(sender: object, request: HttpRequest, user: Account, **_given: object) -> None:
    if not request.session.session_key:
        request.session.save()
    now = timezone.now()
    others = OpenSession.objects.filter(account=user).order_by("-started_at")
    kept = list(others.values_list("pk", flat=True)[: policy().sessions_at_once - 1])
    others.exclude(pk__in=kept).delete()
    OpenSession.objects.create(
        session_key=request.session.session_key or "",
        account=user,
        started_at=now,
        seen_at=now,
        address=address_of(request),
    )


def _forget_session(sender: object, request: HttpRequest, **_given: object) -> None:
    OpenSession.objects.filter(pk=request.session.session_key or "").delete()


def watch_sessions() -> None:
    """Listen to signing in and out, whoever does it."""
    user_logged_in.connect(_note_session, dispatch_uid="banzi.accounts.session")
    user_logged_out.connect(_forget_session, dispatch_uid="banzi.accounts.session")
