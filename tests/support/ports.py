"""Ports for servers of tests.

A port that the system is asked for (by binding to 0) is free only until the next connection goes
out from it, and a browser opens thousands before the server has come so far as to bind it, or to
bind it again after it was killed. Those below are never given to outgoing connections, and every
process takes them from a stretch of its own.
"""

from __future__ import annotations

import os
import socket
from itertools import count

_LOWEST, _STRETCHES, _LONG = 20_000, 1_200, 10
"""Below where Linux, Windows and macOS begin to take ports for outgoing connections."""
_next = count(os.getpid() % _STRETCHES * _LONG)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    for place in _next:
        port = _LOWEST + place % (_STRETCHES * _LONG)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("every number was tried")
