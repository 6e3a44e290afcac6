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
from typing import Any

import typst

from banzi.documents.papers.fonts import FONT_FOLDER


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
        return _compiled(template, data, day)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / template.name).write_bytes(template.read_bytes())
        for file, content in pictures.items():
            (folder / file).write_bytes(content)
        return _compiled(folder / template.name, data, day)


def _compiled(template: Path, data: Mapping[str, Any], day: date) -> bytes:
    made: bytes = typst.compile(
        template,
        font_paths=[FONT_FOLDER],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )
    return made
