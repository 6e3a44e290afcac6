"""What the timed problems work on: the demonstration's files, a roster, a problem, a large roster.

Made once, before anything is timed, and always from the same seeds.
"""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from banzi.cli.main import load_commands, run
from banzi.roster import Roster, load_roster

SEED = 1
AS_OF = date(2026, 6, 30)
LARGE = 20_000
_YEAR = 10_000
_ONCE = frozenset({"seats"})
"""Tables whose rows are not repeated: a seat has one holder."""


@dataclass(frozen=True)
class Workspace:
    """Folder with everything; each path is there once `prepare` has ended."""

    folder: Path

    @property
    def files(self) -> Path:
        return self.folder / "files"

    @property
    def roster(self) -> Path:
        return self.folder / "roster"

    @property
    def problem(self) -> Path:
        return self.folder / "problem"

    @property
    def sources(self) -> list[str]:
        return [str(self.files / name) for name in ("people", "national.xlsx", "teams.xlsx")]

    @property
    def targets(self) -> Path:
        return self.files / "targets.yaml"

    @property
    def settings(self) -> Path:
        return self.files / "settings.yaml"


def quietly(*line: object) -> None:
    """Run a command line of ours in this process; its output is dropped, a failure stops."""
    with contextlib.redirect_stdout(io.StringIO()):
        code = run([str(word) for word in line])
    if code:
        raise RuntimeError(f"banzi {' '.join(map(str, line))}: exit {code}")


def prepare_roster(folder: Path) -> Workspace:
    """Write the invented region and import it."""
    load_commands()
    space = Workspace(folder)
    quietly("demo", "write", space.files, "--seed", SEED)
    quietly("import", *space.sources, "--roster", space.roster, "--as-of", AS_OF)
    return space


def prepare(folder: Path) -> Workspace:
    """Write the invented region, import it and build its problem."""
    space = prepare_roster(folder)
    quietly(
        "plan", "build", space.roster, "--targets", space.targets,
        "--settings", space.settings, "--problem", space.problem,
    )  # fmt: skip
    return space


def large_roster(space: Workspace, persons: int = LARGE, seed: int = SEED) -> Roster:
    """The demonstration's people again and again under new ids, until there are `persons`.

    Every copy is born, and began work, a seeded number of years (−6 to 6) from the original, so that
    copies fall on both sides of the rules' limits; the same seed gives the same roster.
    """
    small = load_roster(space.roster)
    size = small["persons"].height
    copies = -(-persons // size)
    years = np.random.default_rng(seed).integers(-6, 7, size=copies)
    tables = dict(small.tables)
    for name, frame in small.tables.items():
        if "person_id" not in frame.columns or name in _ONCE:
            continue
        parts = [frame]
        for copy in range(1, copies):
            part = frame.with_columns(pl.col("person_id") + f"-{copy}")
            if name == "persons":
                shift = int(years[copy]) * _YEAR
                part = part.with_columns(pl.col("birth", "work_started") + shift)
            parts.append(part)
        tables[name] = pl.concat(parts)
    kept = tables["persons"].head(persons).select("person_id")
    for name, frame in tables.items():
        if "person_id" in frame.columns:
            tables[name] = frame.join(kept, on="person_id", how="semi")
    return Roster(small.as_of, tables)
