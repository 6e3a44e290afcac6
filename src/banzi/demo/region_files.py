"""A whole region as files: a folder for each prefecture, the wishes for all of them beside.

    990100云岭市/people/*.lrmx     forms
    990100云岭市/national.xlsx     national workbook, up to 500 officials; then national-2.xlsx …
    990100云岭市/teams.xlsx        our template: teams, posts, seats, tags, conclusions …
    roster/                       instead of forms and workbooks, when only the roster is asked for
    wishes.xlsx                   our template with targets, settings and profiles only
    targets.yaml, settings.yaml   the same for programs
    hidden-plan.csv               one plan that meets every target: post, official, name, ID number

Same seed, size and choices, same bytes. People are written 500 at a time and let go, so that memory
does not grow with the region.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

import polars as pl

from banzi.demo.blemishes import blemished_roster, plan_blemishes, workbook_roster
from banzi.demo.files import (
    FEASIBLE,
    FORMS,
    INFEASIBLE,
    MARK,
    NATIONAL,
    TEMPLATE,
    FileNames,
    write_forms,
    write_wishes,
)
from banzi.demo.knobs import load_knobs
from banzi.demo.people import Official
from banzi.demo.province import Part, Size, region_parts, size_of
from banzi.demo.rows import build_roster
from banzi.demo.territory import territory
from banzi.demo.wishes import profile_rows
from banzi.demo.wishes_of_region import (
    STANDARD,
    AreaFigures,
    region_setting_rows,
    region_settings,
    region_target_rows,
)
from banzi.demo.world import World
from banzi.documents.codecs.lrmx import write_form
from banzi.documents.codecs.workbook import write_national, write_template
from banzi.documents.forms import form_of
from banzi.kernel.files import replacing_folder, safe_name
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.roster import Roster, save_roster

WRITING = MessageKind("demo/writing", _("生成虚构地区"))

ALL, FORMS_ONLY, WORKBOOKS, ROSTER = "all", "forms", "workbooks", "roster"
CONTENTS = (ALL, FORMS_ONLY, WORKBOOKS, ROSTER)
"""What to write; the wishes and the hidden plan are written in any case."""

ROSTER_FOLDER = "roster"
WISHES = "wishes.xlsx"
HIDDEN_PLAN = "hidden-plan.csv"

_AT_ONCE = 500
_FORMS_AT_ONCE = 50
_TEAMS = 4


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    officials: int
    teams: int
    posts: int
    workbooks: int


def write_region(
    folder: Path,
    seed: int,
    size: Size,
    contents: str = ALL,
    tightness: str = STANDARD,
    variant: str = FEASIBLE,
    progress: Progress | None = None,
) -> Written:
    """Write a region, all or nothing; an existing folder of that name is replaced."""
    progress = progress or Silent()
    progress.start(WRITING(), size.officials)
    knobs = load_knobs()
    figures: list[AreaFigures] = []
    planned: list[tuple[str, Official]] = []
    frames: list[Roster] = []
    officials = workbooks = 0
    with replacing_folder(folder) as place:
        (place / MARK).touch()
        for part in region_parts(seed, size, knobs):
            world = part.world
            if contents == ROSTER:
                frames += _rosters(world, len(figures), progress)
            else:
                area = world.region.areas[0]
                own = place / safe_name(f"{area.code}{area.name}")
                own.mkdir()
                workbooks += _write_part(own, part, len(figures), contents, progress)
            figures += part.figures
            planned += part.planned
            officials += len(world.officials)
        rows = region_target_rows(knobs, figures, tightness, variant == INFEASIBLE)
        name = f"{territory().province}换届选配（示例）"
        lists = {"settings": region_setting_rows(figures, name), "profiles": profile_rows()}
        write_template(place / WISHES, Roster.of(knobs.as_of), rows, lists)
        write_wishes(place, rows, region_settings(figures, name), variant)
        _write_hidden_plan(place / HIDDEN_PLAN, planned)
        if contents == ROSTER:
            save_roster(_together(frames), place / ROSTER_FOLDER)
    posts = sum(len(each.area.posts) for each in figures)
    return Written(officials, _TEAMS * len(figures), posts, workbooks + 1)


def _write_part(folder: Path, part: Part, before: int, contents: str, progress: Progress) -> int:
    """Forms and workbooks of one prefecture; returns how many workbooks."""
    world = part.world
    code = world.region.areas[0].code
    rng = Random(f"banzi-files-{world.seed}-{code}")
    plan = plan_blemishes(world)
    names = FileNames(rng, world.officials)
    forms = contents in (ALL, FORMS_ONLY)
    if forms:
        (folder / FORMS).mkdir()
    count = 0
    for number, (people, whole) in enumerate(_slices(world, before), start=1):
        roster = blemished_roster(world, whole, plan)
        if forms:
            write_forms(folder / FORMS, people, roster, plan, rng, names, progress)
        if contents in (ALL, WORKBOOKS):
            suffix = f"-{number}" if number > 1 else ""
            national = NATIONAL.replace(".", f"{suffix}.")
            write_national(workbook_roster(world, roster, plan), folder / national)
            write_template(folder / TEMPLATE.replace(".", f"{suffix}."), roster)
            progress.advance(0 if forms else len(people))
            count += 2
    return count


def _slices(
    world: World, before: int, at_once: int | None = None
) -> Iterator[tuple[list[Official], Roster]]:
    """Officials in slices with their roster; teams, posts and seats go with the first."""
    officials, at_once = list(world.officials), at_once or _AT_ONCE
    for start in range(0, len(officials), at_once):
        people = officials[start : start + at_once]
        yield people, build_roster(world, people, with_teams=start == 0, areas_before=before)


def _rosters(world: World, before: int, progress: Progress) -> list[Roster]:
    found = []
    for people, roster in _slices(world, before):
        found.append(roster)
        progress.advance(len(people))
    return found


def _together(rosters: list[Roster]) -> Roster:
    first = rosters[0]
    names = list(first.sorted_tables())
    return first.with_tables(**{name: pl.concat([r[name] for r in rosters]) for name in names})


def _write_hidden_plan(path: Path, planned: list[tuple[str, Official]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("post_id", "key", "name", "id_number"))
    for post, person in planned:
        writer.writerow((post, person.key, person.name, person.id_number))
    path.write_text(text.getvalue(), encoding="utf-8", newline="\n")


def write_many_forms(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """Write `count` clean forms, `000001.lrmx` …, for benchmarks; returns their paths in order.

    Each is of another invented official. Nothing else is written, and nothing is undone on failure.

    Raises
    ------
    BadInput
        When there cannot be so many (`marginals.yaml`, most_officials).
    """
    folder.mkdir(parents=True, exist_ok=True)
    size = size_of(officials=max(count, size_of().officials))
    paths: list[Path] = []
    for person, roster in islice(_everybody(seed, size), count):
        path = folder / f"{len(paths) + 1:06d}.lrmx"
        path.write_bytes(write_form(form_of(roster, person.key)))
        paths.append(path)
    return paths


def _everybody(seed: int, size: Size) -> Iterator[tuple[Official, Roster]]:
    for part in region_parts(seed, size):
        for people, roster in _slices(part.world, 0, _FORMS_AT_ONCE):
            for person in people:
                yield person, roster
