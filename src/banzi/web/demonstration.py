"""The invented region with accounts for every part: what a newcomer signs in to."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from banzi.kernel.columns import FieldClass
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster
from banzi.web.accounts.models import Account, Grant, Office, Verb
from banzi.web.audit.acts import act
from banzi.web.records.freezing import store_roster
from banzi.web.records.models import RECORDS

NOT_EMPTY = MessageKind(
    "site/not-empty", _("数据库中已有人员资料，演示资料只写入空的数据库；请换一个数据文件夹")
)
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits that nobody takes for one another on paper."""


@dataclass(frozen=True, slots=True)
class Part:
    """An account of the demonstration: login name, what its holder is, and what it may do."""

    username: str
    title: str
    verbs: tuple[Verb, ...] = ()
    office: Office = Office.NONE


PARTS = (
    Part("kezhang", _("科长"), (Verb.VIEW, Verb.EDIT, Verb.APPROVE)),
    Part("shenhe", _("副科长（审核）"), (Verb.VIEW, Verb.APPROVE)),
    Part("jingban", _("经办"), (Verb.VIEW, Verb.EDIT)),
    Part("buling", _("部领导（看方案）"), (Verb.VIEW, Verb.RELEASE)),
    Part("xitong", _("系统管理员"), office=Office.SYSTEM),
    Part("anquan", _("安全管理员"), office=Office.SECURITY),
    Part("shenji", _("审计管理员"), office=Office.AUDITOR),
)


def load_demonstration(roster: Roster, today: date) -> list[tuple[Part, str]]:
    """Put the roster and the accounts into an empty database; each part with its first password.

    Passwords are made by chance, told once and must be changed at the first signing in.

    Raises
    ------
    BanziError
        `site/not-empty`.
    """
    if RECORDS["persons"]._default_manager.exists() or Account.objects.exists():
        raise BanziError(NOT_EMPTY())
    with act("site.demonstration", by=None):
        store_roster(roster)
        passwords = [(part, new_password()) for part in PARTS]
        accounts = {
            part.username: Account.objects.create_account(
                part.username, part.title, password, office=part.office.value,
                must_change_password=True,
            )
            for part, password in passwords
        }  # fmt: skip
        giver = accounts["anquan"]
        for part in PARTS:
            for verb in part.verbs:
                Grant.objects.create(
                    account=accounts[part.username],
                    verb=verb.value,
                    fields=" ".join(FieldClass),
                    starts=today - timedelta(days=1),
                    given_by=giver,
                    why="演示",
                )
    return passwords


def new_password() -> str:
    """Sixteen signs in groups of four, to be read from paper."""
    groups = ("".join(secrets.choice(_SIGNS) for _sign in range(4)) for _group in range(4))
    return "-".join(groups)
