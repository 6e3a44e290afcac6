"""One-time passwords, for a new account or a lost password, that no single administrator can use.

Two offices take part and each hands over half of the password: the system administrator asks and
is shown the first half, the security administrator confirms and is shown the second one (the
auditor does, when it is a security administrator's own). Neither half opens anything, and until it
is confirmed the old password stays; a new account has none.

Who has a second factor gets a reset at once: without the factor the password opens nothing. Not so
the three administrators, whom a password that is never handed over would lock out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.asking import ask, asked_of, settle
from banzi.web.accounts.models import Account, AskedAct, AskedKind, Office, SecondFactor
from banzi.web.accounts.passwords import one_time_password
from banzi.web.accounts.second_factor import opened, sealed
from banzi.web.accounts.services import Refused, on_another
from banzi.web.accounts.sessions import end_sessions
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act

KEY_CHANGED = MessageKind(
    "accounts/reset-from-other-key", _("网站密钥已更换，{name}的一次性密码须由系统管理员重新提出")
)
_DONE, _OPENED = "accounts.reset_password", "accounts.open"


@dataclass(frozen=True, slots=True)
class Handed:
    """What an administrator hands to the owner: the password, or his half of it."""

    password: str
    is_half: bool


def ask_reset(by: Account, account: Account, reason: str) -> Handed:
    """Reset at once where a second factor guards a user's account; else ask for confirmation.

    Raises
    ------
    Refused
    """
    on_another(by, Office.SYSTEM, account, reason)
    is_guarded = SecondFactor.objects.filter(account=account).exists()
    if is_guarded and account.office == Office.NONE:
        password = one_time_password()
        with act(_DONE, by=by, about=account.username, reason=reason):
            AskedAct.objects.filter(account=account, kind=AskedKind.PASSWORD.value).delete()
            _set(account, password)
        return Handed(password, is_half=False)
    with act("accounts.ask_reset", by=by, about=account.username, reason=reason):
        first = wait_for_second(by, account, reason)
    return Handed(first, is_half=True)


def wait_for_second(by: Account, account: Account, reason: str, *, is_new: bool = False) -> str:
    """Draw a password that waits for a second administrator; its first half. Call inside an act."""
    password = one_time_password()
    ask(by, account, AskedKind.PASSWORD, reason, password=sealed(password.encode()), is_new=is_new)
    return _halves(password)[0]


def confirm_reset(by: Account, account: Account) -> Handed:
    """The password takes effect, and every session of the account ends; the second half.

    Raises
    ------
    Refused
    """
    asked = asked_of(by, account, AskedKind.PASSWORD)
    given = opened(asked.password)
    if given is None:
        raise Refused(KEY_CHANGED(name=account.name))
    password = given.decode()
    verb = _OPENED if asked.is_new else _DONE
    with act(verb, by=by, about=account.username, reason=asked.reason, source=asked.asker):
        settle(asked)
        _set(account, password)
    return Handed(_halves(password)[1], is_half=True)


def resets_of(account: Account) -> QuerySet[Act]:
    """The resets of an account, the last one first: for its owner to know of."""
    return Act.objects.filter(verb=_DONE, about=account.username).order_by("-seq")


def _set(account: Account, password: str) -> None:
    account.set_password(password)
    account.must_change_password, account.failures, account.locked_until = True, 0, None
    account.save(update_fields=["password", "must_change_password", "failures", "locked_until"])
    end_sessions(account)


def _halves(password: str) -> tuple[str, str]:
    """The first half with the dash that joins them, so that both are typed one after the other."""
    middle = (len(password) + 1) // 2
    return password[:middle], password[middle:]
