"""Lines of the log of reads into rows, under one act that digests them; run by a sweep.

Killed in the middle, nothing is lost and nothing is there twice: rows and act come in one
transaction, the files are left alone until then, and a line is known by its file and number. A file
of an earlier day, sealed to its end, is removed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db.models import Max

from banzi.web.audit.acts import act
from banzi.web.audit.chain import reads_digest
from banzi.web.audit.models import Read
from banzi.web.audit.reads import ReadNote, lines_of, spool_folder

SEALING = "audit.seal_reads"
"""The verb of acts that seal lines of the log of reads; their `source` is the digest of these."""
_DAYS_LEFT = timedelta(days=2)  # a process may still be writing its last line of yesterday
_AT_ONCE = 20_000


def seal_reads() -> int:
    """Seal every line that waits; returns how many."""
    sealed = 0
    while batch := _waiting():
        with act(SEALING, by=None, about=str(len(batch))) as opened:
            for read in batch:
                read.act_id = opened.act_id
            opened.source = reads_digest(read.written for read in batch)
            Read.objects.bulk_create(batch, batch_size=500)
        sealed += len(batch)
        if len(batch) < _AT_ONCE:
            break
    _remove_done()
    return sealed


def unsealed() -> Iterator[ReadNote]:
    """Lines that wait to be sealed on this machine, file by file."""
    for file in _files():
        for _number, line in lines_of(file, _sealed_to(file)):
            yield note_of(line)


def note_of(line: str) -> ReadNote:
    """A line as a note; one that was torn by a crash is shown as it is."""
    try:
        return ReadNote(**json.loads(line))
    except (ValueError, TypeError):
        return ReadNote(at="", by="", kind="", person_id="", what=line)


def _files() -> list[Path]:
    return sorted(spool_folder().glob("*.jsonl"))


def _sealed_to(file: Path) -> int:
    last = Read.objects.filter(spool=file.name).aggregate(last=Max("line"))["last"]
    return last or 0


def _waiting() -> list[Read]:
    found: list[Read] = []
    for file in _files():
        for number, line in lines_of(file, _sealed_to(file)):
            found.append(_row(file, number, line))
            if len(found) == _AT_ONCE:
                return found
    return found


def _row(file: Path, number: int, line: str) -> Read:
    note = note_of(line)
    try:
        at = datetime.fromisoformat(note.at)
    except ValueError:
        at = datetime.now(UTC)
    return Read(at=at, by=note.by, kind=note.kind, person_id=note.person_id, what=note.what,
                address=note.address, written=line, spool=file.name, line=number)  # fmt: skip


def _remove_done() -> None:
    oldest = (datetime.now(UTC) - _DAYS_LEFT).date().isoformat()
    for file in _files():
        if file.name[:10] < oldest and not any(lines_of(file, _sealed_to(file))):
            file.unlink(missing_ok=True)
