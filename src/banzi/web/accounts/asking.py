"""What the system administrator may not do alone: it waits for a second office.

One-time passwords (`resets`) and taking an administrator's account away (`lockouts`) are asked for by
the system administrator and done by whoever confirms: the security administrator, or the auditor when
it is about a security administrator. Nobody settles what is about himself.

When who asked is locked or closed himself, what he asked for lapses: it is still listed, so that
somebody else may ask for it anew, and can only be declined.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from banzi.kernel.messages import MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account, AskedAct, AskedKind, Office
from banzi.web.accounts.services import NO_REASON, NOT_ONESELF, NOT_YOUR_OFFICE, Refused
from banzi.web.audit.acts import act

NOTHING_ASKED = MessageKind(
    "accounts/nothing-asked", _("{name}没有等待确认的这一事项，可能已由他人办理")
)
LAPSED = MessageKind(
    "accounts/asked-act-lapsed",
    _("提出人{asker}的账号已锁定或停用，这一事项已失效；仍须办理的，由另一名系统管理员重新提出"),
)
ASKER_GONE = {AskedKind.LOCK: _("提出人的账号已锁定"), AskedKind.CLOSE: _("提出人的账号已停用")}
"""Why a request lapsed, by what happened to who asked."""
_STANDS = Q(lapsed_at__isnull=True, asked_by__is_active=True, asked_by__closed_on__isnull=True)
"""The asker is looked at as well: he may have asked in the moment in which he was locked."""
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
    asked = {
        "asked_by": by,
        "asked_at": timezone.now(),
        "reason": reason,
        "password": password,
        "lapsed_at": None,
    }
    new = {**asked, "is_new": is_new}
    AskedAct.objects.update_or_create(
        account=account, kind=kind.value, defaults=asked, create_defaults=new
    )


def waiting_for(by: Account) -> QuerySet[AskedAct]:
    """Those that this administrator may confirm."""
    return listed_for(by).filter(_STANDS)


def lapsed(asked: QuerySet[AskedAct]) -> set[int]:
    """The keys of those that nobody may confirm any more."""
    return set(asked.exclude(_STANDS).values_list("pk", flat=True))


def listed_for(by: Account) -> QuerySet[AskedAct]:
    """Those that this administrator may confirm, and lapsed ones, which he may decline."""
    found = AskedAct.objects.filter(account__closed_on__isnull=True).exclude(account=by)
    of_security = Q(account__office=Office.SECURITY.value)
    if by.office == Office.SECURITY:
        return found
    return found.filter(of_security) if by.office == Office.AUDITOR else found.none()


def asked_of(by: Account, account: Account, kind: AskedKind) -> AskedAct:
    """What waits about the account and `by` may confirm.

    Raises
    ------
    Refused
    """
    asked = _listed(by, account, kind)
    if lapsed(AskedAct.objects.filter(pk=asked.pk)):
        raise Refused(LAPSED(asker=asked.asker))
    return asked


def _listed(by: Account, account: Account, kind: AskedKind) -> AskedAct:
    """What is listed about the account and `by` may settle.

    Raises
    ------
    Refused
    """
    if by.pk == account.pk:
        raise Refused(NOT_ONESELF())
    wanted = Office.AUDITOR if account.office == Office.SECURITY else Office.SECURITY
    if by.office not in (wanted, Office.SECURITY) or not by.is_active or by.closed_on is not None:
        raise Refused(NOT_YOUR_OFFICE(office=wanted.zh))
    found = listed_for(by).filter(account=account, kind=kind.value)
    asked = found.select_related("asked_by").first()
    if asked is None:
        raise Refused(NOTHING_ASKED(name=account.name))
    return asked


def settle(asked: AskedAct) -> None:
    """It is done and waits no longer. Call inside the act that does it.

    Raises
    ------
    Refused
        When somebody else was quicker, it was asked for anew meanwhile, or it lapsed.
    """
    _take(asked, AskedAct.objects.filter(_STANDS))


def lapse(by: Account, gone: Account, how: AskedKind) -> None:
    """What an administrator asked for lapses, one act each: his account was locked or closed."""
    his = AskedAct.objects.filter(asked_by=gone, lapsed_at__isnull=True)
    for each in his.select_related("account"):
        reason = translate(ASKER_GONE[how], "zh")
        with act(
            "accounts.lapse", by=by, about=each.account.username, reason=reason, source=each.asker
        ):
            AskedAct.objects.filter(pk=each.pk).update(lapsed_at=timezone.now())


def _take(asked: AskedAct, among: QuerySet[AskedAct]) -> None:
    same = among.filter(pk=asked.pk, asked_at=asked.asked_at, password=asked.password)
    if not same.delete()[0]:
        raise Refused(NOTHING_ASKED(name=asked.account.name))


def decline(by: Account, account: Account, kind: AskedKind, reason: str) -> None:
    """Everything stays as it is.

    Raises
    ------
    Refused
    """
    asked = _listed(by, account, kind)
    if not reason.strip():
        raise Refused(NO_REASON())
    with act(_DECLINED[kind], by=by, about=account.username, reason=reason, source=asked.asker):
        _take(asked, AskedAct.objects.all())
