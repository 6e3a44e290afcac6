"""What the board leaves to workers: a problem is built, a draft is finished by the solver."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from banzi.cli.plan_inputs import read_plan_settings
from banzi.documents.target_files import read_targets
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.law import load_law
from banzi.staffing.building import write_built
from banzi.staffing.conflicts import explain_infeasible
from banzi.staffing.plan import Plan
from banzi.staffing.problem import Problem
from banzi.staffing.screening import build_from_roster
from banzi.staffing.solving import solve
from banzi.web.accounts.models import Account
from banzi.web.board.desk import Desk, desk_of, folder_of, placed_in
from banzi.web.board.models import Draft, Placement, Project, WishKind
from banzi.web.board.moving import fill
from banzi.web.jobs.jobs import job
from banzi.web.jobs.models import Job
from banzi.web.jobs.running import effects
from banzi.web.records.freezing import current_roster, records_revision

NO_PLAN = MessageKind(
    "board/no-plan", _("时限内未找到满足全部硬性要求的方案；请放宽时限，或减少指定和排除")
)
CONFLICT_SECONDS = 60.0
INCUMBENTS = _("现任班子")
FOUND = _("求解所得方案")


def incoming(token: str) -> Path:
    """Where the files given for a new project wait."""
    return Path(settings.BANZI_HOME) / "plans" / f"new-{token}"


@job("board.prepare")
def prepare(asked: Job, progress: Progress) -> dict[str, Any]:
    """Records, targets and settings become a problem, a project and a first draft."""
    given = asked.arguments
    day = date.fromisoformat(given["as_of"])
    folder = incoming(given["token"])
    roster = current_roster(day)
    targets, chosen = (
        read_targets(folder / given["targets"]),
        read_plan_settings(folder / given["settings"]),
    )
    built = build_from_roster(
        roster, targets.targets, chosen, day, progress, given["settings"], load_law()
    )
    files = folder / "problem"
    digest = write_built(files, built)
    account = Account.objects.get(username=asked.by)
    with effects(asked, "board.project", about=given["name"]) as (_opened, result):
        project = Project.objects.create(
            name=given["name"],
            as_of=day,
            problem_sha256=digest,
            records_seq=records_revision(),
            sealed=given["sealed"],
            created_by=account,
            created_at=timezone.now(),
        )
        shutil.copytree(files, folder_of(project), dirs_exist_ok=True)
        shutil.copy(folder / given["targets"], folder_of(project) / given["targets"])
        draft = Draft.objects.create(
            project=project, name=INCUMBENTS, created_by=account, created_at=timezone.now()
        )
        desk = desk_of(project)
        Placement.objects.bulk_create(
            Placement(draft=draft, post_id=post, person_id=person)
            for post, person in incumbents(desk).items()
        )
        result["project"] = project.pk
    shutil.rmtree(folder, ignore_errors=True)
    return result


def incumbents(desk: Desk) -> dict[str, str]:
    """Who holds each post at present, where the person may stay."""
    return {
        post.post_id: post.incumbent_person_id
        for post in desk.problem.posts
        if post.incumbent_person_id and desk.arc(post.post_id, post.incumbent_person_id) >= 0
    }


@job("board.solve", stop=_("停止，保留目前最好的方案"))
def finish(asked: Job, progress: Progress) -> dict[str, Any]:
    """Let the solver finish a draft: pins and bans hold, and with `keep` every card placed."""
    given = asked.arguments
    draft = Draft.objects.select_related("project").get(pk=given["draft"])
    desk = desk_of(draft.project)
    problem = asked_problem(draft, desk, keep=given["keep"])
    plan = solve(problem, given["seconds"], progress=progress, keep_best=True)
    if plan.status == "infeasible":
        return {"draft": draft.pk, "conflict": _conflict(problem, desk, progress)}
    if not plan.found:
        raise BanziError(NO_PLAN())
    placed = {post: person for post, person in plan.assignments if person is not None}
    with effects(asked, "board.fill", about=str(draft), reason=FOUND) as (_opened, result):
        fill(draft, placed, json.dumps(_tiers(plan), ensure_ascii=False))
        result.update({"draft": draft.pk, "tiers": _tiers(plan), "gap": plan.gap})
    return result


def asked_problem(draft: Draft, desk: Desk, *, keep: bool) -> Problem:
    """The problem under the draft's pins and bans."""
    pairs: dict[str, list[tuple[int, int]]] = {WishKind.PIN: [], WishKind.BAN: []}
    for kind, post, person in draft.wishes.values_list("kind", "post_id", "person_id"):
        if post in desk.post_of and person in desk.person_of:
            pairs[kind].append((desk.post_of[post], desk.person_of[person]))
    if keep:
        pairs[WishKind.PIN] += [
            (desk.post_of[post], desk.person_of[person])
            for post, person in placed_in(draft).items()
            if desk.arc(post, person) >= 0
        ]
    problem = desk.problem
    return replace(
        problem,
        pins=tuple(dict.fromkeys((*problem.pins, *pairs[WishKind.PIN]))),
        bans=tuple(dict.fromkeys((*problem.bans, *pairs[WishKind.BAN]))),
    )


def _tiers(plan: Plan) -> list[dict[str, Any]]:
    return [{"name": t.name, "value": t.value, "bound": t.bound} for t in plan.tiers]


def _conflict(problem: Problem, desk: Desk, progress: Progress) -> dict[str, Any]:
    """Which requirements clash, and what could give, in both languages."""
    report = explain_infeasible(problem, CONFLICT_SECONDS, progress, desk.names)
    return {language: report.as_json(language) for language in ("zh", "en")}
