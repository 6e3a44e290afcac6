"""A job: what is to be done, who asked, how far it is, how it ended."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from banzi.kernel.columns import Labelled


class JobState(Labelled):
    QUEUED = "queued", "等待", "waiting"
    RUNNING = "running", "进行中", "running"
    DONE = "done", "完成", "done"
    FAILED = "failed", "未完成", "failed"
    CANCELLED = "cancelled", "已取消", "cancelled"


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


def new_id() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked for a job, by what the account was called then."""

    username: str
    name: str


class Job(models.Model):
    """One job. Its effects are in the database exactly when `state` is done.

    Attributes
    ----------
    once
        Of jobs with the same text only one may wait or run; "" for no such limit.
    owner
        The worker that has it, "" for none. Only the owner may end it.
    beats
        Counts up while the owner lives; judged by being still, so that clocks need not agree.
    """

    job_id = models.CharField(max_length=32, primary_key=True, default=new_id)
    kind = models.TextField()
    arguments = models.JSONField(default=dict)
    by = models.TextField()
    by_name = models.TextField()
    once = models.TextField(default="", blank=True)
    state = models.CharField(
        max_length=10, default=JobState.QUEUED, choices=[(each.value, each.zh) for each in JobState]
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    owner = models.TextField(default="", blank=True)
    beats = models.BigIntegerField(default=0)
    attempts = models.IntegerField(default=0)
    cancel_wanted = models.BooleanField(default=False)
    task = models.JSONField(null=True)  # a message as `saying.kept` keeps it
    steps = models.BigIntegerField(default=0)
    total = models.BigIntegerField(null=True)
    result = models.JSONField(null=True)
    problems = models.JSONField(null=True)  # a list of problems, as `saying.kept_problem`

    class Meta:
        db_table = "jobs_job"
        indexes = (models.Index(fields=["state", "asked_at"], name="jobs_job_waiting"),)
        constraints = (
            models.UniqueConstraint(
                fields=["once"],
                condition=Q(state__in=[str(each) for each in UNFINISHED]) & ~Q(once=""),
                name="jobs_job_once",
            ),
        )

    @property
    def asker(self) -> Asker:
        return Asker(self.by, self.by_name)

    @property
    def is_over(self) -> bool:
        return self.state not in UNFINISHED

    @property
    def percent(self) -> int | None:
        """How far the present task is, 0 to 100; None when its length is not known."""
        return None if not self.total else min(100, 100 * self.steps // self.total)

    @property
    def label(self) -> JobState:
        """The state with its names."""
        return JobState.of(self.state)
