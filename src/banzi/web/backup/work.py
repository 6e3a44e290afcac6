"""The job behind the button."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.web.backup.making import backups_made, make_backup, name_of
from banzi.web.backup.trying import checked, restored
from banzi.web.jobs.jobs import job
from banzi.web.jobs.models import Job
from banzi.web.jobs.running import effects


@job("backup.make", title=_("备份"), back=lambda _given: reverse("backup"))
def make(job: Job, progress: Progress) -> dict[str, Any]:
    now = timezone.localtime()
    target = backups_made() / name_of(now)
    made = make_backup(target, now, progress=progress)
    with effects(job, "backup.make", about=target.name, source=made["sha256"]) as (_act, result):
        result.update(name=target.name, sha256=made["sha256"], size=made["size"],
                      acts=made["acts"], address=reverse("backup"))  # fmt: skip
    return result


def _restore_page(_given: object) -> str:
    return reverse("backup-restore")


@job("backup.check", title=_("核对备份"), back=_restore_page)
def check(job: Job, progress: Progress) -> dict[str, Any]:
    name = str(job.arguments["name"])
    found = checked(name, progress)
    with effects(job, "backup.check", about=name) as (_act, result):
        result.update(found, address=reverse("backup-told", args=[job.pk]))
    return result


@job("backup.restore", title=_("恢复备份到新文件夹"), back=_restore_page)
def restore(job: Job, progress: Progress) -> dict[str, Any]:
    name = str(job.arguments["name"])
    found = checked(name, progress)
    folder = restored(name, timezone.localtime(), progress)
    with effects(job, "backup.restore", about=name, source=folder.name) as (_act, result):
        address = reverse("backup-told", args=[job.pk])
        result.update(found, folder=str(folder), address=address)
    return result
