"""No way of writing passes the record: refused outside an act, written down within one."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from banzi.web.audit.acts import act
from banzi.web.audit.models import Act, Change
from banzi.web.audit.triggers import NOT_AUDITED, RECORD_TABLES, audited_models
from banzi.web.audit.verifying import verify
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db
MODEL = RECORDS["organs"]
ORGANS = MODEL._default_manager


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def made(key: str, name: str = "甲局") -> object:
    return MODEL(organ_id=key, organ_name=name)


def many() -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO organs (organ_id, organ_name) VALUES (%s, %s)", [("b", "乙"), ("c", "丙")]
        )


def saved() -> None:
    organ = ORGANS.get(pk="a")
    organ.organ_name = "乙局"  # type: ignore[attr-defined]
    organ.save()


def updated_in_bulk() -> None:
    organ = ORGANS.get(pk="a")
    organ.organ_name = "乙局"  # type: ignore[attr-defined]
    ORGANS.bulk_update([organ], ["organ_name"])


WAYS: dict[str, tuple[Callable[[], object], int]] = {
    "create": (lambda: ORGANS.create(organ_id="b", organ_name="乙局"), 1),
    "save": (saved, 1),
    "bulk_create": (lambda: ORGANS.bulk_create([made("b"), made("c")]), 2),
    "bulk_create that updates": (
        lambda: ORGANS.bulk_create(
            [made("a", "乙局")],
            update_conflicts=True,
            unique_fields=["organ_id"],
            update_fields=["organ_name"],
        ),
        1,
    ),
    "bulk_update": (updated_in_bulk, 1),
    "get_or_create": (lambda: ORGANS.get_or_create(pk="b", organ_name="乙局"), 1),
    "update": (lambda: ORGANS.filter(pk="a").update(organ_name="乙局"), 1),
    "queryset delete": (lambda: ORGANS.filter(pk="a").delete(), 1),
    "raw delete": (lambda: ORGANS.filter(pk="a")._raw_delete("default"), 1),
    "SQL insert": (lambda: sql("INSERT INTO organs (organ_id, organ_name) VALUES ('b', '乙')"), 1),
    "SQL insert of many": (many, 2),
    "SQL insert from a query": (
        lambda: sql("INSERT INTO organs (organ_id, organ_name) SELECT 'b', '乙' FROM organs"),
        1,
    ),
    "SQL upsert": (
        lambda: sql(
            "INSERT INTO organs (organ_id, organ_name) VALUES ('a', '乙') "
            "ON CONFLICT (organ_id) DO UPDATE SET organ_name = excluded.organ_name"
        ),
        1,
    ),
    "SQL update": (lambda: sql("UPDATE organs SET organ_name = '乙'"), 1),
    "SQL update of the key": (lambda: sql("UPDATE organs SET organ_id = 'z'"), 1),
    "SQL delete": (lambda: sql("DELETE FROM organs"), 1),
}
if connection.vendor == "sqlite":
    replace = "INSERT OR REPLACE INTO organs (organ_id, organ_name) VALUES ('a', '乙')"
    WAYS["SQL replace"] = (lambda: sql(replace), 2)  # the row that goes and the row that comes


@pytest.fixture(autouse=True)
def _one_organ() -> None:
    with act("organs.create", by=None):
        ORGANS.create(organ_id="a", organ_name="甲局")


@pytest.mark.parametrize("way", WAYS)
def test_a_write_outside_an_act_is_refused(way: str) -> None:
    with pytest.raises(DatabaseError, match="outside an act"), transaction.atomic():
        WAYS[way][0]()
    assert list(ORGANS.values_list("organ_id", "organ_name")) == [("a", "甲局")]


@pytest.mark.parametrize("way", WAYS)
def test_a_write_within_an_act_is_written_down(way: str) -> None:
    write, changes = WAYS[way]
    with act("organs.change", by=None) as opened:
        write()
    assert Change.objects.filter(act_id=opened.act_id).count() == changes
    assert Act.objects.order_by("-seq")[0].changes == changes
    assert verify() == []


def test_a_savepoint_rolled_back_leaves_no_change() -> None:
    with act("organs.change", by=None) as opened:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            ORGANS.create(organ_id="b", organ_name="乙局")
            raise ZeroDivisionError
        ORGANS.create(organ_id="c", organ_name="丙局")
    assert list(Change.objects.filter(act_id=opened.act_id).values_list("row_key")) == [("c",)]
    assert verify() == []


def test_the_act_under_way_cannot_be_left_and_written_past() -> None:
    with act("organs.change", by=None):
        pass
    with pytest.raises(DatabaseError), transaction.atomic():
        ORGANS.create(organ_id="b", organ_name="乙局")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL empties tables")
def test_tables_are_not_emptied() -> None:
    for table in ("organs", *RECORD_TABLES):
        with pytest.raises(DatabaseError), transaction.atomic():
            sql(f"TRUNCATE {table} CASCADE")


def test_every_table_is_audited_or_listed_with_its_reason() -> None:
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    audited = {model._meta.db_table for model in audited_models()}
    listed = {"django_migrations"} | {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower in NOT_AUDITED
    }
    assert there - audited - listed == set()
    assert all(NOT_AUDITED.values())
