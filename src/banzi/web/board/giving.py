"""A way out of a clash is taken: what gives way, in a version of its own.

A target that moves, or a pair that the problem itself had decided, is another problem: a new
project, with the draft in it. A pin or an exclusion of the draft is lifted in a copy of the draft.
What was before stays as it was, and why somebody gave way is on record with the act.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.answers.target_words import bound_said
from banzi.staffing.bundle import TITLE, Bundle, csv_bytes, json_bytes
from banzi.staffing.problem import Problem
from banzi.staffing.reading import read_problem
from banzi.web.accounts.models import Account
from banzi.web.audit.acts import act
from banzi.web.board.desk import Desk, folder_of, placed_in
from banzi.web.board.models import Draft, Project, Reader, Wish
from banzi.web.board.opening import add_draft, free_name, open_project

NO_REASON = MessageKind("board/no-reason", _("没有填写依据或理由；请填写后再调整"))
MOVED = MessageKind("board/target-moved", _("{title}（由{before}调整为{after}）"))
VERSION = MessageKind("board/version", _("{name}（调整{number}）"))
_LISTS = {"pin": "pins", "ban": "bans"}


def can_be_taken(way: Mapping[str, Any]) -> bool:
    """Whether the site can take a way out; what law forbids, and finding more people, it cannot."""
    return bool(way["lawful"]) and way["kind"] in ("target", *_LISTS)


def give_way(
    draft: Draft, desk: Desk, way: Mapping[str, Any], reason: str, *, by: Account
) -> Draft:
    """The draft as it goes on once the way is taken (as `WayOut.as_json` says it).

    Raises
    ------
    BanziError
        `board/no-reason`.
    """
    if not reason.strip():
        raise BanziError(NO_REASON())
    with act("board.give-way", by=by, about=f"{draft}：{way['text']}", reason=reason.strip()):
        if way["kind"] == "target":
            return _in_new_version(draft, _with_bound(desk.problem, way), by)
        post, person = way["post_id"], way["person_id"]
        wished = draft.wishes.filter(kind=way["kind"], post_id=post, person_id=person)
        if wished.exists() or placed_in(draft).get(post) == person:
            placed = placed_in(draft)
            if way["kind"] == "pin" and not wished.exists():
                del placed[post]
            return _copied(draft, draft.project, placed, by, but=(way["kind"], post, person))
        return _in_new_version(draft, _without_pair(desk.problem.bundle, way), by)


def _with_bound(problem: Problem, way: Mapping[str, Any]) -> Bundle:
    """The bundle with a target at its new bound; its words say so."""
    target = next(each for each in problem.targets if each.target_id == way["target_id"])
    bundle = problem.bundle
    table = bundle.tables["targets.csv"]
    ids, bounds = table.columns.index("target_id"), table.columns.index("bound")
    rows = []
    for row in table.rows:
        cells = list(row)
        if cells[ids] == way["target_id"]:
            cells[bounds] = str(way["new_bound"])
            if TITLE in table.columns:
                at = table.columns.index(TITLE)
                before, after = (bound_said(target, way[name]) for name in ("bound", "new_bound"))
                cells[at] = MOVED(title=cells[at], before=before, after=after).text("zh")
        rows.append(tuple(cells))
    moved = replace(table, rows=tuple(rows), lines=())
    return Bundle(bundle.settings, {**bundle.tables, "targets.csv": moved})


def _without_pair(bundle: Bundle, way: Mapping[str, Any]) -> Bundle:
    """The bundle without a pin or ban that its settings decide."""
    name, pair = _LISTS[way["kind"]], (way["post_id"], way["person_id"])
    left = [
        each
        for each in bundle.settings.get(name, ())
        if (each["post_id"], each["person_id"]) != pair
    ]
    return Bundle({**bundle.settings, name: left}, bundle.tables)


def _in_new_version(draft: Draft, bundle: Bundle, by: Account) -> Draft:
    """A project of the changed problem, sealed as the old one was, and the draft in it."""
    old = draft.project
    with tempfile.TemporaryDirectory() as temporary:
        files = Path(temporary) / "problem"
        shutil.copytree(folder_of(old), files)
        (files / "targets.csv").write_bytes(csv_bytes(bundle.tables["targets.csv"]))
        (files / "problem.json").write_bytes(json_bytes(bundle.settings))
        digest = read_problem(files).sha256
        project, _first = open_project(
            _version(old.name),
            old.as_of,
            files,
            digest,
            by,
            records_seq=old.records_seq,
            sealed=old.sealed,
        )
    Project.objects.filter(pk=project.pk).update(stage=old.stage)
    Reader.objects.bulk_create(
        Reader(project=project, account_id=account, stage=stage)
        for account, stage in old.readers.values_list("account_id", "stage")
    )
    return _copied(draft, project, placed_in(draft), by)


def _copied(
    draft: Draft,
    project: Project,
    placed: Mapping[str, str],
    by: Account,
    but: tuple[str, str, str] | None = None,
) -> Draft:
    """A draft like this one, with all its pins and exclusions but one."""
    made = add_draft(project, free_name(project.pk, draft.name), placed, by)
    wishes = draft.wishes.values_list("kind", "post_id", "person_id")
    Wish.objects.bulk_create(
        Wish(draft=made, kind=kind, post_id=post, person_id=person)
        for kind, post, person in wishes
        if (kind, post, person) != but
    )
    return made


def _version(name: str) -> str:
    """`换届` → `换届（调整1）`, the next number that no project has."""
    taken = set(Project.objects.values_list("name", flat=True))
    numbered = (VERSION(name=name, number=n).text("zh") for n in range(1, len(taken) + 2))
    return next(each for each in numbered if each not in taken)
