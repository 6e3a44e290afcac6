"""One-time passwords, for a new account or a lost password, that no single administrator can use.

Two offices take part and each hands over half of the password: the system administrator asks and
is shown the first half, the security administrator confirms and is shown the second one (the
auditor does, when it is a security administrator's own). Neither half opens anything, and until it
is confirmed the old password stays; a new account has none.

Who has a second factor gets a reset at once: without the factor the password opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account, Office, PasswordReset, SecondFactor
from banzi.web.accounts.passwords import one_time_password
from banzi.web.accounts.second_factor import opened, sealed
from banzi.web.accounts.services import NO_REASON, NOT_ONESELF, NOT_YOUR_OFFICE, Refused, on_another
from banzi.web.accounts.sessions import end_sessions
from banzi.web.audit.acts import act
from banzi.web.audit.models import Act

NOTHING_ASKED = MessageKind(
    "accounts/no-reset-asked", _("{name}没有等待确认的一次性密码，可能已由他人办理")
)
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
    """Reset at once where a second factor guards the account; else ask for confirmation.

    Raises
    ------
    Refused
    """
    on_another(by, Office.SYSTEM, account, reason)
    if SecondFactor.objects.filter(account=account).exists():
        password = one_time_password()
        with act(_DONE, by=by, about=account.username, reason=reason):
            PasswordReset.objects.filter(account=account).delete()
            _set(account, password)
        return Handed(password, is_half=False)
    with act("accounts.ask_reset", by=by, about=account.username, reason=reason):
        first = wait_for_second(by, account, reason)
    return Handed(first, is_half=True)


def wait_for_second(by: Account, account: Account, reason: str, *, is_new: bool = False) -> str:
    """Draw a password that waits for a second administrator, in place of one that did; its first
    half. Call inside an act."""
    password = one_time_password()
    asked = {
        "asked_by": by,
        "asked_at": timezone.now(),
        "reason": reason,
        "password": sealed(password.encode()),
    }
    new = {**asked, "is_new": is_new}
    PasswordReset.objects.update_or_create(account=account, defaults=asked, create_defaults=new)
    return _halves(password)[0]


def waiting_resets(by: Account) -> QuerySet[PasswordReset]:
    """Those that this administrator may confirm."""
    found = PasswordReset.objects.filter(account__closed_on__isnull=True).exclude(account=by)
    of_security = Q(account__office=Office.SECURITY.value)
    if by.office == Office.SECURITY:
        return found
    return found.filter(of_security) if by.office == Office.AUDITOR else found.none()


def confirm_reset(by: Account, account: Account) -> Handed:
    """The password takes effect, and every session of the account ends; the second half.

    Raises
    ------
    Refused
    """
    asked = _asked(by, account)
    given = opened(asked.password)
    if given is None:
        raise Refused(KEY_CHANGED(name=account.name))
    password = given.decode()
    asker = f"{asked.asked_by.name}（{asked.asked_by.username}）"
    verb = _OPENED if asked.is_new else _DONE
    with act(verb, by=by, about=account.username, reason=asked.reason, source=asker):
        if not PasswordReset.objects.filter(pk=asked.pk, password=asked.password).delete()[0]:
            raise Refused(NOTHING_ASKED(name=account.name))
        _set(account, password)
    return Handed(_halves(password)[1], is_half=True)


def decline_reset(by: Account, account: Account, reason: str) -> None:
    """The password stays what it is.

    Raises
    ------
    Refused
    """
    asked = _asked(by, account)
    if not reason.strip():
        raise Refused(NO_REASON())
    with act("accounts.decline_reset", by=by, about=account.username, reason=reason):
        PasswordReset.objects.filter(pk=asked.pk).delete()


def resets_of(account: Account) -> QuerySet[Act]:
    """The resets of an account, the last one first: for its owner to know of."""
    return Act.objects.filter(verb=_DONE, about=account.username).order_by("-seq")


def _asked(by: Account, account: Account) -> PasswordReset:
    if by.pk == account.pk:
        raise Refused(NOT_ONESELF())
    wanted = Office.AUDITOR if account.office == Office.SECURITY else Office.SECURITY
    if by.office not in (wanted, Office.SECURITY) or not by.is_active or by.closed_on is not None:
        raise Refused(NOT_YOUR_OFFICE(office=wanted.zh))
    asked = waiting_resets(by).filter(account=account).select_related("asked_by").first()
    if asked is None:
        raise Refused(NOTHING_ASKED(name=account.name))
    return asked


def _set(account: Account, password: str) -> None:
    account.set_password(password)
    account.must_change_password, account.failures, account.locked_until = True, 0, None
    account.save(update_fields=["password", "must_change_password", "failures", "locked_until"])
    end_sessions(account)


def _halves(password: str) -> tuple[str, str]:
    """The first half with the dash that joins them, so that both are typed one after the other."""
    middle = (len(password) + 1) // 2
    return password[:middle], password[middle:]
