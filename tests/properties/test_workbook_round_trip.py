"""Whatever an office may have on file: written to both workbooks and imported again, it is equal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from tests.support.hard_rosters import DAY, rosters

from banzi.documents.codecs.workbook import (
    read_national,
    read_template,
    write_national,
    write_template,
)
from banzi.documents.merging import merge_extracts
from banzi.people import PERSONS
from banzi.roster import Roster
from banzi.roster.difference import roster_changes


def imported(roster: Roster, folder: Path) -> Roster:
    write_national(roster, folder / "national.xlsx")
    write_template(folder / "template.xlsx", roster)
    extracts = [
        read_national(folder / "national.xlsx"),
        read_template(folder / "template.xlsx"),
    ]
    return merge_extracts(extracts, as_of=DAY, recorded_on=DAY).roster


@settings(
    max_examples=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(rosters())
def test_own_exports_always_import_equal(tmp_path_factory: Any, roster: Roster) -> None:
    folder = tmp_path_factory.mktemp("trip")
    once = imported(roster, folder)
    ids = dict(zip(roster["persons"]["name"], roster["persons"]["person_id"], strict=True))
    new_ids = dict(once["persons"].select("name", "person_id").iter_rows())
    renamed = {ids[name]: new_ids[name] for name in ids}
    told = {
        name: frame.with_columns(frame["person_id"].replace(renamed))
        if "person_id" in frame.columns
        else frame
        for name, frame in roster.tables.items()
    }
    changes = [
        change
        for change in roster_changes(Roster(DAY, told), once)
        if change.table not in ("findings", "decisions")
    ]
    assert changes == []
    assert roster_changes(once, imported(once, folder)) == []
    assert PERSONS.key == ("person_id",)
