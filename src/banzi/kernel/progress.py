"""Progress of long work, and the wish to stop it.

Engines take a `Progress` and never know who listens: a terminal bar, a job row, or nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from banzi.kernel.messages import Message

Item = TypeVar("Item")


class Progress(Protocol):
    """A listener. Every method may raise `kernel.errors.Cancelled` to end the work."""

    def start(self, task: Message, total: int | None = None) -> None:
        """A new stretch of work begins; `total` counts its steps, None when not known."""

    def advance(self, steps: int = 1) -> None:
        """So many more steps are done; 0 only asks whether to go on."""


class Silent:
    """A listener that hears nothing and never cancels."""

    def start(self, task: Message, total: int | None = None) -> None:
        return

    def advance(self, steps: int = 1) -> None:
        return


def tracked(
    items: Iterable[Item], progress: Progress, task: Message, total: int | None = None
) -> Iterator[Item]:
    """Yield the items and advance one step after each."""
    progress.start(task, total)
    for item in items:
        yield item
        progress.advance()
