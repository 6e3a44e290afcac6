"""What was worked out of everybody is handed on after a correction, and equals what is made anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from banzi.due import KINDS
from banzi.due.due_list import due_list
from banzi.due.entries import DueCase
from banzi.due.scope import Scope
from banzi.facts import derive, keeping
from banzi.facts.keeping import facts_of_some, kept_facts
from banzi.kernel.dates import month_of
from banzi.law import load_law
from banzi.roster import Roster
from banzi.web.audit.acts import act
from banzi.web.home.due_lists import due_of_everybody
from banzi.web.records.freezing import current_roster
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db


def rows(name: str) -> Any:
    return RECORDS[name]._default_manager


def born_later(person: str) -> None:
    rows("persons").filter(pk=person).update(birth=19880500)


def without_training(person: str) -> None:
    rows("training").filter(person_id=person).delete()


def seat_ended(person: str) -> None:
    rows("seats").filter(person_id=person).update(ended_on=20260131)


def without_assessments(person: str) -> None:
    rows("assessments").filter(person_id=person).delete()


def level_unknown(person: str) -> None:
    rows("level_history").filter(person_id=person).delete()
    rows("persons").filter(pk=person).update(post_level=None, rank=None)


CHANGES = (born_later, without_training, seat_ended, without_assessments, level_unknown)


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_correction_everything_is_as_if_made_anew(
    area: Roster, change: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    law, until = load_law(), month_of(area.as_of) + 24
    start = current_roster(area.as_of)
    before = kept_facts(start, area.as_of, law)
    due_of_everybody(start, law, until)
    seated = area["seats"]["person_id"]
    derived: list[int] = []
    monkeypatch.setattr(
        keeping,
        "derive",
        lambda roster, *more: derived.append(roster["persons"].height) or derive(roster, *more),
    )
    for person in (seated[0], seated[3]):
        with act("test.change", by=None, person_id=person):
            change(person)
    roster = current_roster(area.as_of)
    facts = kept_facts(roster, area.as_of, law)
    assert derived == [2]
    assert_frame_equal(facts, derive(roster, area.as_of, law))
    assert not facts.equals(before)
    found = due_of_everybody(roster, law, until)
    fresh = due_list(DueCase(roster, area.as_of, law), Scope(), until, KINDS)
    assert found.lines == fresh.lines
    assert found.open_lines == fresh.open_lines


def test_a_change_of_posts_makes_everything_anew(
    area: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_facts(current_roster(area.as_of), area.as_of, load_law())
    derived: list[int] = []
    monkeypatch.setattr(
        keeping,
        "derive",
        lambda roster, *more: derived.append(roster["persons"].height) or derive(roster, *more),
    )
    with act("test.posts", by=None):
        rows("posts").filter(pk=area["posts"]["post_id"][0]).update(post_level="1A41")
    roster = current_roster(area.as_of)
    found = kept_facts(roster, area.as_of, load_law())
    assert derived == [area["persons"].height]
    assert_frame_equal(found, derive(roster, area.as_of, load_law()))
    assert isinstance(found, pl.DataFrame)


def test_facts_of_some_are_cut_out_of_those_of_everybody_while_these_are_right(
    area: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    law, day = load_law(), area.as_of
    seated = sorted(set(area["seats"]["person_id"]))
    some = [seated[0], seated[3], seated[5]]
    start = current_roster(day)
    by_themselves = facts_of_some(start.about(some), start, day, law, some)
    everybody = kept_facts(start, day, law)
    derived: list[int] = []
    monkeypatch.setattr(
        keeping,
        "derive",
        lambda roster, *more: derived.append(roster["persons"].height) or derive(roster, *more),
    )
    cut = facts_of_some(start.about(some), start, day, law, some)
    assert not derived
    assert_frame_equal(cut, by_themselves)
    assert_frame_equal(cut, everybody.filter(pl.col("person_id").is_in(some)))
    with act("test.change", by=None, person_id=seated[3]):
        level_unknown(seated[3])
    roster = current_roster(day)
    anew = facts_of_some(roster.about(some), roster, day, law, some)
    assert derived == [3], "what is kept of everybody is wrong for one of them"
    assert_frame_equal(anew, derive(roster.about(some), day, law))
    assert not anew.equals(cut)
    others = [seated[0], seated[5]]
    assert_frame_equal(
        facts_of_some(roster.about(others), roster, day, law, others),
        cut.filter(pl.col("person_id").is_in(others)),
    )
    assert derived == [3]
    mended = kept_facts(roster, day, law)
    assert derived == [3, 1]
    found = facts_of_some(roster.about(some), roster, day, law, some)
    assert_frame_equal(found, mended.filter(pl.col("person_id").is_in(some)))
    assert derived == [3, 1]
