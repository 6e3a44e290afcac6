"""The check of the record as a job: it reads everything, which takes a while."""

from __future__ import annotations

from typing import Any

from banzi.kernel.progress import Progress
from banzi.web.audit.anchors import Anchor
from banzi.web.audit.models import Act
from banzi.web.audit.verifying import verify
from banzi.web.jobs.jobs import job
from banzi.web.jobs.models import Job
from banzi.web.jobs.saying import kept

_SHOWN = 200


@job("audit.verify")
def check_record(asked: Job, progress: Progress) -> dict[str, Any]:
    """Arguments: `anchors`, a list of {seq, digest, at}. Result: acts checked, flaws, how many."""
    anchors = [Anchor(**each) for each in asked.arguments.get("anchors", ())]
    last = Act.objects.count()
    found = verify(anchors, progress)
    return {
        "acts": last,
        "anchors": len(anchors),
        "count": len(found),
        "flaws": [{"seq": flaw.seq, **kept(flaw.message)} for flaw in found[:_SHOWN]],
    }
