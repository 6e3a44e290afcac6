"""Loops that are machine code for large work.

Importing numba and loading a stored translation takes over a second of processor time, more than
an office's whole roster costs in steps over arrays; so only work above `WORTH_COMPILING` opens the
compiler. Translations are stored beside the source, or in
the user's cache folder where that may not be written; `make setup` stores them beforehand.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Loop = Callable[..., None]

WORTH_COMPILING = 10_000_000
"""Innermost steps from which machine code is opened: over half a second of steps over arrays."""

_PARTS_PER_PROCESSOR = 8
"""Parts of a range handed out per processor, so that none waits long for the last one."""


@cache
def machine_code(loop: Loop) -> Loop:
    """The loop translated; it lets go of the interpreter lock while it runs.

    The function may use nothing but its arguments. Without a folder to store it in, the
    translation lasts as long as the process.
    """
    import numba

    try:
        translated = numba.njit(nogil=True, cache=True)(loop)
    except RuntimeError:  # neither the source's folder nor the user's may be written
        translated = numba.njit(nogil=True)(loop)
    done: Loop = translated
    return done


def in_parts(run: Callable[[int, int], object], size: int) -> None:
    """Call `run(first, last)` for parts of `range(size)`, on every processor at once."""
    processors = os.cpu_count() or 1
    cuts = np.linspace(0, size, min(size, processors * _PARTS_PER_PROCESSOR) + 1, dtype=int)
    with ThreadPoolExecutor(processors) as threads:
        for part in [threads.submit(run, int(a), int(b)) for a, b in pairwise(cuts)]:
            part.result()


def read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The same memory, not to be written: one translation serves own and borrowed arrays."""
    view = np.ascontiguousarray(array).view()
    view.setflags(write=False)
    return view
