"""Doing something on record: `with act("records.correct", by=…): …` around every write.

The block is one transaction. At its end the act is written with its digest; when the block raises,
nothing of it happened.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from django.db import connection, transaction
from django.utils import timezone

from banzi.web.audit.chain import CHANGE_FIELDS, GENESIS, act_digest, changes_digest
from banzi.web.audit.models import Act, Change, OpenAct

_CHAIN_LOCK = 0x62616E7A69  # the word, as a number: one lock for the end of the chain


_LAST: list[Callable[[str], None]] = []


def at_end_of_acts(follow: Callable[[str], None]) -> Callable[[str], None]:
    """Have a function called with the id of each act before it closes, inside its transaction.

    For what is made from records and must never be older than they are (search keys). By then all
    changes of the act are written; what the function itself writes belongs to the act.
    """
    _LAST.append(follow)
    return follow


class Actor(Protocol):
    """Who acts: an account, by what it is called at that time."""

    @property
    def username(self) -> str: ...

    @property
    def name(self) -> str: ...


class NestedAct(RuntimeError):
    """An act was begun inside another one; what belongs together is one act."""


@dataclass(slots=True)
class OpenedAct:
    """The act under way; what is only known in the course of it may still be said."""

    act_id: str
    person_id: str = ""
    about: str = ""
    reason: str = ""
    source: str = ""


@contextmanager
def act(
    verb: str,
    *,
    by: Actor | None,
    person_id: str = "",
    about: str = "",
    reason: str = "",
    source: str = "",
) -> Iterator[OpenedAct]:
    """One act in one transaction.

    Parameters
    ----------
    verb
        `area.what`: a stable word.
    by
        Who acts; None only for what the program does when it is set up.

    Raises
    ------
    NestedAct
        When an act is under way already.
    """
    opened = OpenedAct(uuid.uuid4().hex, person_id, about, reason, source)
    with transaction.atomic():
        _begin(opened.act_id)
        yield opened
        for follow in _LAST:
            follow(opened.act_id)
        _close(verb, by, opened)


def under_way() -> bool:
    """Whether an act is under way in this transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(current_setting('banzi.act', true), '')")
            return bool(cursor.fetchone()[0])
    return OpenAct.objects.exists()


def _begin(act_id: str) -> None:
    if under_way():
        raise NestedAct
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('banzi.act', %s, true)", [act_id])
    else:
        OpenAct.objects.create(act_id=act_id)


def _close(verb: str, by: Actor | None, opened: OpenedAct) -> None:
    changes = Change.objects.filter(act_id=opened.act_id).order_by("id")
    count, digest = changes_digest(changes.values_list(*CHANGE_FIELDS).iterator(10_000))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('banzi.act', '', true)")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    else:
        OpenAct.objects.all().delete()
    last = Act.objects.order_by("-seq").values_list("seq", "digest").first() or (0, GENESIS)
    entry = Act(
        seq=last[0] + 1,
        act_id=opened.act_id,
        verb=verb,
        at=timezone.now(),
        by=by.username if by else "",
        by_name=by.name if by else "",
        person_id=opened.person_id,
        about=opened.about,
        reason=opened.reason,
        source=opened.source,
        changes=count,
        changes_digest=digest,
        previous=last[1],
    )
    entry.digest = act_digest(entry)
    entry.save(force_insert=True)
