"""The three first administrators at a real terminal: nobody sees another one's password."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

pty = pytest.importorskip("pty")  # there are no such terminals on Windows
ROOT = Path(__file__).resolve().parents[3]
ARGUMENTS = ["--system", "xi,系某,1", "--security", "an,安某,2", "--auditor", "shen,审某,3"]
SECRET = re.compile(r"一次性密码：(\S+)")
HUNG = 120
"""Seconds after which what was waited for will not come."""
SIDE_SCREEN, MAIN_SCREEN = "\x1b[?1049h", "\x1b[?1049l"


def command(home: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "banzi", "accounts", "begin", "--home", str(home), *more]


@pytest.fixture
def settings() -> dict[str, str]:
    left_out = ("DJANGO_SETTINGS_MODULE", "BANZI_HOME", "BANZI_DATABASE", "LANG", "LC_ALL")
    given = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**given, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", "PYTHONIOENCODING": "utf-8"}


class Terminal:
    """A terminal with the command in it: what it shows, and keys that are pressed."""

    def __init__(self, home: Path, settings: dict[str, str]) -> None:
        self._mine, theirs = pty.openpty()
        self._program = subprocess.Popen(
            command(home, *ARGUMENTS), env=settings, stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        self._raw = b""

    @property
    def shown(self) -> str:
        return self._raw.decode(errors="ignore")

    def wait_for(self, text: str, times: int) -> None:
        until = time.monotonic() + HUNG
        while self.shown.count(text) < times and time.monotonic() < until:
            self._read()
        assert self.shown.count(text) >= times, self.shown

    def press(self, key: bytes = b"\n") -> None:
        os.write(self._mine, key)

    def end(self) -> int:
        while self._read():
            pass
        return self._program.wait(HUNG)

    def _read(self) -> bytes:
        try:
            found = os.read(self._mine, 4096)
        except OSError:  # the other side is closed
            found = b""
        self._raw += found
        return found

    def close(self) -> None:
        self._program.kill()
        self._program.wait()
        os.close(self._mine)


@pytest.fixture
def terminal(tmp_path: Path, settings: dict[str, str]) -> Iterator[Terminal]:
    with closing(Terminal(tmp_path / "site", settings)) as opened:
        yield opened


def accounts_in(home: Path) -> list[tuple[Any, ...]]:
    import sqlite3

    with closing(sqlite3.connect(home / "banzi.sqlite3")) as database:
        asked = "SELECT username, office, must_change_password FROM accounts_account ORDER BY id"
        return database.execute(asked).fetchall()


def test_each_password_is_shown_alone_and_gone_before_the_next(
    terminal: Terminal, tmp_path: Path
) -> None:
    for number, who in enumerate(("系统管理员系某", "安全管理员安某", "审计管理员审某"), 1):
        terminal.wait_for("就位后按回车键", number)
        assert f"（{number}/3）请{who}到屏幕前" in terminal.shown
        assert len(SECRET.findall(terminal.shown)) == number - 1
        terminal.press()
        terminal.wait_for("记下后按回车键", number)
        assert len(SECRET.findall(terminal.shown)) == number
        assert accounts_in(tmp_path / "site") == [], "none before all were shown"
        terminal.press()
    terminal.wait_for("三个账号已建立", 1)
    assert terminal.end() == 0
    on_main = re.sub(f"{re.escape(SIDE_SCREEN)}.*?{re.escape(MAIN_SCREEN)}", "", terminal.shown,
                     flags=re.DOTALL)  # fmt: skip
    assert SECRET.findall(on_main) == []
    assert len(set(SECRET.findall(terminal.shown))) == 3
    assert accounts_in(tmp_path / "site") == [
        ("xi", "system", 1), ("an", "security", 1), ("shen", "auditor", 1)
    ]  # fmt: skip


def test_who_stops_half_way_has_begun_nothing(terminal: Terminal, tmp_path: Path) -> None:
    terminal.wait_for("就位后按回车键", 1)
    terminal.press()
    terminal.wait_for("记下后按回车键", 1)
    terminal.press(b"\x04")
    assert terminal.end() == 130
    assert "没有建立任何账号" in terminal.shown
    assert terminal.shown.rindex(MAIN_SCREEN) > terminal.shown.rindex("一次性密码：")
    assert accounts_in(tmp_path / "site") == []


def test_a_script_asks_for_all_at_once(tmp_path: Path, settings: dict[str, str]) -> None:
    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command(tmp_path / "site", *more), env=settings, check=False,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)  # fmt: skip

    refused = run(*ARGUMENTS)
    assert refused.returncode == 2
    assert "请加--at-once" in refused.stderr
    assert not (tmp_path / "site").exists()
    twice = run("--at-once", *ARGUMENTS[:2], "--security", "xi,安某,2", "--auditor", "shen,审某,1")
    assert twice.returncode == 2
    assert "“xi”给了两个人" in twice.stderr
    assert "“1”给了两个人" in twice.stderr
    done = run("--at-once", *ARGUMENTS)
    assert (done.returncode, len(SECRET.findall(done.stdout))) == (0, 3)
    assert [row[0] for row in accounts_in(tmp_path / "site")] == ["xi", "an", "shen"]
    again = run("--at-once", *ARGUMENTS)
    assert again.returncode == 2
    assert "不能再次初始化" in again.stderr
