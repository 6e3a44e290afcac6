"""Memory that large work is done with, handed back to the system.

The C library of Linux keeps small pieces that were freed in case they are wanted again: after a
linear programme a quarter of what a process holds may be such leavings.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any


def give_back() -> None:
    """Hand back what is free; nothing happens where the C library has no such call."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Any:
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
