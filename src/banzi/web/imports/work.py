"""The jobs of imports: reading files, and taking over what was chosen."""

from __future__ import annotations

import shutil
from typing import Any

from django.urls import reverse
from django.utils import timezone

from banzi.kernel.errors import BadInput, BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.web.accounts.models import Account
from banzi.web.accounts.rights import Rights
from banzi.web.imports.committing import Stale, keep_photos, merged, write, writes_of
from banzi.web.imports.models import Import, ImportState, kept_sources
from banzi.web.imports.planning import ImportPlan, plan_import
from banzi.web.imports.reading import package_of, read_import
from banzi.web.jobs.jobs import job
from banzi.web.jobs.models import Job
from banzi.web.jobs.running import effects
from banzi.web.jobs.saying import kept_problem
from banzi.web.records.freezing import current_roster

COMPARING = MessageKind("imports/comparing", _("与现有资料比对"))
WRITING = MessageKind("imports/writing", _("写入资料库"))
_TRIES = 3


@job("imports.read", title=_("读取导入文件"))
def read(job: Job, progress: Progress) -> dict[str, Any]:
    given = Import.objects.get(pk=job.arguments["import_id"])
    try:
        found = read_import(given, timezone.localdate(), progress)
    except BadInput as bad:
        kept = [kept_problem(each) for each in bad.problems]
        Import.objects.filter(pk=given.pk).update(state=ImportState.REFUSED, problems=kept)
        raise
    Import.objects.filter(pk=given.pk, state=ImportState.READING).update(
        state=ImportState.READY, counts=found.counts, package=found.package
    )
    return {"address": reverse("import", args=[given.pk])}


@job("imports.take", title=_("写入导入的资料"))
def take(job: Job, progress: Progress) -> dict[str, Any]:
    given = Import.objects.get(pk=job.arguments["import_id"])
    try:
        for attempt in range(_TRIES):
            try:
                return _take(job, given, progress)
            except Stale:
                if attempt == _TRIES - 1:
                    raise
        raise AssertionError
    except BanziError:
        Import.objects.filter(pk=given.pk, state=ImportState.TAKING).update(state=ImportState.READY)
        raise


def _take(job: Job, given: Import, progress: Progress) -> dict[str, Any]:
    progress.start(COMPARING())
    plan = current_plan(given)
    after = merged(plan)
    writes = writes_of(plan.part, after)
    progress.start(WRITING())
    keep_photos(plan, after)
    _keep_files(given)
    names = "、".join(f"{each['name']}（{each['sha256'][:12]}）" for each in given.files[:20])
    with effects(job, "imports.take", about=given.pk, source=names) as (opened, result):
        rows = write(writes)
        Import.objects.filter(pk=given.pk).update(state=ImportState.TAKEN, act_id=opened.act_id)
        address = reverse("import", args=[given.pk])
        result.update(rows=rows, items=len(plan.taken), address=address)
    return result


def current_plan(given: Import) -> ImportPlan:
    """The import against the records of this moment, with the rights its maker has today."""
    today = timezone.localdate()
    account = Account.objects.filter(username=given.by, is_active=True).first()
    return plan_import(given, current_roster(today), package_of(given), Rights(account, today))


def _keep_files(given: Import) -> None:
    kept_sources().mkdir(exist_ok=True)
    for each in given.files:
        target = kept_sources() / str(each["sha256"])
        if not target.exists():
            part = target.with_name(f".{target.name}-{given.pk[:8]}")
            shutil.copyfile(given.folder / "files" / str(each["name"]), part)
            part.replace(target)
