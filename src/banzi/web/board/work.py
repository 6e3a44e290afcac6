"""What the board leaves to workers: a problem is built, a draft is finished by the solver."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from banzi.cli.plan_inputs import read_plan_settings
from banzi.documents.target_files import read_targets
from banzi.kernel.errors import BadInput, BanziError
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
from banzi.staffing.starting_ahead import search_ahead
from banzi.web.accounts.models import Account
from banzi.web.board import papering as papering  # its job is looked for here
from banzi.web.board.creating import own_name
from banzi.web.board.desk import Desk, desk_of, folder_of, placed_in
from banzi.web.board.models import Draft, Wish, WishKind
from banzi.web.board.moving import NOT_OPEN, SEEN_BEFORE, fill
from banzi.web.board.opening import (
    add_draft,
    free_name,
    open_project,
    placed_by,
    proof_of,
    tiers_of,
)
from banzi.web.jobs.jobs import job
from banzi.web.jobs.models import Job
from banzi.web.jobs.running import effects
from banzi.web.records.freezing import roster_and_revision
from banzi.web.shared.own_names import by_own_names

NO_PLAN = MessageKind(
    "board/no-plan", _("时限内未找到满足全部硬性要求的方案；请放宽时限，或减少指定和排除")
)
CONFLICT_SECONDS = 60.0
FOUND = _("求解所得方案")
BESIDE = _("求解期间原方案有改动，另存为新方案")
BESIDE_NAME = MessageKind("board/solved-beside", _("{name}（求解结果）"))


def incoming(token: str) -> Path:
    """Where the files given for a new project wait."""
    return Path(settings.BANZI_HOME) / "plans" / f"new-{token}"


def _asked_anew(given: Mapping[str, Any]) -> str:
    """The form of a new project, filled in as it was."""
    again = f"?{urlencode({'again': given['token']})}" if "token" in given else ""
    return f"{reverse('board')}{again}#new"


@job("board.prepare", title=_("生成选配项目"), back=_asked_anew)
def prepare(asked: Job, progress: Progress) -> dict[str, Any]:
    """Records, targets and settings become a problem, a project and a first draft."""
    given = asked.arguments
    day = date.fromisoformat(given["as_of"])
    folder = incoming(given["token"])
    roster, records_seq = roster_and_revision(day)
    try:
        targets, chosen = (
            read_targets(folder / given["targets"]),
            read_plan_settings(folder / given["settings"]),
        )
        built = build_from_roster(
            roster, targets.targets, chosen, day, progress, given["settings"], load_law()
        )
    except BadInput as bad:
        raise by_own_names(bad.problems, partial(own_name, folder)) from None
    files = folder / "problem"
    digest = write_built(files, built)
    account = Account.objects.get(username=asked.by)
    with effects(asked, "board.project", about=given["name"]) as (_opened, result):
        project, draft = open_project(
            given["name"],
            day,
            files,
            digest,
            account,
            records_seq=records_seq,
            sealed=given["sealed"],
        )
        for each in {given["targets"], given["settings"]}:
            shutil.copy(folder / each, folder_of(project) / each)
        desk = desk_of(project)
        result.update(project=project.pk, address=_opened_at(draft, desk, given.get("post", "")))
    shutil.rmtree(folder, ignore_errors=True)
    return result


def _opened_at(draft: Draft, desk: Desk, post_id: str) -> str:
    """The address of a new draft; with the candidates of a post open where one was asked about."""
    address = reverse("board-draft", args=[draft.pk])
    if post_id not in desk.post_of:
        return address
    team = desk.problem.posts[desk.post_of[post_id]].teams[0]
    asked = {"region": desk.team_facts[team].get("region", ""), "post": post_id}
    return f"{address}?{urlencode({name: text for name, text in asked.items() if text})}"


@job(
    "board.solve",
    title=_("由程序补全方案"),
    stop=_("停止，保留目前最好的方案"),
    back=lambda given: reverse("board-draft", args=[given["draft"]]) + given.get("query", ""),
)
def finish(asked: Job, progress: Progress) -> dict[str, Any]:
    """Let the solver finish a draft: pins and bans hold, and with `keep` every card placed.

    A draft that was changed (or signed) meanwhile stays as people left it: the plan, which knows
    nothing of that, becomes a draft beside it, and the two are compared.
    """
    given = asked.arguments
    draft = Draft.objects.select_related("project").get(pk=given["draft"])
    wishes: list[Any] = list(draft.wishes.values("kind", "post_id", "person_id"))
    with search_ahead() as ahead:
        desk = desk_of(draft.project)
        problem = asked_problem(draft, desk, keep=given["keep"])
        plan = solve(problem, given["seconds"], progress=progress, keep_best=True, ahead=ahead)
    if plan.status == "infeasible":
        found = _conflict(problem, desk, progress)
        address = reverse("board-clash", args=[draft.pk, asked.pk])
        return {"draft": draft.pk, "conflict": found, "address": address}
    if not plan.found:
        raise BanziError(NO_PLAN())
    told = {"tiers": tiers_of(plan), "gap": plan.gap}
    try:
        with effects(asked, "board.fill", about=str(draft), reason=FOUND) as (_opened, result):
            fill(draft, placed_by(plan), proof_of(plan), seen=draft.moves)
            address = reverse("board-draft", args=[draft.pk]) + given.get("query", "")
            result.update(told, draft=draft.pk, address=address)
    except BanziError as refused:
        if refused.message.code not in (SEEN_BEFORE.code, NOT_OPEN.code):
            raise
    else:
        return result
    with effects(asked, "board.draft", about=str(draft), reason=BESIDE) as (_opened, result):
        made = _beside(draft, plan, wishes, Account.objects.get(username=asked.by))
        result.update(told, draft=made.pk, address=_compared(draft, made))
    return result


def _beside(draft: Draft, plan: Plan, wishes: list[Any], by: Account) -> Draft:
    """The plan as a draft of its own, with the pins and exclusions that it was made under."""
    wanted = BESIDE_NAME(name=draft.name[:_NAME_LEFT]).text("zh")
    name = free_name(draft.project_id, wanted)
    made = add_draft(draft.project, name, placed_by(plan), by, proof_of(plan))
    Wish.objects.bulk_create(Wish(draft=made, **each) for each in wishes)
    return made


_NAME_LEFT = 100
"""Characters of a draft's name that leave room for what is added."""


def _compared(draft: Draft, made: Draft) -> str:
    """Where the two stand side by side, and why there are two."""
    asked = urlencode({"a": draft.pk, "b": made.pk, "solved": 1})
    return f"{reverse('board-compare', args=[draft.project_id])}?{asked}"


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


def _conflict(problem: Problem, desk: Desk, progress: Progress) -> dict[str, Any]:
    """Which requirements clash, and what could give, in both languages."""
    report = explain_infeasible(problem, CONFLICT_SECONDS, progress, desk.names)
    return {language: report.as_json(language) for language in ("zh", "en")}
