"""Triggers that write the changes of every audited table and refuse writes outside an act.

Installed anew after each migration from the models themselves, so that a new column is in them.
The tables of acts and changes take no update and no delete at all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

from django.apps import apps
from django.db import connections, models

NOT_AUDITED = {
    "audit.act": "the record itself: insert-only by triggers of its own",
    "audit.change": "the record itself: insert-only by triggers of its own",
    "audit.read": "insert-only by triggers of its own; digested by the act that sealed it",
    "audit.openact": "says which act is under way; empty outside a transaction",
    "contenttypes.contenttype": "the framework's list of models, written by migrations",
    "auth.permission": "the framework's; this site's rights are its own",
    "auth.group": "the framework's; not used",
    "auth.group_permissions": "the framework's; not used",
    "imports.import": "what is being prepared; taking it over and undoing it are acts",
    "jobs.job": "how far long work is, beats included; what it does to records is an act",
    "sessions.session": "who is signed in at present; signing in is an act of its own",
    "accounts.opensession": "who is signed in at present; signing in is an act of its own",
    "accounts.failedsignin": "a count that ends by itself; each is in the record or the log of reads",
    "api.tokenuse": "when a token was used last; what it read is in the log of reads",
    "people_pages.personkey": "search keys and orders, made from audited rows at the end of acts",
    "migrations.migration": "which migrations ran",
}
"""Models whose writes leave no entry, and why; every other model of the site is audited."""


FURTHER_TRIGGERS: list[Callable[[str], set[str]]] = []
"""Of other packages: database → names of triggers that must stand, as `triggers_of` gives them."""

RECORD_TABLES = ("audit_act", "audit_change", "audit_read")
"""Tables that take rows and nothing else."""


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
        for table in RECORD_TABLES:
            for statement in _insert_only(table, connection.vendor):
                cursor.execute(statement)


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if field.column]


def key_of(model: type[models.Model]) -> str:
    """The column that names a row in the record."""
    assert model._meta.pk is not None  # noqa: S101 - every model has one
    return str(model._meta.pk.column)


def secrets_of(model: type[models.Model]) -> tuple[str, ...]:
    """Columns whose values stay out of the record: a model names them as `audit_secrets`."""
    return tuple(getattr(model, "audit_secrets", ()))


def row_text(model: type[models.Model], row: str, vendor: str) -> str:
    """SQL for the text by which the record knows a row: a JSON object by column.

    Parameters
    ----------
    row
        What the row is called there: a table, `NEW` or `OLD`.
    """
    hidden = secrets_of(model)
    if vendor == "postgresql":
        shown = " - ".join([f"to_jsonb({row})", *(f"'{name}'" for name in hidden)])
        return f"({shown})::text"
    return _json(row, [name for name in columns_of(model) if name not in hidden])


def _person_column(model: type[models.Model]) -> str | None:
    """The column that names the person a row is about, where there is one."""
    return "person_id" if "person_id" in columns_of(model) else None


def _sqlite(model: type[models.Model]) -> list[str]:
    table, key, person = model._meta.db_table, key_of(model), _person_column(model)
    statements = []
    for name, row in (("insert", "NEW"), ("update", "NEW"), ("delete", "OLD")):
        about = f'{row}."{person}"' if person else "NULL"
        old = "NULL" if name == "insert" else row_text(model, "OLD", "sqlite")
        new = "NULL" if name == "delete" else row_text(model, "NEW", "sqlite")
        entry = f"'{table}', CAST({row}.\"{key}\" AS TEXT), {about}, {old}, {new}"
        where = f" WHERE {_differs(model)}" if name == "update" else ""
        statements += [
            f'DROP TRIGGER IF EXISTS "audit_{table}_{name}"',
            f'CREATE TRIGGER "audit_{table}_{name}" AFTER {name.upper()} ON "{table}" BEGIN '
            f"{_REFUSE_OUTSIDE} {_ENTER} {entry} FROM audit_open_act{where}; END",
        ]
    return statements


def _differs(model: type[models.Model]) -> str:
    return " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns_of(model))


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
    IF TG_OP = 'UPDATE' AND old_row = new_row THEN RETURN NULL; END IF;
    FOR i IN 1 .. TG_NARGS - 1 LOOP
        old_row := old_row - TG_ARGV[i];
        new_row := new_row - TG_ARGV[i];
    END LOOP;
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
    said = ", ".join(f"'{name}'" for name in (key_of(model), *secrets_of(model)))
    return [
        f'DROP TRIGGER IF EXISTS banzi_audit ON "{table}"',
        f'CREATE TRIGGER banzi_audit AFTER INSERT OR UPDATE OR DELETE ON "{table}" '
        f"FOR EACH ROW EXECUTE FUNCTION banzi_audit({said})",
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


def triggers_of(model: type[models.Model], vendor: str) -> set[str]:
    """The names of the triggers that must stand on a table, as the database lists them."""
    table = model._meta.db_table
    if vendor == "postgresql":
        return {f"{table}.banzi_audit", f"{table}.banzi_no_truncate"}
    return {f"{table}.audit_{table}_{what}" for what in ("insert", "update", "delete")}


def triggers_of_record(vendor: str) -> set[str]:
    """The names of the triggers that must stand on the tables of the record itself."""
    if vendor == "postgresql":
        return {f"{table}.banzi_insert_only" for table in RECORD_TABLES}
    return {
        f"{table}.insert_only_{table}_{what}"
        for table in RECORD_TABLES
        for what in ("update", "delete")
    }
