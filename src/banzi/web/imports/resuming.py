"""Imports whose job ended without having done its work: called off, broken, or killed too often.

A job writes how it ended into its own row, and may have no say any more in the import's. So the
import is looked after when somebody looks at it: one that was being written waits for review again,
nothing of it being written; one that was being read is refused with what the job said.
"""

from __future__ import annotations

from django.db.models import QuerySet

from banzi.web.imports.models import Import, ImportState
from banzi.web.jobs.models import Job, JobState

_LOST = (JobState.FAILED, JobState.CANCELLED)


def settle(imports: QuerySet[Import]) -> None:
    """Put those of the imports right that nothing works on any more."""
    waiting = imports.filter(state__in=[ImportState.READING, ImportState.TAKING])
    for given in waiting:
        job = Job.objects.filter(pk=given.job_id, state__in=_LOST).first()
        if job is None:
            continue
        same = Import.objects.filter(pk=given.pk, state=given.state, job_id=given.job_id)
        if given.state == ImportState.TAKING:
            same.update(state=ImportState.READY, problems=job.problems or [])
        else:
            same.update(state=ImportState.REFUSED, problems=job.problems or [])
