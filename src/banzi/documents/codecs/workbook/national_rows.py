"""Rows of the national tables, read from sheets or from a package, into the records of an extract.

Rows about a person find them by the file's own identifier (A0000) where it has one, else by name
and ID number. Not here: reading cells (`sheets`, `package`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from banzi.codes import id_numbers, lookup
from banzi.documents.codecs.extract import Extract, Finding, PersonExtract, Row
from banzi.documents.codecs.form_values import ID_BIRTH_DIFFERS, ID_SEX_DIFFERS
from banzi.documents.codecs.resume import parse_resume
from banzi.documents.codecs.workbook import national_layout as layout
from banzi.documents.codecs.workbook.cells import UNKNOWN_WORDING, member
from banzi.documents.codecs.workbook.discipline import read_award_or_sanction
from banzi.documents.codecs.workbook.sheets import SheetRow
from banzi.kernel.dates import PartialDate
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import FindingKind, FindingMessage, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS
from banzi.people.choices import AssessmentKind, LevelKind, SanctionKind, Sex

REPEATED_PERSON = MessageKind(
    "import/repeated-id-number",
    _("身份证号{id_number}在本表中出现了不止一次（另见第{row}行）；请核实并删除重复行"),
)
REPEATED_NAME = MessageKind(
    "import/repeated-name",
    _("“{name}”在本表中不止一人（另见第{row}行）且未填身份证号，无法区分；请补填身份证号"),
)
NOT_IN_PERSONS = MessageKind(
    "import/not-in-persons",
    _("“{name}”（{id_number}）不在“{sheet}”中；请核对姓名和身份证号，或在该表补充此人"),
)
WHICH_PERSON = MessageKind(
    "import/which-person", _("“{name}”在“{sheet}”中不止一人；请在本行填写身份证号")
)
NAME_DIFFERS = MessageKind(
    "import/name-differs",
    _("身份证号{id_number}在“{sheet}”中的姓名是“{known}”，本行是“{name}”；请核实后改为一致"),
)
REPEATED_OWNER = MessageKind(
    "import/repeated-person-key",
    _("人员标识（A0000）“{key}”出现了不止一次（另见第{row}条）；请从原系统重新导出"),
)
UNKNOWN_OWNER = MessageKind(
    "import/unknown-person-key",
    _("人员标识（A0000）“{key}”不在人员表（A01）中；请从原系统重新导出完整的数据包"),
)
SANCTION_NOT_LISTED = FindingKind(
    "import/sanction-not-listed",
    _("“{value}”像是处分或组织处理，但不在种类表内；请选定种类"),
    title=_("处分种类待选定"),
)


def take_sheets(
    extract: Extract, sheets: Mapping[str, Sequence[SheetRow]], problems: ProblemLog
) -> dict[str, PersonExtract]:
    """Fill `persons` and the organs of an extract from rows by sheet name (A01 must be there).

    Returns
    -------
    dict
        Persons by the file's own identifier; empty where the file has none.
    """
    people = _People(sheets[layout.A01.name], problems)
    extract.persons = people.extracts
    for each, table in layout.CHILD_SHEETS.items():
        for row in sheets.get(each.name, ()):
            if person := people.of(row, problems):
                _add_child(person, table, row)
    for row in sheets.get(layout.A14.name, ()):
        if person := people.of(row, problems):
            _add_award_or_sanction(person, row)
    for row in sheets.get(layout.A99.name, ()):
        if person := people.of(row, problems):
            person.row.update(_without_person(row))
            person.findings.extend(_of_table(row, "persons", ""))
    organs = sheets.get(layout.B01.name, [])
    for row in organs:
        values = {**row.values, "source_place": row.place, "_at": row.at}
        if row.findings:
            values["_findings"] = _of_table(row, "organs", str(row.at.row))
        extract.tables.setdefault("organs", []).append(values)
    return people.by_owner


@dataclass
class _People:
    """The persons of A01, and the finding of one by identifier, or name and ID number."""

    rows: Sequence[SheetRow]
    problems: ProblemLog
    extracts: list[PersonExtract] = field(default_factory=list)
    by_owner: dict[str, PersonExtract] = field(default_factory=dict)
    _by_id: dict[str, PersonExtract] = field(default_factory=dict)
    _by_name: dict[str, list[PersonExtract]] = field(default_factory=lambda: defaultdict(list))
    _without_number: dict[str, list[PersonExtract]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def __post_init__(self) -> None:
        for row in self.rows:
            name, id_number = row.get("name"), row.get("id_number")
            if not name:
                continue  # already a problem of the cell
            row.values["source_place"] = row.place
            person = PersonExtract(row.values, row.at)
            person.findings.extend(_of_table(row, "persons", ""))
            _read_resume(person, row)
            _compare_with_id_number(person, row)
            if id_number and id_number in self._by_id:
                earlier = self._by_id[id_number].at.row
                self.problems.add(
                    REPEATED_PERSON(id_number=id_number, row=earlier), _cell(row, "身份证号")
                )
                continue
            twin = next(iter(self._without_number[name]), None)
            if row.owner and row.owner in self.by_owner:
                first = self.by_owner[row.owner].at.row
                self.problems.add(REPEATED_OWNER(key=row.owner, row=first), _cell(row, "A0000"))
                continue
            if not id_number and twin is not None and not row.owner:
                self.problems.add(REPEATED_NAME(name=name, row=twin.at.row), _cell(row, "身份证号"))
                continue
            if id_number:
                self._by_id[id_number] = person
            else:
                self._without_number[name].append(person)
            if row.owner:
                self.by_owner[row.owner] = person
            self._by_name[name].append(person)
            self.extracts.append(person)

    def of(self, row: SheetRow, problems: ProblemLog) -> PersonExtract | None:
        if row.owner:
            if row.owner not in self.by_owner:
                problems.add(UNKNOWN_OWNER(key=row.owner), _cell(row, "A0000"))
            return self.by_owner.get(row.owner)
        name, id_number = row.get("person_name"), row.get("person_id_number")
        if not name:
            return None
        if id_number:
            person = self._by_id.get(id_number)
            if person is not None and person.row["name"] != name:
                message = NAME_DIFFERS(
                    id_number=id_number, sheet=layout.A01.name, known=person.row["name"], name=name
                )
                problems.add(message, _cell(row, "姓名"))
                return None
            if person is not None:
                return person
        namesakes = self._by_name.get(name, [])
        without = self._without_number.get(name, [])
        fitting = without if id_number else (without or namesakes)
        if len(fitting) == 1:
            return fitting[0]
        kind = NOT_IN_PERSONS if not fitting else WHICH_PERSON
        values = {"name": name, "sheet": layout.A01.name}
        if kind is NOT_IN_PERSONS:
            values["id_number"] = id_number or "-"
        problems.add(kind(**values), _cell(row, "姓名"))
        return None


def _read_resume(person: PersonExtract, row: SheetRow) -> None:
    text = row.get("resume_text")
    if text is None:
        return
    resume = parse_resume(text)
    at = _cell(row, PERSONS["resume_text"].zh)
    person.rows["career_segments"] = [
        {**segment.row(), "source_place": row.place} for segment in resume.segments
    ]
    person.findings.extend(resume.findings(lambda _line: at))


def _compare_with_id_number(person: PersonExtract, row: SheetRow) -> None:
    """Warnings only: the number was issued long ago, the file's date was looked into."""
    text = row.get("id_number")
    if text is None:
        return

    def note(column: str, message: FindingMessage) -> None:
        at = _cell(row, PERSONS[column].zh)
        person.findings.append(Finding(message, at, "persons", column))

    number = id_numbers.read_id_number(text)
    if number is None:
        if wrong := id_numbers.problem_with(text):
            note("id_number", wrong)
        return
    birth, sex = row.get("birth"), row.get("sex")
    if birth is not None and birth // 100 % 100 and birth // 100 != number.born // 100:
        note("birth", ID_BIRTH_DIFFERS(birth=PartialDate(birth), id_birth=number.born))
    if sex and _code_of_sex(sex) != number.sex:
        note("sex", ID_SEX_DIFFERS(sex=member(Sex, sex).zh))


@cache
def _code_of_sex(sex: str) -> str | None:
    return lookup.code_of(id_numbers.SEX_TABLE, member(Sex, sex).zh)


def _cell(row: SheetRow, header: str) -> Location:
    return Location(row.at.file, row.at.sheet, row.at.row, header)


def _without_person(row: SheetRow) -> Row:
    return {
        key: value
        for key, value in row.values.items()
        if key not in ("person_name", "person_id_number")
    }


def _of_table(row: SheetRow, table: str, row_key: str) -> list[Finding]:
    for finding in row.findings:
        finding.table, finding.row_key = table, row_key
    return row.findings


def _add_child(person: PersonExtract, table: str, row: SheetRow) -> None:
    values = _without_person(row)
    if table == "assessments":
        values["assessment_kind"] = AssessmentKind.ANNUAL.value
    if table == "relatives" and (said := values.get("relation_text")):
        values["relation"] = lookup.code_of("family_relation_form", said)
    rows = person.rows.setdefault(table, [])
    row_key = str(len(rows) + 1)
    person.findings.extend(_of_table(row, table, row_key))
    if table == "level_history":
        values = _level_row(person, row, values, row_key)
    rows.append({**values, "source_place": row.place})


def _level_row(person: PersonExtract, row: SheetRow, values: Row, row_key: str) -> Row:
    """`level_or_rank` becomes a post level or a rank, as 类别 says or else as the wording fits."""
    text = values.pop("level_or_rank", None)
    kind = values.get("level_kind")
    level = lookup.code_of("post_level_zb09", text) if text else None
    rank = lookup.code_of("civil_rank_general", text) if text else None
    if kind is None and text:
        kind = (LevelKind.RANK if rank and not level else LevelKind.POST_LEVEL).value
        values["level_kind"] = kind
    is_rank = kind == LevelKind.RANK
    code = rank if is_rank else level
    values["rank" if is_rank else "post_level"] = code
    if text and code is None:
        column = "rank" if is_rank else "post_level"
        header = layout.LEVEL_OR_RANK.zh
        person.findings.append(
            Finding(
                UNKNOWN_WORDING(column=header, value=text),
                _cell(row, header),
                "level_history",
                column,
                row_key,
                written=text,
            )
        )
    return values


def _add_award_or_sanction(person: PersonExtract, row: SheetRow) -> None:
    name = row.get("award_or_sanction")
    if not name:
        return
    read = read_award_or_sanction(name)
    decided = {"decided_on": row.get("decided_on"), "decided_by": row.get("decided_by")}
    if read is None:
        awards = person.rows.setdefault("awards", [])
        awards.append(
            {
                "award_name": name,
                "awarded_on": decided["decided_on"],
                "awarded_by": decided["decided_by"],
                "source_place": row.place,
            }
        )
        for finding in _of_table(row, "awards", str(len(awards))):
            finding.column = "awarded_on"
            person.findings.append(finding)
        return
    family, kind = read
    sanctions = person.rows.setdefault("sanctions", [])
    sanctions.append(
        {
            "sanction_family": family.value,
            "sanction_kind": None if kind is None else kind.value,
            **decided,
            "revoked_on": row.get("revoked_on"),
            "source_place": row.place,
        }
    )
    row_key = str(len(sanctions))
    person.findings.extend(_of_table(row, "sanctions", row_key))
    if kind is None and name != family.zh:
        person.findings.append(
            Finding(
                SANCTION_NOT_LISTED(value=name),
                _cell(row, layout.AWARD_OR_SANCTION.zh),
                "sanctions",
                "sanction_kind",
                row_key,
                tuple(each.zh for each in SanctionKind),
                written=name,
            )
        )
