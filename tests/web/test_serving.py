"""Several processes on one address: nothing depends on which answers, and none outlives the site.

Real servers on SQLite. To say which process answers, the other one is stopped (SIGSTOP).
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import pytest
from tests.support.killing.browsing import Browser, Unanswered
from tests.support.killing.processes import ROOT, environment
from tests.support.ports import free_port
from tests.support.small_site import PERSON

from banzi.cli.main import load_commands, run
from banzi.kernel.errors import BanziError
from banzi.web import serving
from banzi.web.listening import listening

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes share no socket there")
PATIENCE = 300
CORRECTION = f"/people/person/{PERSON}/persons/-/"


class Served:
    """`banzi site serve` with two processes and a worker."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home, self.port = home, free_port()
        self.log = home / "log"
        words = ["site", "serve", "--home", str(home), "--port", str(self.port), *options]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "banzi", *words],
                cwd=ROOT, env=environment(None), stdout=log, stderr=log,
            )  # fmt: skip

    def children(self, kind: str) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            found = psutil.Process(self.process.pid).children(recursive=True)
            return [each for each in found if kind in _words(each)]
        return []

    def parts(self) -> list[psutil.Process]:
        return self.children("answer")

    def said(self) -> str:
        return self.log.read_text("utf-8")

    @contextmanager
    def only(self, part: psutil.Process) -> Iterator[None]:
        """Only this process answers within the block."""
        others = [each for each in self.parts() if each.pid != part.pid]
        for each in others:
            each.suspend()
            wait_for(lambda each=each: each.status() == psutil.STATUS_STOPPED, self)  # type: ignore[misc]
        try:
            yield
        finally:
            for each in others:
                each.resume()


def _words(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return list(process.cmdline())
    return []


def wait_for(told: Callable[[], bool], site: Served) -> None:
    until = time.monotonic() + PATIENCE
    while not told():
        assert time.monotonic() < until, site.said()
        time.sleep(0.1)


def is_answered(site: Served) -> bool:
    try:
        return bool(Browser(site.port, "clerk").get("/login/"))
    except Unanswered:
        return False


def _answers_alone(site: Served, part: psutil.Process) -> bool:
    with site.only(part):
        return is_answered(site)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "tests.support.small_site", str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment(None), check=True)
    return folder


@contextmanager
def served(home: Path, *options: str) -> Iterator[Served]:
    site = Served(home, *options)
    try:
        yield site
    finally:
        for each in (*site.children("banzi"), site.process):
            with suppress(psutil.NoSuchProcess):
                each.kill()
        site.process.wait()


@pytest.fixture(scope="module")
def site(home: Path) -> Iterator[Served]:
    """Served, and each of the two has answered."""
    with served(home, "--processes", "2") as made:
        wait_for(lambda: len(made.parts()) == 2, made)
        for part in made.parts():
            wait_for(lambda part=part: _answers_alone(made, part), made)  # type: ignore[misc]
        yield made


def test_a_visit_goes_on_in_either_process(site: Served) -> None:
    first, second = site.parts()
    clerk = Browser(site.port, "clerk")
    with site.only(first):
        page = clerk.get(CORRECTION)  # signs in
    seen = re.search(r'name="seen" value="([^"]+)"', page)
    assert seen is not None
    corrected = {"remarks": "由甲进程更正", "specialty": "1", "name": "己六", "birth": "1980.03"}
    fields: dict[str, str] = {"seen": seen[1], "why": "核对档案", "paper": "干部档案", **corrected}
    with site.only(second):
        clerk.post(CORRECTION, None, **fields)
        assert "由甲进程更正" in clerk.get(f"/people/person/{PERSON}/")
    with site.only(first):
        assert "由甲进程更正" in clerk.get(f"/people/person/{PERSON}/")
        assert "1980.03" in clerk.get("/people/")


def test_wrong_passwords_are_counted_together(site: Served) -> None:
    parts = site.parts()
    for attempt in range(5):
        with site.only(parts[attempt % 2]):
            guess = Browser(site.port, "other")
            guess.get("/login/")
            with pytest.raises(Unanswered):
                guess.post("/login/", username="other", password="wrong")  # noqa: S106
    for part in parts:
        with site.only(part), pytest.raises(Unanswered):
            Browser(site.port, "other").get("/people/")


def test_wrong_tokens_are_counted_together(site: Served) -> None:
    parts, told = site.parts(), []
    asked = Request(
        f"http://127.0.0.1:{site.port}/api/v1/me", headers={"Authorization": "Bearer guessed"}
    )
    for attempt in range(24):
        with site.only(parts[attempt % 2]), pytest.raises(HTTPError) as answer:
            urlopen(asked)  # noqa: S310 - http, our own
        answer.value.close()
        told.append(answer.value.code)
    assert told == [401] * 20 + [429] * 4


def test_a_process_that_is_killed_comes_back(site: Served) -> None:
    killed, other = site.parts()
    (worker,) = site.children("work")
    killed.kill()
    worker.kill()
    assert is_answered(site)
    wait_for(lambda: len(site.parts()) == 2 and len(site.children("work")) == 1, site)
    assert {killed.pid, worker.pid}.isdisjoint(
        each.pid for each in (*site.parts(), *site.children("work"))
    )
    assert "网站进程意外退出（退出码-9）" in site.said()
    assert "任务处理进程意外退出（退出码-9）" in site.said()
    (begun,) = [each for each in site.parts() if each.pid != other.pid]
    wait_for(lambda: _answers_alone(site, begun), site)


@pytest.mark.parametrize(
    ("processes", "ending"),
    [
        ("2", signal.SIGTERM),
        pytest.param("2", signal.SIGKILL, marks=pytest.mark.slow),
        pytest.param("2", signal.SIGINT, marks=pytest.mark.slow),
        pytest.param("1", signal.SIGTERM, marks=pytest.mark.slow),
        pytest.param("1", signal.SIGKILL, marks=pytest.mark.slow),
    ],
)
def test_however_it_ends_nothing_of_it_is_left(
    home: Path, processes: str, ending: signal.Signals
) -> None:
    with served(home, "--processes", processes) as site:
        wait_for(lambda: is_answered(site) and bool(site.children("work")), site)
        begun = [*site.parts(), *site.children("work")]
        assert len(begun) == {"1": 1, "2": 3}[processes]
        os.kill(site.process.pid, ending)
        site.process.wait(PATIENCE)
        _gone, left = psutil.wait_procs(begun, timeout=PATIENCE)
        assert not left
        with socket.socket() as free:
            free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            free.bind(("127.0.0.1", site.port))
        if ending != signal.SIGKILL:
            assert site.process.returncode == 0
            assert "意外退出" not in site.said()


@pytest.mark.parametrize(
    "options",
    [
        ["--processes", "0"],
        ["--processes", "-1"],
        ["--processes", "33"],
        ["--threads", "0"],
        ["--port", "65536"],
    ],
)
def test_numbers_that_cannot_be_are_refused_before_anything_is_made(
    tmp_path: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    load_commands()
    assert run(["site", "serve", "--home", str(folder), *options]) == 2
    assert f"site/bad-number {options[0]}应为1至" in capsys.readouterr().err
    assert not folder.exists()


def test_an_address_that_is_not_ours_or_taken_is_said() -> None:
    port = free_port()
    with pytest.raises(BanziError, match="site/no-port"):
        listening("192.0.2.1", port)
    with pytest.raises(BanziError, match="site/no-port"):
        listening("no..name", port)
    (first,) = listening("127.0.0.1", port)
    with first, pytest.raises(BanziError, match=f"127.0.0.1:{port}"):
        listening("127.0.0.1", port)


def test_a_port_that_is_let_go_shortly_after_is_taken() -> None:
    (first,) = listening("127.0.0.1", free_port())
    port = first.getsockname()[1]
    threading.Timer(0.5, first.close).start()
    (second,) = listening("127.0.0.1", port)
    second.close()


@pytest.mark.parametrize(
    ("is_file", "processors", "memory", "wanted"),
    [
        (True, 8, 64 << 30, 1),
        (False, 8, 64 << 30, 2),
        (False, 2, 8 << 30, 2),
        (False, 1, 64 << 30, 1),
        (False, 8, 4 << 30, 1),
        (False, 8, None, 2),
        (False, None, None, 1),
    ],
)
def test_two_processes_where_they_are_of_use(
    monkeypatch: pytest.MonkeyPatch,
    is_file: bool,
    processors: int | None,
    memory: int | None,
    wanted: int,
) -> None:
    monkeypatch.setattr(serving, "installed", lambda: memory)
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    assert serving.usual_processes(is_file=is_file) == wanted
    monkeypatch.setattr(serving, "CAN_SHARE", False)
    assert serving.usual_processes(is_file=is_file) == 1


def test_one_process_and_a_sentence_where_a_socket_cannot_be_shared(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serving.chosen_processes(3, is_file=True) == 3
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(serving, "CAN_SHARE", False)
    assert serving.chosen_processes(3, is_file=False) == 1
    assert "只用1个进程" in capsys.readouterr().out
    assert serving.chosen_processes(1, is_file=False) == 1
    assert capsys.readouterr().out == ""
