"""Accounts, offices and grants for tests, each made by an act as the site would."""

from __future__ import annotations

import time
from datetime import date
from itertools import count
from typing import Any

from django.test import Client, RequestFactory

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.freshness import FRESH_AT
from banzi.web.accounts.models import Account, Grant, Office
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.acts import act

LONG_AGO = date(2020, 1, 1)
PASSWORD = "青山不改-绿水长流-88"  # noqa: S105 - of invented accounts
_numbers = count(1)


def account(office: Office = Office.NONE, **given: Any) -> Account:
    """A new account that has set its own password."""
    number = next(_numbers)
    name = given.pop("name", f"人员{number}")
    with act("test.account", by=None):
        return Account.objects.create_account(
            given.pop("username", f"user{number}"), name, PASSWORD, office=office.value, **given
        )


def administrator(office: Office = Office.SECURITY) -> Account:
    """The holder of an office, made on first asking."""
    return Account.objects.filter(office=office.value, is_active=True).first() or account(office)


def one_of_two(office: Office) -> Account:
    """A new holder of an office who may be spared: another one stays."""
    administrator(office)
    return account(office)


def grant(
    to: Account,
    verb: Verb = Verb.VIEW,
    *,
    organ: str | None = None,
    fields: tuple[FieldClass, ...] = (),
    **given: Any,
) -> Grant:
    """A grant in force; over every organ unless one is named."""
    giver = given.pop("given_by", None) or administrator()
    with act("test.grant", by=None):
        return Grant.objects.create(
            account=to,
            verb=verb,
            organ_id=organ,
            fields=" ".join(fields),
            **{"starts": LONG_AGO, "given_by": giver, "why": "分工", **given},
        )


def clerk(*verbs: Verb, fields: tuple[FieldClass, ...] = tuple(FieldClass)) -> Account:
    """An account that may do this with everybody and every field; to view, unless told."""
    made = account()
    for verb in verbs or (Verb.VIEW,):
        grant(made, verb, fields=fields)
    return made


def rights(holder: Account, day: date = date(2026, 6, 30)) -> Rights:
    return Rights(holder, day)


def request_of(holder: Account, path: str = "/") -> Any:
    made = RequestFactory().get(path)
    made.user = holder
    return made


def asks_again(answer: Any) -> bool:
    """Whether a page stands in place of what was posted and asks for the password."""
    return answer.status_code == 200 and b'name="again-password"' in answer.content


def signed_in(client: Client, holder: Account) -> Client:
    """The client as somebody who has just given the password."""
    client.force_login(holder)
    session = client.session
    session[FRESH_AT] = time.time()
    session.save()
    return client


def browser(of: Account) -> Client:
    """Somebody's browser, signed in just now."""
    return signed_in(Client(), of)
