"""The roster of the site under load: the invented region again and again, as an office would have it.

Beyond `large_rosters`, each copy has an organ above all others and names of its own, everybody
works in an organ (so that an account over a county sees its staff beside holders of posts), and one
person in three has an open doubt, as after a first import.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from banzi.roster import TABLES, Roster, load_roster
from benchmarks.large_rosters import region_roster, repeated
from benchmarks.workspace import Workspace

OF_REGION = 3_000
"""Persons of one copy."""
_DOUBT = {
    "code": "resume/gap",
    "table_name": "career_segments",
    "row_key": "3",
    "text_zh": "简历第3行：与上一段之间空缺（2017.02至2017.05）；请补充",
    "values_json": '{"line": 3, "until": "2017.02", "since": "2017.05"}',
    "state": "open",
}


@dataclass(frozen=True)
class Scopes:
    """Organs over which accounts of the load are put: whole copies, and one county of many."""

    roots: tuple[str, ...]
    counties: tuple[str, ...]


def site_roster(folder: Path, persons: int) -> Roster:
    """At least so many persons; the region is written into the folder the first time."""
    one = _one_area(load_roster(region_roster(Workspace(folder))))
    copies = -(-persons // OF_REGION)
    tables = {name: _renamed(name, repeated(name, one[name], copies)) for name in TABLES}
    return Roster(one.as_of, tables)


def scopes_of(roster: Roster) -> Scopes:
    """Organs at the top, and the party committees below, of a roster made here."""
    organs = roster["organs"]
    counties = organs.filter(pl.col("organ_id").str.contains("-party"), ~_is_root())
    return Scopes(
        tuple(organs.filter(_is_root())["organ_id"]),
        tuple(counties["organ_id"]),
    )


def _is_root() -> pl.Expr:
    return pl.col("superior_organ_id").is_null()


def _one_area(region: Roster) -> Roster:
    """The region with an organ above its areas, and everybody in one of its organs."""
    committee = pl.col("organ_id").str.replace("-.*", "-party")
    below = region["organs"].with_columns(
        pl.when(committee == pl.col("organ_id"))
        .then(pl.lit("990000"))
        .otherwise(committee)
        .alias("superior_organ_id")
    )
    top = TABLES["organs"].frame([{"organ_id": "990000", "organ_name": "地区委员会"}])
    organs = pl.concat([top, below]).sort("organ_id")
    ids = below["organ_id"].sort()
    number = pl.col("person_id").rank("dense").cast(pl.Int64) % len(ids)
    appointments = region["appointments"].with_columns(
        pl.when("in_office")
        .then(number.replace_strict(list(range(len(ids))), ids.to_list()))
        .otherwise("organ_code")
        .alias("organ_code")
    )
    people = region["persons"]["person_id"].gather_every(3)
    doubts = TABLES["findings"].frame(
        [{"finding_id": f"doubt-{each}", "person_id": each, **_DOUBT} for each in people]
    )
    return region.with_tables(organs=organs, appointments=appointments, findings=doubts)


_NAMES = {"organs": ("organ_name",), "teams": ("team_name", "region")}


def _renamed(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Names of organs, teams and areas with the number of their copy, which ids end in."""
    if name == "seats":  # numbered, not named
        return frame.with_columns(pl.int_range(1, pl.len() + 1).alias("seat_no"))
    if name == "appointments":  # a code, which no table repeats
        copy = pl.col("person_id").str.slice(-4)
        return frame.with_columns(pl.col("organ_code") + copy)
    if name not in _NAMES:
        return frame
    number = pl.col(TABLES[name].key[0]).str.slice(-3).cast(pl.Int64) + 1
    return frame.with_columns(
        pl.format("{}号{}", number, pl.col(each)).alias(each) for each in _NAMES[name]
    )
