"""Rosters from the database and into it: what the engine works on, and what imports bring."""

from __future__ import annotations

from datetime import date

import polars as pl
from django.db import connection

from banzi.kernel.columns import Table
from banzi.roster import TABLES, Roster
from banzi.web.records.models import RECORDS


def frozen_roster(as_of: date) -> Roster:
    """The records of this moment as a roster; photos are left out."""
    return Roster(as_of, {name: _frame(table) for name, table in TABLES.items()})


def _frame(table: Table) -> pl.DataFrame:
    names = ", ".join(f'"{column.name}"' for column in table)
    order = ", ".join(f'"{name}"' for name in table.key)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {names} FROM "{table.name}" ORDER BY {order}')  # noqa: S608 (declared names)
        rows = cursor.fetchall()
    found = pl.DataFrame(rows, schema=list(table.schema), orient="row", infer_schema_length=None)
    return found.select(_typed(found, name, dtype) for name, dtype in table.schema.items())


def _typed(frame: pl.DataFrame, name: str, dtype: pl.DataType) -> pl.Expr:
    is_text = frame.schema[name] == pl.String
    if dtype == pl.Date and is_text:  # SQLite keeps days as texts
        return pl.col(name).str.to_date("%Y-%m-%d")
    return pl.col(name).cast(dtype)


def store_roster(roster: Roster) -> None:
    """Write every row of a roster into empty tables; call inside an act."""
    for name in _PARENTS_FIRST:
        model, rows = RECORDS[name], roster[name].to_dicts()
        attributes = [field.attname for field in model._meta.concrete_fields]
        model._default_manager.bulk_create(
            (model(**{key: row[key] for key in attributes if key in row}) for row in rows),
            batch_size=500,
        )


_PARENTS_FIRST = (
    "sources",
    "organs",
    "teams",
    "posts",
    "persons",
    *(name for name in TABLES if name not in ("sources", "organs", "teams", "posts", "persons")),
)
