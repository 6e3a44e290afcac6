"""Child processes for solver work: how they are started and ended, and one that starts ahead.

Imports next to nothing, so that a command can start a child before anything else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from banzi.kernel.memory import LARGE, LEFT_OVER

THRIFTY = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": str(LARGE),
    "MALLOC_TRIM_THRESHOLD_": str(LEFT_OVER),
}
"""For the C library of Linux in a child: large arrays that are done with go back at once, and
threads share their small change. Else a fifth more memory is held than is in use; whoever sets
these has the last word."""

Child = subprocess.Popen[bytes]


class Ahead:
    """A child started before its task is known, so that it imports what it needs meanwhile.

    `ready`: function `module:name` without arguments that the child calls at once; the job must be
    in the same module, or use no class of its own in task. One job may take it; whoever made it
    closes it.
    """

    def __init__(self, ready: str) -> None:
        self._child: Child | None = started(ready)

    def take(self) -> Child | None:
        """The child, once; None when it has been taken or has ended."""
        child, self._child = self._child, None
        if child is not None and child.poll() is not None:
            end(child)
            return None
        return child

    def close(self) -> None:
        """End the child unless it has been taken."""
        child, self._child = self._child, None
        if child is not None:
            end(child)

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


def started(ready: str | None = None) -> Child:
    """A child that waits for its request, once it has called `ready`."""
    path = os.pathsep.join(path for path in sys.path if path)
    environment = {**THRIFTY, **os.environ, "PYTHONPATH": path}
    command = [sys.executable, "-m", "banzi.solvers.worker"]
    return subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
        command if ready is None else [*command, ready],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def end(child: Child) -> None:
    """End a child, whatever it does."""
    child.kill()
    child.wait()
    _close(child.stdout)
    _close(child.stdin)


def _close(stream: Any) -> None:
    try:
        stream.close()
    except OSError:
        return
