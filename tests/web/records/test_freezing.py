"""A frozen roster is what the database holds, after every kind of change, and costs little."""

from __future__ import annotations

import os
import shutil
import time
from datetime import date
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from banzi.roster import TABLES, Roster, load_roster
from banzi.roster.photos import keep_photo
from banzi.web.audit.acts import act
from banzi.web.records import freezing, refreshing
from banzi.web.records.freezing import (
    UnfinishedAct,
    current_folder,
    current_roster,
    frozen_roster,
    photo_folder,
    records_revision,
    store_roster,
    sweep,
)
from banzi.web.records.models import RECORDS

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)
SOURCE = {"source_id": "s1", "source_place": "1", "recorded_on": date(2026, 1, 1)}


@pytest.fixture(autouse=True)
def empty_home(settings: pytest.FixtureRequest, tmp_path: Path) -> Path:
    settings.BANZI_HOME = tmp_path  # type: ignore[attr-defined]
    return tmp_path


@pytest.fixture
def stored() -> Roster:
    """Three persons with relatives, an organ with a post, a training whose days are dates."""
    roster = Roster.of(
        DAY,
        sources=[{"source_id": "s1", "file_name": "甲.lrmx", "format": "lrmx", "sha256": "0" * 64,
                  "size": 1, "recorded_on": date(2026, 1, 1)}],
        organs=[{"organ_id": "o1", "organ_name": "某县委", **_needed("organs")}],
        persons=[{"person_id": f"p{number}", "name": name, **SOURCE, **_needed("persons")}
                 for number, name in enumerate(("周某甲", "周某乙", "周某丙"), start=1)],
        relatives=[{"person_id": f"p{number}", "relative_no": relative, "relation": "妻子",
                    **SOURCE, **_needed("relatives")}
                   for number in (1, 2, 3) for relative in (1, 2)],
    )  # fmt: skip
    with act("records.load", by=None):
        store_roster(roster)
    return roster


def _needed(table_name: str) -> dict[str, object]:
    """A value for every column of a table that may not be empty and that no test is about."""
    plain = {"text": "某", "code": "1", "boolean": True, "integer": 1, "partial_date": 19800000,
             "month": 12 * 1980, "date": date(2026, 1, 1)}  # fmt: skip
    table = TABLES[table_name]
    return {
        column.name: (column.choices and next(iter(column.choices)).value) or plain[column.kind]
        for column in table
        if column.required
        and column.name not in {*table.key, "source_id", "source_place", "recorded_on"}
        and not column.references
        and column.name not in ("name", "organ_name", "relation")
    }


def assert_current() -> None:
    """The roster of this moment, made by whatever way, is what the tables say."""
    found, said = current_roster(DAY), frozen_roster(DAY)
    for name in TABLES:
        assert_frame_equal(found[name], said[name])


def test_no_records_are_an_empty_roster() -> None:
    assert records_revision() == 0
    assert current_roster(DAY)["persons"].is_empty()


def test_what_was_stored_comes_back(stored: Roster) -> None:
    for name in TABLES:
        assert_frame_equal(current_roster(DAY)[name], stored.sorted_tables()[name])
    assert current_roster(DAY).as_of == DAY


@pytest.mark.parametrize("limit", ["none", "_PIECES", "_CHUNKS", "_MANY", "_WORTH_WRITING"])
def test_every_kind_of_change_is_in_the_next_roster(
    stored: Roster, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (freezing, refreshing):
        if hasattr(module, limit):
            monkeypatch.setattr(module, limit, 0)
    assert_current()
    with act("records.correct", by=None, person_id="p2"):
        RECORDS["persons"].objects.filter(pk="p2").update(name="周正", birth=19800300)
    assert current_roster(DAY)["persons"]["name"].to_list() == ["周某甲", "周正", "周某丙"]
    assert_current()
    with act("records.remove", by=None):
        RECORDS["relatives"].objects.filter(person="p1", relative_no=1).delete()
        RECORDS["relatives"].objects.filter(person="p3").delete()
    assert_current()
    with act("records.add", by=None):
        row = {**_needed("persons"), **SOURCE, "person_id": "p0", "name": "周零"}
        RECORDS["persons"].objects.create(**row)
        RECORDS["organs"].objects.filter(pk="o1").update(organ_name="某市委")
    assert_current()
    assert current_roster(DAY)["persons"]["person_id"].to_list() == ["p0", "p1", "p2", "p3"]


def test_a_row_that_takes_another_key_is_there_once(stored: Roster) -> None:
    assert_current()
    with act("records.correct", by=None):
        RECORDS["relatives"].objects.filter(person="p1", relative_no=1).update(relative_no=9)
        RECORDS["relatives"].objects.filter(person="p2", relative_no=1).update(person="p3",
                                                                               relative_no=7)  # fmt: skip
    assert_current()


def test_a_correction_reads_no_table_of_records(
    stored: Roster, django_assert_max_num_queries: object
) -> None:
    current_roster(DAY)
    with act("records.correct", by=None):
        RECORDS["persons"].objects.filter(pk="p2").update(name="周正")
    with django_assert_max_num_queries(10) as asked:  # type: ignore[operator]
        current_roster(DAY)
    assert not any('FROM "persons"' in each["sql"] for each in asked.captured_queries)


def test_the_same_object_until_records_change(stored: Roster) -> None:
    first = current_roster(DAY)
    with act("accounts.create", by=None):
        pass
    assert current_roster(DAY) is first
    assert current_roster(date(2027, 1, 1)).as_of == date(2027, 1, 1)


def test_the_revision_counts_only_acts_that_change_records(stored: Roster) -> None:
    assert records_revision() == 1
    with act("something.else", by=None):
        pass
    assert records_revision() == 1
    with act("records.correct", by=None):
        RECORDS["persons"].objects.filter(pk="p2").update(name="周正")
    assert records_revision() == 3


def test_another_process_starts_from_the_folder(
    stored: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = current_folder(DAY)
    with act("records.correct", by=None):
        RECORDS["persons"].objects.filter(pk="p2").update(name="周正")
    monkeypatch.setattr(freezing, "_kept", None)
    monkeypatch.setattr(freezing, "all_tables", lambda: pytest.fail("read everything again"))
    assert current_roster(DAY)["persons"]["name"].to_list()[1] == "周正"
    assert load_roster(folder)["persons"]["name"].to_list()[1] == "周某乙"
    assert current_folder(DAY) != folder
    assert load_roster(current_folder(DAY))["persons"]["name"].to_list()[1] == "周正"


def test_a_folder_of_another_past_is_not_believed(
    stored: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = current_folder(DAY)
    folder.rename(folder.with_name("1-" + "f" * 12))
    monkeypatch.setattr(freezing, "_kept", None)
    assert_current()


def test_a_damaged_folder_is_not_believed(stored: Roster, monkeypatch: pytest.MonkeyPatch) -> None:
    (current_folder(DAY) / "persons.parquet").write_bytes(b"half")
    monkeypatch.setattr(freezing, "_kept", None)
    assert_current()


def test_within_an_act_there_is_no_current_roster(stored: Roster) -> None:
    with pytest.raises(UnfinishedAct), act("records.correct", by=None):
        current_roster(DAY)


def test_old_folders_go_when_nobody_uses_them(stored: Roster) -> None:
    folder = current_folder(DAY)
    stale = folder.with_name("0-" + "a" * 12)
    used = folder.with_name("0-" + "b" * 12)
    for each in (stale, used):
        each.mkdir()
    two_days_ago = time.time() - 2 * 86400
    os.utime(stale, (two_days_ago, two_days_ago))
    os.utime(folder, (two_days_ago, two_days_ago))
    assert sweep() == [stale]
    assert folder.is_dir()
    assert used.is_dir()


def test_photos_are_those_of_the_persons_that_are_there(stored: Roster) -> None:
    photo_folder().mkdir()
    digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    keep_photo(b"test", digest, photo_folder())
    keep_photo(b"of nobody", "0" * 64, photo_folder())
    with act("records.photo", by=None):
        RECORDS["persons"].objects.filter(pk="p1").update(photo_sha256=digest)
        RECORDS["persons"].objects.filter(pk="p2").update(photo_sha256="1" * 64)
    assert dict(current_roster(DAY).photos) == {digest: b"test"}


def test_what_another_process_wrote_meanwhile_stays(
    stored: Roster, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, written = freezing.save_roster, []

    def save_as_second(roster: Roster, folder: Path) -> None:
        save(roster, folder)
        first = freezing.rosters() / folder.name.removeprefix(".").rpartition("-")[0]
        save(roster, first)
        written.append(first.stat().st_ino)

    monkeypatch.setattr(freezing, "save_roster", save_as_second)
    folder = current_folder(DAY)
    assert written == [folder.stat().st_ino]
    assert [each.name for each in freezing.rosters().iterdir()] == [folder.name]
    assert_current()


def test_a_folder_swept_away_by_another_process_is_made_again(stored: Roster) -> None:
    folder = current_folder(DAY)
    assert current_roster(DAY).as_of == DAY
    shutil.rmtree(folder)
    assert_current()
    with act("records.correct", by=None):
        RECORDS["persons"].objects.filter(pk="p2").update(name="周正")
    shutil.rmtree(folder)
    assert_current()


def test_what_a_killed_process_left_half_written_goes(stored: Roster) -> None:
    left = current_folder(DAY).with_name(".0-half")
    left.mkdir()
    assert sweep() == []
    assert left.is_dir()
    two_days_ago = time.time() - 2 * 86400
    os.utime(left, (two_days_ago, two_days_ago))
    assert sweep() == []
    assert not left.is_dir()
