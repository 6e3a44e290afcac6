"""Extracts of all sources into one roster.

The order of work: who is who; one row out of many for each person and each thing; links between
persons; keys and provenance; the check of the whole. Problems of every stage are collected as far
as the next stage still makes sense.

Not here: reading files, asking what day it is, writing the roster.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from banzi.documents.codecs.extract import Extract, Finding, PersonExtract, Row
from banzi.documents.merging.finding_log import Decision, FindingLog, Raised, place_text
from banzi.documents.merging.identities import Member, People, identify
from banzi.documents.merging.linking import link_relatives, place_tags
from banzi.documents.merging.persons import Merged, merge_person
from banzi.documents.merging.pieces import Piece, Subject, piece_of
from banzi.documents.merging.stable_ids import source_id
from banzi.documents.merging.things import (
    THINGS,
    check_references,
    merge_things,
    settle_findings,
)
from banzi.kernel.errors import Location, Problem, ProblemLog
from banzi.kernel.messages import FindingKind, FindingMessage, Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.roster import TABLES, Roster
from banzi.roster.checking import check_roster

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


def merge_extracts(
    extracts: Iterable[Extract],
    *,
    as_of: date,
    recorded_on: date,
    decisions: Iterable[Decision] = (),
    progress: Progress | None = None,
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

    Raises
    ------
    BadInput
        With every problem of the sources and of merging them.
    """
    problems = ProblemLog()
    log = FindingLog(decisions, problems)
    listener = progress or Silent()
    sources = _distinct_sources(sorted(extracts, key=_source_order), log)
    for extract in sources:
        problems.extend(extract.problems)
    problems.stop_if_any()
    members = [
        Member(source_id(extract.sha256), extract.format, person)
        for extract in sources
        for person in extract.persons
    ]
    if not members:
        problems.add(NOBODY())
    people = identify(members, log, problems)
    problems.stop_if_any()
    things, seats = _attach_rows(sources, people, log, problems)
    listener.start(MERGING(), len(people.identities))
    merged: list[Merged] = []
    for identity in people.identities:
        merged.append(merge_person(identity, log, problems))
        listener.advance()
    link_relatives(people, merged, log)
    for one in merged:
        place_tags(one, log, problems)
    tables: dict[str, Sequence[Piece]] = {**merge_things(things, log, problems), "seats": seats}
    _check_rows(tables, merged, problems)
    problems.stop_if_any()
    roster = _assemble(sources, merged, tables, log, as_of, recorded_on)
    problems.extend([_in_source(problem, roster) for problem in check_roster(roster)])
    problems.stop_if_any()
    return Outcome(roster, log.unused())


def _in_source(problem: Problem, roster: Roster) -> Problem:
    """The same problem at the place in the source that the row came from."""
    name, row = problem.at.file.removesuffix(".parquet"), problem.at.row
    if name not in TABLES or row is None:
        return problem
    found = roster[name].sort(TABLES[name].key).row(row - 1, named=True)
    files = dict(roster["sources"].select("source_id", "file_name").iter_rows())
    sheet, _colon, number = (found.get("source_place") or "").rpartition(":")
    column = problem.at.column
    at = Location(
        files.get(found.get("source_id"), problem.at.file),
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


def _check_rows(
    tables: dict[str, Sequence[Piece]], merged: Sequence[Merged], problems: ProblemLog
) -> None:
    about_persons: dict[str, list[Piece]] = {}
    for one in merged:
        for table in ("appointments", "waivers"):
            about_persons.setdefault(table, []).extend(one.rows.get(table, ()))
    check_references({**tables, **about_persons}, problems, frozenset({"persons", "sources"}))


def _assemble(
    sources: Sequence[Extract],
    merged: Sequence[Merged],
    tables: dict[str, Sequence[Piece]],
    log: FindingLog,
    as_of: date,
    recorded_on: date,
) -> Roster:
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    photos: dict[str, bytes] = {}
    for name, pieces in tables.items():
        rows[name] = [_row(name, piece, recorded_on) for piece in pieces]
    for one in merged:
        person_id = one.identity.person_id
        rows["persons"].append({**_row("persons", one.person, recorded_on), "person_id": person_id})
        for name, pieces in one.rows.items():
            rows[name].extend(
                {**_row(name, piece, recorded_on), "person_id": person_id} for piece in pieces
            )
        rows["texts_as_written"].extend(
            {**row, "person_id": person_id, "recorded_on": recorded_on} for row in one.written
        )
        if one.photo is not None:
            photos[one.person.values["photo_sha256"]] = one.photo
    rows["sources"] = [
        {
            "source_id": source_id(extract.sha256),
            "file_name": extract.file_name,
            "format": extract.format,
            "sha256": extract.sha256,
            "size": extract.size,
            "recorded_on": recorded_on,
        }
        for extract in sources
    ]
    rows["findings"] = log.rows(recorded_on)
    rows["decisions"] = log.decision_rows(recorded_on)
    frames = {name: TABLES[name].frame(given) for name, given in rows.items()}
    return Roster(as_of, {name: frames[name].sort(TABLES[name].key) for name in frames}, photos)


def _row(table: str, piece: Piece, recorded_on: date) -> Row:
    declared = TABLES[table]
    values = {name: value for name, value in piece.values.items() if name in declared}
    return {
        **values,
        "source_id": piece.source_id,
        "source_place": piece.place,
        "recorded_on": recorded_on,
    }
