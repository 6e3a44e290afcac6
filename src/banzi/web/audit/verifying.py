"""Checking the whole record: the chain, what each act changed, and the tables as they are now.

Found are an act or change that was edited, removed, added or moved; an end cut off and a past
written anew, against anchors kept elsewhere; rows that are not what was last recorded of them; and
triggers taken away. Flaws come in the order of acts, so that the first is the first bad entry.

Not found: what somebody writes through the site under another's name; a secret column (a password
digest), whose values are not in the record; a past rewritten as a whole without an anchor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from django.db import connection, models

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.web.audit import flaws
from banzi.web.audit.anchors import Anchor
from banzi.web.audit.chain import CHANGE_FIELDS, GENESIS, act_digest, changes_digest, reads_digest
from banzi.web.audit.flaws import Flaw
from banzi.web.audit.models import Act, Change, Read
from banzi.web.audit.replaying import replay_flaws
from banzi.web.audit.sealing import SEALING
from banzi.web.audit.triggers import (
    FURTHER_TRIGGERS,
    audited_models,
    triggers_of,
    triggers_of_record,
)

CHECKING_ACTS = MessageKind("audit/checking-acts", _("核对操作记录"))
CHECKING_TABLES = MessageKind("audit/checking-tables", _("逐表核对现有数据"))

FURTHER_CHECKS: list[Callable[[], Iterable[Flaw]]] = []
"""What packages above know of their own rows: a signed plan is what was signed."""

_AT_ONCE = 500
_MANY_CHANGES = 20_000


def verify(anchors: Sequence[Anchor] = (), progress: Progress | None = None) -> list[Flaw]:
    """Everything that does not hold, the first bad entry first; [] when all holds."""
    listener = progress or Silent()
    found = list(_acts(listener))
    found += _strays()
    found += _anchored(anchors)
    listener.start(CHECKING_TABLES(), len(audited_models()))
    for model in audited_models():
        found += replay_flaws(model)
        listener.advance()
    found += _triggers()
    for further in FURTHER_CHECKS:
        found += further()
    return sorted(found, key=lambda flaw: (flaw.seq is None, flaw.seq or 0))


def _acts(progress: Progress) -> Iterator[Flaw]:
    last = Act.objects.aggregate(last=models.Max("seq"))["last"] or 0
    progress.start(CHECKING_ACTS(), last)
    expected, previous = 1, GENESIS
    for start in range(0, last + 1, _AT_ONCE):
        acts = list(Act.objects.filter(seq__gt=start, seq__lte=start + _AT_ONCE).order_by("seq"))
        digests = _digests_of_changes(acts)
        for act in acts:
            for seq in range(expected, act.seq):
                yield Flaw(flaws.MISSING_ACT(seq=seq), seq)
            if act.seq == expected and act.previous != previous:
                yield Flaw(flaws.BROKEN_LINK(seq=act.seq), act.seq)
            if act_digest(act) != act.digest:
                yield Flaw(flaws.EDITED_ACT(seq=act.seq), act.seq)
            if digests.get(act.act_id, _NOTHING) != (act.changes, act.changes_digest):
                yield Flaw(flaws.EDITED_CHANGES(seq=act.seq), act.seq)
            if act.verb == SEALING and _digest_of_reads(act.act_id) != act.source:
                yield Flaw(flaws.EDITED_READS(seq=act.seq), act.seq)
            expected, previous = act.seq + 1, act.digest
        progress.advance(len(acts))


_NOTHING = changes_digest([])


def _digests_of_changes(acts: list[Act]) -> dict[str, tuple[int, str]]:
    """Act → (number, digest) of its changes as they are there; acts without any are left out."""
    found: dict[str, tuple[int, str]] = {}
    small = [act.act_id for act in acts if act.changes < _MANY_CHANGES]
    for ids in [small, *([act.act_id] for act in acts if act.changes >= _MANY_CHANGES)]:
        rows = (
            Change.objects.filter(act_id__in=ids)
            .order_by("act_id", "id")
            .values_list("act_id", *CHANGE_FIELDS)
        )
        for act_id, changes in groupby(rows.iterator(5_000), key=lambda row: str(row[0])):
            found[act_id] = changes_digest(change[1:] for change in changes)
    return found


def _digest_of_reads(act_id: str) -> str:
    lines = Read.objects.filter(act_id=act_id).order_by("id").values_list("written", flat=True)
    return reads_digest(lines.iterator())


def _strays() -> Iterator[Flaw]:
    known = models.Exists(Act.objects.filter(act_id=models.OuterRef("act_id")))
    for change in Change.objects.filter(~known).order_by("id")[:100]:
        yield Flaw(
            flaws.STRAY_CHANGE(change=change.id, table=change.table_name, row=change.row_key)
        )
    sealed = models.Exists(Act.objects.filter(act_id=models.OuterRef("act_id"), verb=SEALING))
    for read in Read.objects.filter(~sealed).order_by("id")[:100]:
        yield Flaw(flaws.STRAY_READ(read=read.id))


def _anchored(anchors: Sequence[Anchor]) -> Iterator[Flaw]:
    last = Act.objects.aggregate(last=models.Max("seq"))["last"] or 0
    for anchor in anchors:
        if anchor.seq > last:
            yield Flaw(flaws.CUT_OFF(seq=anchor.seq, last=last), last + 1)
            continue
        found = Act.objects.filter(seq=anchor.seq).values_list("digest", flat=True).first()
        if found is not None and found != anchor.digest:
            yield Flaw(flaws.OTHER_PAST(seq=anchor.seq), anchor.seq)


def _triggers() -> Iterator[Flaw]:
    wanted = triggers_of_record(connection.vendor)
    for model in audited_models():
        wanted |= triggers_of(model, connection.vendor)
    for further in FURTHER_TRIGGERS:
        wanted |= further(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(_TRIGGERS[connection.vendor])
        there = {f"{table}.{name}" for table, name in cursor.fetchall()}
    for name in sorted(wanted - there):
        yield Flaw(flaws.NO_TRIGGER(trigger=name))


_TRIGGERS = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgenabled <> 'D'"
    ),
}
