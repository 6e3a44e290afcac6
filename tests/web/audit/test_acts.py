"""Writes happen inside acts or not at all, and leave what changed."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from banzi.web.audit.acts import NestedAct, act
from banzi.web.audit.models import Act, Change
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db
ORGANS = RECORDS["organs"]._default_manager


def test_a_write_outside_an_act_is_refused() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ORGANS.create(organ_id="a", organ_name="甲局")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO organs (organ_id, organ_name) VALUES ('a', '甲局')")
    assert not ORGANS.exists()


def test_an_act_tells_what_was_added_changed_and_removed() -> None:
    with act("organs.create", by=None):
        organ = ORGANS.create(organ_id="a", organ_name="甲局")
    with act("organs.rename", by=None):
        ORGANS.filter(pk=organ.pk).update(organ_name="乙局")
    with act("organs.delete", by=None):
        organ.delete()
    added, renamed, gone = Change.objects.order_by("id")
    assert added.old is None
    assert json.loads(added.new or "")["organ_name"] == "甲局"
    assert json.loads(renamed.old or "")["organ_name"] == "甲局"
    assert json.loads(renamed.new or "")["organ_name"] == "乙局"
    assert gone.new is None
    assert [entry.changes for entry in Act.objects.order_by("seq")] == [1, 1, 1]


def test_each_act_carries_the_digest_before_it() -> None:
    for number in range(3):
        with act("organs.create", by=None):
            ORGANS.create(organ_id=str(number), organ_name="甲局")
    entries = list(Act.objects.order_by("seq"))
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]


def test_an_act_that_fails_leaves_nothing() -> None:
    with pytest.raises(ZeroDivisionError), act("organs.create", by=None):
        ORGANS.create(organ_id="a", organ_name="甲局")
        raise ZeroDivisionError
    assert not Act.objects.exists()
    assert not Change.objects.exists()
    assert not ORGANS.exists()


def test_an_act_inside_an_act_is_refused() -> None:
    with pytest.raises(NestedAct), act("outer", by=None), act("inner", by=None):
        pass


def test_the_record_itself_takes_no_change() -> None:
    with act("organs.create", by=None):
        ORGANS.create(organ_id="a", organ_name="甲局")
    for statement in ("UPDATE audit_act SET reason = 'x'", "DELETE FROM audit_change"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
