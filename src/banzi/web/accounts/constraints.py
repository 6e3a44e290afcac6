"""What must never happen to accounts and grants, refused by the database whoever asks.

- An office is given once: it is neither taken away nor changed for another one.
- Who holds an office holds no grant that is not over; a grant is given to nobody who holds one.
- A grant is given by a security administrator in use, never to himself (a check of the table).
- A grant is never changed but to end it earlier, and never deleted. A closed account stays closed.

Triggers, because no check of a single table can say them; remade after each migration.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.utils import timezone

OFFICE_FIXED = "banzi: an office is given once"
OFFICE_WITH_GRANTS = "banzi: no office beside grants"
GRANT_TO_OFFICE = "banzi: no grant beside an office"
GIVEN_BY_SECURITY = "banzi: grants are given by a security administrator"
GRANT_FIXED = "banzi: a grant only ends earlier"
CLOSED_FOR_GOOD = "banzi: a closed account stays closed"

_TODAY = {  # of the office, not of Greenwich: a grant recalled at one in the morning is over
    "sqlite": "date('now', '{seconds} seconds')",
    "postgresql": "((now() AT TIME ZONE 'UTC') + interval '{seconds} seconds')::date",
}


def _account_changed(vendor: str) -> tuple[tuple[str, str], ...]:
    offset = timezone.localtime().utcoffset()
    seconds = int(offset.total_seconds()) if offset else 0
    today = _TODAY[vendor].format(seconds=seconds)
    return (
        ("OLD.office <> '' AND NEW.office <> OLD.office", OFFICE_FIXED),
        ("OLD.closed_on IS NOT NULL AND NEW.closed_on IS NULL", CLOSED_FOR_GOOD),
        (
            "NEW.office <> '' AND EXISTS (SELECT 1 FROM accounts_grant "  # noqa: S608 - own words
            f"WHERE account_id = NEW.id AND (until IS NULL OR until > {today}))",
            OFFICE_WITH_GRANTS,
        ),
    )


_GRANT_ADDED = (
    (
        "NOT EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.account_id AND office = '')",
        GRANT_TO_OFFICE,
    ),
    (
        "NOT EXISTS (SELECT 1 FROM accounts_account WHERE id = NEW.given_by_id "
        "AND office = 'security' AND is_active AND closed_on IS NULL)",
        GIVEN_BY_SECURITY,
    ),
)
_SAME = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
_KEPT = ("id", "account_id", "verb", "organ_id", "levels", "fields", "starts", "given_by_id", "why")


def _grant_changed(vendor: str) -> tuple[tuple[str, str], ...]:
    changed = " OR ".join(f"NEW.{name} {_SAME[vendor]} OLD.{name}" for name in _KEPT)
    later = "OLD.until IS NOT NULL AND (NEW.until IS NULL OR NEW.until > OLD.until)"
    return ((f"{changed} OR ({later})", GRANT_FIXED),)


def _rules(vendor: str) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """(table, what) → conditions that refuse the row, with their message."""
    return {
        ("accounts_account", "UPDATE"): _account_changed(vendor),
        ("accounts_account", "DELETE"): (("TRUE", "banzi: accounts are closed, not deleted"),),
        ("accounts_grant", "INSERT"): _GRANT_ADDED,
        ("accounts_grant", "UPDATE"): _grant_changed(vendor),
        ("accounts_grant", "DELETE"): (("TRUE", GRANT_FIXED),),
    }


def constraint_triggers(vendor: str) -> set[str]:
    """The names of these triggers, as the check of the record wants them."""
    return {f"{table}.banzi_{table}_{what.lower()}" for table, what in _rules(vendor)}


def install_constraints(using: str = "default", **_given: Any) -> None:
    """(Re)make the triggers of accounts and grants."""
    connection = connections[using]
    if "accounts_grant" not in connection.introspection.table_names():
        return
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for (table, what), rules in _rules(connection.vendor).items():
            for statement in make(f"banzi_{table}_{what.lower()}", table, what, rules):
                cursor.execute(statement)


def _sqlite(name: str, table: str, what: str, rules: tuple[tuple[str, str], ...]) -> list[str]:
    checks = " ".join(f"SELECT RAISE(ABORT, '{text}') WHERE {rule};" for rule, text in rules)
    return [
        f'DROP TRIGGER IF EXISTS "{name}"',
        f'CREATE TRIGGER "{name}" BEFORE {what} ON "{table}" BEGIN {checks} END',
    ]


def _postgresql(name: str, table: str, what: str, rules: tuple[tuple[str, str], ...]) -> list[str]:
    checks = " ".join(
        f"IF {rule} THEN RAISE EXCEPTION '{text}' USING ERRCODE = 'check_violation'; END IF;"
        for rule, text in rules
    )
    row = "OLD" if what == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {checks} RETURN {row}; END $$",
        f'DROP TRIGGER IF EXISTS {name} ON "{table}"',
        f'CREATE TRIGGER {name} BEFORE {what} ON "{table}" FOR EACH ROW EXECUTE FUNCTION {name}()',
    ]
