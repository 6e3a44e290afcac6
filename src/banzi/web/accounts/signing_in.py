"""Signing in and out: password, lock after failures, second factor; each an act on record.

Locks are kept on the account by acts like everything else. (django-axes would write tables of its
own outside of any act.)
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.contrib.auth import login, logout
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils import timezone

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.addresses import count_failure, wait_at
from banzi.web.accounts.freshness import mark_fresh
from banzi.web.accounts.locking import one_more_failure
from banzi.web.accounts.models import Account, SecondFactor
from banzi.web.accounts.second_factor import use_code
from banzi.web.audit.acts import act
from banzi.web.audit.reads import ReadKind, note_read
from banzi.web.shared.addresses import address_of

TOO_MANY_HERE = MessageKind(
    "accounts/too-many-here",
    _(
        "从这台电脑（或同一网络出口）登录失败的次数过多，暂停登录，请{minutes}分钟后再试；"
        "已登录的不受影响。急需的，换一台电脑登录，或与系统管理员联系。"
    ),
)


class MustWait(BanziError):
    """Too many failed sign-ins came from an address; `wait` is for how long it is refused."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(TOO_MANY_HERE(minutes=ceil(wait / timedelta(minutes=1))))


_BACKEND = "django.contrib.auth.backends.ModelBackend"


def account_with(request: HttpRequest, username: str, password: str) -> Account | None:
    """The account whose password this is; None counts against it. A locked one is not tried.

    Raises
    ------
    MustWait
        Before anything is looked up, when too much was tried from this address.
    """
    address = address_of(request)
    refuse_too_many(address)
    account = Account.objects.filter(username=username).first()
    if account is None:
        make_password(password)  # as long as a wrong password takes
        note_read(by="", what="登录名不存在", kind=ReadKind.REFUSED, address=address)
    elif password_is_right(request, account, password):
        return account
    count_failure(address)
    return None


def code_lets_in(request: HttpRequest, account: Account, code: str) -> bool:
    """The second step of signing in, counted as the first one is.

    Raises
    ------
    MustWait
    """
    refuse_too_many(address_of(request))
    right = code_is_right(request, account, code)
    if not right:
        count_failure(address_of(request))
    return right


def refuse_too_many(address: str) -> None:
    """Refuse who must wait, and note it.

    Raises
    ------
    MustWait
    """
    if (wait := wait_at(address)) is not None:
        note_read(by="", what="该地址登录失败过多", kind=ReadKind.REFUSED, address=address)
        raise MustWait(wait)


def password_is_right(request: HttpRequest, account: Account, password: str) -> bool:
    """Whether this is the password of an account that is not locked; a wrong one counts against it.

    Asked of those who are signed in as well: who finds a screen left open shall not guess there.
    """
    if not account.is_active or account.closed_on or _is_locked(account, timezone.now()):
        make_password(password)  # a quicker answer would tell that there is such an account
        note_read(by=account.username, what="账号已锁定或停用", kind=ReadKind.REFUSED,
                  address=address_of(request))  # fmt: skip
        return False
    if not account.check_password(password):
        failed(request, account)
        return False
    return True


def failed(request: HttpRequest, account: Account) -> None:
    """Count a wrong password or code; the last one allowed locks the account for a while."""
    with act("accounts.sign_in_failed", by=None, about=account.username,
             source=address_of(request)):  # fmt: skip
        one_more_failure(Account.objects.select_for_update().get(pk=account.pk))


def has_second_factor(account: Account) -> bool:
    return SecondFactor.objects.filter(account=account).exists()


def code_is_right(request: HttpRequest, account: Account, code: str) -> bool:
    """Whether the second factor is right, which uses the code up; a wrong one counts."""
    now = timezone.now()
    if not account.is_active or account.closed_on or _is_locked(account, now):
        return False
    with act("accounts.second_factor", by=account, source=address_of(request)):
        right = use_code(account, code)
    if not right:
        failed(request, account)
    return right


def sign_in(request: HttpRequest, account: Account) -> None:
    """Open a session; password and second factor have been checked."""
    with act("accounts.sign_in", by=account, source=address_of(request)):
        Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
    login(request, account, backend=_BACKEND)
    mark_fresh(request)


def sign_out(request: HttpRequest) -> None:
    user = request.user
    if user.is_authenticated:
        with act("accounts.sign_out", by=user, source=address_of(request)):
            pass
    logout(request)


def _is_locked(account: Account, now: datetime) -> bool:
    return account.locked_until is not None and now < account.locked_until
