"""The records as a roster: what the engine works on, current after every act.

    HOME/rosters/<seq>-<digest>/    the records after the act of that number and digest

The revision of the records is the number of the last act that changed them. A roster of it is kept
in memory; the next one is made from it and the rows that changed since, so that one correction
among a hundred thousand persons costs milliseconds. A folder is written when all tables had to be
read, or many rows changed, so that another process starts from there. Its name holds the digest of
the act: a database restored from a backup counts the same numbers anew.

A folder that somebody worked with in the last day stays, as does the newest one.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from django.conf import settings

from banzi.kernel.errors import BadInput
from banzi.roster import TABLES, Roster, load_roster, save_roster
from banzi.roster.mending import OF_HOUSE, hand_on
from banzi.roster.photos import PhotoFolder
from banzi.web.audit.acts import under_way
from banzi.web.audit.models import Act, Change
from banzi.web.audit.touching import Mark, last_touching
from banzi.web.records.reading_tables import all_tables, one_moment
from banzi.web.records.refreshing import latest_rows, with_rows
from banzi.web.records.storing import store_roster

__all__ = [
    "current_folder",
    "current_roster",
    "frozen_roster",
    "photo_folder",
    "records_revision",
    "roster_and_revision",
    "store_roster",
    "sweep",
]

_MANY = 20_000
"""Changed rows above which reading everything again is the shorter way."""
_WORTH_WRITING = 2_000
"""Changed rows after which another process should not have to work through them itself."""
_MANY_PERSONS = 2_000
"""Persons changed above which everybody's facts are worked out anew."""
_STEPS_KEPT = 50
_DAYS_KEPT = 2
"""Days as of which the rosters of a revision are kept in memory with what was derived from them."""
_UNUSED_SECONDS = 24 * 3600
_TOUCHED_EACH = 600


@dataclass(frozen=True, slots=True)
class Revision:
    """The state of the records after an act: its number, and its digest ("" before any act)."""

    seq: int
    digest: str

    @property
    def folder(self) -> Path:
        return rosters() / f"{self.seq}-{self.digest[:12]}"


@dataclass(frozen=True, slots=True)
class _Step:
    """From one revision to a later one; `persons` None when not only their own rows changed."""

    before: Revision
    revision: Revision
    persons: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class _OfDay:
    """A roster speaking about a day, with whatever was worked out from it."""

    revision: Revision
    roster: Roster


@dataclass(slots=True)
class _Kept:
    """What this process holds in memory."""

    revision: Revision
    roster: Roster
    on_disk: Revision | None  # the folder its unread tables lie in
    since_disk: int = 0  # rows changed since that folder was written
    touched: float = 0.0
    steps: tuple[_Step, ...] = ()  # the last ones that led here


_LOCK = threading.RLock()
_kept: _Kept | None = None
_revised: tuple[Mark, Revision] | None = None
_by_day: dict[date, _OfDay] = {}


class UnfinishedAct(RuntimeError):
    """A roster was asked for within an act; what it writes is not on record yet."""


def rosters() -> Path:
    """Where frozen rosters lie."""
    return Path(settings.BANZI_HOME) / "rosters"


def photo_folder() -> Path:
    """Where photos lie, each named by its SHA-256."""
    return Path(settings.BANZI_HOME) / "photos"


def records_revision() -> int:
    """The number of the last act that changed records; 0 before any."""
    return _revision().seq


def current_roster(as_of: date) -> Roster:
    """The records as they are now, speaking about a day; the same object until they change.

    Raises
    ------
    UnfinishedAct
        Within an act that has written already.
    """
    with _LOCK:
        kept = _current()
        found = _by_day.get(as_of)
        if found is None or found.revision != kept.revision:
            while found is None and len(_by_day) >= _DAYS_KEPT:
                del _by_day[next(iter(_by_day))]
            roster = replace(kept.roster, as_of=as_of)
            if found is not None and (persons := _touched(found.revision, kept)) is not None:
                hand_on(found.roster, roster, persons)
            found = _by_day[as_of] = _OfDay(kept.revision, roster)
        return found.roster


def roster_and_revision(as_of: date) -> tuple[Roster, int]:
    """`current_roster`, and the number of the last act that is in it."""
    with _LOCK:
        roster = current_roster(as_of)
        return roster, _by_day[as_of].revision.seq


def _touched(since: Revision, kept: _Kept) -> set[str] | None:
    """Persons whose rows changed since a revision; None when the house changed, or too much."""
    steps = [step for step in kept.steps if step.revision.seq > since.seq]
    if not steps or steps[0].before != since or any(step.persons is None for step in steps):
        return None
    return {person for step in steps for person in step.persons or ()}


def current_folder(as_of: date) -> Path:
    """The folder of the records as they are now, written when it is not there yet.

    Its manifest says the day on which it was first asked for; whoever opens it says his own.
    """
    with _LOCK:
        kept = _current()
        if kept.on_disk != kept.revision:
            _write(kept, as_of)
        _touch(kept)
        return kept.revision.folder


def frozen_roster(as_of: date) -> Roster:
    """The records of this moment read from the database whole, within an act too; no photos."""
    with one_moment():
        return Roster(as_of, all_tables())


def sweep() -> list[Path]:
    """Remove folders that nobody used for a day, but for the newest; returns what went."""
    folders = sorted(_folders(), key=lambda each: each[0].seq)
    old = time.time() - _UNUSED_SECONDS
    gone = []
    for _revision_of, folder in folders[:-1]:
        with suppress(OSError):
            if folder.stat().st_mtime < old:
                shutil.rmtree(folder)
                gone.append(folder)
    for left in rosters().glob(".*"):  # by a process that was killed while it wrote
        with suppress(OSError):
            if left.stat().st_mtime < old:
                shutil.rmtree(left)
    return gone


def _revision() -> Revision:
    """The last act that changed a table of the records; looked for again once an act did."""
    global _revised  # of one process, like what is kept
    (mark,) = last_touching(TABLES)
    if _revised is None or _revised[0] != mark:
        _revised = (mark, _revision_on_record())
    return _revised[1]


def _revision_on_record() -> Revision:
    """Acts are looked at from the last one back to one that changed a table of the records.

    One by one: asked for all at once, the database reads the whole record of changes.
    """
    after = _kept.revision if _kept is not None and _is_on_record(_kept.revision) else None
    acts = Act.objects.filter(changes__gt=0, seq__gt=after.seq if after else 0).order_by("-seq")
    for seq, digest, act_id in acts.values_list("seq", "digest", "act_id").iterator(50):
        if Change.objects.filter(act_id=act_id, table_name__in=TABLES).exists():
            return Revision(seq, digest)
    return after or Revision(0, "")


def _is_on_record(revision: Revision) -> bool:
    return not revision.seq or Act.objects.filter(**_named(revision)).exists()


def _named(revision: Revision) -> dict[str, object]:
    return {"seq": revision.seq, "digest__startswith": revision.digest}


def _current() -> _Kept:
    global _kept  # one roster a process, under one lock
    if under_way():
        raise UnfinishedAct
    revision = _revision()
    base = _kept
    if base is not None and base.on_disk is not None and not base.on_disk.folder.is_dir():
        base = None  # a process that did nothing for a day: another one swept the folder away
        _by_day.clear()
    if base is not None and base.revision == revision:
        _touch(base)
        return base
    if base is None or not _is_on_record(base.revision):
        base = _from_disk(revision)
    _kept = _refreshed(base, revision) if base else None
    if _kept is None:
        _kept = _read_anew()
    _touch(_kept)
    return _kept


def _refreshed(base: _Kept, revision: Revision) -> _Kept | None:
    """The base brought up to a later revision; None when too much has changed."""
    acts = Act.objects.filter(seq__gt=base.revision.seq, seq__lte=revision.seq)
    ids = list(acts.order_by("seq").values_list("act_id", flat=True))
    changes = Change.objects.filter(act_id__in=ids, table_name__in=TABLES)
    count = changes.count()
    if count > _MANY:
        return None
    order = {act_id: number for number, act_id in enumerate(ids)}
    in_order = sorted(changes, key=lambda each: (order[each.act_id], each.id))
    latest = latest_rows(in_order)
    frames = {
        name: with_rows(base.roster[name], TABLES[name], rows) for name, rows in latest.items()
    }
    roster = _with_photos(base.roster.with_tables(**frames))
    step = _Step(base.revision, revision, _persons_of(in_order))
    steps = (*base.steps, step)[-_STEPS_KEPT:]
    kept = _Kept(revision, roster, base.on_disk, base.since_disk + count, steps=steps)
    if kept.since_disk > _WORTH_WRITING:
        _write(kept, roster.as_of)
    return kept


def _persons_of(changes: Collection[Change]) -> frozenset[str] | None:
    """Whose rows changed; None when rows of the house did, or of persons not told."""
    found = set()
    for change in changes:
        if change.table_name in OF_HOUSE:
            return None
        for text in (change.old, change.new):
            if text is not None:
                found.add(json.loads(text).get("person_id"))
    return None if None in found or len(found) > _MANY_PERSONS else frozenset(found)


def _read_anew() -> _Kept:
    with one_moment():
        revision = _revision_on_record()
        roster = _with_photos(Roster(_NO_DAY, all_tables()))
    kept = _Kept(revision, roster, None)
    if revision.seq:
        _write(kept, _NO_DAY)
    return kept


_NO_DAY = date(1, 1, 1)


def _from_disk(revision: Revision) -> _Kept | None:
    """The newest folder that is a state of this database's past."""
    for found, folder in sorted(_folders(), key=lambda each: -each[0].seq):
        if found.seq > revision.seq:
            continue
        full = Act.objects.filter(**_named(found)).values_list("seq", "digest").first()
        if full is None:
            continue
        try:
            roster = _with_photos(load_roster(folder))
        except BadInput:
            shutil.rmtree(folder, ignore_errors=True)
            continue
        return _Kept(Revision(*full), roster, Revision(*full))
    return None


def _folders() -> Iterator[tuple[Revision, Path]]:
    if not rosters().is_dir():
        return
    for folder in rosters().iterdir():
        seq, _, digest = folder.name.partition("-")
        if seq.isdigit() and digest:
            yield Revision(int(seq), digest), folder


def _write(kept: _Kept, as_of: date) -> None:
    """Write the folder and let go of the frames: they are read again when somebody asks."""
    folder = kept.revision.folder
    if not folder.is_dir():
        _save(replace(kept.roster, as_of=as_of, photos={}), folder)
    kept.roster = _with_photos(load_roster(folder))
    kept.on_disk, kept.since_disk = kept.revision, 0
    sweep()


def _save(roster: Roster, folder: Path) -> None:
    """Several processes may write the same state at once: the first stays, as others read it."""
    own = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    try:
        save_roster(roster, own)
        own.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _touch(kept: _Kept) -> None:
    """Say that the folder is in use, so that nobody sweeps it away."""
    if kept.on_disk is not None and time.time() - kept.touched > _TOUCHED_EACH:
        with suppress(OSError):
            os.utime(kept.on_disk.folder)
        kept.touched = time.time()


class HomePhotos(Mapping[str, bytes]):
    """The photos of a roster's persons in the folder of the site, looked for when asked for."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster

    @cached_property
    def _found(self) -> PhotoFolder:
        folder = photo_folder()
        there = {file.name for file in folder.iterdir()} if folder.is_dir() else set()
        named = self._roster["persons"]["photo_sha256"].drop_nulls().unique()
        return PhotoFolder(folder, (digest for digest in named if digest in there))

    def __getitem__(self, digest: str) -> bytes:
        return self._found[digest]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _with_photos(roster: Roster) -> Roster:
    return replace(roster, photos=HomePhotos(roster))
