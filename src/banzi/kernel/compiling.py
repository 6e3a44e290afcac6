"""Loops that are machine code for large work.

Importing numba and loading a stored translation takes over a second of processor time, more than
an office's whole roster costs in steps over arrays; so only work above `WORTH_COMPILING` opens the
compiler. Translations are stored beside the source, or in the user's cache folder where that may
not be written; `make setup` stores them beforehand.

A loop may call other loops: they are translated with it. The name of a stored translation bears a
digest of all of them and of their constants, since numba itself would not notice that a called
function has changed.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from types import FunctionType
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Loop = Callable[..., Any]

WORTH_COMPILING = 10_000_000
"""Innermost steps from which machine code is opened: over half a second of steps over arrays."""

_PARTS_PER_PROCESSOR = 8
"""Parts of a range handed out per processor, so that none waits long for the last one."""


def opened() -> bool:
    """Whether this process has the compiler already: loops cost no second of waiting then."""
    return "numba" in sys.modules


@cache
def machine_code(loop: Loop) -> Loop:
    """The loop translated; it lets go of the interpreter lock while it runs.

    Besides its arguments the function may use whole-number constants of its module and other
    functions of this package, which obey the same rule. Without a folder to store it in, the
    translation lasts as long as the process.
    """
    import numba

    ready = _with_called(cast(FunctionType, loop))
    try:
        translated = numba.njit(nogil=True, cache=True)(ready)
    except RuntimeError:  # neither the source's folder nor the user's may be written
        translated = numba.njit(nogil=True)(ready)
    done: Loop = translated
    return done


@cache
def _part(loop: FunctionType) -> Loop:
    import numba

    part: Loop = numba.njit(nogil=True)(_with_called(loop))
    return part


def _with_called(loop: FunctionType) -> FunctionType:
    """The same function, calling translations; its name tells all that it is made of."""
    called = {
        name: _part(known)
        for name, known in _known(loop).items()
        if isinstance(known, FunctionType)
    }
    copy = FunctionType(loop.__code__, {**loop.__globals__, **called}, loop.__name__)
    copy.__defaults__ = loop.__defaults__
    copy.__qualname__ = f"{loop.__name__}_{_digest(loop)}"
    return copy


def _known(loop: FunctionType) -> dict[str, object]:
    """What a function uses of its module: functions of this package and whole numbers, by name."""
    ours = __name__.partition(".")[0]
    found = {n: loop.__globals__[n] for n in loop.__code__.co_names if n in loop.__globals__}
    return {
        name: value
        for name, value in sorted(found.items())
        if isinstance(value, int)
        or (isinstance(value, FunctionType) and value.__module__.partition(".")[0] == ours)
    }


def _digest(loop: FunctionType) -> str:
    known = {
        name: _digest(value) if isinstance(value, FunctionType) else value
        for name, value in _known(loop).items()
    }
    said = (loop.__code__.co_code, loop.__code__.co_consts, known)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:12]


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
