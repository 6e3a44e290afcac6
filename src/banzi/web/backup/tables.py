"""Rows of every table as lines of JSON, the same for SQLite and PostgreSQL, and back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

LEFT_OUT = frozenset(
    {
        "contenttypes.contenttype",  # written anew by migrations
        "auth.permission",
        "auth.group",
        "auth.group_permissions",
        "sessions.session",  # whoever was signed in signs in again
        "accounts.opensession",
        "accounts.failedsignin",
        "audit.openact",
    }
)
_AT_ONCE = 5_000


def kept_models() -> list[type[models.Model]]:
    """Every model with a table whose rows a backup holds, in a steady order."""
    found = apps.get_models(include_auto_created=True)
    kept = [
        model
        for model in found
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(kept, key=lambda model: model._meta.db_table)


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if field.column]


def write_rows(model: type[models.Model], write: Callable[[bytes], object]) -> int:
    """All rows of a table: a line of column names, then a line a row; how many rows."""
    columns, count = columns_of(model), 0
    write(_line(columns))
    names = ", ".join(f'"{name}"' for name in columns)
    key = model._meta.pk.column if model._meta.pk else columns[0]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}" ORDER BY "{key}"')  # noqa: S608 (declared names)
        while rows := cursor.fetchmany(_AT_ONCE):
            write(b"".join(_line([_plain(value) for value in row]) for row in rows))
            count += len(rows)
    return count


def read_rows(model: type[models.Model], lines: Iterable[bytes]) -> int:
    """Put lines of `write_rows` into an empty table; call inside `without_triggers`."""
    given = iter(lines)
    columns: list[str] = json.loads(next(given))
    fields = {field.column: field for field in model._meta.concrete_fields}
    kinds = [fields[name] for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})'  # noqa: S608 (declared names)
    count = 0
    with connection.cursor() as cursor:
        for part in _parts(given):
            rows = [
                [_stored(value, kind) for value, kind in zip(json.loads(line), kinds, strict=True)]
                for line in part
            ]
            cursor.executemany(statement, rows)
            count += len(rows)
    return count


@contextmanager
def without_triggers() -> Iterator[None]:
    """No trigger answers within; for filling an empty database with what is on record already.

    The triggers of SQLite are gone afterwards and made anew by `migrate`.
    """
    tables = [model._meta.db_table for model in kept_models()]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            yield
            connection.check_constraints()  # a table with checks put off cannot be altered
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
            yield


def reset_numbers() -> None:
    """Let the next number of every table follow the highest there is."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    """A value of the database as JSON has it; days and times as ISO 8601.

    SQLite knows no zones: what it gives without one is UTC, as Django writes it.
    """
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _stored(value: Any, field: models.Field[Any, Any]) -> Any:
    """A value of a line as this database takes it."""
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if isinstance(field, models.DateTimeField):
        moment = datetime.fromisoformat(value)
        zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return connection.ops.adapt_datetimefield_value(zoned)
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value(date.fromisoformat(value))
    return bool(value) if isinstance(field, models.BooleanField) else value


def _parts(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    for line in lines:
        part.append(line)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part
