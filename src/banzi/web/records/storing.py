"""A roster into empty tables of the database: what the demonstration and a first import bring."""

from __future__ import annotations

import polars as pl
from django.db import connection

from banzi.roster import TABLES, Roster

_AT_ONCE = 20_000

_FIRST = ("sources", "organs", "teams", "posts", "persons")
PARENTS_FIRST: tuple[str, ...] = (*_FIRST, *(name for name in TABLES if name not in _FIRST))
"""Tables in an order in which every row finds what it refers to."""


def store_roster(roster: Roster) -> None:
    """Write every row of a roster into empty tables; call inside an act."""
    for name in PARENTS_FIRST:
        insert_frame(name, roster[name])


def insert_frame(name: str, rows: pl.DataFrame) -> None:
    """Add rows to a table, straight from tuples: making models of them takes longer than SQLite."""
    quoted = ", ".join(f'"{column}"' for column in rows.columns)
    marks = ", ".join(["%s"] * len(rows.columns))
    statement = f'INSERT INTO "{name}" ({quoted}) VALUES ({marks})'  # noqa: S608 (declared names)
    with connection.cursor() as cursor:
        for part in rows.iter_slices(_AT_ONCE):
            cursor.executemany(statement, part.rows())
