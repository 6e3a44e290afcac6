"""A project opens with the files of its problem and the teams as they stand; drafts join it.

Everything here is called inside an act.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.plan import Plan
from banzi.web.accounts.models import Account
from banzi.web.board.desk import Desk, desk_of, folder_of
from banzi.web.board.models import Draft, Placement, Project

INCUMBENTS = _("现任班子")


def open_project(
    name: str,
    day: date,
    files: Path,
    digest: str,
    by: Account,
    *,
    records_seq: int,
    sealed: bool = False,
) -> tuple[Project, Draft]:
    """Keep a problem (its folder, and the digest of it) with a first draft: who is in office.

    `records_seq`: the last act in the records that the problem was made from.
    """
    project = Project.objects.create(
        name=name,
        as_of=day,
        problem_sha256=digest,
        records_seq=records_seq,
        sealed=sealed,
        created_by=by,
        created_at=timezone.now(),
    )
    shutil.copytree(files, folder_of(project), dirs_exist_ok=True)
    return project, add_draft(project, INCUMBENTS, incumbents(desk_of(project)), by)


def add_draft(
    project: Project, name: str, placed: Mapping[str, str], by: Account, proof: str = ""
) -> Draft:
    """A further draft: post id → person id, and what the solver said of it ("" where it did not)."""
    draft = Draft.objects.create(
        project=project, name=name, proof=proof, created_by=by, created_at=timezone.now()
    )
    Placement.objects.bulk_create(
        Placement(draft=draft, post_id=post, person_id=person) for post, person in placed.items()
    )
    return draft


def free_name(project: int, wanted: str) -> str:
    """The name, with a number behind it when another draft has it."""
    taken = set(Draft.objects.filter(project=project).values_list("name", flat=True))
    base = wanted or "方案"
    if wanted and wanted not in taken:
        return wanted
    return next(f"{base}{n}" for n in range(1, len(taken) + 2) if f"{base}{n}" not in taken)


def incumbents(desk: Desk) -> dict[str, str]:
    """Who holds each post at present, where the person may stay."""
    return {
        post.post_id: post.incumbent_person_id
        for post in desk.problem.posts
        if post.incumbent_person_id and desk.arc(post.post_id, post.incumbent_person_id) >= 0
    }


def placed_by(plan: Plan) -> dict[str, str]:
    """Post id → person id of a plan; posts left empty are absent."""
    return {post: person for post, person in plan.assignments if person is not None}


def tiers_of(plan: Plan) -> list[dict[str, Any]]:
    """What the solver reached and proved, tier by tier."""
    return [{"name": t.name, "value": t.value, "bound": t.bound} for t in plan.tiers]


def proof_of(plan: Plan) -> str:
    """The same as a draft keeps it."""
    return json.dumps(tiers_of(plan), ensure_ascii=False)
