"""What the system administrator may not do alone: it waits for a second office.

One-time passwords (`resets`) and taking an administrator's account away (`lockouts`) are asked for by
the system administrator and done by whoever confirms: the security administrator, or the auditor when
it is about a security administrator. Nobody settles what is about himself.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account, AskedAct, AskedKind, Office
from banzi.web.accounts.services import NO_REASON, NOT_ONESELF, NOT_YOUR_OFFICE, Refused
from banzi.web.audit.acts import act

NOTHING_ASKED = MessageKind(
    "accounts/nothing-asked", _("{name}没有等待确认的这一事项，可能已由他人办理")
)
_DECLINED = {
    AskedKind.PASSWORD: "accounts.decline_reset",
    AskedKind.LOCK: "accounts.decline_lock",
    AskedKind.CLOSE: "accounts.decline_close",
}


def ask(
    by: Account,
    account: Account,
    kind: AskedKind,
    reason: str,
    *,
    password: str = "",
    is_new: bool = False,
) -> None:
    """Let it wait, in place of one of its kind that did. Call inside an act."""
    asked = {"asked_by": by, "asked_at": timezone.now(), "reason": reason, "password": password}
    new = {**asked, "is_new": is_new}
    AskedAct.objects.update_or_create(
        account=account, kind=kind.value, defaults=asked, create_defaults=new
    )


def waiting_for(by: Account) -> QuerySet[AskedAct]:
    """Those that this administrator may confirm."""
    found = AskedAct.objects.filter(account__closed_on__isnull=True).exclude(account=by)
    of_security = Q(account__office=Office.SECURITY.value)
    if by.office == Office.SECURITY:
        return found
    return found.filter(of_security) if by.office == Office.AUDITOR else found.none()


def asked_of(by: Account, account: Account, kind: AskedKind) -> AskedAct:
    """What waits about the account and `by` may settle.

    Raises
    ------
    Refused
    """
    if by.pk == account.pk:
        raise Refused(NOT_ONESELF())
    wanted = Office.AUDITOR if account.office == Office.SECURITY else Office.SECURITY
    if by.office not in (wanted, Office.SECURITY) or not by.is_active or by.closed_on is not None:
        raise Refused(NOT_YOUR_OFFICE(office=wanted.zh))
    waiting = waiting_for(by).filter(account=account, kind=kind.value)
    asked = waiting.select_related("asked_by").first()
    if asked is None:
        raise Refused(NOTHING_ASKED(name=account.name))
    return asked


def settle(asked: AskedAct) -> None:
    """It waits no longer. Call inside the act that does it.

    Raises
    ------
    Refused
        When somebody else was quicker, or it was asked for anew meanwhile.
    """
    same = AskedAct.objects.filter(pk=asked.pk, asked_at=asked.asked_at, password=asked.password)
    if not same.delete()[0]:
        raise Refused(NOTHING_ASKED(name=asked.account.name))


def decline(by: Account, account: Account, kind: AskedKind, reason: str) -> None:
    """Everything stays as it is.

    Raises
    ------
    Refused
    """
    asked = asked_of(by, account, kind)
    if not reason.strip():
        raise Refused(NO_REASON())
    with act(_DECLINED[kind], by=by, about=account.username, reason=reason, source=asked.asker):
        settle(asked)
