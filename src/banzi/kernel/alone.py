"""One thread at a time for each thing: what takes long is made once, however many ask for it."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

_guard = threading.Lock()
_waiting: dict[Hashable, tuple[threading.RLock, list[None]]] = {}


@contextmanager
def alone(thing: Hashable) -> Iterator[None]:
    """Nobody else is inside for the same thing; the same thread may enter again."""
    with _guard:
        lock, inside = _waiting.setdefault(thing, (threading.RLock(), []))
        inside.append(None)
    try:
        with lock:
            yield
    finally:
        with _guard:
            inside.pop()
            if not inside:
                _waiting.pop(thing, None)
