"""When Python is to look for cycles of objects."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Hold the search for cycles while records without any are made by the hundred thousand.

    It would go through all of them again and again, a fifth of the time of a large import, and
    find nothing. What nobody refers to is given up at once as ever.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
