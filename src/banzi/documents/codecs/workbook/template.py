"""Our own template workbook into an extract and back.

Rows about persons name them by 姓名 and 身份证号, and are resolved when all sources are merged.
Every sheet may be missing; what is not there is not known. Targets and settings are handed on as
plain data with their place: `structure` and `staffing` know what they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from banzi.documents.codecs.extract import Extract, Finding, Row
from banzi.documents.codecs.workbook import template_layout as layout
from banzi.documents.codecs.workbook.cells import cell_text
from banzi.documents.codecs.workbook.national_writing import person_cells, refuse_namesakes
from banzi.documents.codecs.workbook.opening import Book, open_book
from banzi.documents.codecs.workbook.sheets import Field, SheetLayout, SheetRow, read_sheet
from banzi.documents.codecs.workbook.writing import note_of, write_workbook
from banzi.kernel.columns import Kind
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.files import sha256_of
from banzi.kernel.messages import FindingKind, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES, Roster

FORMAT = "banzi-template"

NO_KNOWN_SHEET = MessageKind(
    "workbook/no-known-sheet",
    _("没有可识别的工作表；请使用“国家公务员系统导入模板”或“banzi模板”（应有：{sheets}）"),
)
UNKNOWN_SHEETS = FindingKind(
    "import/unknown-sheets", _("这些工作表未被读取：{sheets}"), title=_("有未读取的工作表")
)
NO_SUCH_TABLE = MessageKind(
    "workbook/no-such-table", _("“数据表”的“{value}”不存在；请填：{choices}")
)
REPEATED_ROW = MessageKind(
    "import/repeated-row", _("“{key}”在本表中重复出现（另见第{row}行）；请删除或改正其中一行")
)

PREFACE_SHEET = "说明"
_PREFACE = (
    _("用途：登记任免审批表和国家公务员系统导入表没有的内容。不用的工作表可以空着。"),
    _("第二行是表头，请勿改动；红底的列必须填写；鼠标停在表头上可看填写说明。"),
    _("人员用“姓名”和“身份证号”对应；没有重名时身份证号可以不填。身份证号请用文本格式。"),
    _("日期写6位（年月）或8位（年月日）数字。空白一律表示表头说明中写的含义，不表示“没有”或“否”。"),
    _("处分、考核等记录是否齐全，须在“完整性说明”中写明，否则按“不掌握”处理。"),
)
_PREFACE_HEADER = (_("工作表"), _("列"), _("填写说明"))


def read_template(path: Path, shown_as: str = "") -> Extract:
    """Read a template; unreadable cells are `problems` of the extract.

    `documents["targets"]`, `["settings"]`, `["profiles"]` are lists of dicts by column name (blank
    cells left out), each with `_at`, its `Location`; a name is missing when its sheet is.

    Raises
    ------
    BadInput
        When the file is no workbook that can be opened.
    """
    return template_of(open_book(path, shown_as))


def template_of(book: Book) -> Extract:
    """As `read_template`, from a workbook that is open."""
    extract = Extract(book.name, FORMAT, sha256_of(book.path), book.path.stat().st_size)
    problems = ProblemLog()
    known = {each.name for each in layout.TEMPLATE_SHEETS}
    if known.isdisjoint(book.sheet_names):
        sheets = [each.name for each in layout.TEMPLATE_SHEETS]
        problems.add(NO_KNOWN_SHEET(sheets=sheets), Location(book.name))
    ignored = [name for name in book.sheet_names if name not in known and name not in _OURS]
    if ignored:
        extract.findings.append(Finding(UNKNOWN_SHEETS(sheets=ignored), Location(book.name)))
    for each, table in layout.RECORD_SHEETS.items():
        for row in _rows(book, each, problems, extract):
            _add_record(extract, table, row, problems)
    for each, name in layout.DOCUMENT_SHEETS.items():
        if each.name in book.sheet_names:
            rows = _rows(book, each, problems, extract)
            extract.documents[name] = [{**row.values, "_at": row.at} for row in rows]
    _refuse_repeats(extract, problems)
    extract.problems = list(problems)
    return extract


_OURS = frozenset({PREFACE_SHEET, "代码表"})


def _rows(book: Book, each: SheetLayout, problems: ProblemLog, extract: Extract) -> list[SheetRow]:
    if each.name not in book.sheet_names:
        return []
    return read_sheet(book, each, problems, extract.findings)


def _add_record(extract: Extract, table: str, row: SheetRow, problems: ProblemLog) -> None:
    values: Row = {**row.values, "source_place": row.place, "_at": row.at}
    if table == "posts":
        teams = (values.pop("first_team", None), values.pop("second_team", None))
        roles = (values.pop("first_role", None), values.pop("second_role", None))
        for order, (team, role) in enumerate(zip(teams, roles, strict=True), start=1):
            if team is not None:
                link = {
                    "post_id": values.get("post_id"),
                    "team_id": team,
                    "team_order": order,
                    "role_in_team": role,
                }
                place = {"source_place": row.place, "_at": row.at}
                extract.tables.setdefault("post_teams", []).append({**link, **place})
    if table == "completeness" and (said := values.get("table_name")) is not None:
        values["table_name"] = _table_named(said, row, problems)
    rows = extract.tables.setdefault(table, [])
    rows.append(values)
    for finding in row.findings:
        finding.table, finding.row_key = table, str(len(rows))
    if row.findings:
        values["_findings"] = row.findings


def _table_named(said: str, row: SheetRow, problems: ProblemLog) -> str | None:
    for name in _COMPLETABLE:
        if said in (name, TABLES[name].zh):
            return name
    choices = [TABLES[name].zh for name in _COMPLETABLE]
    at = Location(row.at.file, row.at.sheet, row.at.row, layout.COMPLETE_TABLE.zh)
    problems.add(NO_SUCH_TABLE(value=said, choices=choices), at)
    return None


_COMPLETABLE = tuple(
    name
    for name, table in TABLES.items()
    if "person_id" in table.key and name not in ("persons", "completeness")
)


def _refuse_repeats(extract: Extract, problems: ProblemLog) -> None:
    for table in ("organs", "teams", "posts"):
        (key,) = TABLES[table].key
        first: dict[str, Location] = {}
        for row in extract.tables.get(table, ()):
            value = row.get(key)
            if value is None:
                continue
            if value in first:
                at: Location = row["_at"]
                place = Location(at.file, at.sheet, at.row, TABLES[table][key].zh)
                problems.add(REPEATED_ROW(key=value, row=first[value].row), place)
            else:
                first[value] = row["_at"]


def write_template(
    path: Path,
    roster: Roster | None = None,
    targets: Sequence[Mapping[str, Any]] | None = None,
    settings: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
) -> None:
    """Write the template, blank or filled.

    Parameters
    ----------
    targets
        Rows of the sheet 目标 by column name, values as `read_template` gives them.
    settings
        Rows of the sheets 设置 (`settings`) and 岗位画像 (`profiles`) by column name.

    Raises
    ------
    BadInput
        When persons of one name have no ID number: their rows could not be told apart.
    """
    rows: dict[str, list[dict[str, str]]] = {}
    if roster is not None:
        refuse_namesakes(roster, path)
        persons = person_cells(roster)
        for each, table in layout.RECORD_SHEETS.items():
            held = roster[table].sort(_written_order(table)).to_dicts()
            rows[each.name] = [
                _cells(each, {**row, **_extra(roster, table, row)}, persons) for row in held
            ]
        rows[layout.PERSON_SHEET.name] = [
            cells for cells in rows[layout.PERSON_SHEET.name] if cells["retirement_track"]
        ]
        _fill_tags(roster, rows[layout.TAG_SHEET.name])
    documents: dict[str, Iterable[Mapping[str, Any]]] = {
        "targets": targets or (),
        **(settings or {}),
    }
    for each, name in layout.DOCUMENT_SHEETS.items():
        rows[each.name] = [_cells(each, row, {}) for row in documents.get(name, ())]
    write_workbook(path, layout.TEMPLATE_SHEETS, rows, [(PREFACE_SHEET, _preface())])


def _written_order(table: str) -> list[str]:
    shown = [name for name in ("display_order",) if name in TABLES[table]]
    return [*shown, *TABLES[table].key]


def _cells(
    each: SheetLayout, row: Mapping[str, Any], persons: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    cells = {
        field.name: _text(row.get(field.name), field)
        for field in each.fields
        if field.name not in ("person_name", "person_id_number")
    }
    return {**cells, **persons.get(row.get("person_id") or "", {})}


def _text(value: Any, field: Field) -> str:
    if isinstance(value, str) and field.column.kind is Kind.INTEGER:
        return value
    return cell_text(value, field.column)


def _extra(roster: Roster, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Values that stand in other tables than the sheet's own."""
    if table == "posts":
        links = roster["post_teams"]
        own = links.filter(links["post_id"] == row["post_id"]).sort("team_order")
        pairs = [*own.select("team_id", "role_in_team").iter_rows(), (None, None), (None, None)]
        (first, first_role), (second, second_role) = pairs[:2]
        return {
            "first_team": first,
            "second_team": second,
            "first_role": first_role,
            "second_role": second_role,
        }
    if table == "completeness":
        return {"table_name": TABLES[row["table_name"]].zh}
    return {}


def _fill_tags(roster: Roster, rows: list[dict[str, str]]) -> None:
    """段起 for every tag; 段号 only where the month alone would lead to another segment."""
    started = layout.SEGMENT_STARTED
    segments = {
        (row["person_id"], row["segment_no"]): row
        for row in roster["career_segments"].iter_rows(named=True)
    }
    tags = roster["career_tags"].sort(_written_order("career_tags")).to_dicts()
    by_person: dict[str, list[dict[str, Any]]] = {}
    for segment in segments.values():
        by_person.setdefault(segment["person_id"], []).append(segment)
    for cells, tag in zip(rows, tags, strict=True):
        tagged = segments.get((tag["person_id"], tag["segment_no"]))
        if tagged is None:
            continue
        cells["segment_started"] = cell_text(tagged["started"], started)
        found = segment_beginning(by_person[tag["person_id"]], tagged["started"])
        if found == tag["segment_no"]:
            cells["segment_no"] = ""


def segment_beginning(segments: Sequence[Mapping[str, Any]], started: int | None) -> int | None:
    """Number of the one segment that begins in a month, main segments first; None if not one."""
    if started is None:
        return None
    beginning = [each for each in segments if each["started"] == started]
    main = [each for each in beginning if each["segment_kind"] == "main"]
    chosen = main or beginning
    return chosen[0]["segment_no"] if len(chosen) == 1 else None


def _preface() -> list[list[str]]:
    lines = [[_("banzi 模板")], *([text] for text in _PREFACE), [], list(_PREFACE_HEADER)]
    for each in layout.TEMPLATE_SHEETS:
        for at, field in enumerate(each.fields):
            note = note_of(field).replace("\n", "")
            lines.append([each.name if at == 0 else "", field.shown, note])
    return lines
