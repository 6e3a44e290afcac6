"""The site as `banzi site serve` starts it, and what it and its database use meanwhile.

The server is all its processes: those that answer, the worker, and the one that began them.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from benchmarks.environments import environment

_LONGEST_START = 120


@dataclass
class Use:
    """Processor seconds and peak memory (MB) of the server and of the database.

    `each` are the seconds of the server's processes, the busiest first: how evenly they shared.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    peak: dict[str, float] = field(default_factory=dict)
    each: list[float] = field(default_factory=list)


def site_environment(home: Path, database: str) -> dict[str, str]:
    """What a process of the site needs to find its folder and database ("" for SQLite)."""
    return environment(BANZI_HOME=str(home), BANZI_DATABASE=database)


@contextmanager
def serving(home: Path, database: str, options: list[str]) -> Iterator[tuple[str, int]]:
    """The address and process of a server; it is stopped afterwards."""
    port = _free_port()
    words = [sys.executable, "-m", "banzi", "site", "serve", "--home", str(home), "--port",
             str(port), *options]  # fmt: skip
    log = (home / "server.log").open("w", encoding="utf-8")
    server = subprocess.Popen(words, env=site_environment(home, database), stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, address)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + _LONGEST_START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/login/", timeout=5):  # noqa: S310 - http, our own
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("the server did not start; see server.log")


@contextmanager
def watched(server: int, database: int | None) -> Iterator[Use]:
    """What both use while the block runs; looked at every other second."""
    use, done = Use(), threading.Event()
    parts = {"server": server} | ({"database": database} if database else {})
    before = {name: _seconds(_family(pid)) for name, pid in parts.items()}
    before_each = {each.pid: _seconds([each]) for each in _family(server)}

    def look() -> None:
        while not done.wait(2):
            for name, pid in parts.items():
                held = sum(_memory(each) for each in _family(pid)) / 1e6
                use.peak[name] = max(use.peak.get(name, 0.0), held)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield use
    finally:
        done.set()
        watcher.join()
        for name, pid in parts.items():
            use.seconds[name] = _seconds(_family(pid)) - before[name]
        now = {each.pid: _seconds([each]) for each in _family(server)}
        spent = (seconds - before_each.get(pid, 0.0) for pid, seconds in now.items())
        use.each = sorted(spent, reverse=True)


def seconds_of(pid: int) -> float:
    """Processor seconds of a process and its children so far."""
    return _seconds(_family(pid))


def _family(pid: int) -> list[psutil.Process]:
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _seconds(processes: list[psutil.Process]) -> float:
    return sum(_told(each, lambda process: sum(process.cpu_times()[:4])) for each in processes)


def _memory(process: psutil.Process) -> float:
    """Bytes of its own; what processes share counts once where the system tells it."""
    return _told(process, lambda each: getattr(each.memory_full_info(), "pss", 0)
                 or each.memory_info().rss)  # fmt: skip


def _told(process: psutil.Process, ask: Any) -> float:
    try:
        return float(ask(process))
    except psutil.Error:
        return 0.0
