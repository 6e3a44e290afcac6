"""The invented prefecture as the files an office has.

    people/*.lrmx        one form each, file names as different hands choose them
    national.xlsx        the ten-sheet workbook: posts, levels, study, assessments, relatives with ID
    teams.xlsx           our template: teams, posts, seats, tags, conclusions … targets, settings
    targets.yaml         the same targets
    settings.yaml        the same plan settings
    planted.json         infeasible variant only: ids of the targets that clash

Same seed and variant, same bytes.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import yaml

from banzi.demo.blemishes import (
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
from banzi.kernel.files import replacing_folder

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
        (part / MARK).write_text("", encoding="utf-8")
        (part / FORMS).mkdir()
        for number, person in enumerate(world.officials, start=1):
            form = blemished_form(form_of(roster, person.key), person, plan)
            data = blemished_bytes(write_form(form), person, plan, rng)
            (part / FORMS / _file_name(rng, world, person, number)).write_bytes(data)
        write_national(workbook_roster(world, roster, plan), part / NATIONAL)
        rows = target_rows(world, variant)
        lists = {"settings": setting_rows(), "profiles": profile_rows()}
        write_template(part / TEMPLATE, roster, rows, lists)
        _write_yaml(part / TARGETS, {"targets": rows})
        _write_yaml(part / SETTINGS, plan_settings())
        if variant == INFEASIBLE:
            planted = json.dumps({"targets": list(PLANTED)}, ensure_ascii=False, indent=1)
            (part / PLANTED_FILE).write_text(planted + "\n", encoding="utf-8", newline="\n")
    return world


def _file_name(rng: Random, world: World, person: Official, number: int) -> str:
    """`姓名.lrmx`, `姓名身份证号.lrmx`, `1姓名.lrmx`, with the endings editors use (formats.md 1.1)."""
    namesakes = sum(other.name == person.name for other in world.officials)
    style = 1 if namesakes > 1 else rng.choice((0, 0, 1, 2))
    stem = (person.name, person.name + person.id_number, f"{number}{person.name}")[style]
    return stem + rng.choice((".lrmx", ".lrmx", ".lrmx", ".Lrmx", ".LRMX"))


def _write_yaml(path: Path, content: dict[str, Any]) -> None:
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(text, encoding="utf-8", newline="\n")
