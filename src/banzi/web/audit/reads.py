"""Who read what: noted at once in a file of this process, sealed into the record later.

Reading never waits for a lock of the database: a line is appended to `HOME/reads/DAY_PROCESS.jsonl`
and forced to disk before the answer is made. `audit.sealing` moves lines into rows under an act;
until then they are read from the files, so that nothing is hidden and nothing is lost when the
process is killed. A process writes to the file of the present day (UTC) only, so that files of
earlier days are complete.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from banzi.kernel.columns import Labelled


class ReadKind(Labelled):
    """What was done with the data."""

    READ = "read", "查阅", "read"
    EXPORT = "export", "导出", "export"
    REFUSED = "refused", "被拒绝", "refused"


@dataclass(frozen=True, slots=True)
class ReadNote:
    """One line: who (login name), when (ISO 8601, UTC), what kind, about whom ("" for several)."""

    at: str
    by: str
    kind: str
    person_id: str
    what: str
    address: str = ""


class _Spool:
    """The file of this process and day; threads of the process share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handle: int | None = None
        self._named_for = ("", 0, Path())

    def append(self, notes: Sequence[ReadNote]) -> None:
        """Notes of one moment, on disk together."""
        lines = [json.dumps(asdict(note), ensure_ascii=False) + "\n" for note in notes]
        with self._lock:
            handle = self._open(notes[0].at[:10])
            left = memoryview("".join(lines).encode())
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)

    def _open(self, day: str) -> int:
        wanted = (day, os.getpid(), spool_folder())
        if self._handle is None or self._named_for != wanted:
            if self._handle is not None:
                os.close(self._handle)
            file = wanted[2] / f"{day}_{wanted[1]}_{secrets.token_hex(4)}.jsonl"
            self._handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            self._named_for = wanted
        return self._handle


_SPOOL = _Spool()


def spool_folder() -> Path:
    """Where lines wait to be sealed; made when it is not there."""
    folder: Path = settings.BANZI_HOME / "reads"
    folder.mkdir(exist_ok=True)
    return folder


def note_read(
    *, by: str, what: str, person_id: str = "", kind: ReadKind = ReadKind.READ, address: str = ""
) -> None:
    """Write down who reads what; call before the answer is made.

    Raises
    ------
    OSError
        When the line cannot be kept; what cannot be logged is not shown.
    """
    note_reads(by=by, what=what, person_ids=[person_id], kind=kind, address=address)


def note_reads(
    *, by: str, what: str, person_ids: Iterable[str], kind: ReadKind, address: str = ""
) -> None:
    """The same about several persons at once, a line for each; forced to disk once."""
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    notes = [ReadNote(at, by, kind.value, each, what, address) for each in person_ids]
    if notes:
        _SPOOL.append(notes)


def lines_of(file: Path, after: int = 0) -> Iterator[tuple[int, str]]:
    """(number from 1, text) of the complete lines of a spool file beyond a number."""
    with file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if number > after and line.endswith(b"\n"):
                yield number, line.decode(errors="replace").rstrip("\n")
