"""Posts, levels, ranks and studies of a person over the years, as a drawing of bars.

Geometry only, in units of the drawing; the template writes it as SVG. Everything in it stands in
the tables of the page too, so it adds a view and no fact. A bar whose end is not known reaches to
the day and is marked open; one without a beginning is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from banzi.kernel.dates import PartialDate, month_of, month_text
from banzi.kernel.messages import Language, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import SegmentKind
from banzi.roster import TABLES
from banzi.web.people.file import TO_NOW
from banzi.web.records.showing import value_text

WIDTH, LABEL = 1000, 86
BAR, GAP, AXIS = 22, 5, 22
_LETTER = 11.5

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time; `text` is cut to the bar, `title` says it in full."""

    x: float
    y: float
    width: float
    text: str
    title: str
    kind: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the drawing: its name stands at the left."""

    title: str
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    width: int
    height: int
    lanes: tuple[Lane, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    end: int | None
    text: str
    kind: str


def timeline(
    tables: Mapping[str, list[dict[str, Any]]], as_of: date, language: Language
) -> Timeline | None:
    """The drawing for the rows of a file; None when nothing in them has a beginning."""
    groups = [
        (_("履历"), list(_career(tables.get("career_segments", [])))),
        (_("职务层次"), list(_levels(tables.get("level_history", []), "post_level", language))),
        (_("职级"), list(_levels(tables.get("level_history", []), "rank", language))),
        (_("学习"), list(_studies(tables.get("education", [])))),
    ]
    now = month_of(as_of) + 1
    shown = [
        (title, [each for each in stretches if each.start < now])
        for title, stretches in groups
        if any(each.start < now for each in stretches)
    ]
    if not shown:
        return None
    first = min(each.start for _title, stretches in shown for each in stretches)
    scale = (WIDTH - LABEL) / max(now - first, 12)
    lanes: list[Lane] = []
    bars: list[Bar] = []
    y = float(AXIS)
    for title, stretches in shown:
        lanes.append(Lane(translate(title, language), y))
        rows = _rows(stretches, now)
        for row in rows:
            bars += [_bar(each, y, first, now, scale, language) for each in row]
            y += BAR + GAP
        y += GAP
    return Timeline(WIDTH, round(y), tuple(lanes), tuple(bars), tuple(_ticks(first, now, scale)))


def _career(rows: Iterable[Row]) -> Iterator[_Stretch]:
    for row in rows:
        if row["started"] is not None and row["segment_kind"] == SegmentKind.MAIN:
            yield _Stretch(row["started"], row["ended"], row["text"], "career")


def _levels(rows: Iterable[Row], kind: str, language: Language) -> Iterator[_Stretch]:
    column = TABLES["level_history"][kind]
    for row in rows:
        if row["level_kind"] == kind and row["started_on"] and row[kind]:
            text = value_text(column, row[kind], language)
            yield _Stretch(_month(row["started_on"]), _end(row["ended_on"]), text, kind)


def _studies(rows: Iterable[Row]) -> Iterator[_Stretch]:
    for row in rows:
        if row["entered_on"]:
            told = (row["school"], row["major"], row["education_name"] or row["degree_name"])
            text = "".join(part for part in told if part)
            yield _Stretch(_month(row["entered_on"]), _end(row["graduated_on"]), text, "study")


def _month(value: int) -> int:
    return month_of(PartialDate(value).earliest)


def _end(value: int | None) -> int | None:
    return None if value is None else _month(value)


def _rows(stretches: list[_Stretch], now: int) -> list[list[_Stretch]]:
    """Stretches in as few rows as keep them apart, the earliest first."""
    rows: list[list[_Stretch]] = []
    for each in sorted(stretches, key=lambda found: (found.start, found.end or now)):
        free = (row for row in rows if (row[-1].end or now) <= each.start)
        row = next(free, None)
        if row is None:
            rows.append([each])
        else:
            row.append(each)
    return rows


def _bar(each: _Stretch, y: float, first: int, now: int, scale: float, language: Language) -> Bar:
    end = min(each.end or now, now)
    width = max((end - each.start) * scale, 3)
    until = translate(TO_NOW, language) if each.end is None else month_text(each.end)
    room = int((width - 6) / _LETTER)
    return Bar(
        round(LABEL + (each.start - first) * scale, 1),
        y,
        round(width - 1, 1),
        each.text if len(each.text) <= room else each.text[: room - 1] + "…" if room > 2 else "",
        f"{month_text(each.start)}–{until} {each.text}",
        each.kind,
        each.end is None,
    )


def _ticks(first: int, now: int, scale: float) -> Iterator[Tick]:
    years = (now - first) // 12 + 1
    step = next(step for step in (1, 2, 5, 10) if years / step <= 14)
    start = -(-(first // 12 + (1 if first % 12 else 0)) // step) * step
    for year in range(start, now // 12 + 1, step):
        yield Tick(round(LABEL + (year * 12 - first) * scale, 1), str(year))
