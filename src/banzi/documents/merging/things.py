"""Organs, teams, posts and seats of several sources, and what their rows refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from banzi.documents.codecs.extract import Finding
from banzi.documents.merging.finding_log import FindingLog, Raised
from banzi.documents.merging.pieces import Piece, Subject, combine
from banzi.documents.merging.settling import settle_finding
from banzi.kernel.columns import Column
from banzi.kernel.errors import Location, Problem, ProblemLog
from banzi.kernel.messages import FindingKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES
from banzi.roster.checking import DANGLING

NO_SUPERIOR = FindingKind(
    "import/superior-not-given",
    _("机构“{organ}”的上级机构“{superior}”不在本次导入范围内，按无上级处理"),
    title=_("上级机构不在导入范围"),
)

THINGS = ("organs", "teams", "posts", "post_teams")
"""Tables that are not about one person, each after those it refers to."""


def settle_findings(
    piece: Piece, findings: Iterable[Finding], subject: Subject, log: FindingLog
) -> None:
    """Record what a codec doubted in a row; a chosen value goes into the row."""
    for finding in findings:
        source = piece.source_id
        settle_finding(finding, subject, log, source_id=source, piece=piece, row=piece)


def merge_things(
    given: dict[str, list[Piece]], log: FindingLog, problems: ProblemLog
) -> dict[str, list[Piece]]:
    """Rows by key; several sources that describe one organ, team or post are combined."""
    merged: dict[str, list[Piece]] = {}
    for name in THINGS:
        table = TABLES[name]
        groups: dict[tuple[Any, ...], list[Piece]] = {}
        for piece in given.get(name, ()):
            groups.setdefault(tuple(piece.values.get(part) for part in table.key), []).append(piece)
        merged[name] = []
        for key, group in groups.items():
            label = " ".join(str(part) for part in key)
            piece = combine(
                group, table, log, problems, Subject(f"{name}|{label}"), label, table.key
            )
            for part in (piece, *group):
                part.key_text = label
            merged[name].append(piece)
    organs = {piece.values.get("organ_id") for piece in merged["organs"]}
    for piece in merged["organs"]:
        superior = piece.values.get("superior_organ_id")
        if superior is not None and superior not in organs:
            piece.values["superior_organ_id"] = None
            message = NO_SUPERIOR(organ=piece.values.get("organ_name"), superior=superior)
            log.record(
                Raised(
                    message,
                    f"organs|{piece.key_text}",
                    "organs",
                    "superior_organ_id",
                    source_id=piece.source_id,
                    source_place=piece.shown,
                    row=piece,
                )
            )
    return merged


class References:
    """What rows may refer to, and the rows that refer to something nobody described.

    References to persons and sources are resolved elsewhere.
    """

    def __init__(self, things: Mapping[str, Sequence[Piece]]) -> None:
        self._things = things
        self._known: dict[str, set[Any]] = {}
        self._found: dict[tuple[str, str], list[Problem]] = {}
        self._referring = {
            name: [column for column in table if _is_looked_at(column)]
            for name, table in TABLES.items()
        }

    def check(self, name: str, pieces: Iterable[Piece]) -> None:
        """Look at rows of a table; may be called again with more of them."""
        referring = self._referring[name]
        for piece in pieces if referring else ():
            for column in referring:
                value = piece.values.get(column.name)
                if value is not None and value not in self._targets(column.references):
                    target = TABLES[column.references.partition(".")[0]].zh
                    message = DANGLING(column=column.zh, value=value, target=target)
                    at = Location(piece.at.file, piece.at.sheet, piece.at.row, column.zh)
                    self._found.setdefault((name, column.name), []).append(Problem(message, at))

    def problems(self, tables: Iterable[str]) -> list[Problem]:
        """What was found in these tables, by table, column and row."""
        places = ((name, column.name) for name in tables for column in TABLES[name])
        return [problem for place in places for problem in self._found.get(place, ())]

    def _targets(self, reference: str) -> set[Any]:
        if reference not in self._known:
            target, _dot, name = reference.partition(".")
            self._known[reference] = {
                piece.values.get(name) for piece in self._things.get(target, ())
            }
        return self._known[reference]


def _is_looked_at(column: Column) -> bool:
    return column.references.partition(".")[0] not in ("", "persons", "sources")
