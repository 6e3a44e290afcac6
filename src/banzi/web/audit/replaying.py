"""The tables as they are now against what was last recorded of each row.

The database compares; only rows that differ come to Python, where a column that a migration added
or took away since is no difference.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection, models

from banzi.web.audit import flaws
from banzi.web.audit.flaws import Flaw
from banzi.web.audit.models import Act, Change
from banzi.web.audit.triggers import key_of, row_text

_SHOWN = 100
"""Rows told of one table; whoever bypassed the site once did it to more than one wants to read."""


def replay_flaws(model: type[models.Model]) -> Iterator[Flaw]:
    """Rows of a table that were changed, added or removed without a record."""
    found: list[Flaw] = []
    for key, text, change_id, recorded in _differing(model):
        if (flaw := _judged(model, key, text, change_id, recorded)) is not None:
            found.append(flaw)
        if len(found) == _SHOWN:
            break
    yield from sorted(found, key=lambda flaw: (flaw.seq is None, flaw.seq or 0))


def _differing(
    model: type[models.Model],
) -> Iterator[tuple[str, str | None, int | None, str | None]]:
    """(row, its text now, number of its last change, the text then) of rows that differ."""
    table, key = model._meta.db_table, key_of(model)
    text = row_text(model, "t", connection.vendor)
    same = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    last = (
        "WITH last AS (SELECT row_key, max(id) AS id FROM audit_change WHERE table_name = %s "
        "GROUP BY row_key) "
    )
    now = f'CAST(t."{key}" AS TEXT)'
    # What is put into these texts are names of tables and columns, out of the models.
    there = (
        f'{last} SELECT {now}, {text}, c.id, c.new FROM "{table}" t '  # noqa: S608 - see above
        f"LEFT JOIN last ON last.row_key = {now} LEFT JOIN audit_change c ON c.id = last.id "
        f"WHERE c.new {same} {text} ORDER BY c.id LIMIT 10000"
    )
    # each database has one of these two forms that it does not run once per row
    missing = (
        f'c.row_key NOT IN (SELECT {now} FROM "{table}" t)'  # noqa: S608 - see above
        if connection.vendor == "sqlite"
        else f'NOT EXISTS (SELECT 1 FROM "{table}" t WHERE {now} = c.row_key)'  # noqa: S608 - see above
    )
    gone = (
        f"{last} SELECT c.row_key, NULL, c.id, c.new FROM last "  # noqa: S608 - see above
        f"JOIN audit_change c ON c.id = last.id WHERE c.new IS NOT NULL AND {missing} "
        "ORDER BY c.id LIMIT 10000"
    )
    with connection.cursor() as cursor:
        for statement in (there, gone):
            cursor.execute(statement, [table])
            yield from cursor.fetchall()


def _judged(
    model: type[models.Model],
    key: str,
    text: str | None,
    change_id: int | None,
    recorded: str | None,
) -> Flaw | None:
    table = model._meta.db_table
    if change_id is None:
        return Flaw(flaws.UNKNOWN_ROW(table=table, row=key))
    seq = _act_of(change_id)
    if text is None:
        moved = _moved(model, key, change_id)
        return None if moved else Flaw(flaws.LOST_ROW(table=table, row=key, seq=seq), seq)
    then: dict[str, Any] = json.loads(recorded) if recorded else {}
    now: dict[str, Any] = json.loads(text)
    columns = [name for name in now if name in then and now[name] != then[name]]
    if recorded is not None and not columns:
        return None
    shown = columns or [key_of(model)]
    return Flaw(flaws.CHANGED_ROW(table=table, row=key, seq=seq, columns=shown), seq)


def _act_of(change_id: int) -> int | None:
    act_id = Change.objects.values_list("act_id", flat=True).get(pk=change_id)
    return Act.objects.filter(act_id=act_id).values_list("seq", flat=True).first()


def _moved(model: type[models.Model], key: str, change_id: int) -> bool:
    """Whether the row took another key later: such a change is recorded under the new one."""
    later = Change.objects.filter(
        table_name=model._meta.db_table, pk__gt=change_id, old__isnull=False, new__isnull=False
    ).exclude(row_key=key)
    return any(str(json.loads(old)[key_of(model)]) == key
               for old in later.filter(old__contains=key).values_list("old", flat=True)
               if old is not None)  # fmt: skip
