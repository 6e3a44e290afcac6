"""What was read, on disk until it is merged: persons one after another, pictures by content.

Forms of a nation do not fit into memory as records, and merging wants one person at a time. In
memory stays what tells who somebody is, and what one large workbook says. The folder is the
program's own, written and read within one run and removed at its end, whatever the end.
"""

from __future__ import annotations

import pickle
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from banzi.documents.codecs.extract import TELLING, Extract, KeptPerson, PersonExtract, Row
from banzi.kernel.errors import Location
from banzi.roster.photos import keep_photo

ROWS_IN_MEMORY = 100_000
"""Rows about persons, from workbooks and packages, for which turning them into bytes and back
costs more than the memory is worth."""
_PHOTOS, _PERSONS = "photos", "persons"


@dataclass(slots=True)
class Packed:
    """One extract on its way to the shelf: `extract` without persons, and these as bytes."""

    extract: Extract
    persons: list[tuple[Row, Location, bytes]] = field(default_factory=list)


def pack(extract: Extract, photos: Path) -> Packed:
    """Write the pictures of an extract to the folder and turn its persons into bytes.

    Bytes of what a person is made of, not of the person: half the time for a short record.
    """
    _put_pictures_by(extract, photos)
    packed = Packed(replace(extract, persons=[]))
    for person in extract.persons:
        telling = {name: person.row.get(name) for name in TELLING}
        parts = (person.row, person.rows, person.findings)
        packed.persons.append((telling, person.at, pickle.dumps(parts, pickle.HIGHEST_PROTOCOL)))
    return packed


def _put_pictures_by(extract: Extract, photos: Path) -> None:
    for person in extract.persons:
        digest = person.row.get("photo_sha256")
        if person.photo is not None and digest is not None:
            keep_photo(person.photo, digest, photos)


class Shelf:
    """The folder of one import; see `working_shelf`."""

    def __init__(self, folder: Path) -> None:
        self.photos = folder / _PHOTOS
        self.photos.mkdir()
        self._persons = (folder / _PERSONS).open("w+b")
        self._end = 0
        self.room = ROWS_IN_MEMORY
        """Rows that may still stay in memory."""

    def keep(self, extract: Extract) -> Extract:
        """An extract of this process: in memory as it is while there is room, else as `place`."""
        rows = sum(1 + sum(map(len, person.rows.values())) for person in extract.persons)
        if rows > self.room:
            return self.place(pack(extract, self.photos))
        self.room -= rows
        _put_pictures_by(extract, self.photos)
        for person in extract.persons:
            person.photo = None
        return extract

    def place(self, packed: Packed) -> Extract:
        """Keep what was packed; the extract has persons that are taken off the shelf when asked."""
        kept: list[KeptPerson] = []
        self._persons.seek(self._end)
        for telling, at, content in packed.persons:
            kept.append(KeptPerson(telling, at, self._take, self._end, len(content)))
            self._end += self._persons.write(content)
        return replace(packed.extract, kept=kept)

    def close(self) -> None:
        self._persons.close()

    def _take(self, kept: KeptPerson) -> PersonExtract:
        self._persons.seek(kept.start)
        content = self._persons.read(kept.size)
        row, rows, findings = pickle.loads(content)  # noqa: S301 - we wrote it, where only our user may enter
        return PersonExtract(row, kept.at, rows, findings)


@contextmanager
def working_shelf(beside: Path | None) -> Iterator[Shelf]:
    """A shelf in a folder of its own that goes in the end.

    Parameters
    ----------
    beside
        The path that will be written, so that pictures need not be copied from disk to disk; None
        when nothing will be written.
    """
    folder = _own_folder(beside)
    try:
        shelf = Shelf(folder)
        try:
            yield shelf
        finally:
            shelf.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _own_folder(beside: Path | None) -> Path:
    if beside is not None and beside.parent.is_dir():
        try:
            return Path(tempfile.mkdtemp(prefix=".part-", dir=beside.parent))
        except OSError:  # said when the roster is written; problems of the files come first
            pass
    return Path(tempfile.mkdtemp(prefix="banzi-"))
