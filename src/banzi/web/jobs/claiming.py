"""Which worker does which job, so that every job is done once whoever dies.

A worker takes the oldest waiting job and is its owner. While it lives it counts `beats` up. A
worker that sees the beats of a job stand still for `LEASE` seconds of its own clock puts the job
back; the former owner, should it live after all, finds that it owns nothing and its transaction
is undone. On the same machine a dead process is known at once.
"""

from __future__ import annotations

import os
import platform
import secrets
import sys
import time

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from banzi.kernel.errors import Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.jobs.models import Job, JobState
from banzi.web.jobs.saying import kept_problem

BEAT = 5.0
"""Seconds between two beats."""
LEASE = 40.0
"""Seconds without a beat after which an owner counts as dead; longer than SQLite lets one wait."""
MOST_ATTEMPTS = 3

DIED = MessageKind(
    "jobs/worker-died",
    _("处理进程{attempts}次中断，已停止重试；资料没有改动，请检查文件或联系系统管理员后重新提交"),
)


def new_owner() -> str:
    """A name for this process that no other ever has: machine, process number, some chance."""
    return f"{platform.node()}:{os.getpid()}:{secrets.token_hex(4)}"


def claim(owner: str) -> Job | None:
    """Take the oldest waiting job; None when there is none."""
    waiting = Job.objects.filter(state=JobState.QUEUED).order_by("asked_at", "pk")
    if not waiting.exists():
        return None
    with transaction.atomic():
        if connection.vendor == "postgresql":
            waiting = waiting.select_for_update(skip_locked=True)
        found = waiting.first()
        if found is None:
            return None
        Job.objects.filter(pk=found.pk).update(
            state=JobState.RUNNING,
            owner=owner,
            attempts=F("attempts") + 1,
            beats=F("beats") + 1,
            started_at=timezone.now(),
            task=None,
            steps=0,
            total=None,
        )
        found.refresh_from_db()
        return found


def held(job_id: str, owner: str) -> QuerySet[Job]:
    """The job while it runs and is this owner's; empty when it went to another or is over. What is
    written through it is written by the owner or not at all."""
    return Job.objects.filter(pk=job_id, owner=owner, state=JobState.RUNNING)


def beat(job_id: str, owner: str) -> bool:
    """One more beat; False when the job is no longer this owner's."""
    return bool(held(job_id, owner).update(beats=F("beats") + 1))


def give_back(job: Job) -> None:
    """Put a job back because its worker is told to stop; this is no failed attempt."""
    mine = held(job.pk, job.owner)
    mine.update(state=JobState.QUEUED, owner="", attempts=F("attempts") - 1)


class Watch:
    """What one worker has seen of the others' beats; `owner` is itself."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._seen: dict[str, tuple[int, float]] = {}

    def take_back(self) -> list[str]:
        """Put back jobs whose owners are dead, or end them after too many attempts; their ids.

        Called between two jobs: one that still counts as this worker's own was lost with the
        database's answer.
        """
        now, taken = time.monotonic(), []
        running = list(Job.objects.filter(state=JobState.RUNNING))
        self._seen = {job.pk: self._seen.get(job.pk, (job.beats, now)) for job in running}
        for job in running:
            beats, since = self._seen[job.pk]
            if job.owner == self._owner:
                is_lost = True
            elif beats != job.beats:
                self._seen[job.pk] = (job.beats, now)
                is_lost = False
            else:
                is_lost = now - since > LEASE or _is_dead_here(job.owner)
            if is_lost and _put_back(job):
                taken.append(job.pk)
        return taken


def _put_back(job: Job) -> bool:
    same = held(job.pk, job.owner).filter(beats=job.beats)
    if job.cancel_wanted:
        ending = {"state": JobState.CANCELLED, "owner": "", "ended_at": timezone.now()}
        return bool(same.update(**ending))
    if job.attempts < MOST_ATTEMPTS:
        return bool(same.update(state=JobState.QUEUED, owner=""))
    problem = kept_problem(Problem(DIED(attempts=job.attempts)))
    ended = timezone.now()
    return bool(same.update(state=JobState.FAILED, owner="", ended_at=ended, problems=[problem]))


def _is_dead_here(owner: str) -> bool:
    """Whether the owner was a process of this machine that is no more."""
    machine, _colon, rest = owner.rpartition(":")[0].rpartition(":")
    if machine != platform.node() or not rest.isdigit() or sys.platform == "win32":
        return False  # Windows has no harmless way to ask; there the lease decides
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
