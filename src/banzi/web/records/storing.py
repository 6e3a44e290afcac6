"""A roster into empty tables of the database: what the demonstration and a first import bring."""

from __future__ import annotations

from banzi.roster import TABLES, Roster
from banzi.web.records.models import RECORDS


def store_roster(roster: Roster) -> None:
    """Write every row of a roster into empty tables; call inside an act."""
    for name in PARENTS_FIRST:
        model, rows = RECORDS[name], roster[name].to_dicts()
        attributes = [field.attname for field in model._meta.concrete_fields]
        model._default_manager.bulk_create(
            (model(**{key: row[key] for key in attributes if key in row}) for row in rows),
            batch_size=500,
        )


PARENTS_FIRST = (
    "sources",
    "organs",
    "teams",
    "posts",
    "persons",
    *(name for name in TABLES if name not in ("sources", "organs", "teams", "posts", "persons")),
)
"""Tables in an order in which every row finds what it refers to."""
