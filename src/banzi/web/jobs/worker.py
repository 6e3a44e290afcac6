"""The process that does jobs, one after another; as many of them as wanted, on any machine."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from django.db import DatabaseError, connections

from banzi.kernel.children import Died, at_end_of_parent, kept_running
from banzi.web.audit.sealing import seal_reads
from banzi.web.jobs.claiming import Watch, claim, new_owner
from banzi.web.jobs.running import run

_log = logging.getLogger(__name__)
_LOOK_EACH = 0.5
_WATCH_EACH = 5.0
_SEAL_EACH = 60.0


class Worker:
    """Takes jobs until it is told to stop."""

    def __init__(self) -> None:
        self.owner = new_owner()
        self._watch = Watch(self.owner)
        self._stop = threading.Event()
        self._watched = -_WATCH_EACH
        self._sealed = -_SEAL_EACH

    def stop(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Finish: the job at hand goes back to those that wait at its next step."""
        self._stop.set()

    def work(self, *, until_idle: bool = False) -> int:
        """Do jobs; returns how many. `until_idle` ends when none waits."""
        done = 0
        while not self._stop.is_set():
            try:
                if self.work_one():
                    done += 1
                    continue
            except DatabaseError:
                _log.warning("database not to be had", exc_info=True)
                connections.close_all()
            if until_idle:
                break
            self._stop.wait(_LOOK_EACH)
        return done

    def work_one(self) -> bool:
        """Look after the jobs of the dead, then do one job; whether there was one."""
        if time.monotonic() - self._watched >= _WATCH_EACH:
            self._watch.take_back()
            self._watched = time.monotonic()
        if time.monotonic() - self._sealed >= _SEAL_EACH:
            seal_reads()
            self._sealed = time.monotonic()
        job = claim(self.owner)
        if job is not None:
            run(job, self._stop.is_set)
        return job is not None


def work_as_process(*, until_idle: bool = False, with_parent: bool = False) -> int:
    """The whole life of a worker process; `with_parent` ends when standard input does."""
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    if with_parent:
        at_end_of_parent(worker.stop)
    return worker.work(until_idle=until_idle)


@contextmanager
def child_worker(home: Path, died: Died) -> Iterator[None]:
    """A worker as a child of this process, started again when it dies, gone at the end."""
    command = [sys.executable, "-m", "banzi", "site", "work", "--home", str(home), "--with-parent"]
    with kept_running([command], died):
        yield
