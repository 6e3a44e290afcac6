"""Many small tasks over several processes, their results in the order of the tasks.

Processes are spawned and not forked, on every system alike: a fork would copy the locks that other
threads happen to hold. A few tasks are under way at a time, so that neither tasks nor results pile
up. Ctrl-C is the parent's affair: it stops handing out, waits for the tasks under way, and raises.

Not here: how much work is worth a process (starting one costs a second of a processor).
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import TypeVar

from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

WORKER_DIED = MessageKind(
    "workers/died",
    _(
        "一个工作进程意外结束（多为内存不足或被系统终止）；请关闭其他程序后重试，或减少进程数（--workers 1）"
    ),
)

_AHEAD = 2
"""Tasks waiting for each process while it works on another."""
MOST_WORKERS = 8
"""More processes than this read faster than one can merge."""

Task = TypeVar("Task")
Result = TypeVar("Result")


def usual_workers() -> int:
    """As many processes as the machine has processors, eight at the most."""
    return min(os.cpu_count() or 1, MOST_WORKERS)


def results_in_order(
    function: Callable[[Task], Result], tasks: Iterable[Task], workers: int
) -> Generator[Result, None, None]:
    """What a function of a module gives for each task; with one worker, in this process.

    Close the iterator when leaving it early (`contextlib.closing`): processes end with it.

    Raises
    ------
    BanziError
        `workers/died` when a process ended that nobody told to.
    """
    if workers < 2:
        yield from map(function, tasks)
        return
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_leave_stopping_to_the_parent
    )
    under_way: deque[Future[Result]] = deque()
    started = 0
    try:
        for task in tasks:
            with _ctrl_c_ignored(started < workers):
                under_way.append(pool.submit(function, task))
            started += 1
            if len(under_way) > workers * _AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool:
        raise BanziError(WORKER_DIED()) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _leave_stopping_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _ctrl_c_ignored(wanted: bool) -> Iterator[None]:
    """A process started meanwhile ignores Ctrl-C from its first moment, imports included."""
    if not wanted or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
