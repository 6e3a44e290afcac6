"""What other apps use of jobs: say what a kind of job does, ask for one, call one off.

A module `work` of an app holds its kinds:

    @job("imports.read", title=_("读取导入文件"))
    def read_import(job: Job, progress: Progress) -> dict[str, Any]: ...

What the function returns (or gives to `running.effects`) is the job's result: a JSON object.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress
from banzi.web.audit.acts import Actor
from banzi.web.jobs.models import UNFINISHED, Job, JobState

Work: TypeAlias = Callable[[Job, Progress], "dict[str, Any]"]
Back: TypeAlias = Callable[[Mapping[str, Any]], str]
"""A job's arguments → the address where it was asked for."""
_WORKS: dict[str, Work] = {}
_TITLES: dict[str, str] = {}
_STOPS: dict[str, str] = {}
_BACKS: dict[str, Back] = {}
STOP = _("取消任务")


def job(
    kind: str, title: str = "", stop: str = "", back: Back | None = None
) -> Callable[[Work], Work]:
    """Declare the function that does jobs of a kind, what lists call it, what stopping it is called.

    `back`: where one goes on after a job that came to nothing, to ask for it anew.

    The function may be begun again from its start after its worker died; what it does to records
    stands inside `running.effects` and so happens once. It may be cancelled at every call of
    `progress`.
    """

    def declare(work: Work) -> Work:
        if _WORKS.setdefault(kind, work) is not work:
            raise ValueError(f"job kind {kind} is declared twice")
        _TITLES[kind] = title or kind
        _STOPS[kind] = stop or STOP
        if back is not None:
            _BACKS[kind] = back
        return work

    return declare


def work_of(kind: str) -> Work | None:
    """The function for a kind; None when no app declares it."""
    _discover()
    return _WORKS.get(kind)


def title_of(kind: str) -> str:
    """What lists call a kind: a marked Chinese text."""
    _discover()
    return _TITLES.get(kind, kind)


def stop_of(kind: str) -> str:
    """What the button that stops a job says: a marked Chinese text."""
    _discover()
    return _STOPS.get(kind, STOP)


def back_of(asked: Job) -> str:
    """Where a job that came to nothing is asked for anew; "" where its kind does not say."""
    _discover()
    back = _BACKS.get(asked.kind)
    return back(asked.arguments) if back else ""


@cache
def _discover() -> None:
    autodiscover_modules("work")


def enqueue(kind: str, arguments: Mapping[str, Any], *, by: Actor, once: str = "") -> Job:
    """Ask for a job; within an act it is asked for exactly when the act happens.

    Parameters
    ----------
    arguments
        What the function reads from `job.arguments`; JSON values.
    once
        While a job with this text waits or runs, that one is returned and none is added.
    """
    if work_of(kind) is None:
        raise KeyError(kind)
    new = Job(kind=kind, arguments=dict(arguments), by=by.username, by_name=by.name, once=once)
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        waiting = Job.objects.filter(once=once, state__in=UNFINISHED).first() if once else None
        if waiting is None:
            raise
        return waiting
    return new


def cancel(asked: Job) -> None:
    """Call a job off: at once when it waits, at its next step when it runs."""
    now = timezone.now()
    waiting = Job.objects.filter(Q(state=JobState.QUEUED), pk=asked.pk)
    if not waiting.update(state=JobState.CANCELLED, ended_at=now):
        Job.objects.filter(pk=asked.pk, state=JobState.RUNNING).update(cancel_wanted=True)
