"""Of threads that want the same thing one makes it; other things are made meanwhile."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from banzi.kernel import alone as kept
from banzi.kernel.alone import alone
from banzi.roster import Roster


def test_what_several_threads_ask_for_is_made_once() -> None:
    roster, made, begun = Roster.of(date(2026, 6, 30)), [], threading.Event()

    def make() -> str:
        begun.wait(60)
        made.append(None)
        return "facts"

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(roster.keep, "facts", make) for _each in range(4)]
        begun.set()
        assert [each.result(60) for each in asked] == ["facts"] * 4
    assert len(made) == 1


def test_another_thing_does_not_wait() -> None:
    inside, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        with alone("one"):
            inside.set()
            go_on.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    assert inside.wait(60)
    with alone("another"), alone("another"):
        assert holder.is_alive()
    go_on.set()
    holder.join(60)
    assert not holder.is_alive()


def test_nothing_stays_behind_even_after_an_error() -> None:
    with pytest.raises(ValueError, match="made"), alone("thing"):
        raise ValueError("made")
    assert not kept._waiting
