"""The page of backups: for the system administrator, who sees names and sizes and no content.

A backup holds everything; it is fetched from the folder of the site by whoever may enter the
machine, not through the browser. One may be brought back, be checked, and be restored into a new
folder; what is told of it are its date, its number of acts and rows.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from banzi.kernel.errors import BanziError
from banzi.kernel.files import replacing_file, safe_name
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES
from banzi.web.accounts.guarding import for_office
from banzi.web.accounts.models import Account, Office
from banzi.web.accounts.sessions import freshly_signed_in
from banzi.web.backup.making import backups, backups_made
from banzi.web.backup.trying import backup_named, listed_backups
from banzi.web.jobs.jobs import enqueue
from banzi.web.jobs.models import Job, JobState
from banzi.web.jobs.views import to_job

_SHOWN = 50
_KINDS = {"check": "backup.check", "restore": "backup.restore"}
NO_FILE = MessageKind("backup/no-file", _("没有选择备份文件（.zip）；请选择后再上传"))
THERE_ALREADY = MessageKind(
    "backup/there-already", _("备份文件夹里已有“{name}”；请改名后再上传，或直接核对已有的文件")
)


@for_office(Office.SYSTEM)
def backup(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and isinstance(request.user, Account):
        job = enqueue("backup.make", {}, by=request.user, once="backup.make")
        return to_job(request, job, reverse("backup"))
    done = Job.objects.filter(kind="backup.make", state=JobState.DONE).order_by("-ended_at")
    listed = [
        {**(job.result or {}), "at": job.ended_at, "by": job.by_name,
         "is_there": (backups() / str((job.result or {}).get("name"))).is_file()}
        for job in done[:_SHOWN]
    ]  # fmt: skip
    context = {"listed": listed, "folder": backups()}
    return render(request, "backup/list.html", context)


@for_office(Office.SYSTEM)
@never_cache
@freshly_signed_in
def restore_page(request: HttpRequest) -> HttpResponse:
    """The backups there are; one of them is checked, or restored into a new folder."""
    if request.method != "POST" or not isinstance(request.user, Account):
        return _restore_page(request)
    kind = _KINDS["restore" if "restore" in request.POST else "check"]
    try:
        name = backup_named(request.POST.get("name", "")).name
    except BanziError as error:
        return _restore_page(request, error.message)
    job = enqueue(kind, {"name": name}, by=request.user, once=f"{kind} {name}")
    return to_job(request, job, reverse("backup-restore"))


@for_office(Office.SYSTEM)
@require_POST
@freshly_signed_in
def take_file(request: HttpRequest) -> HttpResponse:
    """A backup from elsewhere into the folder of backups; what it holds is only seen by a check."""
    upload = request.FILES.get("file")
    name = safe_name(upload.name or "") if upload else ""
    if upload is None or not name.lower().endswith(".zip") or name.startswith("."):
        return _restore_page(request, NO_FILE())
    target = backups_made() / name
    if target.exists():
        return _restore_page(request, THERE_ALREADY(name=name))
    with replacing_file(target) as part, part.open("wb") as stream:
        for piece in upload.chunks():
            stream.write(piece)
    target.chmod(0o600)
    return HttpResponseRedirect(reverse("backup-restore"))


@for_office(Office.SYSTEM)
@never_cache
def told(request: HttpRequest, job_id: str) -> HttpResponse:
    """What a check or a restoring found; and how to start from the restored folder."""
    done = Job.objects.filter(kind__in=_KINDS.values(), state=JobState.DONE)
    job = get_object_or_404(done, pk=job_id)
    found = job.result or {}
    counts = found.get("rows", {})
    rows = [(table, counts[name]) for name, table in TABLES.items() if name in counts]
    total = sum(counts.values())
    context = {
        "found": found,
        "made_at": parse_datetime(found.get("made_at", "")),
        "rows": rows,
        "others": total - sum(count for _table, count in rows),
        "total": total,
    }
    return render(request, "backup/told.html", context)


def _restore_page(request: HttpRequest, refused: Message | None = None) -> HttpResponse:
    files = [{"name": path.name, "size": path.stat().st_size} for path in listed_backups()]
    context = {"files": files, "refused": refused, "folder": backups()}
    return render(request, "backup/restore.html", context, status=409 if refused else 200)
