"""A region of 3,000 officials and 360 posts, and a nation: the region again and again, ids renamed.

Every copy has organs, teams, posts, people and relatives of its own, so that rows, ids and links
grow as they would; names and texts repeat. No forms are written.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from banzi.cli.main import load_commands
from banzi.roster import TABLES, Roster, load_roster, save_roster
from benchmarks.workspace import SEED, Workspace, quietly

REGIONS = 100
_IDS = ("person_id", "post_id", "team_id", "organ_id", "finding_id")


def region_roster(space: Workspace) -> Path:
    """The folder of the region's roster, written the first time."""
    folder = space.folder / "region"
    if not folder.exists():
        load_commands()
        quietly("demo", "write", folder, "--region", "--write", "roster", "--seed", SEED)
    return folder / "roster"


def nation_roster(space: Workspace, regions: int = REGIONS) -> Path:
    """The folder of a roster of so many regions, written the first time."""
    folder = space.folder / f"nation-{regions}"
    if not folder.exists():
        region = load_roster(region_roster(space))
        tables = {name: repeated(name, region[name], regions) for name in TABLES}
        save_roster(Roster(region.as_of, tables), folder)
    return folder


def repeated(name: str, frame: pl.DataFrame, regions: int) -> pl.DataFrame:
    """A table of a roster so many times, every id of each copy with the number of the copy."""
    ids = [
        column.name
        for column in TABLES[name]
        if column.name in _IDS or column.references.rpartition(".")[2] in _IDS
    ]
    if not ids:
        return frame
    parts = [frame.with_columns(pl.col(ids) + f"-{copy:03}") for copy in range(regions)]
    return pl.concat(parts, rechunk=True)
