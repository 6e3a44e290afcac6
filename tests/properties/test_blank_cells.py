"""Taking information away makes nobody eligible: every cell of a roster, blanked one at a time.

Not asked of the few columns whose empty cell is itself a statement (a seat still held, a
conclusion without an end), nor of those that another record then answers (the present level by
the history of levels, the linked official by the name): there a blank says something else.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from tests.random_rosters import Maker

from banzi.kernel.dates import PartialDate
from banzi.people.provenance import PROVENANCE
from banzi.roster import TABLES, Roster
from banzi.rules import screen

AS_OF = date(2026, 6, 30)
SAYS_SOMETHING = {
    "conclusions.valid_until",  # 未规定有效期
    "seats.ended_on",  # 现任
    "level_history.ended_on",  # 未终止
    "appointments.post_id",  # 不是本次班子的职位
    "waivers.inspected_on",  # 尚未考察
    "waivers.discussed_on",  # 尚未提交会议讨论
    # Sex and table that contradict each other are unknown; one of them alone says something.
    "persons.sex",
    "persons.retirement_track",
    "persons.post_level",  # the history of levels is asked instead
    "relatives.relative_person_id",  # the name is asked instead
}
_WHILE_TO_COME = "persons.post_level_since"
"""Not held yet with a day to come; without it, held since nobody knows when."""
_DOCS = Path(__file__).parents[2] / "docs/concepts/unknown-and-completeness.md"
_PLACES = {column.name for column in PROVENANCE}


def blanked(roster: Roster) -> Iterator[tuple[str, Roster]]:
    """The roster with one cell about a person taken away, for every such cell."""
    for name, frame in roster.tables.items():
        if "person_id" not in frame.columns:
            continue
        for column in TABLES[name].columns:
            place = f"{name}.{column.name}"
            if not column.null or column.name in _PLACES or place in SAYS_SOMETHING:
                continue
            for row in range(frame.height):
                if frame[column.name][row] is not None and not _is_to_come(place, frame, row):
                    here = pl.int_range(pl.len()) == row
                    kept = pl.when(~here).then(column.name).alias(column.name)
                    yield f"{place}[{row}]", roster.with_tables(**{name: frame.with_columns(kept)})


def _is_to_come(place: str, frame: pl.DataFrame, row: int) -> bool:
    return (
        place == _WHILE_TO_COME
        and PartialDate(frame["post_level_since"][row]).on_or_before(AS_OF) is False
    )


def test_the_documentation_names_every_cell_that_is_left_out() -> None:
    table = _DOCS.read_text(encoding="utf-8").split("| cell |")[1].split("\n\n")[0]
    assert set(re.findall(r"`([a-z_]+\.[a-z_]+)`", table)) == {*SAYS_SOMETHING, _WHILE_TO_COME}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_a_blank_cell_makes_nobody_eligible(seed: int) -> None:
    roster = Maker(random.Random(seed), AS_OF).roster()
    whole = screen(roster, AS_OF)
    for place, poorer in blanked(roster):
        for before, after in zip(whole.outcomes, screen(poorer, AS_OF).outcomes, strict=True):
            became = (before.ranks > 0) & (after.ranks == 0)
            if place.startswith("relatives.name["):
                # A form that names nobody any more still holds its own person, not the namesake.
                owner = roster["relatives"]["person_id"][int(place.split("[")[1][:-1])]
                became = became[:, [person == owner for person in whole.case.person_ids]]
            assert not became.any(), (place, before.rule.id)
