"""What acts changed since one looked last, without reading the record again on each request.

What is worked out from tables and kept in memory stays true until an act changes one of them. A
process remembers up to which act it has looked; a request looks at what came since, mostly nothing.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from banzi.web.audit.models import Act, Change

Mark = tuple[int, str]
"""Number and digest of an act: a database restored from a backup counts the same numbers anew."""

_NOTHING: Mark = (0, "")
_LARGE = 20_000
"""Changes of an act above which it counts as one that changed every row of every table."""
_REMEMBERED = 20_000
_lock = threading.Lock()
_asking = threading.local()
_looked = _NOTHING
_since = _NOTHING
_last: dict[str, Mark] = {}
_rows: deque[tuple[Mark, str, str | None]] = deque()
"""Act, table and person of rows changed after `_since`, oldest first."""


def last_touching(*parts: Collection[str]) -> list[Mark]:
    """For each set of tables, a mark that differs once an act has changed any of them.

    It may change without need (when a process starts, after a large act), never too late.
    """
    with _lock:
        if not getattr(_asking, "has_looked", False):
            _look()
            _asking.has_looked = getattr(_asking, "deep", 0) > 0
        return [
            max((_last[name] for name in tables if name in _last), default=_since)
            for tables in parts
        ]


@contextmanager
def one_look() -> Iterator[None]:
    """Questions asked inside, one right after the other, look at the record once for all of them.

    Nothing may be written inside.
    """
    _asking.deep = getattr(_asking, "deep", 0) + 1
    try:
        yield
    finally:
        _asking.deep -= 1
        if not _asking.deep:
            _asking.has_looked = False


def persons_since(mark: Mark, tables: Collection[str]) -> set[str] | None:
    """Persons whose rows in these tables changed after an act; None when that cannot be told."""
    with _lock:
        if mark < _since or mark[0] > _looked[0]:
            return None
        found = {row[2] for row in _rows if row[0] > mark and row[1] in tables}
    return None if None in found else {each for each in found if each is not None}


def _look() -> None:
    global _looked  # one view of the record a process, under one lock
    found = list(
        Act.objects.filter(seq__gte=_looked[0])
        .order_by("seq")
        .values_list("seq", "digest", "act_id", "changes")
    )
    if _looked[0] and (not found or found[0][:2] != _looked):
        _begin(Act.objects.order_by("-seq").values_list("seq", "digest").first() or _NOTHING)
        return
    new = [each for each in found if each[:2] != _looked]
    if not new:
        return
    if _looked == _NOTHING or any(changes > _LARGE for _seq, _digest, _act, changes in new):
        _begin(new[-1][:2])
        return
    marks = {act_id: (seq, digest) for seq, digest, act_id, changes in new if changes}
    if marks:
        _note(marks)
    _looked = new[-1][:2]


def _begin(mark: Mark) -> None:
    """Forget everything; from this act on it is known what changed."""
    global _looked, _since
    _looked = _since = mark
    _last.clear()
    _rows.clear()


def _note(marks: dict[str, Mark]) -> None:
    touched = Change.objects.filter(act_id__in=marks)
    rows = touched.values_list("act_id", "table_name", "person_id").distinct()
    for act_id, table, person in rows:
        _last[table] = max(_last.get(table, _since), marks[act_id])
        _rows.append((marks[act_id], table, person))
    if len(_rows) > _REMEMBERED:
        _begin(max(marks.values()))
