"""Rows as they were on record: taking changes back gives what was there before."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.support.files_of_persons import some_files

from banzi.roster import TABLES
from banzi.web.audit.acts import act
from banzi.web.records.history import (
    RowChange,
    person_acts,
    person_rows,
    row_key,
    rows_as_known,
    undone,
)
from banzi.web.records.models import RECORDS

TABLE = TABLES["assessments"]
KEYS = st.tuples(st.just("p1"), st.sampled_from(["annual", "term"]), st.integers(2020, 2023))
STEPS = st.lists(st.tuples(KEYS, KEYS, st.sampled_from(["1", "2", "3"]), st.booleans()))


def _row(key: tuple[str, str, int], outcome: str) -> dict[str, object]:
    empty = dict.fromkeys((column.name for column in TABLE), None)
    return {**empty, **dict(zip(TABLE.key, key, strict=True)), "outcome": outcome}


@given(STEPS)
def test_changes_taken_back_in_turn_give_every_earlier_state(steps) -> None:
    """Rows come, go and change, their keys too."""
    rows = {"assessments": {}}
    states, changes = [rows], []
    for key, other, outcome, removes in steps:
        by_key = dict(rows["assessments"])
        old = by_key.pop(key, None)
        target = other if other not in by_key else key
        new = None if removes and old is not None else _row(target, outcome)
        if new is not None:
            by_key[row_key(TABLE, new)] = new
        changes.append(RowChange("assessments", old, new))
        rows = {"assessments": by_key}
        states.append(rows)
    for number, state in enumerate(states):
        assert undone(rows, reversed(changes[number:])) == state


@pytest.mark.django_db
def test_the_database_tells_the_same_story() -> None:
    some_files()
    before = person_rows("p1")
    persons, segments = (RECORDS[name]._default_manager for name in ("persons", "career_segments"))
    with act("test.change", by=None, reason="档案审核"):
        persons.filter(pk="p1").update(birth=19750400, is_selected_graduate=True)
        segments.filter(person_id="p1", segment_no=2).delete()
        segments.filter(person_id="p1", segment_no=1).update(is_open=None, text="改")
        RECORDS["conclusions"]._default_manager.create(
            person_id="p1", conclusion_no=1, conclusion_kind="health",
            conclusion_outcome="met", concluded_by="县委组织部", concluded_on="2026-05-01",
        )  # fmt: skip
    told = person_acts("p1")[0]
    assert told.act.reason == "档案审核"
    assert {change.table for change in told.changes} == {
        "persons", "career_segments", "conclusions"
    }  # fmt: skip
    after = undone(person_rows("p1"), reversed(told.changes))
    assert {name: rows for name, rows in after.items() if rows} == {
        name: rows for name, rows in before.items() if rows
    }


@pytest.mark.django_db
def test_a_day_before_the_import_knows_nothing_and_today_everything() -> None:
    some_files()
    today = timezone.localdate()
    assert rows_as_known("p1", today) == person_rows("p1")
    earlier = rows_as_known("p1", today - timedelta(days=1))
    assert not any(earlier.values())


def test_a_change_names_the_columns_that_differ() -> None:
    change = RowChange(
        "assessments", _row(("p1", "annual", 2020), "1"), _row(("p1", "annual", 2021), "1")
    )
    assert change.columns() == ("year",)
