"""Runs solver work in a process of its own, so that a crash, a hang or a cancel stays there.

A child is started afresh for each job (HiGHS cannot change its number of threads within a
process), told what to do over a pipe, and killed when the caller loses interest, when it outstays
its time by `GRACE`, or when the caller itself dies.
"""

from __future__ import annotations

import math
import pickle
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, BinaryIO

from banzi.solvers.children import Ahead, end, started
from banzi.solvers.lexicographic import Found, Ordered, Task

GRACE = 2.0
"""Seconds a child may take beyond its limit. HiGHS looks at the clock only between steps and has
been seen to overrun by ten seconds; what it had found by then is known from its news."""

BEAT = 0.1
"""Seconds between two looks at whether the caller still wants the answer."""


class WorkerLost(Exception):
    """The child ended, or had to be ended, without a result; text says what is known."""


class Overdue(WorkerLost):
    """The child had to be ended because its time was up."""


def maximise_in_order(
    task: Task,
    seconds: float,
    *,
    on_news: Callable[[Found], None],
    beat: Callable[[], None] = lambda: None,
) -> Ordered:
    """`lexicographic.maximise_in_order` in a child. `beat` is called often and may raise."""
    result = run("banzi.solvers.lexicographic:maximise_in_order", task, seconds, on_news, beat)
    if not isinstance(result, Ordered):
        raise WorkerLost(type(result).__name__)
    return result


def run(
    job: str,
    task: object,
    seconds: float,
    on_news: Callable[[Any], None],
    beat: Callable[[], None],
    ahead: Ahead | None = None,
) -> object:
    """Call a function `module:name` of this package with (task, seconds, tell) in a child.

    What the function hands to `tell` arrives at `on_news`; task, news and result are pickled.
    `ahead`: a child that may be ready for it.

    Raises
    ------
    WorkerLost
        When the child ended without a result.
    """
    until = time.monotonic() + seconds + GRACE
    child = (None if ahead is None else ahead.take()) or started()
    if child.stdin is None or child.stdout is None:
        raise WorkerLost("no pipes")
    try:
        pickle.dump((job, task, seconds), child.stdin, pickle.HIGHEST_PROTOCOL)
        child.stdin.flush()
        inbox: queue.Queue[tuple[str, Any]] = queue.Queue()
        threading.Thread(target=_listen, args=(child.stdout, inbox), daemon=True).start()
        while True:
            beat()
            try:
                kind, content = inbox.get(timeout=BEAT)
            except queue.Empty:
                if time.monotonic() > until:
                    raise Overdue("time limit") from None
                continue
            if kind == "news":
                on_news(content)
            elif kind == "result":
                return content
            else:
                raise WorkerLost(f"{content} (exit code {child.poll()})")
    except BrokenPipeError:
        raise WorkerLost(f"did not start (exit code {child.poll()})") from None
    finally:
        end(child)


def _listen(channel: BinaryIO, inbox: queue.Queue[tuple[str, Any]]) -> None:
    while True:
        try:
            inbox.put(pickle.load(channel))  # noqa: S301 - written by our own child
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            inbox.put(("lost", "ended without a result"))
            return


def remaining(until: float) -> float:
    """Seconds left until a reading of `time.monotonic()`, never below zero."""
    return max(0.0, until - time.monotonic()) if math.isfinite(until) else math.inf
