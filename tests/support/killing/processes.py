"""The processes of a site, each of them real: begun as an office begins it, killed, begun again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from tests.support.ports import free_port
from tests.support.postgres import Server

ROOT = Path(__file__).resolve().parents[3]
WAIT = 300
"""Seconds within which a process must be ready again."""


class Site:
    """Web process, worker, database. `broken`: a fault of `breaking`, "" for the site as it is.

    With SQLite (`server` None) the database lives in the other two and dies with them.
    """

    def __init__(self, home: Path, server: Server | None, broken: str = "") -> None:
        self.home, self.server, self.is_broken = home, server, bool(broken)
        self._program = [sys.executable, "-m", *_program(broken)]
        self.port = free_port()
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def victims(self) -> tuple[str, ...]:
        return ("web", "worker") if self.server is None else ("web", "worker", "database")

    def begin(self, name: str) -> None:
        if name == "database":
            assert self.server is not None
            self.server.start()
            return
        words = {
            "web": ["serve", "--no-worker", "--port", str(self.port), "--threads", "4"],
            "worker": ["work"],
        }[name]
        with (self.home / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [*self._program, "site", *words, "--home", str(self.home)],
                cwd=ROOT, env=environment(self.server), stdout=log, stderr=log,
            )  # fmt: skip
        if name == "web":
            self._wait_for_web()

    def kill(self, name: str) -> None:
        """Kill -9; returns when it is dead."""
        if name == "database":
            assert self.server is not None
            self.server.kill()
            return
        process = self._running[name]
        assert process.poll() is None, f"{name} had ended by itself: {self.home / name}.log"
        process.send_signal(signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.kill()
                process.wait()

    def _wait_for_web(self) -> None:
        until, process = time.monotonic() + WAIT, self._running["web"]
        while time.monotonic() < until and process.poll() is None:
            try:
                urlopen(f"http://127.0.0.1:{self.port}/login/", timeout=5).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError((self.home / "web.log").read_text("utf-8")[-3000:])


def _program(broken: str) -> list[str]:
    return ["tests.support.killing.breaking", broken] if broken else ["banzi"]


def environment(server: Server | None) -> dict[str, str]:
    left_out = ("DJANGO_SETTINGS_MODULE", "BANZI_HOME", "BANZI_DATABASE")
    given = {name: value for name, value in os.environ.items() if name not in left_out}
    given["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    if server is not None:
        given["BANZI_DATABASE"] = server.address
    return given
