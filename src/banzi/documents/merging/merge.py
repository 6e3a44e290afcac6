"""Extracts of all sources into one roster.

The order of work: who is who; one row out of many for each person and each thing; links between
persons; keys and provenance; the check of the whole. Problems of every stage are collected as far
as the next stage still makes sense.

Not here: reading files, asking what day it is, writing the roster.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

import polars as pl

from banzi.documents.codecs.extract import Extract, Finding, KeptPerson, PersonExtract, Row
from banzi.documents.merging.finding_log import Decision, FindingLog, Raised, place_text
from banzi.documents.merging.identities import Identity, Member, People, identify
from banzi.documents.merging.linking import link_relatives, place_tags
from banzi.documents.merging.persons import merge_person
from banzi.documents.merging.pieces import Piece, Subject, piece_of
from banzi.documents.merging.roster_rows import RosterRows
from banzi.documents.merging.stable_ids import source_id
from banzi.documents.merging.things import (
    THINGS,
    References,
    merge_things,
    settle_findings,
)
from banzi.kernel.collecting import without_collecting
from banzi.kernel.errors import Location, Problem, ProblemLog
from banzi.kernel.messages import FindingKind, FindingMessage, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.roster import TABLES, Roster
from banzi.roster.checking import check_roster
from banzi.roster.photos import PhotoFolder

SAME_FILE = FindingKind(
    "import/same-file", _("“{file}”与“{other}”内容完全相同，只读取了一份"), title=_("文件重复")
)
NOBODY = MessageKind(
    "import/nobody",
    _("来源中没有任何人员；请提供任免审批表、公务员系统数据包或含“A01人员”的工作簿"),
)
MERGING = MessageKind("import/merging", _("合并人员"))

_FORMAT_ORDER = {
    "lrmx": 0,
    "lrm": 1,
    "national-package": 2,
    "national-workbook": 3,
    "banzi-template": 4,
}


@dataclass(slots=True)
class Outcome:
    """A roster made from files, and decisions that no finding asked for (warnings)."""

    roster: Roster
    warnings: list[Problem] = field(default_factory=list)


@without_collecting()
def merge_extracts(
    extracts: Iterable[Extract],
    *,
    as_of: date,
    recorded_on: date,
    decisions: Iterable[Decision] = (),
    progress: Progress | None = None,
    photos: Path | None = None,
) -> Outcome:
    """Merge what the sources say.

    Parameters
    ----------
    as_of
        The day the roster speaks about.
    recorded_on
        The day the facts became known here; closes every row.
    decisions
        What people settled in earlier rounds.
    photos
        Folder with the pictures of persons put by (`documents.shelf`), named by their SHA-256; None
        when the extracts hold them.

    Raises
    ------
    BadInput
        With every problem of the sources and of merging them.
    """
    problems = ProblemLog()
    log = FindingLog(decisions, problems)
    listener = progress or Silent()
    ordered = sorted(extracts, key=_source_order)
    for extract in ordered:  # of two equal files each is named: both have to be mended
        problems.extend(extract.problems)
    problems.stop_if_any()
    sources = _distinct_sources(ordered, log)
    members = [
        Member(source, extract.format, person)
        for source, extract in ((source_id(extract.sha256), extract) for extract in sources)
        for person in chain[PersonExtract | KeptPerson](extract.persons, extract.kept)
    ]
    if not members:
        problems.add(NOBODY())
    people = identify(members, log, problems)
    problems.stop_if_any()
    things, seats = _attach_rows(sources, people, log, problems)
    import_of = _Import(log, recorded_on, people)
    import_of.take_things(things, seats)
    listener.start(MERGING(), len(people.identities))
    for identity in people.identities:
        import_of.take_person(identity)
        listener.advance()
    problems.extend(import_of.problems())
    problems.stop_if_any()
    import_of.take_sources(sources)
    roster = import_of.roster(as_of, photos)
    problems.extend(_in_sources(check_roster(roster), roster))
    problems.stop_if_any()
    return Outcome(roster, log.unused())


def _in_sources(problems: Sequence[Problem], roster: Roster) -> list[Problem]:
    """The same problems at the places in the sources that the rows came from."""
    tables = roster.sorted_tables() if problems else {}
    files = dict(roster["sources"].select("source_id", "file_name").iter_rows())
    return [_in_source(problem, tables, files) for problem in problems]


def _in_source(
    problem: Problem, tables: Mapping[str, pl.DataFrame], files: Mapping[str, str]
) -> Problem:
    name, row = problem.at.file.removesuffix(".parquet"), problem.at.row
    if name not in TABLES or row is None:
        return problem
    found = tables[name].row(row - 1, named=True)
    sheet, _colon, number = (found.get("source_place") or "").rpartition(":")
    column = problem.at.column
    at = Location(
        files.get(found.get("source_id") or "", problem.at.file),
        sheet or TABLES[name].zh,
        int(number) if sheet and number.isdigit() else None,
        TABLES[name][column].zh if column else None,
    )
    return Problem(problem.message, at)


def _source_order(extract: Extract) -> tuple[int, str, str]:
    return _FORMAT_ORDER.get(extract.format, 9), extract.file_name, extract.sha256


def _distinct_sources(extracts: Sequence[Extract], log: FindingLog) -> list[Extract]:
    kept: dict[str, Extract] = {}
    for extract in extracts:
        known = kept.get(extract.sha256)
        if known is not None and extract.sha256:
            message = SAME_FILE(file=extract.file_name, other=known.file_name)
            _note(message, source_id(extract.sha256), extract.file_name, log)
            continue
        kept[extract.sha256 or extract.file_name] = extract
        for finding in extract.findings:
            _note(finding.message, source_id(extract.sha256), place_text(finding.at), log)
    return list(kept.values())


def _note(message: FindingMessage, source: str, place: str, log: FindingLog) -> None:
    log.record(Raised(message, "", source_id=source, source_place=place))


def _attach_rows(
    sources: Sequence[Extract], people: People, log: FindingLog, problems: ProblemLog
) -> tuple[dict[str, list[Piece]], list[Piece]]:
    """Rows that name a person go to that person; returns the rows about things, and the seats."""
    things: dict[str, list[Piece]] = {}
    seats: list[Piece] = []
    for extract in sources:
        source = source_id(extract.sha256)
        at = Location(extract.file_name)
        attached: dict[str, PersonExtract] = {}
        for table, rows in extract.tables.items():
            for row in rows:
                if table in THINGS:
                    piece = piece_of(row, at, source)
                    key = " ".join(str(piece.values.get(part)) for part in TABLES[table].key)
                    settle_findings(piece, _findings(row), Subject(f"{table}|{key}"), log)
                    things.setdefault(table, []).append(piece)
                    continue
                who = people.resolve(row.get("person_name") or "", row.get("person_id_number"))
                if isinstance(who, Message):
                    problems.add(who, row.get("_at") or at)
                    continue
                if table == "seats":
                    piece = piece_of(row, at, source)
                    piece.values["person_id"] = who.person_id
                    settle_findings(piece, _findings(row), Subject(who.key, who), log)
                    seats.append(piece)
                    continue
                if who.own_id not in attached:
                    empty: Row = {"name": who.name, "source_place": row.get("source_place")}
                    person = PersonExtract(empty, row.get("_at") or at)
                    attached[who.own_id] = person
                    who.members.append(Member(source, extract.format, person))
                _add_row(attached[who.own_id], table, row)
    return things, _without_repeats(seats)


def _findings(row: Row) -> list[Finding]:
    found: list[Finding] = row.get("_findings") or []
    return found


def _add_row(person: PersonExtract, table: str, row: Row) -> None:
    if table == "persons":
        given = {key: value for key, value in row.items() if not key.startswith(("_", "person_"))}
        person.row.update(given)
        number = ""
    else:
        rows = person.rows.setdefault(table, [])
        rows.append(row)
        number = str(len(rows))
    for finding in _findings(row):
        finding.table, finding.row_key = table, number
        person.findings.append(finding)


def _without_repeats(seats: list[Piece]) -> list[Piece]:
    seen: dict[tuple[object, ...], Piece] = {}
    for piece in seats:
        told = tuple(
            piece.values.get(name) for name in ("post_id", "person_id", "started_on", "ended_on")
        )
        seen.setdefault(told, piece)
    for number, piece in enumerate(seen.values(), start=1):
        piece.values["seat_no"] = number
        piece.key_text = str(number)
    return list(seen.values())


_ABOUT_PERSONS = ("appointments", "waivers")
"""Tables about persons whose rows refer to organs, teams or posts."""


class _Import:
    """Merges what is left once it is known who is who, one person at a time.

    Problems are kept by stage and given in the order of stages, as if each stage had been done for
    everybody before the next.
    """

    def __init__(self, log: FindingLog, recorded_on: date, people: People) -> None:
        self._log = log
        self._recorded_on = recorded_on
        self._people = people
        self._rows = RosterRows()
        self._references = References({})
        self._photos: dict[str, bytes] = {}
        self._merging, self._linking, self._tagging, self._things = (
            ProblemLog() for _stage in range(4)
        )

    def take_things(self, things: dict[str, list[Piece]], seats: Sequence[Piece]) -> None:
        """Organs, teams, posts and who holds them; persons may refer to these."""
        self._log.problems = self._things
        tables: dict[str, Sequence[Piece]] = {
            **merge_things(things, self._log, self._things),
            "seats": seats,
        }
        self._references = References(tables)
        for name, pieces in tables.items():
            self._references.check(name, pieces)
            for piece in pieces:
                self._add(name, piece)
        self._keep_findings()

    def take_person(self, identity: Identity) -> None:
        """Everything about one person: merged, linked, and given up."""
        self._log.problems = self._merging
        one = merge_person(identity, self._log, self._merging)
        self._log.problems = self._linking
        link_relatives(self._people, one, self._log)
        self._log.problems = self._tagging
        place_tags(one, self._log, self._tagging)
        for name in _ABOUT_PERSONS:
            self._references.check(name, one.rows.get(name, ()))
        about: Row = {"person_id": identity.person_id}
        self._add("persons", one.person, about)
        for name, pieces in one.rows.items():
            for piece in pieces:
                self._add(name, piece, about)
        for row in one.written:
            given = {**row, **about, "recorded_on": self._recorded_on}
            self._rows.add("texts_as_written", given)
        if one.photo is not None:
            self._photos[one.person.values["photo_sha256"]] = one.photo
        self._keep_findings()

    def take_sources(self, sources: Sequence[Extract]) -> None:
        for extract in sources:
            row = {
                "source_id": source_id(extract.sha256),
                "file_name": extract.file_name,
                "format": extract.format,
                "sha256": extract.sha256,
                "size": extract.size,
                "recorded_on": self._recorded_on,
            }
            self._rows.add("sources", row)

    def problems(self) -> list[Problem]:
        """Every problem of the stages taken."""
        tables = (*THINGS, "seats", *_ABOUT_PERSONS)
        stages = (self._merging, self._linking, self._tagging, self._things)
        return [*chain(*stages), *self._references.problems(tables)]

    def roster(self, as_of: date, photos: Path | None) -> Roster:
        """The rows taken; this object is of no use afterwards."""
        for row in self._log.decision_rows(self._recorded_on):
            self._rows.add("decisions", row)
        frames = self._rows.frames()
        if photos is None:
            return Roster(as_of, frames, self._photos)
        wanted = frames["persons"]["photo_sha256"].drop_nulls().unique()
        return Roster(as_of, frames, PhotoFolder(photos, wanted, passing=True))

    def _add(self, table: str, piece: Piece, about: Row | None = None) -> None:
        around = {
            "source_id": piece.source_id,
            "source_place": piece.place,
            "recorded_on": self._recorded_on,
        }
        self._rows.add(table, {**piece.values, **around, **(about or {})})

    def _keep_findings(self) -> None:
        for row in self._log.take_rows(self._recorded_on):
            self._rows.add("findings", row)
