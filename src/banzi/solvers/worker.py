"""The process in which HiGHS runs: `python -m banzi.solvers.worker`.

Reads one pickled request (function name, task, seconds) from standard input, writes pickled news
and at last the result to standard output. It ends at once when standard input is closed, so that
no search outlives the program that asked for it. Talk to it through `remote`.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import Any, BinaryIO

from banzi.solvers.conflict import minimal_conflict
from banzi.solvers.highs import Failed
from banzi.solvers.lexicographic import maximise_in_order

JOBS: dict[str, Callable[[Any, float, Callable[[object], None]], object]] = {
    "maximise_in_order": maximise_in_order,
    "minimal_conflict": minimal_conflict,
}


def main() -> None:
    """Do one job."""
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints stays off the channel
    job, task, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent
    threading.Thread(target=_end_with_parent, args=(sys.stdin.buffer,), daemon=True).start()

    def tell(news: object) -> None:
        _send(channel, "news", news)

    try:
        _send(channel, "result", JOBS[job](task, seconds, tell))
    except Failed as failed:
        _send(channel, "failed", str(failed))
    channel.flush()
    os._exit(0)  # the thread above is blocked in a read that would hold up a normal exit


def _send(channel: BinaryIO, kind: str, content: Any) -> None:
    pickle.dump((kind, content), channel)
    channel.flush()


def _end_with_parent(stream: BinaryIO) -> None:
    stream.read()
    os._exit(1)


if __name__ == "__main__":
    main()
