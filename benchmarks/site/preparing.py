"""The database of the load, filled in a process of its own: `python -m benchmarks.site.preparing`.

A small one is stored as the demonstration is, by an act. Into PostgreSQL rows are copied instead:
a hundred thousand persons are ten million rows, and as many in the record of changes, which an act
would take an hour over. There the record holds every row, but its digest does not cover them, so
that such a database cannot be verified; it is good for measuring and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from banzi.roster import Roster, save_roster
from benchmarks.site.rosters import Scopes, scopes_of, site_roster

USERS = 200
PASSWORD = "青山不改-绿水长流-88"  # noqa: S105 - of invented accounts
_STARTS = date(2020, 1, 1)
_COPY_AT_ONCE = 200_000


def main(arguments: list[str]) -> int:
    """FOLDER PERSONS; BANZI_HOME and BANZI_DATABASE say where to."""
    folder, persons = Path(arguments[0]), int(arguments[1])
    from banzi.web.starting import set_up

    home = set_up()
    from django.core.management import call_command
    from django.db import connection

    with _told("tables"):
        call_command("migrate", verbosity=0)
    with _told(f"{persons:,} invented persons"):
        roster = site_roster(folder, persons)
    scopes = scopes_of(roster)
    if connection.vendor == "postgresql":
        _copied(roster, home, scopes)
    else:
        with _told("rows, by an act"):
            _stored(roster, scopes)
    with _told("statistics of the database"), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told = {"persons": roster["persons"].height, "teams": roster["teams"]["team_id"].to_list(),
            "rows": sum(frame.height for frame in roster.tables.values())}  # fmt: skip
    (home / "prepared.json").write_text(json.dumps(told), encoding="utf-8")
    return 0


@contextmanager
def _told(what: str) -> Iterator[None]:
    started = time.perf_counter()
    print(f"  {what} …", end="", file=sys.stderr, flush=True)
    yield
    print(f" {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)


def _stored(roster: Roster, scopes: Scopes) -> None:
    from banzi.web.audit.acts import act
    from banzi.web.records.freezing import store_roster

    with act("site.load", by=None):
        store_roster(roster)
        _accounts(scopes)


def _copied(roster: Roster, home: Path, scopes: Scopes) -> None:
    """Rows by COPY, without triggers and with indexes made afterwards; then what follows of them."""
    from django.db import connection

    from banzi.web.audit.acts import act
    from banzi.web.audit.models import Act
    from banzi.web.records.models import RECORDS
    from banzi.web.records.storing import PARENTS_FIRST

    names = [name for name in PARENTS_FIRST if roster[name].height]
    with _told("rows"), _as_replica() as cursor, _without_indexes(cursor, names):
        for name in names:
            _copy(cursor, name, roster[name])
    with _told("accounts"), act("site.load", by=None) as opened:
        _accounts(scopes)
    with (
        _told("record of changes"),
        _as_replica() as cursor,
        _without_indexes(cursor, ["audit_change"]),
    ):
        for name in names:
            model = RECORDS[name]
            assert model._meta.pk is not None  # noqa: S101 - every model has one
            person = "person_id" if "person_id" in roster[name].columns else "NULL"
            cursor.execute(
                "INSERT INTO audit_change (act_id, table_name, row_key, person_id, new) "  # noqa: S608
                f'SELECT %s, %s, "{model._meta.pk.column}"::text, {person}, to_jsonb(t)::text '
                f'FROM "{name}" t',
                [opened.act_id, name],
            )
    with _told("search keys"):
        _keys(connection)
    with _told("frozen roster"):
        last = Act.objects.get(act_id=opened.act_id)
        save_roster(roster, home / "rosters" / f"{last.seq}-{last.digest[:12]}")


@contextmanager
def _as_replica() -> Iterator[Any]:
    """Neither triggers nor foreign keys are asked: rows come from a roster that fits together."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("SET LOCAL maintenance_work_mem = '1GB'")
        yield cursor


@contextmanager
def _without_indexes(cursor: Any, names: list[str]) -> Iterator[None]:
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname "
        "NOT IN (SELECT conname FROM pg_constraint)",
        [names],
    )
    found = cursor.fetchall()
    for index, _definition in found:
        cursor.execute(f'DROP INDEX "{index}"')
    yield
    for _index, definition in found:
        cursor.execute(definition)


def _copy(cursor: Any, name: str, frame: Any) -> None:
    columns = ", ".join(f'"{column}"' for column in frame.columns)
    with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN (FORMAT csv)') as copy:
        for part in frame.iter_slices(_COPY_AT_ONCE):
            copy.write(part.write_csv(include_header=False))


def _keys(connection: Any) -> None:
    """Keys of the first copy as the site makes them; the others' differ in ids alone."""
    from banzi.web.people.keys import refresh
    from banzi.web.people.models import PersonKey
    from banzi.web.records.models import RECORDS

    persons = RECORDS["persons"]._default_manager
    refresh(set(persons.filter(pk__endswith="-000").values_list("pk", flat=True)))
    kept = [str(field.column) for field in PersonKey._meta.concrete_fields]
    own = {"person_id": "p.person_id", "organ_id": "left(k.organ_id, -4) || right(p.person_id, 4)"}
    given = ", ".join(own.get(name, f"k.{name}") for name in kept)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO person_keys ({', '.join(kept)}) SELECT {given} FROM persons p "  # noqa: S608
            "JOIN person_keys k ON k.person_id = left(p.person_id, -4) || '-000' "
            "WHERE right(p.person_id, 4) <> '-000'"
        )


def _accounts(scopes: Scopes) -> None:
    """`u0` … over everybody, some organs and one county in turn; one password, digested once."""
    from django.contrib.auth.hashers import make_password

    from banzi.kernel.columns import FieldClass
    from banzi.web.accounts.models import Account, Grant, Office, Verb

    digest = make_password(PASSWORD)
    security = Account.objects.create_account("anquan", "安全管理员", None,
                                              office=Office.SECURITY.value)  # fmt: skip
    for number in range(USERS):
        account = Account.objects.create_account(f"u{number}", f"经办{number}", None)
        Account.objects.filter(pk=account.pk).update(password=digest)
        for organ in _organs_of(number, scopes):
            for verb in (Verb.VIEW, Verb.EDIT, Verb.RELEASE):
                Grant.objects.create(
                    account=account, verb=verb.value, organ_id=organ, starts=_STARTS,
                    fields=" ".join(FieldClass), given_by=security, why="分工",
                )  # fmt: skip


def _organs_of(number: int, scopes: Scopes) -> list[str | None]:
    """Two in ten see everybody, four some organs with all below, four one county."""
    kind = number % 10
    if kind < 2:
        return [None]
    if kind < 6:
        some = scopes.roots[number % 5 :: 5]
        return list(some or scopes.roots[:1])
    return [scopes.counties[number * 7 % len(scopes.counties)]]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banzi.web.config.settings")
    sys.exit(main(sys.argv[1:]))
