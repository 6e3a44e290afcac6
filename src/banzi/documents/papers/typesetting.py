"""Setting pages with typst: a template of this package, data as JSON, the vendored fonts.

The document is dated by its figures and not by the clock, so the same data give the same bytes on
every machine. Templates compute nothing: every text comes in as data.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from banzi.documents.papers.fonts import FONT_FOLDER

_CHART = Path(__file__).with_name("chart.typ")
_DOTS = 240
"""Dots an inch of a picture: sharp on office printers, some 30 kB for a chart over the page."""


def typeset(
    template: Path, data: Mapping[str, Any], day: date, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of a template.

    Parameters
    ----------
    data
        What the template reads as `json(bytes(sys.inputs.data))`.
    pictures
        File name → content, for templates that show pictures from files beside them.
    """
    if not pictures:
        return _compiled(template, data, "pdf", day)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / template.name).write_bytes(template.read_bytes())
        for file, content in pictures.items():
            (folder / file).write_bytes(content)
        return _compiled(folder / template.name, data, "pdf", day)


def drawn(chart: str, width: float) -> bytes:
    """An SVG as PNG so many millimetres wide, for files that take no SVG; words in the vendored fonts."""
    return _compiled(_CHART, {"chart": chart, "width": width}, "png", None)


def _compiled(
    template: Path, data: Mapping[str, Any], ending: Literal["pdf", "png"], day: date | None
) -> bytes:
    dated = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    made: bytes = typst.compile(
        template,
        font_paths=[FONT_FOLDER],
        ignore_system_fonts=True,
        format=ending,
        ppi=_DOTS if ending == "png" else None,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(dated.timestamp()) if dated else None,
    )
    return made
