"""Any clerk's 花名册: the sheet and header row found, headers matched to fields of the form.

Offices give columns names of their own. A header is matched only when it is declared here; two
rows of headers are read together (全日制教育 over 学历). What is not declared is listed and left
alone: nobody guesses what 学历 without 全日制 or 在职 means.

Not here: what the rows are compared with (`comparing`), changing cells (`cell_editing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from banzi.documents.codecs.lrmx_elements import COLUMN_OF
from banzi.documents.codecs.workbook.cells import plain_text, read_cell
from banzi.documents.codecs.workbook.opening import Book, open_book
from banzi.documents.codecs.workbook.sheets import plain_header
from banzi.kernel.columns import Kind
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.people import PERSONS

NO_PERSONS_SHEET = MessageKind(
    "clerk-sheet/no-persons",
    _("没有找到人员表：每张工作表的前{rows}行中都没有“姓名”加另一个已知栏目的表头；请核对表头"),
)
TWO_SHEETS = MessageKind(
    "clerk-sheet/which-sheet",
    _("有{count}张工作表都像人员表：{sheets}；请只留一张，或另存后再用"),
)
REPEATED_HEADER = MessageKind(
    "clerk-sheet/repeated-header",
    _("“{first}”和“{second}”两列都是“{column}”，不能判断以哪列为准；请删去或改名其中一列"),
)

ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("干部姓名", "人员姓名"),
        "id_number": ("身份证号码", "公民身份号码", "身份证", "居民身份证号", "身份证件号码"),
        "birth": ("出生日期", "出生时间", "出生年月日", "出生年月（岁）"),
        "native_place": ("籍贯（省市县）",),
        "party_text": ("入党年月", "入党（参加民主党派）时间", "参加党派时间", "入党日期"),
        "work_started": ("工作时间", "参工时间", "参加工作年月", "工作年月", "参加工作日期"),
        "health": ("身体状况",),
        "technical_title": ("职称", "技术职称", "专业技术职称"),
        "specialty": ("熟悉专业有何专长", "熟悉专业有何特长", "专长", "特长"),
        "full_time_education": ("全日制教育学历", "全日制教育（学历）"),
        "full_time_degree": ("全日制教育学位", "全日制教育（学位）"),
        "full_time_education_school": (
            "全日制毕业院校系及专业",
            "全日制毕业院校及专业",
            "全日制教育毕业院校系及专业",
            "全日制教育毕业院校及专业",
            "全日制学历毕业院校及专业",
        ),
        "full_time_degree_school": ("全日制学位毕业院校及专业",),
        "in_service_education": ("在职教育学历", "在职教育（学历）"),
        "in_service_degree": ("在职教育学位", "在职教育（学位）"),
        "in_service_education_school": (
            "在职毕业院校系及专业",
            "在职毕业院校及专业",
            "在职教育毕业院校系及专业",
            "在职教育毕业院校及专业",
            "在职学历毕业院校及专业",
        ),
        "in_service_degree_school": ("在职学位毕业院校及专业",),
        "current_posts_text": (
            "现任职务",
            "现职务",
            "工作单位及职务",
            "单位及职务",
            "单位职务",
            "现工作单位及职务",
            "现单位及职务",
        ),
        "proposed_posts_text": ("拟任",),
        "removed_posts_text": ("拟免",),
        "resume_text": ("工作简历", "个人简历"),
        "awards_text": ("奖惩情况", "奖惩"),
        "assessments_text": ("年度考核结果", "年度考核", "年度考核情况"),
        "form_filled_on": ("填表日期",),
        "retirement_month_stated": ("到龄时间",),
    }
)
"""Further headers of a field, beside the name its column is declared with."""

_YIELDING: Mapping[str, str] = MappingProxyType({"入党时间": "party_text"})
"""Headers of a field only where the sheet has no other for it: A01 has 入党时间文字 as well."""

_NOT_IN_TABLES = ("form_version",)
SHEET_COLUMNS = tuple(column for column in COLUMN_OF.values() if column not in _NOT_IN_TABLES)
"""Fields of the form that a table of persons may have a column for, in the order of the form."""

_SEARCH_ROWS = 12
_RUNNING = "序号"


@dataclass(frozen=True, slots=True)
class Headed:
    """A column of the sheet that fills a field: its header and its place, counted from 0."""

    header: str
    position: int


@dataclass(frozen=True, slots=True)
class ClerkRow:
    """One row: its number in the sheet and the raw cells of the known columns."""

    number: int
    raw: Mapping[str, Any]

    def text(self, column: str) -> str:
        """The cell as text: dates as digits, names and numbers as typed; "" for a blank."""
        return cell_as_text(self.raw.get(column), column)[0]


@dataclass(slots=True)
class ClerkSheet:
    """The sheet of persons: column of `persons` → where it stands, headers not known, rows."""

    path: Path
    name: str
    header_row: int
    columns: dict[str, Headed]
    unknown: tuple[str, ...]
    rows: list[ClerkRow] = field(default_factory=list)
    running: int | None = None
    """Place of the column 序号, which fills no field; None when there is none."""

    def at(self, row: ClerkRow, column: str = "") -> Location:
        header = self.columns[column].header if column in self.columns else None
        return Location(str(self.path), self.name, row.number, header)


def read_clerk_sheet(path: Path) -> ClerkSheet:
    """The one sheet of persons in a workbook; the national A01人员 where there is one.

    Raises
    ------
    BadInput
        When the file cannot be opened, no sheet or several look like a list of persons, or two
        columns mean the same field.
    """
    book = open_book(path)
    found: list[ClerkSheet] = []
    problems = ProblemLog()
    for name in book.sheet_names:
        own = ProblemLog()
        sheet = _sheet_of(book, path, name, own)
        if sheet is not None:
            found.append(sheet)
            problems.extend(list(own))
    if national := [sheet for sheet in found if sheet.name == "A01人员"]:
        found = national
    most = max((len(sheet.columns) for sheet in found), default=0)
    found = [sheet for sheet in found if len(sheet.columns) == most]
    at = Location(str(path))
    if not found:
        raise BadInput([Problem(NO_PERSONS_SHEET(rows=_SEARCH_ROWS), at)])
    if len(found) > 1:
        names = [sheet.name for sheet in found]
        raise BadInput([Problem(TWO_SHEETS(count=len(found), sheets=names), at)])
    (sheet,) = found
    mine = [each for each in problems if each.at.sheet == sheet.name]
    if mine:
        raise BadInput(mine)
    return sheet


def column_of_header(header: object) -> str | None:
    """The field a header names, or None; blanks, stars and the kind of brackets do not count."""
    return _known().get(plain_header(header)) or _YIELDING.get(plain_header(header))


def cell_as_text(raw: Any, column: str) -> tuple[str, Message | None]:
    """A raw cell as the text a form would hold, and why it cannot be read, if so."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return "", None
    if isinstance(raw, str):
        return raw, None
    declared = PERSONS[column]
    if declared.kind is Kind.PARTIAL_DATE or column in ("id_number", "party_text"):
        kind = PERSONS["birth"] if column == "party_text" else declared
        reading = read_cell(raw, kind, declared.zh)
        if reading.value is None:
            return plain_text(raw), reading.problem or reading.doubt
        return _date_digits(reading.value) if column != "id_number" else reading.value, None
    return plain_text(raw), None


def _date_digits(value: int) -> str:
    text = str(value)
    return text[:4] if text.endswith("0000") else text[:6] if text.endswith("00") else text


def _known() -> dict[str, str]:
    return {
        plain_header(header): column
        for column in SHEET_COLUMNS
        for header in (PERSONS[column].zh, *ALIASES.get(column, ()))
    }


def _sheet_of(book: Book, path: Path, name: str, problems: ProblemLog) -> ClerkSheet | None:
    shift = book.first_column(name)
    rows = list(book.sheet(name))
    best: tuple[int, int, list[str]] | None = None
    for at in range(min(_SEARCH_ROWS, len(rows))):
        above = rows[at - 1] if at else None
        for headers in ([str(cell) for cell in rows[at]], _joined(above, rows[at])):
            score = _score(headers)
            if score and (best is None or score > best[0]):
                best = (score, at, headers)
    if best is None:
        return None
    _found, at, headers = best
    columns, unknown = _columns(headers, shift, problems, Location(str(path), name, at + 1))
    numbered = [place for place, header in enumerate(headers) if plain_header(header) == _RUNNING]
    unknown = tuple(header for header in unknown if plain_header(header) != _RUNNING)
    sheet = ClerkSheet(path, name, at + 1, columns, unknown)
    sheet.running = numbered[0] + shift if numbered else None
    for number, cells in enumerate(rows[at + 1 :], start=at + 2):
        raw = {
            column: cells[place.position - shift]
            for column, place in columns.items()
            if place.position - shift < len(cells)
        }
        row = ClerkRow(number, raw)
        if row.text("name").strip():
            sheet.rows.append(row)
    return sheet


def _score(headers: Sequence[str]) -> int:
    found = {column for header in headers if (column := column_of_header(header))}
    return len(found) if "name" in found and len(found) > 1 else 0


def _joined(above: Sequence[Any] | None, below: Sequence[Any]) -> list[str]:
    """Headers of two rows read together: a heading over several columns holds for all of them."""
    if above is None:
        return []
    joined, held = [], ""
    for top, bottom in zip(above, below, strict=False):
        held = str(top) if str(top).strip() else held
        under = str(bottom)
        both = f"{held}{under}"
        joined.append(held if not under.strip() else both if column_of_header(both) else under)
    return joined


def _columns(
    headers: Sequence[str], shift: int, problems: ProblemLog, at: Location
) -> tuple[dict[str, Headed], tuple[str, ...]]:
    columns: dict[str, Headed] = {}
    unknown: list[str] = []
    waiting: list[tuple[str, str, int]] = []
    for position, header in enumerate(headers, start=shift):
        text = " ".join(header.split())
        plain = plain_header(header)
        if plain in _YIELDING:
            waiting.append((_YIELDING[plain], text, position))
        elif column := _known().get(plain):
            if column in columns:
                other = columns[column].header
                message = REPEATED_HEADER(first=other, second=text, column=PERSONS[column].zh)
                problems.add(message, at)
            columns.setdefault(column, Headed(text, position))
        elif text:
            unknown.append(text)
    for column, text, position in waiting:
        if column in columns:
            unknown.append(text)
        else:
            columns[column] = Headed(text, position)
    return columns, tuple(unknown)
