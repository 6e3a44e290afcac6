"""The process of one job: `python -m banzi.solvers.worker`.

Reads one pickled request (`module:function`, task, seconds) from standard input, writes pickled
news and at last the result to standard output. It ends at once when standard input is closed, so
that no search outlives the program that asked for it. An argument (`module:function`) is called before
the request is waited for. Talk to it through `remote`.
"""

from __future__ import annotations

import importlib
import os
import pickle
import queue
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

OWN = "banzi."
"""Jobs are functions of this package and nothing else."""


def main() -> None:
    """Do one job."""
    channel = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints stays off the channel
    get_ready = [_function(name) for name in sys.argv[1:]]
    requests: queue.SimpleQueue[tuple[str, object, float]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    for step in get_ready:
        with suppress(Exception):  # the job will meet it again, and say so
            step()
    job, task, seconds = requests.get()
    busy = threading.Lock()

    def tell(news: object) -> None:
        with busy:
            _send(channel, "news", news)

    try:
        result = _function(job)(task, seconds, tell)
    except Exception as failed:  # whatever it was, the parent is to know
        kind, content = "failed", f"{type(failed).__name__}: {failed}"
    else:
        kind, content = "result", result
    with busy:
        _send(channel, kind, content)
        os._exit(0)  # the thread above is blocked in a read that would hold up a normal exit


def _send(channel: BinaryIO, kind: str, content: Any) -> None:
    pickle.dump((kind, content), channel, pickle.HIGHEST_PROTOCOL)
    channel.flush()


def _function(job: str) -> Callable[..., Any]:
    module, _colon, name = job.partition(":")
    if not module.startswith(OWN):
        raise ValueError(job)
    found: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return found


def _listen(stream: BinaryIO, requests: queue.SimpleQueue[tuple[str, object, float]]) -> None:
    """Take the request, also while the process gets ready; end with the parent."""
    try:
        requests.put(pickle.load(stream))  # noqa: S301 - written by our own parent
        stream.read()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
