"""Who may do what with whom: grants, scope by organ and level, offices."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.support.accounts import account, administrator, grant, rights
from tests.support.small_region import add, small_region

from banzi.kernel.columns import FieldClass
from banzi.web.accounts.models import Grant, Management, Office
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.acts import act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _region() -> None:
    small_region()


def seen(held: Rights, verb: Verb = Verb.VIEW) -> set[str]:
    return set(held.persons(verb))


def manage(person: str, organ: str, level: str | None = None, **given: object) -> None:
    period = {"starts": date(2024, 1, 1), "basis": "分工", **given}
    with act("test.manage", by=None):
        Management.objects.create(person_id=person, organ_id=organ, level=level, **period)


def test_without_a_grant_nothing_may_be_done() -> None:
    held = rights(account())
    assert not any(held.may(verb) for verb in Verb)
    assert seen(held) == set()
    assert set(held.organs(Verb.VIEW)) == set()
    assert held.fields(Verb.VIEW) == frozenset()


def test_a_grant_covers_an_organ_and_all_below() -> None:
    holder = account()
    grant(holder, organ="county_a")
    held = rights(holder)
    assert seen(held) == {"head_a", "chief_a"}
    assert set(held.organs(Verb.VIEW)) == {"county_a", "bureau_a"}


def test_a_grant_without_organ_covers_everybody() -> None:
    holder = account()
    grant(holder)
    assert seen(rights(holder)) == {"mayor", "head_a", "chief_a", "head_b", "nowhere"}


def test_levels_narrow_a_grant() -> None:
    holder, everywhere = account(), account()
    grant(holder, organ="city", levels="1A31")
    grant(everywhere, levels="1A41")
    assert seen(rights(holder)) == {"head_a", "head_b"}
    assert seen(rights(everywhere)) == {"chief_a", "nowhere"}


def test_verbs_do_not_contain_each_other() -> None:
    holder = account()
    grant(holder, Verb.APPROVE)
    held = rights(holder)
    assert held.may(Verb.APPROVE)
    assert not held.may(Verb.VIEW)
    assert seen(held) == set()


def test_grants_hold_from_a_day_to_a_day() -> None:
    holder = account()
    grant(holder, starts=date(2026, 3, 1), until=date(2026, 6, 30))
    held_on = {
        day: rights(holder, day).may(Verb.VIEW)
        for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 6, 29), date(2026, 6, 30))
    }
    assert list(held_on.values()) == [False, True, True, False]


def test_who_manages_a_person_decides_over_the_seat() -> None:
    manage("chief_a", "county_b", "1A41")
    in_a, in_b = account(), account()
    grant(in_a, organ="county_a")
    grant(in_b, organ="county_b", levels="1A41")
    assert seen(rights(in_a)) == {"head_a"}
    assert seen(rights(in_b)) == {"chief_a"}


def test_management_that_is_over_gives_way_to_the_seat() -> None:
    manage("chief_a", "county_b", until=date(2026, 1, 1))
    holder = account()
    grant(holder, organ="county_a")
    assert seen(rights(holder)) == {"head_a", "chief_a"}
    assert seen(rights(holder, date(2025, 12, 31))) == {"head_a"}


def test_an_unknown_level_is_covered_by_grants_over_every_level_only() -> None:
    manage("chief_a", "county_a", None)
    some, every = account(), account()
    grant(some, organ="county_a", levels="1A41 1A31")
    grant(every, organ="county_a")
    assert seen(rights(some)) == {"head_a"}
    assert seen(rights(every)) == {"head_a", "chief_a"}


def test_who_left_a_seat_is_no_longer_covered_by_it() -> None:
    with act("test.leave", by=None):
        from banzi.web.records.models import RECORDS

        RECORDS["seats"]._default_manager.filter(person_id="head_a").update(ended_on=20260600)
    holder = account()
    grant(holder, organ="county_a")
    assert seen(rights(holder)) == {"chief_a"}
    assert seen(rights(holder, date(2026, 5, 31))) == {"head_a", "chief_a"}


def test_an_appointment_in_a_known_organ_counts_like_a_seat() -> None:
    with act("test.appoint", by=None):
        add("appointments", person_id="nowhere", appointment_no=1, organ_name="乙县",
            organ_code="county_b", post_level="1A41", in_office=True, appointed_on=20250300,
            is_main_post=True)  # fmt: skip
    holder = account()
    grant(holder, organ="county_b")
    assert seen(rights(holder)) == {"head_b", "nowhere"}


def test_field_classes_are_held_where_they_were_granted_and_nowhere_else() -> None:
    holder = account()
    grant(holder, organ="city")
    grant(holder, organ="county_a", fields=(FieldClass.FAMILY,))
    held = rights(holder)
    assert held.fields(Verb.VIEW) == {FieldClass.BASIC, FieldClass.FAMILY}
    assert set(held.persons(Verb.VIEW, FieldClass.FAMILY)) == {"head_a", "chief_a"}


@pytest.mark.parametrize(
    "change",
    [{"is_active": False}, {"closed_on": date(2026, 1, 1)}, {"must_change_password": True}],
)
def test_an_account_not_in_use_holds_nothing(change: dict[str, object]) -> None:
    holder = account(**change)
    grant(holder)
    assert not rights(holder).may(Verb.VIEW)


@pytest.mark.parametrize("office", [Office.SYSTEM, Office.SECURITY, Office.AUDITOR])
def test_an_administrator_gets_no_grant(office: Office) -> None:
    administrator(Office.SECURITY)
    holder = account(office)
    with pytest.raises(DatabaseError), transaction.atomic():
        grant(holder)
    assert seen(rights(holder)) == set()


def test_grants_are_given_by_another_security_administrator() -> None:
    security, holder = administrator(), account()
    for giver in (holder, administrator(Office.SYSTEM), administrator(Office.AUDITOR)):
        with pytest.raises(DatabaseError), transaction.atomic():
            grant(holder, given_by=giver)
    with pytest.raises(DatabaseError), transaction.atomic():
        grant(security, given_by=security)
    grant(holder, given_by=security)


def test_an_office_is_given_once_and_not_beside_grants() -> None:
    holder, auditor = account(), administrator(Office.AUDITOR)
    grant(holder)
    for who, office in ((holder, "auditor"), (auditor, "system"), (auditor, "")):
        with pytest.raises(DatabaseError), transaction.atomic(), act("test.office", by=None):
            type(who).objects.filter(pk=who.pk).update(office=office)


def test_a_grant_only_ends_earlier() -> None:
    given = grant(account(), until=date(2027, 1, 1))
    changes: list[dict[str, object]] = [
        {"until": None}, {"until": date(2027, 1, 2)}, {"verb": "edit"}, {"organ_id": "county_a"},
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic(), act("test.change", by=None):
            Grant.objects.filter(pk=given.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic(), act("test.delete", by=None):
        given.delete()
    with act("test.end", by=None):
        Grant.objects.filter(pk=given.pk).update(until=date(2026, 1, 1))


def test_a_ring_of_superiors_ends() -> None:
    with act("test.ring", by=None):
        from banzi.web.records.models import RECORDS

        RECORDS["organs"]._default_manager.filter(pk="city").update(superior_organ_id="bureau_a")
    holder = account()
    grant(holder, organ="bureau_a")
    assert set(rights(holder).organs(Verb.VIEW)) == {"city", "county_a", "bureau_a", "county_b"}
