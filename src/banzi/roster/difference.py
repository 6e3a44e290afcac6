"""What changed between two rosters: rows added, rows gone, and values changed, by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

from banzi.roster.roster import TABLES, Roster


@dataclass(frozen=True, slots=True)
class Change:
    """One row added or removed (`column` empty), or one value changed."""

    table: str
    key: tuple[object, ...]
    what: Literal["added", "removed", "changed"]
    column: str = ""
    old: object = None
    new: object = None


def roster_changes(old: Roster, new: Roster) -> list[Change]:
    """Changes from `old` to `new`, table by table in declared order, rows by key.

    Columns that say where a fact was read (source, place, recorded date) are left out: reading
    the same facts from another file is no change.
    """
    changes: list[Change] = []
    for name, table in TABLES.items():
        if name == "sources":
            continue
        told = [
            column.name
            for column in table
            if column.name not in ("source_id", "source_place", "recorded_on", *table.key)
        ]
        before, after = _by_key(old[name], table.key), _by_key(new[name], table.key)
        for key in sorted(before.keys() | after.keys(), key=repr):
            if key not in before:
                changes.append(Change(name, key, "added"))
            elif key not in after:
                changes.append(Change(name, key, "removed"))
            else:
                changes.extend(
                    Change(name, key, "changed", column, before[key][column], after[key][column])
                    for column in told
                    if before[key][column] != after[key][column]
                )
    return changes


def _by_key(
    frame: pl.DataFrame, key: tuple[str, ...]
) -> dict[tuple[object, ...], dict[str, object]]:
    return {tuple(row[name] for name in key): row for row in frame.iter_rows(named=True)}
