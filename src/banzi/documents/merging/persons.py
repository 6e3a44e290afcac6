"""Everything the sources say of one person, made into roster rows.

Which rows of two sources are the same is told by what names them (`_SAME_ROW`); running numbers
are given here, in the order of sources and rows. The résumé is one text: its segments are taken
from one source as a whole, never mixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from banzi.documents.codecs.extract import Finding, PersonExtract, Row
from banzi.documents.codecs.workbook.cells import cell_text
from banzi.documents.forms import written_name
from banzi.documents.merging.finding_log import FindingLog, Raised
from banzi.documents.merging.identities import Identity, Member
from banzi.documents.merging.pieces import (
    Piece,
    Subject,
    combine,
    match_rows,
    option_texts,
    piece_of,
)
from banzi.documents.merging.settling import settle_finding
from banzi.kernel.columns import Table
from banzi.kernel.errors import ProblemLog
from banzi.kernel.messages import FindingKind, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.roster import TABLES

RESUME_DIFFERS = FindingKind(
    "import/resume-differs",
    _("{name}的简历各来源不一致，简历及履历分段暂不采用；请裁定以哪一份为准"),
    title=_("各来源的简历不一致"),
)
REPEATED_ROW = MessageKind(
    "import/repeated-record", _("{name}的{table}重复：{key}（另见{other}）；请删除其中一行")
)

_SAME_ROW: dict[str, tuple[str, ...]] = {
    "appointments": ("organ_name", "post_name", "appointed_on"),
    "level_history": ("level_kind", "post_level", "rank", "started_on"),
    "education": ("education_mode", "education_name", "degree_name"),
    "technical_titles": ("title_name",),
    "training": ("training_name", "started_on"),
    "awards": ("award_name", "awarded_on"),
    "sanctions": ("sanction_family", "sanction_kind", "decided_on"),
    "conclusions": ("conclusion_kind", "concluded_on", "concluded_by"),
    "waivers": ("rule_id", "post_id"),
    "relatives": ("relation_text", "name"),
    "form_extras": ("element", "content"),
    "expertise": ("field",),
    "assessments": ("assessment_kind", "year"),
    "completeness": ("table_name",),
}
"""Columns that tell whether rows of two sources are one row."""

NUMBERS = {
    name: table.key[-1]
    for name, table in TABLES.items()
    if table.key[0] == "person_id" and table.key[-1].endswith("_no")
}
"""Tables about persons with a running number, and the name of that number."""

_SINGLE = ("persons", "career_segments", "career_tags")
"""Tables that are not merged row by row here."""


@dataclass(slots=True)
class Merged:
    """One person's rows, without provenance of the import as a whole."""

    identity: Identity
    person: Piece
    rows: dict[str, list[Piece]] = field(default_factory=dict)
    written: list[Row] = field(default_factory=list)
    photo: bytes | None = None
    """None too when the picture is kept elsewhere under its hash."""
    resume_open: bool = False
    """Whether the résumé waits for a decision, so that nothing can refer to its segments."""


def merge_person(identity: Identity, log: FindingLog, problems: ProblemLog) -> Merged:
    """Merge what the members of an identity say, in the order of the members."""
    subject = Subject(identity.id_number or identity.key, identity)
    mains: list[Piece] = []
    rows: dict[str, list[list[Piece]]] = {}
    attached: list[tuple[Member, Finding, Piece | None]] = []
    wholes = [member.extract.whole() for member in identity.members]
    for member, extract in zip(identity.members, wholes, strict=True):
        main = piece_of(extract.row, extract.at, member.source_id)
        mains.append(main)
        own: dict[str, list[Piece]] = {}
        for table, given in extract.rows.items():
            own[table] = [
                piece_of(row, extract.at, member.source_id, number)
                for number, row in enumerate(given, start=1)
            ]
            rows.setdefault(table, []).append(own[table])
        for finding in extract.findings:
            piece = _piece_meant(finding, main, own)
            attached.append((member, finding, piece))
            row = piece if finding.row_key else None
            source = member.source_id
            settle_finding(finding, subject, log, source_id=source, piece=piece, row=row)
    merged = Merged(identity, Piece({}, mains[0].at, mains[0].source_id))
    _merge_resume(merged, mains, rows, subject, log)
    merged.person = combine(mains, PERSONS, log, problems, subject, left_out=("person_id",))
    merged.photo = _photo(wholes, merged.person)
    for table in TABLES:
        if table in rows and table not in _SINGLE:
            merged.rows[table] = _merge_table(TABLES[table], rows[table], subject, log, problems)
    merged.rows["career_tags"] = [piece for each in rows.get("career_tags", ()) for piece in each]
    _give_keys(merged, problems)
    merged.written = _texts_as_written(merged, attached)
    return merged


def _piece_meant(finding: Finding, main: Piece, own: dict[str, list[Piece]]) -> Piece | None:
    if finding.table == "persons":
        return main
    if finding.row_key.isdigit() and finding.table in own:
        number = int(finding.row_key)
        return own[finding.table][number - 1] if 0 < number <= len(own[finding.table]) else None
    return None


def _merge_resume(
    merged: Merged,
    mains: Sequence[Piece],
    rows: dict[str, list[list[Piece]]],
    subject: Subject,
    log: FindingLog,
) -> None:
    """Choose the résumé and its segments together; blank both in every piece but the chosen."""
    by_source = {
        pieces[0].source_id: pieces for pieces in rows.get("career_segments", []) if pieces
    }
    telling = [
        main
        for main in mains
        if main.values.get("resume_text") is not None or main.source_id in by_source
    ]
    if not telling:
        return
    distinct: list[Piece] = []
    for main in telling:
        if not any(_same_resume(main, other, by_source) for other in distinct):
            distinct.append(main)
    chosen: Piece | None = distinct[0]
    if len(distinct) > 1:
        column = PERSONS["resume_text"]
        ordered = sorted(distinct, key=lambda piece: str(piece.values.get("resume_text")))
        texts = option_texts([piece.values.get("resume_text") or "" for piece in ordered], column)
        answer = log.record(
            Raised(
                RESUME_DIFFERS(name=merged.identity.name),
                subject.key,
                "persons",
                "resume_text",
                options=texts,
                source_id=distinct[0].source_id,
                source_place="；".join(piece.shown for piece in distinct),
                person=subject.person,
            )
        )
        chosen = None if answer is None else ordered[texts.index(answer)]
    merged.resume_open = chosen is None
    for main in mains:
        if main is not chosen:
            main.values["resume_text"] = None
    if chosen is not None:
        same = [main for main in telling if _same_resume(main, chosen, by_source)]
        source = next((main.source_id for main in same if main.source_id in by_source), "")
        merged.rows["career_segments"] = by_source.get(source, [])


def _same_resume(one: Piece, other: Piece, by_source: dict[str, list[Piece]]) -> bool:
    first, second = by_source.get(one.source_id), by_source.get(other.source_id)
    if first and second:
        return [piece.values for piece in first] == [piece.values for piece in second]
    texts = (one.values.get("resume_text") or "", other.values.get("resume_text") or "")
    return "".join(texts[0].split()) == "".join(texts[1].split())


def _photo(extracts: Sequence[PersonExtract], person: Piece) -> bytes | None:
    digest = person.values.get("photo_sha256")
    for extract in extracts:
        if digest is not None and extract.row.get("photo_sha256") == digest:
            return extract.photo
    return None


def _merge_table(
    table: Table,
    by_source: Sequence[Sequence[Piece]],
    subject: Subject,
    log: FindingLog,
    problems: ProblemLog,
) -> list[Piece]:
    names = _SAME_ROW[table.name]

    def key(piece: Piece) -> tuple[object, ...]:
        return tuple(piece.values.get(name) for name in names)

    left_out = table.key
    merged = []
    for group in match_rows(by_source, key):
        if table.name == "completeness" and len(group) > 1:
            # "Complete up to 2020" and "up to 2021" do not contradict each other: the later holds.
            group = [max(group, key=lambda piece: piece.values.get("complete_on") or 0)]
        label = "|".join(str(part) for part in key(group[0]))
        kept = left_out if len(group) == 1 else ("person_id", NUMBERS.get(table.name, ""))
        piece = combine(group, table, log, problems, subject, label, kept)
        merged.append(piece)
    return merged


def _give_keys(merged: Merged, problems: ProblemLog) -> None:
    """Running numbers, and for tables without one a check that no row stands twice."""
    for name, pieces in merged.rows.items():
        if name == "career_tags":
            continue  # their segment is found later (linking)
        number = NUMBERS.get(name) or ("segment_no" if name == "career_segments" else "")
        seen: dict[str, Piece] = {}
        for position, piece in enumerate(pieces, start=1):
            if number:
                piece.values[number] = position
            key = [str(piece.values.get(each)) for each in TABLES[name].key[1:]]
            piece.key_text = " ".join(key)
            for other in piece.others:
                other.key_text = piece.key_text
            if piece.key_text in seen:
                message = REPEATED_ROW(
                    name=merged.identity.name,
                    table=TABLES[name].zh,
                    key=_shown_key(name, piece),
                    other=seen[piece.key_text].shown,
                )
                problems.add(message, piece.at)
            seen[piece.key_text] = piece


def _shown_key(name: str, piece: Piece) -> str:
    table = TABLES[name]
    return " ".join(cell_text(piece.values.get(each), table[each]) for each in table.key[1:])


def _texts_as_written(
    merged: Merged, attached: Sequence[tuple[Member, Finding, Piece | None]]
) -> list[Row]:
    """Texts that stay null in the end, one a field, the first source's."""
    kept: dict[str, Row] = {}
    for member, finding, piece in attached:
        if not finding.written or not finding.column or piece is None:
            continue
        final = merged.person if finding.table == "persons" else piece
        if final.values.get(finding.column) is not None:
            continue
        name = written_name(finding.table, finding.column, piece.key_text)
        kept.setdefault(
            name,
            {
                "column_name": name,
                "written": finding.written,
                "source_id": member.source_id,
                "source_place": finding.at.column,
            },
        )
    return list(kept.values())
