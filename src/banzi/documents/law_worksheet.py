"""The review worksheet: every number of the law in the program next to its clause, and back.

An expert with the official texts goes down the sheet and chooses for each number whether it is the
same, should be corrected, or was not found. A dated value counts as compared when all its entries
were; from these comes one review file of the office's law folder (`law.office`).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from banzi.documents.codecs.workbook.opening import open_book
from banzi.documents.codecs.workbook.sheets import (
    MISSING_SHEET,
    Field,
    SheetLayout,
    SheetRow,
    read_sheet,
)
from banzi.documents.codecs.workbook.writing import UNDATED
from banzi.documents.papers.office_table import A3_LANDSCAPE, Heading, OfficeTable, Row
from banzi.documents.papers.sheets import write_workbook
from banzi.kernel.columns import Column, Kind
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.files import replacing_file
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.law import Law, Parameter
from banzi.law.documents import FORCE_NAMES, GRADE_NAMES
from banzi.law.numbers import Number, assemble, numbers_of, read_like, written
from banzi.law.office import Review, ReviewedValue

UNKNOWN_NUMBER = MessageKind(
    "law/worksheet-unknown", _("参数“{parameter}”没有这一项；请用当前版本重新导出核对表")
)
STALE = MessageKind(
    "law/worksheet-stale", _("表中现值为{seen}，程序中为{now}；请用当前版本重新导出后核对")
)
NO_CORRECTION = MessageKind("law/worksheet-no-correction", _("选了“应更正”，还须填写更正值"))
STRAY_CORRECTION = MessageKind(
    "law/worksheet-stray-correction", _("填了更正值，核对结果应选“应更正”；请改正其中一处")
)
WRONG_CORRECTION = MessageKind(
    "law/worksheet-wrong-correction", _("更正值“{value}”与现值“{now}”写法不同；请照现值的写法填写")
)
WRONG_RESULT = MessageKind(
    "law/worksheet-result", _("核对结果“{value}”不在选项内（{allowed}）；请重新选择")
)
NOTHING_REVIEWED = MessageKind("law/worksheet-empty", _("没有填写核对结果；请先核对再导入"))

SAME, CORRECT, NOT_FOUND = _("一致"), _("应更正"), _("原文未找到")
RESULTS = (SAME, CORRECT, NOT_FOUND)
SHEET = "核对表"


def _text(name: str, zh: str, en: str) -> Column:
    return Column(name, Kind.TEXT, zh, en, null="没有")


_COLUMNS = (
    _text("document", "文件", "document"),
    _text("clause", "条款", "clause"),
    _text("fact", "条款内容", "what the clause says"),
    _text("title", "参数", "parameter"),
    _text("entry", "项目", "entry"),
    _text("since", "生效日期", "in force from"),
    _text("value", "现值", "value"),
    _text("unit", "单位", "unit"),
    _text("grade", "依据等级", "grade"),
    _text("checked", "上次核对", "last compared"),
    _text("result", "核对结果", "result"),
    _text("correction", "更正值", "corrected value"),
    _text("article", "原文条目", "article in the text"),
    _text("note", "备注", "remark"),
    _text("parameter", "参数标识", "parameter id"),
    _text("path", "项目标识", "entry id"),
)
_WIDTHS = {
    "document": 20,
    "clause": 14,
    "fact": 46,
    "title": 22,
    "entry": 18,
    "since": 12,
    "value": 20,
    "unit": 12,
    "grade": 9,
    "checked": 12,
    "result": 12,
    "correction": 14,
    "article": 16,
    "note": 22,
    "parameter": 1,
    "path": 1,
}
_ANSWERS = ("result", "correction", "article", "note")
_KEYS = ("parameter", "path")
_TITLE = _("法规数值核对表（对照原文逐行选择核对结果；一项参数的各行都核对后才计为已核对）")
LAYOUT = SheetLayout(
    SHEET, _TITLE, tuple(Field(column, required=False, expected=False) for column in _COLUMNS)
)


def write_worksheet(law: Law, path: Path) -> int:
    """Write every number of the law; returns how many there are."""
    lines = [
        _line(law, name, parameter, number)
        for name, parameter in sorted(
            law.parameters.items(), key=lambda item: list(law.clauses).index(item[1].cites)
        )
        for number in numbers_of(parameter)
    ]
    with replacing_file(path) as part:
        write_workbook([_table(lines)], part, UNDATED.date())
    return len(lines)


def read_worksheet(
    path: Path, law: Law, reviewed_by: str, reviewed_on: date, compared_with: str
) -> Review:
    """What the expert found, ready to be kept in a law folder.

    Raises
    ------
    BadInput
        With every row that is stale, contradicts itself or names no number of the law; also when
        nothing was filled in.
    """
    book = open_book(path)
    problems = ProblemLog()
    if SHEET not in book.sheet_names:
        problems.add(MISSING_SHEET(sheet=SHEET), Location(book.name))
        problems.stop_if_any()
    found: dict[tuple[str, date], dict[tuple[str, ...], Any]] = defaultdict(dict)
    remarks: dict[tuple[str, date], list[tuple[str, str]]] = defaultdict(list)
    for row in read_sheet(book, LAYOUT, problems, []):
        if row.get("result") is None and row.get("correction") is None:
            continue
        number = _number_of(law, row, problems)
        if number is None:
            continue
        key = (str(row.get("parameter")), number.since)
        remarks[key].append((row.get("article") or "", row.get("note") or ""))
        if row.get("result") != NOT_FOUND:
            found[key][number.path] = _found(row, number, problems)
    if not remarks and not len(problems):
        problems.add(NOTHING_REVIEWED(), Location(book.name, SHEET))
    problems.stop_if_any()
    values = []
    for (name, since), given in found.items():
        seen = law.parameters[name].values[since]
        whole = {n.path for n in numbers_of(law.parameters[name]) if n.since == since}
        if set(given) == whole:
            articles, notes = zip(*remarks[name, since], strict=True)
            values.append(
                ReviewedValue(
                    parameter=name,
                    since=since,
                    seen=seen,
                    found=assemble(given),
                    article="；".join(dict.fromkeys(filter(None, articles))),
                    note="；".join(dict.fromkeys(filter(None, notes))),
                )
            )
    return Review(
        reviewed_by=reviewed_by,
        reviewed_on=reviewed_on,
        compared_with=compared_with,
        values=values,
    )


def _number_of(law: Law, row: SheetRow, problems: ProblemLog) -> Number | None:
    name, since = str(row.get("parameter")), str(row.get("since"))
    path = tuple(part for part in str(row.get("path") or "").split("/") if part)
    parameter = law.parameters.get(name)
    numbers = numbers_of(parameter) if parameter else []
    for number in numbers:
        if (number.path, f"{number.since}") == (path, since):
            if written(number.value) == str(row.get("value") or ""):
                return number
            message = STALE(seen=row.get("value") or "", now=written(number.value))
            problems.add(message, _at(row, "value"))
            return None
    problems.add(UNKNOWN_NUMBER(parameter=name), _at(row, "parameter"))
    return None


def _found(row: SheetRow, number: Number, problems: ProblemLog) -> Any:
    result, correction = row.get("result"), row.get("correction")
    if result not in RESULTS and result is not None:
        message = WRONG_RESULT(value=result, allowed=list(RESULTS))
        problems.add(message, _at(row, "result"))
    elif result == CORRECT and correction is None:
        problems.add(NO_CORRECTION(), _at(row, "correction"))
    elif result != CORRECT and correction is not None:
        problems.add(STRAY_CORRECTION(), _at(row, "result"))
    elif result == CORRECT:
        try:
            return read_like(str(correction), number.value)
        except ValueError:
            message = WRONG_CORRECTION(value=correction, now=written(number.value))
            problems.add(message, _at(row, "correction"))
    return number.value


def _at(row: SheetRow, column: str) -> Location:
    zh = next(each.zh for each in _COLUMNS if each.name == column)
    return Location(row.at.file, row.at.sheet, row.at.row, zh)


def _line(law: Law, name: str, parameter: Parameter, number: Number) -> list[str]:
    document = law.documents[parameter.cites.split("/", maxsplit=1)[0]]
    clause = law.clauses[parameter.cites]
    in_force = parameter.at(number.since)
    checked = in_force.checked_on if in_force else None
    return [
        document.title.zh,
        parameter.cites,
        f"〔{FORCE_NAMES[clause.force]}〕{clause.fact.zh}",
        parameter.title.zh,
        number.label(parameter),
        f"{number.since}",
        written(number.value),
        parameter.unit.zh,
        GRADE_NAMES[in_force.grade if in_force else parameter.grade],
        f"{checked}" if checked else "",
        "",
        "",
        "",
        "",
        name,
        "/".join(number.path),
    ]


def _table(lines: list[list[str]]) -> OfficeTable:
    offers = {_place("result"): RESULTS}
    return OfficeTable(
        _TITLE,
        tuple(
            Heading(column.zh, width, align="left", answer=name in _ANSWERS, hidden=name in _KEYS)
            for (name, width), column in zip(_WIDTHS.items(), _COLUMNS, strict=True)
        ),
        [Row(tuple(line), offers=offers) for line in lines],
        page=A3_LANDSCAPE,
        points=10.5,
        least_height=6,
        sheet=SHEET,
        frozen=_place("since"),
    )


def _place(name: str) -> int:
    return list(_WIDTHS).index(name)
