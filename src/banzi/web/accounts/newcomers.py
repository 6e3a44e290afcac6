"""New accounts: made by the system administrator, opened by the security administrator.

A new account has no password until both have taken part, as for a reset (`resets`): else whoever
made it could be the first to sign in, with whatever it was granted meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from banzi.kernel.messages import MessageKind, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.web.accounts.models import Account, Office
from banzi.web.accounts.passwords import one_time_password
from banzi.web.accounts.resets import wait_for_second
from banzi.web.accounts.services import Refused, needs
from banzi.web.audit.acts import act

NAME_TAKEN = MessageKind("accounts/name-taken", _("登录名“{username}”已有人使用，请换一个"))
NUMBER_TAKEN = MessageKind(
    "accounts/number-taken", _("工号“{number}”已有账号（{username}），一个工号只能有一个在用账号")
)
STARTED_ALREADY = MessageKind("accounts/started-already", _("网站已有账号，不能再次初始化"))
NEW = _("新建账号")


class First(NamedTuple):
    """One of the first three: (login name, name, staff number), and what opens the account."""

    office: Office
    who: tuple[str, str, str]
    password: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account with what is shown once and kept nowhere: its one-time password, or half of it."""

    account: Account
    password: str


def draw_first(people: dict[Office, tuple[str, str, str]]) -> list[First]:
    """One-time passwords for the three administrators of a new site, to be shown before there are
    accounts: office → (login name, name, staff number).

    Raises
    ------
    Refused
        When there are accounts already.
    """
    _refuse_when_begun()
    return [First(office, who, one_time_password()) for office, who in people.items()]


def first_administrators(drawn: Iterable[First]) -> list[Account]:
    """Their accounts. There is nobody yet who could confirm them, and nothing to be seen.

    Raises
    ------
    Refused
        When there are accounts already.
    """
    with act("accounts.begin", by=None):
        _refuse_when_begun()
        return [_first(*each) for each in drawn]


def create_account(by: Account, username: str, name: str, staff_number: str) -> NewAccount:
    """A new account that may do nothing and opens nothing yet; the first half of its password.

    Raises
    ------
    Refused
    """
    needs(by, Office.SYSTEM)
    if Account.objects.filter(username=username).exists():
        raise Refused(NAME_TAKEN(username=username))
    other = Account.objects.filter(staff_number=staff_number, closed_on__isnull=True).first()
    if other is not None:
        raise Refused(NUMBER_TAKEN(number=staff_number, username=other.username))
    with act("accounts.create", by=by, about=username):
        made = Account.objects.create_account(
            username, name, None, staff_number=staff_number, must_change_password=True
        )
        half = wait_for_second(by, made, translate(NEW, "zh"), is_new=True)
    return NewAccount(made, half)


def _refuse_when_begun() -> None:
    if Account.objects.exists():
        raise Refused(STARTED_ALREADY())


def _first(office: Office, who: tuple[str, str, str], password: str) -> Account:
    username, name, number = who
    return Account.objects.create_account(
        username, name, password,
        staff_number=number, office=office.value, must_change_password=True,
    )  # fmt: skip
