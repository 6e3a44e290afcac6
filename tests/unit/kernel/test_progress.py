"""Progress is counted one step an item, and a listener may end the work at any call."""

from __future__ import annotations

import pytest

from banzi.kernel.errors import Cancelled
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.progress import Silent, tracked

READING = MessageKind("import/reading", "读取文件")


class Heard:
    """A listener that writes down what it hears, and cancels at call number `cancel_at`."""

    def __init__(self, cancel_at: int | None = None) -> None:
        self.calls: list[object] = []
        self.cancel_at = cancel_at

    def start(self, task: Message, total: int | None = None) -> None:
        self._hear((task.code, total))

    def advance(self, steps: int = 1) -> None:
        self._hear(steps)

    def _hear(self, what: object) -> None:
        self.calls.append(what)
        if len(self.calls) == self.cancel_at:
            raise Cancelled


def test_one_step_is_counted_after_each_item() -> None:
    heard = Heard()
    seen = [(item, len(heard.calls)) for item in tracked("ab", heard, READING(), 2)]
    assert seen == [("a", 1), ("b", 2)], "an item is counted once the work on it is done"
    assert heard.calls == [("import/reading", 2), 1, 1]


@pytest.mark.parametrize(("cancel_at", "done"), [(1, ""), (2, "a"), (3, "ab")])
def test_a_listener_ends_the_work_between_items(cancel_at: int, done: str) -> None:
    worked = []
    with pytest.raises(Cancelled):
        for item in tracked("abc", Heard(cancel_at), READING()):
            worked.append(item)
    assert "".join(worked) == done


def test_nobody_listening_changes_nothing() -> None:
    assert list(tracked(range(3), Silent(), READING())) == [0, 1, 2]
