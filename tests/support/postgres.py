"""A PostgreSQL server of one's own for a test run: a temporary folder, a socket, no port.

The programs are found in `$PG_BIN`, by `pg_config`, or where Debian puts them. A run as root starts
the server as an ordinary user, since PostgreSQL refuses root.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any


def postgres_programs() -> Path | None:
    """The folder of its programs; None when this machine has none."""
    named = os.environ.get("PG_BIN")
    places = [Path(named)] if named else []
    if config := shutil.which("pg_config"):
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        places.append(Path(told.stdout.strip()))
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


class Server:
    """A server on a folder, that may be killed and started again on the same data."""

    def __init__(self, programs: Path, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._programs, self.folder = programs, folder
        self._data = folder / "data"
        self._who = _who(folder)
        self._process: subprocess.Popen[bytes] | None = None
        self.address = f"postgresql://postgres@/banzi?host={folder}"

    def start(self, settings: Sequence[str] = ()) -> None:
        """Begin it as a child of this process, with an empty database the first time."""
        is_new = not (self._data / "PG_VERSION").exists()
        if is_new:
            self._run("initdb", "-D", self._data, "-A", "trust", "-U", "postgres", "--no-sync")
        wanted = ("listen_addresses=", f"unix_socket_directories={self.folder}", *settings)
        options = [word for each in wanted for word in ("-c", each)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._programs / "postgres"), "-D", str(self._data), *options],
                cwd=self.folder, env=_PLAIN, stdout=log, stderr=log, **self._who,
            )  # fmt: skip
        until = time.monotonic() + _SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text("utf-8")[-2000:])
            time.sleep(0.05)
        if is_new:
            self._run("createdb", "-h", self.folder, "-U", "postgres", "banzi")

    def kill(self) -> None:
        """Kill -9 of the server and of every process it had begun."""
        assert self._process is not None
        begun = _children(self._process.pid)
        for process in (self._process.pid, *begun):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._process.wait()
        while any(map(_is_there, begun)):
            time.sleep(0.01)

    def stop(self, ending: signal.Signals = signal.SIGINT) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(ending)
            self._process.wait()

    def _answers(self) -> bool:
        try:
            self._run("pg_isready", "-q", "-h", self.folder, "-d", "postgres", "-U", "postgres")
        except subprocess.CalledProcessError:
            return False
        return True

    def _run(self, program: str, *words: object) -> None:
        subprocess.run(
            [str(self._programs / program), *map(str, words)],
            check=True, cwd=self.folder, env=_PLAIN, stdout=subprocess.DEVNULL, **self._who,
        )  # fmt: skip


_PLAIN = {**os.environ, "LC_ALL": "C.UTF-8"}
_SECONDS = 300


@contextmanager
def running_postgres(programs: Path) -> Iterator[str]:
    """A server with an empty database; gives its address as BANZI_DATABASE takes it."""
    folder = Path(tempfile.mkdtemp(prefix="banzi-pg-"))
    try:
        with kept_postgres(programs, folder, ("fsync=off",), ending=signal.SIGQUIT) as address:
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept_postgres(
    programs: Path,
    folder: Path,
    settings: Sequence[str] = (),
    ending: signal.Signals = signal.SIGINT,
) -> Iterator[str]:
    """A server on a folder that stays, with an empty database the first time.

    Parameters
    ----------
    folder
        Must not lie where an ordinary user cannot enter, when root runs this.
    settings
        `name=value`, as in postgresql.conf.
    ending
        What the server is told at the end: SIGINT lets it close its files, SIGQUIT does not.
    """
    server = Server(programs, folder)
    try:
        server.start(settings)
        yield server.address
    finally:
        server.stop(ending)


def _children(parent: int) -> list[int]:
    """The processes that a process began; none when it is gone."""
    lists = Path(f"/proc/{parent}/task").glob("*/children")
    try:
        return [int(child) for each in lists for child in each.read_text().split()]
    except OSError:
        return []


def _is_there(process: int) -> bool:
    """Whether a process still runs; one that is dead and not yet fetched by its parent does not."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def _who(folder: Path) -> dict[str, Any]:
    """As whom the server runs; the folder becomes that user's."""
    if os.geteuid() != 0:
        return {}
    name = next(name for name in ("postgres", "nobody") if _is_user(name))
    entry = pwd.getpwnam(name)
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
