"""What the three administrators do to accounts, each an act with its reason.

The system administrator makes (`newcomers`), locks and closes accounts (`lockouts`) and asks for
resets of passwords (`resets`). The security administrator gives offices and grants, confirms one-time
passwords and takes second factors away; so that no single one of them can enter as somebody else,
or get rid of another.
Neither acts on an account of his own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account, CardCode, Grant, Office, SecondFactor, Verb
from banzi.web.accounts.sessions import end_sessions
from banzi.web.audit.acts import act

NOT_YOUR_OFFICE = MessageKind("accounts/not-your-office", _("这件事由{office}办理"))
NOT_ONESELF = MessageKind("accounts/not-oneself", _("不能办理自己账号的事，请由另一名管理员办理"))
OFFICE_GIVEN = MessageKind(
    "accounts/office-given", _("{name}已是{office}，职责一经确定不能更改；请停用后另建账号")
)
HAS_GRANTS = MessageKind("accounts/has-grants", _("{name}还有未到期的授权，请先收回"))
HOLDS_OFFICE = MessageKind("accounts/holds-office", _("{name}是{office}，不能有业务授权"))
CLOSED = MessageKind("accounts/closed", _("{name}的账号已停用"))
NO_REASON = MessageKind("accounts/no-reason", _("请写明理由或依据"))
BAD_PERIOD = MessageKind("accounts/bad-period", _("截止日期应晚于起始日期"))


class Refused(BanziError):
    """What an administrator wants is against the rules; the message says which and what to do."""


def give_office(by: Account, account: Account, office: Office, reason: str) -> None:
    """Make an account one of the three administrators; it stays that."""
    on_another(by, Office.SECURITY, account, reason)
    if account.office != Office.NONE:
        raise Refused(OFFICE_GIVEN(name=account.name, office=_office(account)))
    if any(grant.until is None or grant.until > timezone.localdate()
           for grant in Grant.objects.filter(account=account)):  # fmt: skip
        raise Refused(HAS_GRANTS(name=account.name))
    with act("accounts.give_office", by=by, about=account.username, reason=reason):
        Account.objects.filter(pk=account.pk).update(office=office.value)


def give_grants(
    by: Account,
    account: Account,
    verbs: Iterable[Verb],
    *,
    organ_id: str | None,
    why: str,
    levels: Iterable[str] = (),
    fields: Iterable[FieldClass] = (),
    starts: date | None = None,
    until: date | None = None,
) -> list[Grant]:
    """Grants of several verbs over the same; one act."""
    on_another(by, Office.SECURITY, account, why)
    if account.office != Office.NONE:
        raise Refused(HOLDS_OFFICE(name=account.name, office=_office(account)))
    begins = starts or timezone.localdate()
    if until is not None and until <= begins:
        raise Refused(BAD_PERIOD())
    with act("accounts.grant", by=by, about=account.username, reason=why):
        return [
            Grant.objects.create(
                account=account,
                verb=verb.value,
                organ_id=organ_id,
                levels=" ".join(sorted(levels)),
                fields=" ".join(each.value for each in FieldClass if each in set(fields)),
                starts=begins,
                until=until,
                given_by=by,
                why=why,
            )
            for verb in verbs
        ]


def end_grant(by: Account, grant: Grant, reason: str) -> None:
    """Recall a grant from today on."""
    on_another(by, Office.SECURITY, grant.account, reason)
    today = timezone.localdate()
    with act("accounts.end_grant", by=by, about=grant.account.username, reason=reason):
        if grant.until is None or grant.until > today:
            Grant.objects.filter(pk=grant.pk).update(until=today)


def take_second_factor(by: Account, account: Account, reason: str) -> None:
    """Take the second factor away, when the device or card is lost.

    A one-time password that only the factor kept from whoever handed it out is worth nothing then.
    """
    on_another(by, Office.SECURITY, account, reason)
    with act("accounts.take_second_factor", by=by, about=account.username, reason=reason):
        now = Account.objects.select_for_update().get(pk=account.pk)
        if now.must_change_password:
            now.set_unusable_password()
            now.save(update_fields=["password"])
        SecondFactor.objects.filter(account=account).delete()
        CardCode.objects.filter(account=account).delete()
        end_sessions(account)


def change_own_password(account: Account, password: str) -> None:
    """The owner's own password; its rules have been checked."""
    with act("accounts.change_password", by=account, about=account.username):
        account.set_password(password)
        account.must_change_password = False
        account.password_set_on = timezone.localdate()
        account.save(update_fields=["password", "must_change_password", "password_set_on"])


def on_another(by: Account, office: Office, account: Account, reason: str) -> None:
    """Refuse what is not this office's, one's own account, a closed one, and no reason."""
    needs(by, office)
    if by.pk == account.pk:
        raise Refused(NOT_ONESELF())
    if account.closed_on is not None:
        raise Refused(CLOSED(name=account.name))
    if not reason.strip():
        raise Refused(NO_REASON())


def needs(by: Account, office: Office) -> None:
    if by.office != office or not by.is_active or by.closed_on is not None:
        raise Refused(NOT_YOUR_OFFICE(office=office.zh))


def _office(account: Account) -> str:
    return Office.of(account.office).zh
