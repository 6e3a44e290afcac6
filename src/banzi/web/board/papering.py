"""The job that writes the papers of a signed draft."""

from __future__ import annotations

import shutil
from typing import Any

from django.urls import reverse
from django.utils import timezone

from banzi.documents.papers.plan_papers import write_plan_papers
from banzi.kernel.errors import BanziError
from banzi.kernel.files import zip_folder
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Rights
from banzi.web.board.access import projects_for
from banzi.web.board.desk import desk_of
from banzi.web.board.effect import carried_out
from banzi.web.board.models import Draft
from banzi.web.board.papers import (
    check_rights,
    checked_moves,
    folder_of_papers,
    reports,
    roster_of,
    wanted_of,
    zip_of_papers,
)
from banzi.web.jobs.jobs import job
from banzi.web.jobs.models import Job, JobState
from banzi.web.jobs.saying import kept

KIND = "board.papers"
CLOSED = MessageKind("board/papers-closed", _("这个方案现在不能由您打开，没有写材料"))


@job(
    KIND,
    title=_("编写任免材料"),
    back=lambda given: reverse("board-papers", args=[given["draft"]]),
)
def write_papers(asked: Job, progress: Progress) -> dict[str, Any]:
    """Write what was asked for, with the rights the account has by now; the older set goes."""
    given = asked.arguments
    draft = Draft.objects.select_related("project").get(pk=given["draft"])
    account = Account.objects.filter(username=asked.by, is_active=True).first()
    if not projects_for(account).filter(pk=draft.project_id).exists():
        raise BanziError(CLOSED())
    desk, roster = desk_of(draft.project), roster_of(draft)
    moving = checked_moves(draft, desk, roster)
    check_rights(Rights(account, timezone.localdate()), given, moving, roster)
    after, before = reports(draft, desk, roster) if given["report"] else (None, None)
    folder = folder_of_papers(draft, asked.pk)
    written = write_plan_papers(
        roster,
        carried_out(draft, desk),
        draft.project.as_of,
        folder,
        after,
        before,
        desk.reviews,
        wanted_of(given, draft, desk),
        progress,
    )
    zip_folder(folder, zip_of_papers(draft, asked.pk))
    _remove_older(draft, asked)
    return {
        "address": reverse("board-papers", args=[draft.pk]),
        "papers": [
            {
                "file": each.file,
                "title": each.title,
                "name": each.name,
                "person_id": each.person_id,
                "notes": [kept(note) for note in each.notes],
            }
            for each in written.papers
        ],
    }


def sets_of(draft: Draft, username: str) -> list[Job]:
    """Jobs of an account that wrote papers of a draft, newest first."""
    done = Job.objects.filter(
        kind=KIND, by=username, state=JobState.DONE, arguments__draft=draft.pk
    )
    return list(done.order_by("-asked_at"))


def _remove_older(draft: Draft, asked: Job) -> None:
    for each in sets_of(draft, asked.by):
        shutil.rmtree(folder_of_papers(draft, each.pk), ignore_errors=True)
        zip_of_papers(draft, each.pk).unlink(missing_ok=True)
