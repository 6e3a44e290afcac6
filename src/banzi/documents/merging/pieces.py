"""Rows of several sources that speak of the same thing, made into one row.

Equal values are one value; a value fills a blank; a more exact date stands for a vaguer one that
it agrees with. Anything else is a conflict: the value is null, and the finding offers what each
source says, until a person decides. A column that may not be null cannot wait: that is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from banzi.documents.codecs.extract import Row
from banzi.documents.codecs.workbook.cells import cell_text
from banzi.documents.merging.finding_log import FindingLog, Raised, place_text
from banzi.kernel.columns import Column, Kind, Labelled, Table
from banzi.kernel.dates import PartialDate
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import FindingKind, MessageKind
from banzi.kernel.messages import gettext_noop as _

CONFLICT = FindingKind(
    "import/conflict",
    _("{table}“{column}”各来源不一致（{values}）；请裁定以哪个为准"),
    title=_("各来源不一致"),
)
CONFLICT_IN_REQUIRED = MessageKind(
    "import/conflict-in-required",
    _("{table}“{column}”与{other}不一致（{values}）；该项不能为空，请先在来源文件中改为一致"),
)

PROVENANCE_NAMES = ("source_id", "source_place", "recorded_on")
_LEFT_OUT = frozenset((*PROVENANCE_NAMES, "_at", "_findings", "person_name", "person_id_number"))
_AS_STORED = frozenset({str, int, bool, date, type(None)})
"""Classes of most values, told faster than that they are no member of a closed list."""
_LONGEST_OPTION = 60


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what rows are about: a stable key, and the person's identity (None for no person)."""

    key: str
    person: Any = None


@dataclass(eq=False, slots=True)
class Piece:
    """One row as one source has it; after combining, the row as the roster will have it."""

    values: Row
    at: Location
    source_id: str
    place: str | None = None
    number: int = 0
    """Place of the row among the source's rows of this table about this person, from 1."""
    key_text: str = ""
    others: list[Piece] = field(default_factory=list)
    """The rows of the sources that went into this one."""

    @property
    def shown(self) -> str:
        """Where the row stands, for people."""
        return place_text(self.at)


def piece_of(row: Row, at: Location, source_id: str, number: int = 0) -> Piece:
    """A piece from a row as a codec gives it; `_at` and `source_place` become its place."""
    values = {
        key: value if value.__class__ in _AS_STORED else _stored(value)
        for key, value in row.items()
        if key not in _LEFT_OUT
    }
    return Piece(values, row.get("_at") or at, source_id, row.get("source_place"), number)


def _stored(value: Any) -> Any:
    return value.value if isinstance(value, Labelled) else value


def combine(
    pieces: Sequence[Piece],
    table: Table,
    log: FindingLog,
    problems: ProblemLog,
    subject: Subject,
    label: str = "",
    left_out: Sequence[str] = (),
) -> Piece:
    """One piece out of those of several sources, the first of which leads."""
    first = pieces[0]
    merged = Piece(dict(first.values), first.at, first.source_id, first.place, first.number)
    merged.others = list(pieces)
    if len(pieces) == 1:
        return merged
    for column in table:
        if column.name in PROVENANCE_NAMES or column.name in left_out:
            continue
        told = [piece for piece in pieces if piece.values.get(column.name) is not None]
        distinct = _distinct(told, column)
        if len(distinct) <= 1:
            merged.values[column.name] = distinct[0].values[column.name] if distinct else None
            continue
        merged.values[column.name] = _settle(
            distinct, table, column, log, problems, subject, label, merged
        )
    return merged


def _distinct(pieces: Sequence[Piece], column: Column) -> list[Piece]:
    """Pieces whose values differ; of values that agree, the first or the most exact."""
    kept: list[Piece] = []
    for piece in pieces:
        value = piece.values[column.name]
        for at, other in enumerate(kept):
            agreed = agree(value, other.values[column.name], column)
            if agreed is not None:
                kept[at] = piece if agreed == 1 else other
                break
        else:
            kept.append(piece)
    return kept


def agree(new: Any, old: Any, column: Column) -> int | None:
    """None when two values contradict each other, 1 when the new one says more, else 0."""
    if new == old:
        return 0
    if column.kind is Kind.TEXT and "".join(str(new).split()) == "".join(str(old).split()):
        return 0
    if column.kind is Kind.PARTIAL_DATE:
        exact, vague = PartialDate(new), PartialDate(old)
        if exact.digits().startswith(vague.digits()):
            return 1
        if vague.digits().startswith(exact.digits()):
            return 0
    return None


def option_texts(values: Sequence[Any], column: Column) -> list[str]:
    """A short text for each value, different ones for different values."""
    texts: list[str] = []
    for value in values:
        text = PartialDate(value).dotted() if column.kind is Kind.PARTIAL_DATE else ""
        text = text or cell_text(value, column)
        if len(text) > _LONGEST_OPTION or "\n" in text:
            one_line = " ".join(text.split())
            text = f"{one_line[:_LONGEST_OPTION]}……（{len(text)}字）"
        while text in texts:
            text += "＊"
        texts.append(text)
    return texts


def _settle(
    distinct: Sequence[Piece],
    table: Table,
    column: Column,
    log: FindingLog,
    problems: ProblemLog,
    subject: Subject,
    label: str,
    merged: Piece,
) -> Any:
    # Sorted, so that the order in which files were named changes neither options nor finding id.
    ordered = sorted(distinct, key=lambda piece: str(piece.values[column.name]))
    texts = option_texts([piece.values[column.name] for piece in ordered], column)
    if column.required:
        other = next(piece for piece in distinct if piece is not distinct[-1])
        message = CONFLICT_IN_REQUIRED(
            table=table.zh, column=column.zh, other=other.shown, values=texts
        )
        at = distinct[-1].at
        problems.add(message, Location(at.file, at.sheet, at.row, column.zh))
        return distinct[0].values[column.name]
    message = CONFLICT(table=table.zh, column=column.zh, values=texts)
    chosen = log.record(
        Raised(
            message,
            subject.key,
            table.name,
            column.name,
            label,
            texts,
            source_id=distinct[0].source_id,
            source_place="；".join(piece.shown for piece in distinct),
            person=subject.person,
            row=merged if label else None,
        )
    )
    return None if chosen is None else ordered[texts.index(chosen)].values[column.name]


def match_rows(
    by_source: Sequence[Sequence[Piece]], key: Callable[[Piece], object]
) -> list[list[Piece]]:
    """Rows of several sources grouped: those with one key, at most one of each source.

    Rows of one source are never put together: two lines of a form are two lines.
    """
    groups: list[list[Piece]] = []
    for pieces in by_source:
        open_groups: dict[object, list[list[Piece]]] = {}
        for group in groups:
            open_groups.setdefault(key(group[0]), []).append(group)
        for piece in pieces:
            waiting = open_groups.get(key(piece))
            if waiting:
                waiting.pop(0).append(piece)
            else:
                groups.append([piece])
    return groups
