"""What falls due up to a month, of every kind asked for, for a roster, a team or a part of it.

Dated lines come first, by day. Whatever has no month that can be relied on, but may fall due in
time, stands at the end with what is missing. The 到龄 list (`age_list`) shows the two kinds that
are about age side by side for each person; here they are two lines.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from banzi.due.catalogue import KINDS, due_months
from banzi.due.entries import DueCase, DueKind
from banzi.due.scope import Scope, people_in, teams_of
from banzi.due.words import Certainty, Doubt, Step
from banzi.kernel.dates import month_of, month_text

_DOUBTS = {doubt.value: doubt for doubt in Doubt}
_STEPS = {step.value: step for step in Step}
_CERTAINTIES = {each.value: each for each in Certainty}


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that falls due.

    Attributes
    ----------
    posts
        The post it is about, else all that the person holds.
    month
        Month index; None where it cannot be told or only may be in time.
    day
        The very day, where the facts are that exact.
    earliest, latest
        Month indices between which it lies, None where nothing is known.
    basis
        Clauses, or titles of the office's own rules.
    facts, missing
        Names of columns.
    """

    person_id: str
    name: str
    posts: str
    post_id: str | None
    kind: DueKind
    about: str
    month: int | None
    day: date | None
    earliest: int | None
    latest: int | None
    certainty: Certainty
    basis: tuple[str, ...]
    facts: tuple[str, ...]
    missing: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    step: Step

    @property
    def when(self) -> str:
        """`2026.11.19`, `2026.11`, `2026.01—2026.12`, "" where nothing is known."""
        if self.day is not None:
            return f"{self.day:%Y.%m.%d}"
        if self.month is not None:
            return month_text(self.month)
        ends = [month_text(each) for each in (self.earliest, self.latest) if each is not None]
        return "—".join(dict.fromkeys(ends))


@dataclass(frozen=True, slots=True)
class DueList:
    """Lines up to and with month `until`: `lines` by date, `open_lines` without one."""

    case: DueCase
    scope: Scope
    kinds: tuple[DueKind, ...]
    until: int
    lines: tuple[DueLine, ...]
    open_lines: tuple[DueLine, ...]

    @property
    def every(self) -> tuple[DueLine, ...]:
        return (*self.lines, *self.open_lines)

    @property
    def overdue(self) -> tuple[DueLine, ...]:
        """Lines of months before that of the day."""
        today = month_of(self.case.as_of)
        return tuple(line for line in self.lines if (line.month or 0) < today)


def due_list(case: DueCase, scope: Scope, until: int, kinds: Sequence[DueKind] = KINDS) -> DueList:
    """The list for a scope up to and with a month; what is overdue is always on it."""
    wanted = people_in(case, scope)
    month, earliest = pl.col("due_month"), pl.col("due_earliest")
    # No limit of age was set: that is the office's choice and no missing fact.
    unset = pl.col("doubts") == Doubt.NO_LIMIT_SET.value
    found = due_months(case, kinds).filter(
        pl.col("person_id").is_in(wanted)
        & ~unset.fill_null(False)
        & ((month <= until) | (earliest <= until) | (month.is_null() & earliest.is_null()))
    )
    named = case.people.select("person_id", "name", "current_posts_text")
    persons = {row[0]: row[1:] for row in named.iter_rows()}
    held = teams_of(case)
    of_kind = {kind.id: kind for kind in kinds}
    lines, clauses = [], case.law.clauses
    for row in found.iter_rows(named=True):
        name, posts_text = persons[row["person_id"]]
        titles = {seat.post_id: seat.title for seat in held.get(row["person_id"], ())}
        whole = posts_text or "；".join(titles.values())
        # One post of several must be named; a single one reads best as the form writes it.
        posts = titles.get(row["post_id"], whole) if len(titles) > 1 else whole
        lines.append(_line(row, name, posts, of_kind[row["due_kind"]], until, clauses))
    return _list_of(case, scope, tuple(kinds), until, lines, wanted)


def with_lines_of(known: DueList, part: DueList, case: DueCase) -> DueList:
    """A list of the whole roster made right for a later one, from the list of whoever changed.

    Parameters
    ----------
    part
        Of the persons who changed, up to the same month.
    case
        The later roster.
    """
    changed = set(part.scope.person_ids or ())
    lines = [line for line in known.every if line.person_id not in changed]
    # Lines of a person that fall on one day stand in the order of the kinds, like all lines.
    place = {kind.id: number for number, kind in enumerate(known.kinds)}
    lines = sorted([*lines, *part.every], key=lambda line: place[line.kind.id])
    return _list_of(
        case, known.scope, known.kinds, known.until, lines, people_in(case, known.scope)
    )


def _list_of(
    case: DueCase,
    scope: Scope,
    kinds: tuple[DueKind, ...],
    until: int,
    lines: list[DueLine],
    wanted: Sequence[str],
) -> DueList:
    order = {person: place for place, person in enumerate(wanted)}
    lines.sort(key=lambda line: (line.month or 0, line.day or date.max, order[line.person_id]))
    return DueList(
        case,
        scope,
        kinds,
        until,
        tuple(line for line in lines if line.month is not None),
        tuple(line for line in lines if line.month is None),
    )


def _basis(text: str | None, clauses: Collection[str]) -> tuple[str, ...]:
    """Clauses are separated by blanks; the title of a rule of the office may have some in it."""
    names = tuple((text or "").split())
    return names if all(name in clauses for name in names) else (str(text),)


def _line(
    row: dict[str, Any],
    name: str,
    posts: str,
    kind: DueKind,
    until: int,
    clauses: Collection[str],
) -> DueLine:
    # Listed because it may come sooner: the later date is not what the list is asked for.
    in_time = row["due_month"] is not None and row["due_month"] <= until
    return DueLine(
        person_id=row["person_id"],
        name=name,
        posts=posts,
        post_id=row["post_id"],
        kind=kind,
        about=row["about"] or "",
        month=row["due_month"] if in_time else None,
        day=row["due_on"] if in_time else None,
        earliest=row["due_earliest"],
        latest=row["due_latest"],
        certainty=_CERTAINTIES[row["certainty"]],
        basis=_basis(row["basis"], clauses),
        facts=tuple((row["facts"] or "").split()),
        missing=tuple((row["missing"] or "").split()),
        doubts=tuple(_DOUBTS[each] for each in (row["doubts"] or "").split()),
        step=_STEPS[row["next_step"]],
    )
