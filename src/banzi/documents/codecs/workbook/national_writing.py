"""A roster as the national civil-servant workbook.

What is written here and read by `national` is equal on everything the ten sheets carry; what they
have no column for (career tags, conclusions, teams, posts …) is in our own template.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from banzi.documents.codecs.workbook import national_layout as layout
from banzi.documents.codecs.workbook.cells import cell_text, code_text, member
from banzi.documents.codecs.workbook.discipline import written_name
from banzi.documents.codecs.workbook.sheets import SheetLayout
from banzi.documents.codecs.workbook.writing import write_workbook
from banzi.kernel.errors import BadInput, Location, Problem
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import AssessmentKind, LevelKind, SanctionFamily, SanctionKind
from banzi.roster import TABLES, Roster

CANNOT_TELL_APART = MessageKind(
    "workbook/cannot-tell-apart",
    _("“{name}”有{count}人未填身份证号，写入工作簿后无法区分；请先补齐身份证号"),
)

_ANY_DAY = date(2000, 1, 1)  # a blank form speaks about no day


def write_national(roster: Roster | None, path: Path) -> None:
    """Write the ten sheets; without a roster they are blank forms.

    Assessments other than annual ones have no place in A15 and are left out.

    Raises
    ------
    BadInput
        When persons of one name have no ID number: their rows could not be told apart.
    """
    roster = roster or Roster.of(_ANY_DAY)
    refuse_namesakes(roster, path)
    persons = person_cells(roster)
    rows: dict[str, list[dict[str, str]]] = {
        layout.B01.name: _cells(layout.B01, roster["organs"].sort("organ_id").to_dicts()),
        layout.A01.name: _cells(layout.A01, roster["persons"].sort("person_id").to_dicts()),
        layout.A99.name: [
            {**persons[row["person_id"]], **cells}
            for row in roster["persons"].sort("person_id").to_dicts()
            for cells in _cells(layout.A99, [row])
            if any(cells.values())
        ],
        layout.A14.name: _discipline_cells(roster, persons),
    }
    for each, table in layout.CHILD_SHEETS.items():
        held = roster[table].sort(TABLES[table].key).to_dicts()
        if table == "assessments":
            held = [row for row in held if row["assessment_kind"] == AssessmentKind.ANNUAL]
        rows[each.name] = [
            {**cells, **persons[row["person_id"]], **_level_cell(table, row)}
            for row, cells in zip(held, _cells(each, held), strict=True)
        ]
    write_workbook(path, layout.NATIONAL_SHEETS, rows)


def person_cells(roster: Roster) -> dict[str, dict[str, str]]:
    """Person id → the two cells with which rows about the person begin."""
    columns = roster["persons"].select("person_id", "name", "id_number").iter_rows()
    return {
        person_id: {"person_name": name, "person_id_number": id_number or ""}
        for person_id, name, id_number in columns
    }


def refuse_namesakes(roster: Roster, path: Path) -> None:
    """Raise when persons cannot be told apart by name and ID number."""
    counts: dict[str, int] = defaultdict(int)
    for name, id_number in roster["persons"].select("name", "id_number").iter_rows():
        if id_number is None:
            counts[name] += 1
    problems = [
        Problem(CANNOT_TELL_APART(name=name, count=count), Location(str(path)))
        for name, count in sorted(counts.items())
        if count > 1
    ]
    if problems:
        raise BadInput(problems)


def _cells(each: SheetLayout, rows: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    return [
        {
            field.name: cell_text(row[field.column.name], field.column)
            for field in each.fields
            if field.column.name in row and field.name == field.column.name
        }
        for row in rows
    ]


def _level_cell(table: str, row: dict[str, Any]) -> dict[str, str]:
    if table != "level_history":
        return {}
    if row["level_kind"] == LevelKind.RANK:
        text = code_text("civil_rank_general", row["rank"]) if row["rank"] else ""
    else:
        text = code_text("post_level_zb09", row["post_level"]) if row["post_level"] else ""
    return {"level_or_rank": text}


def _discipline_cells(roster: Roster, persons: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    cells = []
    for row in roster["awards"].sort("person_id", "award_no").to_dicts():
        given = {
            "award_or_sanction": row["award_name"],
            "decided_on": row["awarded_on"],
            "decided_by": row["awarded_by"],
        }
        cells.append(_a14(persons[row["person_id"]], given))
    for row in roster["sanctions"].sort("person_id", "sanction_no").to_dicts():
        kind = row["sanction_kind"]
        name = written_name(
            member(SanctionFamily, row["sanction_family"]),
            member(SanctionKind, kind) if kind else None,
        )
        cells.append(_a14(persons[row["person_id"]], {**row, "award_or_sanction": name}))
    return cells


def _a14(person: dict[str, str], given: dict[str, Any]) -> dict[str, str]:
    texts = {
        each.name: cell_text(given.get(each.column.name), each.column)
        for each in layout.A14.fields
        if each.name not in person
    }
    return {**person, **texts}
