"""Who is in sight, kept between requests, is at every moment what the database would say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.support.accounts import LONG_AGO, account, grant, rights
from tests.support.standing_area import area as area

from banzi.kernel.columns import FieldClass
from banzi.roster import Roster
from banzi.web.accounts import coverage
from banzi.web.accounts.coverage import covered, covered_by, in_sight, organs_covered_by
from banzi.web.accounts.models import Account, Management
from banzi.web.accounts.rights import Rights, Verb
from banzi.web.audit.acts import act
from banzi.web.people.models import PersonKey
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db


def rows(name: str) -> object:
    return RECORDS[name]._default_manager


def seat_ended(area: Roster) -> None:
    rows("seats").filter(person_id=area["seats"]["person_id"][0]).update(ended_on=20200101)


def post_moved(area: Roster) -> None:
    far = area["organs"]["organ_id"][-1]
    rows("posts").filter(pk=area["seats"]["post_id"][1]).update(organ_id=far)


def managed_here(area: Roster) -> None:
    Management.objects.create(
        person_id=area["persons"]["person_id"][-1], organ_id=area["teams"]["organ_id"][0],
        starts=LONG_AGO, basis="干部管理权限",
    )  # fmt: skip


def name_corrected(area: Roster) -> None:
    rows("persons").filter(pk=area["seats"]["person_id"][0]).update(name="周某")


def as_asked(holder: Account, area: Roster) -> frozenset[str]:
    return frozenset(rights(holder, area.as_of).persons(Verb.VIEW))


@pytest.mark.parametrize("change", [seat_ended, post_moved, managed_here, name_corrected])
def test_after_any_change_the_set_is_what_the_database_says(
    area: Roster, change: Callable[[Roster], None]
) -> None:
    holder = account()
    grant(holder, organ=area["teams"]["organ_id"][0])
    before = covered_by(rights(holder, area.as_of), Verb.VIEW, FieldClass.BASIC)
    assert before == as_asked(holder, area)
    with act("test.change", by=None):
        change(area)
    after = rights(holder, area.as_of)
    assert covered_by(after, Verb.VIEW, FieldClass.BASIC) == as_asked(holder, area)
    assert set(PersonKey.objects.filter(in_sight(after, Verb.VIEW)).values_list("pk", flat=True)) \
        == as_asked(holder, area)  # fmt: skip
    assert organs_covered_by(after, Verb.VIEW) == frozenset(after.organs(Verb.VIEW))


def test_after_a_correction_only_the_person_touched_is_asked_about(
    area: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = account()
    grant(holder, organ=area["teams"]["organ_id"][0])
    covered(rights(holder, area.as_of), Verb.VIEW)
    asked: list[object] = []
    true_answer = Rights.persons

    def persons(self: Rights, verb: Verb, field_class: FieldClass, among: object = None) -> object:
        asked.append(among)
        return true_answer(self, verb, field_class, among)  # type: ignore[arg-type]

    monkeypatch.setattr(coverage.Rights, "persons", persons)
    covered(rights(holder, area.as_of), Verb.VIEW)
    assert asked == []
    with act("test.change", by=None):
        seat_ended(area)
    covered(rights(holder, area.as_of), Verb.VIEW)
    assert asked == [{area["seats"]["person_id"][0]}]


def test_a_new_grant_holds_at_once_and_an_ended_one_no_longer(area: Roster) -> None:
    holder = account()
    assert not covered_by(rights(holder, area.as_of), Verb.VIEW, FieldClass.BASIC)
    given = grant(holder, organ=area["teams"]["organ_id"][0])
    assert covered_by(rights(holder, area.as_of), Verb.VIEW, FieldClass.BASIC)
    with act("test.end", by=None):
        type(given).objects.filter(pk=given.pk).update(until=area.as_of)
    assert not covered_by(rights(holder, area.as_of), Verb.VIEW, FieldClass.BASIC)


def test_whoever_covers_everybody_costs_no_condition(area: Roster) -> None:
    holder = account()
    grant(holder)
    assert not in_sight(rights(holder, area.as_of), Verb.VIEW)
    assert rights(holder, area.as_of).covers_everybody(Verb.VIEW)
    assert not rights(holder, area.as_of).covers_everybody(Verb.VIEW, FieldClass.FAMILY)


@pytest.mark.parametrize("odd", ['a"b', "a\\b", "{a,b}", "a' b", "NULL", "王嵩"])
def test_an_id_of_any_characters_is_asked_for_as_it_is(area: Roster, odd: str) -> None:
    with act("test.change", by=None):
        row = rows("persons").filter(pk=area["persons"]["person_id"][0]).values().get()
        rows("persons").create(**{**row, "person_id": odd})
    found = rows("persons").filter(coverage.Covered(frozenset({odd, "nobody"})).condition())
    assert list(found.values_list("person_id", flat=True)) == [odd]
