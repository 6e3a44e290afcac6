"""Whatever an office may have on file: written to both workbooks and imported again, it is equal."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.support.hard_rosters import DAY, rosters
from tests.support.thousand import Amount, amounts

from banzi.documents.codecs.workbook import (
    read_national,
    read_template,
    write_national,
    write_template,
)
from banzi.documents.merging import merge_extracts
from banzi.roster import Roster
from banzi.roster.difference import roster_changes


def imported(roster: Roster) -> Roster:
    with tempfile.TemporaryDirectory() as folder:
        national, template = Path(folder, "national.xlsx"), Path(folder, "template.xlsx")
        write_national(roster, national)
        write_template(template, roster)
        extracts = [read_national(national), read_template(template)]
        return merge_extracts(extracts, as_of=DAY, recorded_on=DAY).roster


def comes_back(roster: Roster) -> int:
    once = imported(roster)
    ids = dict(roster["persons"].select("name", "person_id").iter_rows())
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
    assert roster_changes(once, imported(once)) == []
    return len(renamed)


@amounts
def test_own_exports_always_import_equal(amount: Amount) -> None:
    amount.see(comes_back, rosters)
