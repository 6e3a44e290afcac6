"""Triggers that write the changes of every audited table and refuse writes outside an act.

Installed anew after each migration from the models themselves, so that a new column is in them.
The tables of acts and changes take no update and no delete at all.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

from django.apps import apps
from django.db import connections, models

NOT_AUDITED = {
    "audit.act": "the record itself: insert-only by triggers of its own",
    "audit.change": "the record itself: insert-only by triggers of its own",
    "audit.openact": "says which act is under way; empty outside a transaction",
    "contenttypes.contenttype": "the framework's list of models, written by migrations",
    "auth.permission": "the framework's; this site's rights are its own",
    "auth.group": "the framework's; not used",
    "auth.group_permissions": "the framework's; not used",
    "jobs.job": "how far long work is, beats included; what it does to records is an act",
    "sessions.session": "who is signed in at present; signing in is an act of its own",
    "people_pages.personkey": "search keys and orders, made from audited rows at the end of acts",
    "migrations.migration": "which migrations ran",
}
"""Models whose writes leave no entry, and why; every other model of the site is audited."""


def audited_models() -> list[type[models.Model]]:
    """Every model with a table of its own but for those listed with their reason."""
    found = apps.get_models(include_auto_created=True)
    return [
        model
        for model in found
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label_lower not in NOT_AUDITED
    ]


def install_triggers(using: str = "default", **_given: Any) -> None:
    """(Re)make every trigger for the tables that are there."""
    connection = connections[using]
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    tables = set(connection.introspection.table_names())
    if "audit_act" not in tables:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTIONS)
        for model in audited_models():
            if model._meta.db_table in tables:
                for statement in make(model):
                    cursor.execute(statement)
        for table in ("audit_act", "audit_change"):
            for statement in _insert_only(table, connection.vendor):
                cursor.execute(statement)


def _columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if field.column]


def _person_column(model: type[models.Model]) -> str | None:
    """The column that names the person a row is about, where there is one."""
    return "person_id" if "person_id" in _columns(model) else None


def _sqlite(model: type[models.Model]) -> list[str]:
    table, columns = model._meta.db_table, _columns(model)
    key = model._meta.pk.column if model._meta.pk else "rowid"
    person = _person_column(model)
    statements = []
    for name, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
        about = f'{row}."{person}"' if person else "NULL"
        old = "NULL" if name == "insert" else _json("OLD", columns)
        new = "NULL" if name == "delete" else _json("NEW", columns)
        entry = f"'{table}', CAST({row}.\"{key}\" AS TEXT), {about}, {old}, {new}"
        statements += [
            f'DROP TRIGGER IF EXISTS "audit_{table}_{name}"',
            f'CREATE TRIGGER "audit_{table}_{name}" AFTER {name.upper()} ON "{table}" BEGIN '
            f"{_REFUSE_OUTSIDE} {_ENTER} {entry} FROM audit_open_act; END",
        ]
    return statements


_REFUSE_OUTSIDE = (
    "SELECT RAISE(ABORT, 'banzi: write outside an act') "
    "WHERE NOT EXISTS (SELECT 1 FROM audit_open_act);"
)
_ENTER = (
    "INSERT INTO audit_change (act_id, table_name, row_key, person_id, old, new) SELECT act_id,"
)


def _json(row: str, columns: list[str]) -> str:
    """SQL for the row as a JSON object; a call takes at most a hundred arguments, so in pieces."""
    pieces = []
    for start in range(0, len(columns), 40):
        pairs = ", ".join(f"'{name}', {row}.\"{name}\"" for name in columns[start : start + 40])
        pieces.append(f"json_object({pairs})")
    return reduce(_joined, pieces)


def _joined(left: str, right: str) -> str:
    """SQL for two JSON objects as one, nulls kept (`json_patch` would drop them)."""
    return f"(substr({left}, 1, length({left}) - 1) || ',' || substr({right}, 2))"


_POSTGRESQL_FUNCTIONS = """
CREATE OR REPLACE FUNCTION banzi_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    open_act text := current_setting('banzi.act', true);
    old_row jsonb; new_row jsonb; any_row jsonb;
BEGIN
    IF coalesce(open_act, '') = '' THEN
        RAISE EXCEPTION 'banzi: write outside an act';
    END IF;
    IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD); END IF;
    IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW); END IF;
    any_row := coalesce(new_row, old_row);
    INSERT INTO audit_change (act_id, table_name, row_key, person_id, old, new)
    VALUES (open_act, TG_TABLE_NAME, any_row ->> TG_ARGV[0], any_row ->> 'person_id',
            old_row::text, new_row::text);
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION banzi_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'banzi: the record of acts takes no change';
END $$;
CREATE OR REPLACE FUNCTION banzi_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'banzi: tables are not emptied outside an act';
END $$;
"""


def _postgresql(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    key = model._meta.pk.column if model._meta.pk else "ctid"
    return [
        f'DROP TRIGGER IF EXISTS banzi_audit ON "{table}"',
        f'CREATE TRIGGER banzi_audit AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION banzi_audit('{key}')",
        f'DROP TRIGGER IF EXISTS banzi_no_truncate ON "{table}"',
        f'CREATE TRIGGER banzi_no_truncate BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION banzi_no_truncate()",
    ]


def _insert_only(table: str, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f'DROP TRIGGER IF EXISTS banzi_insert_only ON "{table}"',
            f'CREATE TRIGGER banzi_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION banzi_insert_only()",
        ]
    statements = []
    for what in ("UPDATE", "DELETE"):
        name = f"insert_only_{table}_{what.lower()}"
        statements += [
            f'DROP TRIGGER IF EXISTS "{name}"',
            f'CREATE TRIGGER "{name}" BEFORE {what} ON "{table}" '
            "BEGIN SELECT RAISE(ABORT, 'banzi: the record of acts takes no change'); END",
        ]
    return statements
