"""The site made wrong on purpose: a check of kills that does not find these proves nothing.

python -m tests.support.killing.breaking FAULT site …      the product's own commands, with a fault

    early    a correction is acknowledged a while before it is written
    halves   an import's rows are written a while before the import itself is marked
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WHILE = 20.0
"""Seconds: longer than anybody takes to kill once there is `halfway`."""


def halfway(home: Path) -> Path:
    """A file that is there once something was done by half."""
    return home / "halfway"


def _say_halfway() -> None:
    from django.conf import settings

    halfway(Path(settings.BANZI_HOME)).touch()


def _early() -> None:
    from django.db import connections

    from banzi.web.people import proposing, views_edit

    correct = proposing.correct

    def later(*given: Any) -> None:
        def write() -> None:
            time.sleep(WHILE)
            correct(*given)
            connections.close_all()

        threading.Thread(target=write, daemon=True).start()
        _say_halfway()

    views_edit.__dict__["correct"] = later


def _halves() -> None:
    from banzi.web.audit.acts import act
    from banzi.web.imports import committing, work
    from banzi.web.imports.models import Import, ImportState
    from banzi.web.jobs.running import effects

    def take(job: Any, given: Any, _progress: object) -> dict[str, Any]:
        plan = work.current_plan(given)
        with act("imports.rows", by=job.asker, about=given.pk):
            committing.write(committing.writes_of(plan.part, committing.merged(plan)))
        _say_halfway()
        time.sleep(WHILE)
        with effects(job, "imports.take", about=given.pk) as (opened, result):
            state = ImportState.TAKEN
            Import.objects.filter(pk=given.pk).update(state=state, act_id=opened.act_id)
        return result

    work.__dict__["_take"] = take


_MAKERS: dict[str, Callable[[], None]] = {"early": _early, "halves": _halves}
FAULTS = tuple(_MAKERS)


def main(fault: str) -> None:
    import django

    set_up, broken = django.setup, list[str]()

    def set_up_and_break(*given: Any, **named: Any) -> None:
        set_up(*given, **named)
        if not broken:
            broken.append(fault)
            _MAKERS[fault]()

    django.setup = set_up_and_break
    from banzi.cli.main import main as banzi

    sys.argv = ["banzi", *sys.argv[2:]]
    banzi()


if __name__ == "__main__":
    main(sys.argv[1])
