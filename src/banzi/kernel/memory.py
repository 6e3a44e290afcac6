"""Memory: how much there is; what large work is done with, handed back to the system.

The C library of Linux keeps small pieces that were freed in case they are wanted again: after a
linear programme a quarter of what a process holds may be such leavings.
"""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache
from typing import Any

LARGE, LEFT_OVER = 2**20, 2**22
"""Bytes from which memory asked for goes back at once when it is done with, and bytes free at the
end of the rest beyond which they go back: see `be_thrifty`."""
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Numbers of both settings in the C library."""


def give_back() -> None:
    """Hand back what is free; nothing happens where the C library has no such call."""
    trim = _call("malloc_trim")
    if trim is not None:
        trim(0)


def be_thrifty() -> None:
    """Let large arrays of this process go back to the system as soon as they are done with.

    Else the C library keeps room for as much as was ever freed at once, between what is still in
    use. For commands that do one large thing; nothing happens where there are no such settings.
    """
    set_ = _call("mallopt")
    if set_ is not None:
        set_(_MMAP_THRESHOLD, LARGE)
        set_(_TRIM_THRESHOLD, LEFT_OVER)


@cache
def _call(name: str) -> Any:
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None


def installed() -> int | None:
    """Bytes of memory that the machine has; None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # no such call (Windows), no such question
        return None
