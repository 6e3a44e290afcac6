"""Processes of ours that run as long as this one does: begun again when they die.

A child's standard input is a pipe that this process holds. The system closes it when this process
ends, however it ends, `kill -9` included: that is how a child knows (`at_end_of_parent`). Children
stand in sessions of their own, so that Ctrl-C in a terminal is the parent's affair alone (not on
Windows, where it reaches every program of the window).
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TypeAlias

_LOOK_EACH = 0.5
_PAUSE, _LONGEST_PAUSE = 2.0, 60.0
"""Seconds before a child that died is begun again: twice as many each time it died at once."""
_AT_ONCE = 30.0
_GRACE = 20.0
"""Seconds that a child may take to end; then it is killed."""
NOT_BEGUN = 127
"""The exit code told of a child that the system did not let us begin."""

Died: TypeAlias = Callable[[int, float], None]
"""Told of each death: exit code (negative: of which signal), seconds until it is begun again."""


@contextmanager
def kept_running(
    commands: Sequence[Sequence[str]], died: Died, handles: Sequence[int] = ()
) -> Iterator[None]:
    """A child for each command while the block runs; all are gone at its end.

    Parameters
    ----------
    died
        Called in a thread of this module's own. An `OSError` of its own is passed over: the child is
        begun again all the same.
    handles
        File descriptors that children inherit under the same numbers; none on Windows.
    """
    over = threading.Event()
    keepers = [
        threading.Thread(target=_keep, args=(command, died, handles, over), daemon=True)
        for command in commands
    ]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        over.set()
        for keeper in keepers:
            keeper.join()


def at_end_of_parent(do: Callable[[], None]) -> None:
    """In a child: call this, in a thread, once the parent has ended or wants it to end."""

    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1024):
            pass
        do()

    threading.Thread(target=wait, name="parent", daemon=True).start()


def _keep(
    command: Sequence[str], died: Died, handles: Sequence[int], over: threading.Event
) -> None:
    pause = _PAUSE / 2
    while not over.is_set():
        begun = time.monotonic()
        code = _run(command, handles, over)
        lived = time.monotonic() - begun
        if over.wait(_LOOK_EACH):  # what ended the child may be about to end us
            return
        pause = min(pause * 2, _LONGEST_PAUSE) if lived < _AT_ONCE else _PAUSE
        with suppress(OSError):  # the terminal is gone, the disk of a log is full: go on
            died(code, pause)
        over.wait(pause)


def _run(command: Sequence[str], handles: Sequence[int], over: threading.Event) -> int:
    """The whole life of a child; its exit code."""
    try:
        child = subprocess.Popen(  # noqa: S603 (our own)
            command, stdin=subprocess.PIPE, pass_fds=handles, start_new_session=True
        )
    except OSError:
        return NOT_BEGUN
    with child:
        while child.poll() is None and not over.wait(_LOOK_EACH):
            pass
        if child.stdin:
            child.stdin.close()  # what the child takes as the sign to end
        with suppress(subprocess.TimeoutExpired):
            return child.wait(_GRACE)
        child.kill()
    return child.returncode
