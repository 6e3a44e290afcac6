"""The demonstration: a region in an empty database, and an account for every part."""

from __future__ import annotations

from datetime import date

import pytest
from tests.support.hard_rosters import made_roster

from banzi.kernel.errors import BanziError
from banzi.roster import Roster
from banzi.web.accounts.models import Account, Office
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.acts import act
from banzi.web.demonstration import PARTS, load_demonstration
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def region() -> Roster:
    return made_roster(1, ["周某甲"], ["某"], 3)


def test_every_part_has_an_account_with_a_password_to_be_changed() -> None:
    told = {part.username: word for part, word in load_demonstration(region(), TODAY)}
    assert RECORDS["persons"]._default_manager.count() == 3
    assert len(set(told.values())) == len(PARTS)
    for account in Account.objects.all():
        assert account.check_password(told[account.username])
        assert account.must_change_password
    offices = Account.objects.exclude(office="").values_list("office", flat=True)
    assert sorted(offices) == sorted(each.value for each in Office if each.value)


def test_parts_hold_what_they_are_for_once_the_password_is_their_own() -> None:
    load_demonstration(region(), TODAY)
    with act("test.password", by=None):
        Account.objects.update(must_change_password=False)
    held = {each.username: Rights(each, TODAY) for each in Account.objects.all()}
    assert [name for name, rights in held.items() if rights.may(Verb.EDIT)] == [
        "kezhang",
        "jingban",
    ]
    assert not held["shenhe"].may(Verb.EDIT)
    assert held["shenhe"].may(Verb.APPROVE)
    assert not any(held[name].may(verb) for name in ("xitong", "anquan", "shenji") for verb in Verb)


def test_a_database_that_holds_something_is_left_alone() -> None:
    load_demonstration(region(), TODAY)
    with pytest.raises(BanziError):
        load_demonstration(region(), TODAY)
    assert Account.objects.count() == len(PARTS)
