"""A PostgreSQL server of one's own for a test run: a temporary folder, a socket, no port.

The programs are found in `$PG_BIN`, by `pg_config`, or where Debian puts them. A run as root starts
the server as an ordinary user, since PostgreSQL refuses root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def postgres_programs() -> Path | None:
    """The folder of `initdb` and `pg_ctl`; None when this machine has none."""
    named = os.environ.get("PG_BIN")
    places = [Path(named)] if named else []
    if config := shutil.which("pg_config"):
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        places.append(Path(told.stdout.strip()))
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def running_postgres(programs: Path) -> Iterator[str]:
    """A server with an empty database; gives its address as BANZI_DATABASE takes it."""
    folder = Path(tempfile.mkdtemp(prefix="banzi-pg-"))
    try:
        with kept_postgres(programs, folder, ("fsync=off",), ending="immediate") as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept_postgres(
    programs: Path, folder: Path, settings: Sequence[str] = (), ending: str = "fast"
) -> Iterator[str]:
    """A server on a folder that stays, with an empty database the first time.

    Parameters
    ----------
    folder
        Must not lie where an ordinary user cannot enter, when root runs this.
    settings
        `name=value`, as in postgresql.conf.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = _runner(folder)
    data = folder / "data"
    is_new = not (data / "PG_VERSION").exists()
    if is_new:
        run(programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "--no-sync")
    wanted = ("listen_addresses=", f"unix_socket_directories={folder}", *settings)
    options = " ".join(f"-c {each}" for each in wanted)
    run(programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        if is_new:
            run(programs / "createdb", "-h", folder, "-U", "postgres", "banzi")
        yield f"postgresql://postgres@/banzi?host={folder}"
    finally:
        run(programs / "pg_ctl", "-D", data, "-m", ending, "-w", "stop")


def _runner(folder: Path) -> Any:
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        name = next(name for name in ("postgres", "nobody") if _is_user(name))
        entry = pwd.getpwnam(name)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def run(*words: object) -> None:
        subprocess.run(
            [str(word) for word in words],
            check=True,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            **who,
        )

    return run


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
