"""Where packages that were made lie, who is in them, and how long they stay.

HOME/exchange/<job>/    package.zip, sheet.xlsx, sheet.pdf, people.json

The newest of each account stay; backups leave them out, for they can be made again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from banzi.web.jobs.models import Job, JobState

KIND = "exchange.pack"
PACKAGE, PEOPLE = "package.zip", "people.json"
_KEPT = 10


def folder_of(job_id: str) -> Path:
    return Path(settings.BANZI_HOME) / "exchange" / job_id


def sheet_file(job_id: str, ending: str) -> Path:
    return folder_of(job_id) / f"sheet.{ending}"


def packages_of(username: str) -> QuerySet[Job]:
    """Jobs of an account that made packages, newest first."""
    return Job.objects.filter(kind=KIND, by=username, state=JobState.DONE).order_by("-asked_at")


def is_there(job_id: str) -> bool:
    return (folder_of(job_id) / PACKAGE).is_file()


def keep_people(folder: Path, given: Sequence[str], refused: Sequence[str]) -> None:
    """Ids of those in the package, in order, and of those asked for who may not be released."""
    told = {"given": list(given), "refused": list(refused)}
    (folder / PEOPLE).write_text(
        json.dumps(told, ensure_ascii=False), encoding="utf-8", newline="\n"
    )


def people_of(job_id: str) -> dict[str, list[str]]:
    """What `keep_people` kept; nobody once the files are gone."""
    file = folder_of(job_id) / PEOPLE
    if not file.is_file():
        return {"given": [], "refused": []}
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return told


def remove(job_id: str) -> None:
    shutil.rmtree(folder_of(job_id), ignore_errors=True)


def remove_older(username: str) -> None:
    """All but the newest packages of an account."""
    for each in packages_of(username)[_KEPT - 1 :]:
        remove(each.pk)
