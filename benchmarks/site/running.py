"""`python -m benchmarks site`: many people at once on the site, as `banzi site serve` starts it.

Both databases are made the first time, kept, and made anew when the tables have changed. The load
comes from this machine too, over the loopback.

--only postgresql,sqlite   some of the two
--persons 100000           persons in PostgreSQL (SQLite always has 5,000)
--users 50                 people at once on PostgreSQL; several numbers run one after another
--seconds 120              how long each run counts, after everybody has signed in
--folder DIR               where the databases are kept
--serve "--processes 2"    options for `banzi site serve`
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.postgres import kept_postgres, postgres_programs

from benchmarks.environments import ROOT, cached
from benchmarks.site.preparing import PASSWORD
from benchmarks.site.serving import Use, seconds_of, serving, site_environment, watched
from benchmarks.site.tables import table

SMALL, SMALL_USERS = 5_000, 5
_SPAWNED_EACH_SECOND = 1
_IDLE, _IDLE_TICKS, _LONGEST_WARMING = 0.1, 8, 240
"""Seconds of processors within one of the clock below which a server is idle; so often in a row."""
_SETTINGS = ("shared_buffers=512MB", "max_wal_size=8GB")
_MADE_OF = ("src/banzi/roster/keeping.py", "src/banzi/people", "src/banzi/teams", "src/banzi/kernel/columns.py",
            "src/banzi/web/*/migrations", "src/banzi/web/audit/triggers.py",
            "src/banzi/web/people/keys.py", "benchmarks/site/preparing.py",
            "benchmarks/site/rosters.py")  # fmt: skip
"""What a prepared database depends on."""


@dataclass(frozen=True)
class Run:
    """One run: database, persons in it, and people at once."""

    database: str
    persons: int
    users: int


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks site", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("--only", default="postgresql,sqlite")
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--users", default="50")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--folder", type=Path, default=_usual_folder())
    parser.add_argument("--serve", default="")
    asked = parser.parse_args(arguments)
    missed = 0
    for database in asked.only.split(","):
        is_small = database == "sqlite"
        persons = SMALL if is_small else asked.persons
        numbers = [SMALL_USERS] if is_small else [int(each) for each in asked.users.split(",")]
        folder = asked.folder / f"{database}-{persons}"
        with _prepared(database, persons, folder) as (home, address, server):
            for users in numbers:
                run = Run(database, persons, users)
                use, found = _loaded(run, home, address, server, asked.seconds, asked.serve.split())
                text, late = table(
                    run, found, use, json.loads((home / "prepared.json").read_text())
                )
                missed += late
                print(text, flush=True)
    return 1 if missed else 0


def _usual_folder() -> Path:
    """Root's own folders are closed to the user who runs PostgreSQL."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return Path("/var/tmp/banzi-bench-site") if is_root else cached("site")  # noqa: S108


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@contextmanager
def _prepared(database: str, persons: int, folder: Path) -> Iterator[tuple[Path, str, int | None]]:
    """Home, BANZI_DATABASE and server process of a database with so many persons."""
    stamp = _stamp(persons)
    file = folder / "stamp"
    if not file.exists() or file.read_text() != stamp:
        shutil.rmtree(folder, ignore_errors=True)
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    if database == "sqlite":
        _prepare(folder, home, "", persons, stamp)
        yield home, "", None
        return
    programs = postgres_programs()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed; --only sqlite runs without")
    with kept_postgres(programs, folder / "postgres", _SETTINGS) as address:
        _prepare(folder, home, address, persons, stamp)
        first = (folder / "postgres/data/postmaster.pid").read_text().splitlines()[0]
        yield home, address, int(first)


def _prepare(folder: Path, home: Path, address: str, persons: int, stamp: str) -> None:
    if (folder / "stamp").exists():
        return
    _say(f"{folder}: made this first time")
    words = [sys.executable, "-m", "benchmarks.site.preparing", str(folder.parent), str(persons)]
    subprocess.run(words, check=True, cwd=ROOT, env=site_environment(home, address))
    (folder / "stamp").write_text(stamp)


def _stamp(persons: int) -> str:
    digest = hashlib.sha256(str(persons).encode())
    for pattern in _MADE_OF:
        for found in sorted(ROOT.glob(pattern)):
            for file in [found] if found.is_file() else sorted(found.rglob("*.py")):
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _loaded(
    run: Run, home: Path, address: str, database: int | None, seconds: int, options: list[str]
) -> tuple[Use, dict[str, Any]]:
    _say(f"{run.database}, {run.persons:,} persons, {run.users} people: the server starts")
    shutil.rmtree(home / "reads", ignore_errors=True)
    with (
        serving(home, address, options) as (url, server),
        tempfile.TemporaryDirectory(prefix="banzi-load-") as own,
    ):
        _warmed(server)
        record = Path(own) / "record.json"
        ramp = -(-run.users // _SPAWNED_EACH_SECOND)
        _say(f"  {ramp} s until everybody has signed in, then {seconds} s that count")
        words = [sys.executable, "-m", "locust", "-f", str(ROOT / "benchmarks/site/users.py"),
                 "--headless", "--host", url, "--users", str(run.users),
                 "--spawn-rate", str(_SPAWNED_EACH_SECOND), "--run-time", f"{ramp + seconds}s",
                 "--only-summary", "--loglevel", "ERROR"]  # fmt: skip
        told = {**os.environ, "LOAD_PASSWORD": PASSWORD, "LOAD_RECORD": str(record)}
        with watched(server, database) as use:
            done = subprocess.run(words, env=told, stdout=subprocess.DEVNULL, check=False)
        if not record.exists():
            raise SystemExit(f"locust ended with {done.returncode} and left no record")
        found: dict[str, Any] = json.loads(record.read_text())
        return use, found


def _warmed(server: int) -> None:
    """Wait until the server has worked out what it works out on starting: it is idle then."""
    idle, started = 0, time.monotonic()
    while idle < _IDLE_TICKS and time.monotonic() - started < _LONGEST_WARMING:
        before = seconds_of(server)
        time.sleep(1)
        idle = idle + 1 if seconds_of(server) - before < _IDLE else 0
    _say(f"  ready after {time.monotonic() - started:.0f} s more, with "
         f"{seconds_of(server):.0f} s of processors")  # fmt: skip
