"""Tokens for tests, and a client that asks by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.utils import timezone

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.models import Account, Verb
from banzi.web.api.models import Area, Token
from banzi.web.api.tokens import NewToken, _digest
from banzi.web.audit.acts import act

API = "/api/v1"
_numbers = count(1)


def token_for(
    holder: Account,
    *,
    verbs: Iterable[Verb] = tuple(Verb),
    areas: Iterable[Area] = tuple(Area),
    fields: Iterable[FieldClass] = tuple(FieldClass),
    organ: str | None = None,
    until: date | None = None,
) -> NewToken:
    """A token of an account that may have had more rights when it was made; all of them unless told."""
    number = next(_numbers)
    key, secret = f"{number:012x}", f"{number:048x}"
    with act("test.token", by=None):
        made = Token.objects.create(
            account=holder,
            title=f"令牌{number}",
            key=key,
            digest=_digest(key, secret),
            verbs=" ".join(verbs),
            areas=" ".join(areas),
            fields=" ".join(fields),
            organ_id=organ,
            made_at=timezone.now(),
            until=until or timezone.localdate() + timedelta(days=30),
        )
    return NewToken(made, f"banzi_{key}_{secret}")


def bearing(text: str, **headers: str) -> Client:
    return Client(headers={"authorization": f"Bearer {text}", **headers})


def asking(holder: Account, **given: Any) -> Client:
    """A client with a new token of the account; it may do whatever the account may, unless told."""
    return bearing(token_for(holder, **given).text)


def ask(client: Client, address: str, status: int = 200) -> Any:
    """The JSON that an address answers, with the status expected."""
    answer = client.get(f"{API}/{address}")
    assert answer.status_code == status, answer.content.decode()
    return answer.json()
