"""Pictures of every printed paper for docs/reference/papers.md, from a demonstration folder.

    make demo                                  writes demo/ (roster, problem, plan)
    python -m tools.paper_pictures demo        writes docs/pictures/papers/ID.png, one a paper

Letters are drawn by `tools/letter_pictures.py`.

The PDF of each paper is drawn, its first page only, in sixteen greys so that the files stay small.
Tables that count teams are drawn for an invented prefecture with its counties (`example_areas`).
A paper that needs options for a good picture has them in `EXAMPLES`. Portraits are drawn here, since
the invented people have none.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import tempfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pypdfium2

from banzi.cli.paper_printing import checked_plan
from banzi.documents.papers.moves import house_of, moves_of
from banzi.documents.papers.paper_kinds import Need, PlanMoves, Request
from banzi.documents.papers.registry import ALL_PAPERS
from banzi.documents.papers.team_tables import PAPERS as TEAM_TABLES
from banzi.documents.papers.writing import Format
from banzi.roster import Roster, load_roster
from tools.example_areas import areas

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "papers"
WIDTH = 900
GREYS = 16

EXAMPLES: dict[str, dict[str, Any]] = {
    "discussion-list": {"marking": "秘密★1年"},
    "overview": {"people": 4},
    "opinion-list": {"people": 8, "options": {"单位": "市纪委监委"}},
    "inspection-plan": {"people": 6, "options": {"考察时间": "7月6日至10日"}},
    "committee-ballot": {"people": 8},
    "department-ballot": {"people": 5},
}
"""Paper → fields of the request; `people` takes so many of those whom the plan brings in."""


def main(demo: Path) -> None:
    roster = load_roster(demo / "roster")
    bundle, assignments = checked_plan(demo / "problem", demo / "plan", False)
    house = house_of(roster, bundle.as_of)
    moves = moves_of(house, assignments)
    roster = with_portraits(roster)
    PICTURES.mkdir(parents=True, exist_ok=True)
    entering = tuple(move.person_id for move in moves if not move.leaves)
    for paper in ALL_PAPERS:
        if Format.PDF not in paper.formats:
            continue
        example = dict(EXAMPLES.get(paper.id, {}))
        count = example.pop("people", None)
        request = Request(roster, bundle.as_of, **example)
        if paper in TEAM_TABLES:
            wide = areas()
            targets = (
                {"目标": str(demo / "targets.yaml")} if paper.id == "structural-members" else {}
            )
            request = Request(wide, wide.as_of, options=targets)
        if count or {Need.PROPOSALS, Need.PLAN} & set(paper.needs):
            request = replace(request, plan=PlanMoves(house, moves))
        if count:
            request = replace(request, persons=entering[:count])
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{paper.id}.pdf"
            paper.write(request, file)
            (PICTURES / f"{paper.id}.png").write_bytes(first_page(file))
        print(paper.id)


def first_page(file: Path) -> bytes:
    """The first page of a PDF as PNG, what is blank below the text cut off."""
    document = pypdfium2.PdfDocument(file)
    page = document[0]
    drawn = page.render(scale=WIDTH / page.get_width(), grayscale=True).to_numpy()
    document.close()
    shades = (drawn.reshape(drawn.shape[:2]).astype(np.uint16) * (GREYS - 1) + 127) // 255
    written = np.flatnonzero((shades < GREYS - 1).any(axis=1))
    return png(shades[: min(shades.shape[0], int(written[-1]) + 30)].astype(np.uint8))


def png(
    shades: np.ndarray[Any, np.dtype[np.uint8]], palette: Sequence[tuple[int, int, int]] = ()
) -> bytes:
    """A PNG of sixteen greys, or of a palette of sixteen colours: four bits a pixel."""
    height, width = shades.shape
    if width % 2:
        shades = np.pad(shades, ((0, 0), (0, 1)), constant_values=GREYS - 1)
    packed = shades[:, 0::2] << 4 | shades[:, 1::2]
    lines = b"".join(b"\0" + line.tobytes() for line in packed)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 3 if palette else 0, 0, 0, 0)),
        *([(b"PLTE", bytes(part for colour in palette for part in colour))] if palette else []),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body))
        for tag, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def with_portraits(roster: Roster) -> Roster:
    """The roster with a drawn head and shoulders for everybody, a shade each."""
    shades = {shade: portrait(shade) for shade in (3, 5, 7)}
    digests = {shade: hashlib.sha256(content).hexdigest() for shade, content in shades.items()}
    count = roster["persons"].height
    listed = [digests[(3, 5, 7)[number % 3]] for number in range(count)]
    persons = roster["persons"].with_columns(photo_sha256=pl.Series(listed))
    photos = {digests[shade]: content for shade, content in shades.items()}
    return replace(roster.with_tables(persons=persons), photos=photos)


def portrait(shade: int) -> bytes:
    """Head and shoulders, 4 : 5."""
    height, width = np.mgrid[0:250, 0:200]
    head = ((width - 100) / 42) ** 2 + ((height - 95) / 52) ** 2 < 1
    shoulders = ((width - 100) / 85) ** 2 + ((height - 260) / 95) ** 2 < 1
    shades = np.full((250, 200), 13, np.uint8)
    shades[head | shoulders] = shade
    return png(shades)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
