"""Locking and closing accounts, and taking a lock away.

The system administrator does it alone to everybody but the three administrators: whoever could lock
those out would be without control. That waits for a second office (`asking`). Taking a lock away
does not, so that there is a way back when nobody is left to confirm.

Whoever is the last to hold an office is neither locked nor closed: nobody could ask, confirm or look
into anything after. That is asked once more when it is carried out, for of two requests that each
leave somebody the second may not.
"""

from __future__ import annotations

from django.contrib.auth.hashers import is_password_usable
from django.db import transaction
from django.utils import timezone

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.asking import ask, asked_of, lapse, settle
from banzi.web.accounts.models import Account, AskedAct, AskedKind, Office
from banzi.web.accounts.services import Refused, on_another
from banzi.web.accounts.sessions import end_sessions
from banzi.web.accounts.summary import office_of
from banzi.web.audit.acts import act

LAST_OF_OFFICE = MessageKind(
    "accounts/last-of-office",
    _(
        "{name}是最后一名可以登录的{office}，不能锁定或停用；请先新建账号并确定{office}职责，"
        "一次性密码确认后再办理"
    ),
)
_ASKED = {AskedKind.LOCK: "accounts.ask_lock", AskedKind.CLOSE: "accounts.ask_close"}
_DONE = {AskedKind.LOCK: "accounts.lock", AskedKind.CLOSE: "accounts.close"}


def lock(by: Account, account: Account, reason: str) -> None:
    """Lock an account until it is unlocked, or ask for it.

    Raises
    ------
    Refused
    """
    _take_away(by, account, AskedKind.LOCK, reason)


def close(by: Account, account: Account, reason: str) -> None:
    """End an account for good, or ask for it; grants are ended by the security administrator.

    Raises
    ------
    Refused
    """
    _take_away(by, account, AskedKind.CLOSE, reason)


def unlock(by: Account, account: Account, reason: str) -> None:
    """Take a lock away, that of wrong passwords too.

    Raises
    ------
    Refused
    """
    on_another(by, Office.SYSTEM, account, reason)
    with act("accounts.unlock", by=by, about=account.username, reason=reason):
        Account.objects.filter(pk=account.pk).update(is_active=True, failures=0, locked_until=None)


def confirm_lockout(by: Account, account: Account, kind: AskedKind) -> None:
    """What was asked for takes effect: the second office's part.

    Raises
    ------
    Refused
    """
    asked = asked_of(by, account, kind)
    verb, why, asker = _DONE[kind], asked.reason, asked.asker
    with transaction.atomic():
        with act(verb, by=by, about=account.username, reason=why, source=asker):
            _refuse_last(account)
            settle(asked)
            _do(account, kind)
        lapse(by, account, kind)


def _take_away(by: Account, account: Account, kind: AskedKind, reason: str) -> None:
    on_another(by, Office.SYSTEM, account, reason)
    alone = account.office == Office.NONE
    with act((_DONE if alone else _ASKED)[kind], by=by, about=account.username, reason=reason):
        if alone:
            _do(account, kind)
        else:
            _refuse_last(account)
            ask(by, account, kind, reason)


def _refuse_last(account: Account) -> None:
    """Refuse when nobody else could sign in with the office; call inside an act.

    The holders are locked against others until it ends: two requests that are carried out at once
    would each count the other's account.
    """
    held = Account.objects.select_for_update().filter(office=account.office).order_by("pk")
    others = [each for each in held if each.pk != account.pk and _may_enter(each)]
    if not others:
        raise Refused(LAST_OF_OFFICE(name=account.name, office=office_of(account)))


def _may_enter(account: Account) -> bool:
    """Whether there is a password that lets in; too many wrong ones lock for a while only."""
    open_to = account.is_active and account.closed_on is None
    return open_to and is_password_usable(account.password)


def _do(account: Account, kind: AskedKind) -> None:
    found = Account.objects.filter(pk=account.pk)
    if kind == AskedKind.LOCK:
        found.update(is_active=False, failures=0, locked_until=None)
    else:
        found.update(closed_on=timezone.localdate())
        AskedAct.objects.filter(account=account).delete()  # there is nothing left to confirm
    end_sessions(account)
