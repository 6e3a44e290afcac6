"""Locking and closing accounts, and taking a lock away.

The system administrator does it alone to everybody but the three administrators: whoever could lock
those out would be without control. That waits for a second office (`asking`). Taking a lock away
does not, so that there is a way back when nobody is left to confirm.
"""

from __future__ import annotations

from django.utils import timezone

from banzi.web.accounts.asking import ask, asked_of, settle
from banzi.web.accounts.models import Account, AskedAct, AskedKind, Office
from banzi.web.accounts.services import on_another
from banzi.web.accounts.sessions import end_sessions
from banzi.web.audit.acts import act

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
    with act(_DONE[kind], by=by, about=account.username, reason=asked.reason, source=asked.asker):
        settle(asked)
        _do(account, kind)


def _take_away(by: Account, account: Account, kind: AskedKind, reason: str) -> None:
    on_another(by, Office.SYSTEM, account, reason)
    alone = account.office == Office.NONE
    with act((_DONE if alone else _ASKED)[kind], by=by, about=account.username, reason=reason):
        if alone:
            _do(account, kind)
        else:
            ask(by, account, kind, reason)


def _do(account: Account, kind: AskedKind) -> None:
    found = Account.objects.filter(pk=account.pk)
    if kind == AskedKind.LOCK:
        found.update(is_active=False, failures=0, locked_until=None)
    else:
        found.update(closed_on=timezone.localdate())
        AskedAct.objects.filter(account=account).delete()  # there is nothing left to confirm
    end_sessions(account)
