"""National workbooks of any size, made from the demonstration's people.

    python -m benchmarks.large_workbooks FOLDER PERSONS

writes `spread.xlsx` with everything the ten sheets hold about so many persons, and `persons.xlsx`
with A01 alone, without résumés, as offices keep their lists.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import polars as pl

from banzi.codes.id_numbers import with_check_digit
from banzi.documents.codecs.workbook import national_layout, write_national
from banzi.roster import Roster
from benchmarks.workspace import Workspace, large_roster, prepare_roster


def write_spread(space: Workspace, path: Path, persons: int) -> Path:
    """All ten sheets: about thirty rows for each person."""
    write_national(distinct_people(space, persons), path)
    return path


def write_persons(space: Workspace, path: Path, persons: int) -> Path:
    """A01 alone, a row of thirty cells for each person; the other sheets are there and empty."""
    roster = distinct_people(space, persons)
    people = roster["persons"]
    blank = [
        pl.lit(None, people.schema[name]).alias(name)
        for name in ("resume_text", "awards_text", *national_layout.A99_COLUMNS)
    ]
    write_national(Roster(roster.as_of, {"persons": people.with_columns(blank)}), path)
    return path


def distinct_people(space: Workspace, persons: int) -> Roster:
    """The demonstration's people again and again, each copy with an ID number of its own."""
    roster = large_roster(space, persons)
    people = roster["persons"].with_row_index("at")
    numbers = [
        _id_number(at, birth, sex) for at, birth, sex in people.select("at", "birth", "sex").rows()
    ]
    column = pl.Series("id_number", numbers, pl.String)
    relatives = roster["relatives"].with_columns(pl.lit(None, pl.String).alias("id_number"))
    return roster.with_tables(persons=people.drop("at").with_columns(column), relatives=relatives)


def _id_number(at: int, birth: int | None, sex: str | None) -> str:
    month = (birth or 19700101) // 100
    sequence = at % 499 * 2 + (sex == "male")
    return with_check_digit(
        f"9901{at // 499 // 28 + 10:02d}{month}{at // 499 % 28 + 1:02d}{sequence:03d}"
    )


def main(folder: Path, persons: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        space = prepare_roster(Path(work))
        write_spread(space, folder / "spread.xlsx", persons)
        write_persons(space, folder / "persons.xlsx", persons)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
