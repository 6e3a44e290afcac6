"""Children run as long as their parent, are begun again when they die, and are told of."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from banzi.kernel import children
from banzi.kernel.children import NOT_BEGUN, kept_running

PATIENCE = 60


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_PAUSE", 0.01)
    monkeypatch.setattr(children, "_LOOK_EACH", 0.01)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def wait_for(told: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not told():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_child_that_dies_is_begun_again_later_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_LONGEST_PAUSE", 0.04)
    deaths: list[tuple[int, float]] = []
    with kept_running([python("raise SystemExit(3)")], lambda *told: deaths.append(told)):
        wait_for(lambda: len(deaths) >= 4)
    assert deaths[:4] == [(3, 0.01), (3, 0.02), (3, 0.04), (3, 0.04)]


def test_a_child_that_lived_long_is_begun_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_AT_ONCE", 0.0)
    deaths: list[tuple[int, float]] = []
    with kept_running([python("raise SystemExit(3)")], lambda *told: deaths.append(told)):
        wait_for(lambda: len(deaths) >= 3)
    assert {pause for _code, pause in deaths} == {0.01}


def test_a_child_is_begun_again_even_if_nobody_can_be_told() -> None:
    """With a full disk or a terminal that is gone; else it would have stayed dead for good."""
    deaths: list[int] = []

    def died(code: int, _pause: float) -> None:
        deaths.append(code)
        raise OSError(28, "No space left on device")

    with kept_running([python("raise SystemExit(3)")], died):
        wait_for(lambda: len(deaths) >= 2)
    assert set(deaths) == {3}


def test_what_cannot_be_begun_is_told_as_well(tmp_path: Path) -> None:
    deaths: list[int] = []
    with kept_running([[str(tmp_path / "none")]], lambda code, _pause: deaths.append(code)):
        wait_for(lambda: bool(deaths))
    assert deaths[0] == NOT_BEGUN


def test_at_the_end_children_are_told_and_gone(tmp_path: Path) -> None:
    deaths: list[int] = []
    code = f"import pathlib, sys; p = pathlib.Path({str(tmp_path)!r}) / sys.argv[1]; p.touch(); "
    commands = [[*python(code + "sys.stdin.read(); p.unlink()"), name] for name in ("a", "b")]
    with kept_running(commands, lambda code, _pause: deaths.append(code)):
        wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
    assert list(tmp_path.iterdir()) == []
    assert deaths == []


def test_a_child_that_does_not_listen_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children, "_GRACE", 0.05)
    there = tmp_path / "there"
    code = f"import pathlib, time; pathlib.Path({str(there)!r}).touch(); time.sleep(600)"
    begun = time.monotonic()
    with kept_running([python(code)], lambda *_told: None):
        wait_for(there.exists)
    assert time.monotonic() - begun < PATIENCE


def test_a_child_learns_of_its_parents_end_however_it_came(tmp_path: Path) -> None:
    there, over = tmp_path / "there", tmp_path / "over"
    child = (
        "import pathlib, threading; from banzi.kernel.children import at_end_of_parent; "
        "over = threading.Event(); at_end_of_parent(over.set); "
        f"pathlib.Path({str(there)!r}).touch(); over.wait(); pathlib.Path({str(over)!r}).touch()"
    )
    parent = (
        "import sys, time; from banzi.kernel.children import kept_running\n"
        f"with kept_running([[sys.executable, '-c', {child!r}]], print): time.sleep(600)"
    )
    with subprocess.Popen(python(parent)) as process:
        wait_for(there.exists)
        process.kill()
        wait_for(over.exists)
