"""What the timed problems work on: the demonstration's files, a roster, a problem, a large roster.

Made once, before anything is timed, and always from the same seeds.
"""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from banzi.cli.main import load_commands, run
from banzi.documents.codecs.lrmx import write_form
from banzi.documents.form_files import find_forms, read_form_file
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


def many_forms(space: Workspace, copies: int, seed: int = SEED) -> Path:
    """A folder of the demonstration's forms so many times, each with a name and a photo of its own.

    The photo is a grey picture of noise, 295 × 413 pixels and some 25 kB: what an office's photos
    weigh, and nothing to look at.
    """
    folder = space.folder / f"forms-{copies}"
    if folder.exists():
        return folder
    folder.mkdir()
    draw = np.random.default_rng(seed)
    originals = [read_form_file(path) for path in find_forms([space.files / "people"])]
    for number in range(copies * len(originals)):
        form = originals[number % len(originals)]
        given = chr(0x4E00 + int(draw.integers(2_000)))
        fields = {**form.fields, "name": f"{form['name'][:2]}{given}"}
        made = replace(form, fields=fields, photo=_noise(draw))
        (folder / f"{number + 1}{fields['name']}.lrmx").write_bytes(write_form(made))
    return folder


def _noise(draw: np.random.Generator, width: int = 295, height: int = 413) -> bytes:
    shades = draw.integers(120, 136, (height, width), dtype=np.uint8) // 8 * 8
    rows = b"".join(b"\0" + row.tobytes() for row in shades)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
