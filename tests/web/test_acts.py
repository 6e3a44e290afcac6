"""Writes happen inside acts or not at all, and leave what changed."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from banzi.web.accounts.models import Account
from banzi.web.audit.acts import NestedAct, act
from banzi.web.audit.models import Act, Change

pytestmark = pytest.mark.django_db


def test_a_write_outside_an_act_is_refused() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Account.objects.create(username="zhou", name="周某")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_account (username, name, office, is_active, password)"
            " VALUES ('zhou', '周某', '', true, '')"
        )
    assert not Account.objects.exists()


def test_an_act_tells_what_was_added_changed_and_removed() -> None:
    with act("accounts.create", by=None):
        account = Account.objects.create(username="zhou", name="周某")
    with act("accounts.rename", by=None):
        Account.objects.filter(pk=account.pk).update(name="周正")
    with act("accounts.delete", by=None):
        account.delete()
    added, renamed, gone = Change.objects.order_by("id")
    assert added.old is None
    assert json.loads(added.new or "")["name"] == "周某"
    assert json.loads(renamed.old or "")["name"] == "周某"
    assert json.loads(renamed.new or "")["name"] == "周正"
    assert gone.new is None
    assert [entry.changes for entry in Act.objects.order_by("seq")] == [1, 1, 1]


def test_each_act_carries_the_digest_before_it() -> None:
    for number in range(3):
        with act("accounts.create", by=None):
            Account.objects.create(username=f"user{number}", name="甲")
    entries = list(Act.objects.order_by("seq"))
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.previous for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]


def test_an_act_that_fails_leaves_nothing() -> None:
    with pytest.raises(ZeroDivisionError), act("accounts.create", by=None):
        Account.objects.create(username="zhou", name="周某")
        raise ZeroDivisionError
    assert not Act.objects.exists()
    assert not Change.objects.exists()
    assert not Account.objects.exists()


def test_an_act_inside_an_act_is_refused() -> None:
    with pytest.raises(NestedAct), act("outer", by=None), act("inner", by=None):
        pass


def test_the_record_itself_takes_no_change() -> None:
    with act("accounts.create", by=None):
        Account.objects.create(username="zhou", name="周某")
    for statement in ("UPDATE audit_act SET reason = 'x'", "DELETE FROM audit_change"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
