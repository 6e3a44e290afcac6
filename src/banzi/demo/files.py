"""The invented region as the files an office has.

One prefecture, for the demonstration:

    people/*.lrmx        one form each, file names as different hands choose them
    national.xlsx        the ten-sheet workbook: posts, levels, study, assessments, relatives with ID
    teams.xlsx           our template: teams, posts, seats, tags, conclusions … targets, settings
    targets.yaml         the same targets
    settings.yaml        the same plan settings
    planted.json         infeasible variant only: ids of the targets that clash

Same seed and variant, same bytes. A whole region is written by `region_files` from the same pieces.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any

import yaml

from banzi.demo.blemishes import (
    BlemishPlan,
    blemished_bytes,
    blemished_form,
    blemished_roster,
    plan_blemishes,
    workbook_roster,
)
from banzi.demo.people import Official
from banzi.demo.rows import build_roster
from banzi.demo.wishes import (
    PLANTED,
    plan_settings,
    profile_rows,
    setting_rows,
    target_rows,
)
from banzi.demo.world import World, build_world
from banzi.documents.codecs.lrmx import write_form
from banzi.documents.codecs.workbook import write_national, write_template
from banzi.documents.forms import form_of
from banzi.kernel.files import name_key, replacing_folder, safe_name
from banzi.kernel.progress import Progress, Silent
from banzi.roster import Roster

FORMS = "people"
NATIONAL = "national.xlsx"
TEMPLATE = "teams.xlsx"
TARGETS = "targets.yaml"
SETTINGS = "settings.yaml"
PLANTED_FILE = "planted.json"
MARK = "banzi-demo"
"""File that tells a folder of the demonstration from one a user keeps other things in."""

FEASIBLE, INFEASIBLE = "feasible", "infeasible"
VARIANTS = (FEASIBLE, INFEASIBLE)


def write_files(folder: Path, seed: int, variant: str = FEASIBLE) -> World:
    """Write every file, all or nothing; an existing folder of that name is replaced."""
    world = build_world(seed)
    plan = plan_blemishes(world)
    roster = blemished_roster(world, build_roster(world), plan)
    rng = Random(f"banzi-files-{seed}")
    with replacing_folder(folder) as part:
        (part / MARK).touch()
        (part / FORMS).mkdir()
        names = FileNames(rng, world.officials)
        write_forms(part / FORMS, world.officials, roster, plan, rng, names, Silent())
        write_national(workbook_roster(world, roster, plan), part / NATIONAL)
        rows = target_rows(world, variant)
        lists = {"settings": setting_rows(), "profiles": profile_rows()}
        write_template(part / TEMPLATE, roster, rows, lists)
        write_wishes(part, rows, plan_settings(), variant)
    return world


def write_forms(
    folder: Path,
    people: Iterable[Official],
    roster: Roster,
    plan: BlemishPlan,
    rng: Random,
    names: FileNames,
    progress: Progress,
) -> None:
    """One form each, with its blemishes."""
    for person in people:
        form = blemished_form(form_of(roster, person.key), person, plan)
        data = blemished_bytes(write_form(form), person, plan, rng)
        (folder / names.of(person)).write_bytes(data)
        progress.advance()


def write_wishes(
    folder: Path, rows: list[dict[str, object]], settings: dict[str, object], variant: str
) -> None:
    """Targets and settings as YAML; for the infeasible variant also which targets clash."""
    write_yaml(folder / TARGETS, {"targets": rows})
    write_yaml(folder / SETTINGS, settings)
    if variant == INFEASIBLE:
        planted = json.dumps({"targets": list(PLANTED)}, ensure_ascii=False, indent=1)
        (folder / PLANTED_FILE).write_text(planted + "\n", encoding="utf-8", newline="\n")


class FileNames:
    """`姓名.lrmx`, `姓名身份证号.lrmx`, `1姓名.lrmx`, with the endings editors use (formats.md 1.1)."""

    def __init__(self, rng: Random, people: Iterable[Official]) -> None:
        self._rng = rng
        self._bearers = Counter(name_key(person.name) for person in people)
        self._number = 0

    def of(self, person: Official) -> str:
        self._number += 1
        style = 1 if self._bearers[name_key(person.name)] > 1 else self._rng.choice((0, 0, 1, 2))
        stem = (person.name, person.name + person.id_number, f"{self._number}{person.name}")[style]
        return safe_name(stem) + self._rng.choice((".lrmx", ".lrmx", ".lrmx", ".Lrmx", ".LRMX"))


def write_yaml(path: Path, content: dict[str, Any]) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8", newline="\n")
