"""Tables of records out of the database as frames, all of them from one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl
from django.db import connection, transaction

from banzi.kernel.columns import Table
from banzi.roster import TABLES

_AT_ONCE = 50_000


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read within comes from the same moment, without holding up who writes.

    Inside a transaction that is open already, what that transaction sees is read.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not `atomic`: that takes SQLite's one place for writing (`config.place`).
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def all_tables() -> dict[str, pl.DataFrame]:
    """Every table of the records, rows in the order of their keys."""
    return {name: table_frame(table) for name, table in TABLES.items()}


def table_frame(table: Table) -> pl.DataFrame:
    """One table, rows in the order of its key."""
    names = ", ".join(f'"{column.name}"' for column in table)
    frames = [table.empty()]
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{table.name}"')  # noqa: S608 (declared names)
        while rows := cursor.fetchmany(_AT_ONCE):
            values: list[Any] = list(zip(*rows, strict=True))
            columns = dict(zip(table.schema, values, strict=True))
            frames.append(pl.DataFrame(columns, schema=table.schema))
    return pl.concat(frames).sort(table.key)
