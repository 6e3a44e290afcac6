"""A stop watch with two hands."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Watch:
    """Seconds spent on each of two things."""

    def __init__(self) -> None:
        self.spent = [0.0, 0.0]

    @contextmanager
    def on(self, which: int) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.spent[which] += time.monotonic() - began
