"""One job from its claim to its end."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone

from banzi.kernel.errors import BadInput, BanziError, Cancelled, Problem
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.web.audit.acts import OpenedAct, act, under_way
from banzi.web.jobs.claiming import BEAT, beat, give_back, held
from banzi.web.jobs.jobs import work_of
from banzi.web.jobs.models import Job, JobState
from banzi.web.jobs.saying import kept, kept_problem

_log = logging.getLogger(__name__)
_WRITE_EACH = 0.4
"""Seconds between two looks at the row: progress is shown about as often."""

BROKE = MessageKind(
    "jobs/broke", _("程序出错，资料没有改动；请把编号{job_id}告诉系统管理员，由其查看运行记录")
)
UNKNOWN_KIND = MessageKind(
    "jobs/unknown-kind", _("本程序不认识这种任务（{kind}）；请更新所有电脑上的程序")
)


class LostClaim(Exception):
    """The job went to another worker meanwhile; nothing of this run may stay."""


class Stopping(Exception):
    """The worker is told to stop; the job goes back to those that wait."""


class JobProgress:
    """The listener that writes into the job's row and hears of wishes to stop."""

    def __init__(self, job: Job, is_stopping: Callable[[], bool] = lambda: False) -> None:
        self._job, self._is_stopping = job, is_stopping
        self._steps, self._last = 0, 0.0

    def start(self, task: Message, total: int | None = None) -> None:
        self._steps = 0
        self._write(task=kept(task), total=total, steps=0)

    def advance(self, steps: int = 1) -> None:
        self._steps += steps
        if time.monotonic() - self._last >= _WRITE_EACH:
            self._write(steps=self._steps)

    def _write(self, **values: Any) -> None:
        if self._is_stopping():
            raise Stopping
        if under_way():
            return  # nobody could see it before the transaction ends
        self._last = time.monotonic()
        mine = held(self._job.pk, self._job.owner)
        if not mine.update(**values):
            raise LostClaim
        if mine.filter(cancel_wanted=True).exists():
            raise Cancelled


@contextmanager
def effects(job: Job, verb: str, **given: str) -> Iterator[tuple[OpenedAct, dict[str, Any]]]:
    """The act in which a job does what it does to records, and with which it is done.

    Gives the act and a dictionary for the job's result. Both are in the database after the block,
    or neither; a job that was done before, or is another worker's by now, does nothing.

    Parameters
    ----------
    given
        As `act` takes them: `person_id`, `about`, `reason`, `source`.

    Raises
    ------
    LostClaim
    """
    result: dict[str, Any] = {}
    with act(verb, by=job.asker, **given) as opened:
        yield opened, result
        if not _end(job, JobState.DONE, result=result):
            raise LostClaim
    job.state, job.result = JobState.DONE, result


def run(job: Job, is_stopping: Callable[[], bool] = lambda: False) -> None:
    """Do a claimed job and write down how it ended."""
    with _heart(job):
        try:
            result = _work(job, JobProgress(job, is_stopping))
            if job.state != JobState.DONE:
                _end(job, JobState.DONE, result=result)
        except LostClaim:
            _log.warning("job %s went to another worker", job.pk)
        except Stopping:
            give_back(job)
        except Cancelled:
            _end(job, JobState.CANCELLED)
        except BadInput as bad:
            _end(job, JobState.FAILED, problems=[kept_problem(each) for each in bad.problems])
        except BanziError as error:
            _end(job, JobState.FAILED, problems=[kept_problem(Problem(error.message))])
        except Exception:
            _log.exception("job %s (%s) broke", job.pk, job.kind)
            problem = Problem(BROKE(job_id=job.pk[:8]))
            _end(job, JobState.FAILED, problems=[kept_problem(problem)])


def _work(job: Job, progress: JobProgress) -> dict[str, Any]:
    work = work_of(job.kind)
    if work is None:
        raise BanziError(UNKNOWN_KIND(kind=job.kind))
    return work(job, progress)


def _end(job: Job, state: JobState, **values: Any) -> bool:
    """End the job if it is still this worker's and running."""
    mine = held(job.pk, job.owner)
    return bool(mine.update(state=state, owner="", ended_at=timezone.now(), **values))


@contextmanager
def _heart(job: Job) -> Iterator[None]:
    """Beats for the job in a thread of its own until the block ends."""
    over = threading.Event()

    def beats() -> None:
        try:
            while not over.wait(BEAT):
                try:
                    if not beat(job.pk, job.owner):
                        return
                except DatabaseError:  # somebody writes for long; the next beat will do
                    connection.close()
        finally:
            connection.close()

    heart = threading.Thread(target=beats, name="heartbeat", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()
