"""A codec's doubt about a value: recorded, and the value a person chose for it put into the row."""

from __future__ import annotations

from banzi.documents.codecs.extract import Finding
from banzi.documents.codecs.workbook.cells import read_cell
from banzi.documents.merging.finding_log import FindingLog, Raised, place_text
from banzi.documents.merging.pieces import Piece, Subject
from banzi.roster import TABLES


def settle_finding(
    finding: Finding,
    subject: Subject,
    log: FindingLog,
    *,
    source_id: str,
    piece: Piece | None,
    row: Piece | None,
) -> None:
    """Keep a finding; a chosen value goes into `piece` before rows are compared.

    `row` is the piece that the finding's own row ends up as, None when it is about the person.
    """
    chosen = log.record(
        Raised(
            finding.message,
            subject.key,
            finding.table,
            finding.column,
            finding.row_key,
            finding.options,
            finding.written,
            source_id=source_id,
            source_place=place_text(finding.at),
            person=subject.person,
            row=row,
        )
    )
    table = TABLES.get(finding.table)
    if chosen is not None and piece is not None and table is not None and finding.column in table:
        piece.values[finding.column] = read_cell(chosen, table[finding.column]).value
