"""`decisions.xlsx`: what a person must settle, on paper that Excel can fill, and back.

Open questions come first, each with its own drop-down of the options; decisions already made
follow, so that the file alone carries them to the next import. A second sheet lists findings for
information, a third what titles are taken for (`titles`).

Not here: what a decision does (`merging`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from banzi.documents.codecs.workbook.opening import open_book
from banzi.documents.codecs.workbook.sheets import MISSING_SHEET, Field, SheetLayout, read_sheet
from banzi.documents.codecs.workbook.writing import UNDATED, display_width
from banzi.documents.merging import Decision
from banzi.documents.titles.answers import TitleAnswer
from banzi.documents.titles.sheet import TitleReview, read_answers, write_sheet
from banzi.kernel.columns import Column, Kind
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.files import replacing_file
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES, Roster
from banzi.roster.finding_texts import finding_title
from banzi.roster.keeping import DECISIONS, FINDINGS, FindingState

WHO_AND_WHEN = MessageKind(
    "decisions/who-and-when", _("填了处理意见，还须填写“{column}”，以便存查")
)
REPEATED = MessageKind(
    "decisions/repeated", _("疑点{finding_id}有两条处理意见（另见第{row}行）；请只保留一条")
)

WOULD_BE_LOST = MessageKind(
    "decisions/would-be-lost",
    _("清单中填有处理意见，本次导入没有用到；请加 --decisions 指定该清单，或先将其移到别处"),
)

SHEET = "裁定"
NOTED_SHEET = "仅提示"
_OPTIONS_SHEET = "选项"

NAME = Column("person_name", Kind.TEXT, "姓名", "name", null="不涉及某一个人")
KIND = Column("kind", Kind.TEXT, "类型", "kind of finding", null="不掌握")
FIELD = Column("field", Kind.TEXT, "栏目", "field", null="不涉及某一栏")
PLACE = Column("place", Kind.TEXT, "来源", "source", null="不掌握")
WRITTEN = Column("written", Kind.TEXT, "原文", "as written", null="没有")
OPTIONS = Column("options", Kind.TEXT, "选项", "options", null="没有")
NOTE = Column("note", Kind.TEXT, "裁定说明", "note", null="没有")

_COLUMNS = (
    FINDINGS["finding_id"],
    NAME,
    KIND,
    FIELD,
    FINDINGS["text_zh"],
    PLACE,
    WRITTEN,
    OPTIONS,
    DECISIONS["chosen"],
    DECISIONS["decided_by"],
    DECISIONS["decided_on"],
    NOTE,
    FINDINGS["code"],
)
_WIDTHS = (14, 10, 18, 20, 48, 34, 20, 40, 30, 10, 12, 24, 22)
_CHOSEN_AT = 8
_CODE_AT = 12
LAYOUT = SheetLayout(
    SHEET,
    _(
        "需要裁定的疑点（在“处理意见”中选择，并填写裁定人、裁定日期，再次导入时用 --decisions 指定本文件）"
    ),
    tuple(Field(column, required=False, expected=False) for column in _COLUMNS),
)
_NOTED_TITLE = _("仅供提示的疑点（无需裁定；有误的请更正来源文件）")
_ROWS_TO_FIRST = 2
_MOST_DROP_DOWNS = 60_000
"""With more of them in a sheet Excel drops them all; the options stand in their column anyway."""
_MOST_ROWS = 1_000_000
"""Lines of a sheet; Excel takes 1,048,576."""
_MANY = 20_000
"""From so many lines on, rows go to disk as they are written."""
_LINE_HEIGHT = 18


def write_decisions(
    roster: Roster,
    path: Path,
    unused: Iterable[Decision] = (),
    titles: TitleReview | None = None,
) -> int:
    """Write the workbook; returns how many questions are open.

    Parameters
    ----------
    unused
        Decisions that met no finding this time; they are kept at the end of the list.
    titles
        What titles are taken for, with the answers so far; None leaves their sheet out.
    """
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    files = dict(roster["sources"].select("source_id", "file_name").iter_rows())
    settled = {row["finding_id"]: row for row in roster["decisions"].iter_rows(named=True)}
    findings = sorted(
        roster["findings"].iter_rows(named=True),
        key=lambda row: (
            row["code"],
            names.get(row["person_id"], ""),
            row["person_id"] or "",
            row["finding_id"],
        ),
    )
    to_decide = [row for row in findings if row["options_json"] is not None]
    to_decide.sort(key=lambda row: row["state"] != FindingState.OPEN)
    lines = [_line(row, names, files, settled.get(row["finding_id"])) for row in to_decide]
    options = [json.loads(row["options_json"]) for row in to_decide]
    for decision in unused:
        lines.append(_kept_line(decision))
        options.append([])
    noted = [
        _line(row, names, files, None) for row in findings if row["state"] == FindingState.NOTED
    ]
    with replacing_file(path) as part:
        _write(part, lines, options, noted, roster, titles)
    return sum(row["state"] == FindingState.OPEN for row in to_decide)


def _line(
    row: dict[str, Any],
    names: dict[str, str],
    files: dict[str, str],
    decision: dict[str, Any] | None,
) -> list[str]:
    table = TABLES.get(row["table_name"] or "")
    field = table.zh if table else ""
    if table and row["column_name"] in table:
        field = f"{field}·{table[row['column_name']].zh}"
    place = row["source_place"] or files.get(row["source_id"], "")
    written = json.loads(row["values_json"]).get("written", "")
    options = json.loads(row["options_json"]) if row["options_json"] else []
    decided = ["", "", "", ""]
    if decision is not None:
        day = f"{decision['decided_on']:%Y%m%d}"
        decided = [decision["chosen"], decision["decided_by"], day, decision["note"] or ""]
    return [
        row["finding_id"],
        names.get(row["person_id"], ""),
        finding_title(row["code"]),
        field,
        row["text_zh"],
        place,
        str(written),
        "\n".join(options),
        *decided,
        row["code"],
    ]


def _kept_line(decision: Decision) -> list[str]:
    day = f"{decision.decided_on:%Y%m%d}"
    decided = [decision.chosen, decision.decided_by, day, decision.note]
    return [decision.finding_id, *([""] * (_CHOSEN_AT - 1)), *decided, ""]


def _write(
    part: Path,
    lines: Sequence[Sequence[str]],
    options: Sequence[Sequence[str]],
    noted: Sequence[Sequence[str]],
    roster: Roster,
    titles: TitleReview | None,
) -> None:
    is_long = len(lines) + len(noted) > _MANY
    book = xlsxwriter.Workbook(str(part), {"strings_to_urls": False, "constant_memory": is_long})
    try:
        book.set_properties({"created": UNDATED})
        base = {"font_name": "宋体", "font_size": 11, "valign": "top", "text_wrap": True}
        title = book.add_format({"font_name": "宋体", "font_size": 14, "bold": True})
        head = book.add_format({**base, "border": 1, "bold": True, "bg_color": "#E8EDF3"})
        cell = book.add_format({**base, "border": 1, "num_format": "@"})
        answer = book.add_format({**base, "border": 1, "num_format": "@", "bg_color": "#FFF8DC"})
        sheet = book.add_worksheet(SHEET)
        lists = book.add_worksheet(_OPTIONS_SHEET)
        _write_rows(sheet, LAYOUT.title, _COLUMNS, _WIDTHS, lines, (title, head, cell, answer))
        for at, given in enumerate(options):
            for position, option in enumerate(given):
                lists.write_string(at, position, option, cell)
            if given and at < _MOST_DROP_DOWNS:
                last = xlsxwriter.utility.xl_col_to_name(len(given) - 1, col_abs=True)
                source = f"={_OPTIONS_SHEET}!$A${at + 1}:{last}${at + 1}"
                row = at + _ROWS_TO_FIRST
                sheet.data_validation(
                    row, _CHOSEN_AT, row, _CHOSEN_AT, {"validate": "list", "source": source}
                )
        lists.hide()
        for start in range(0, len(noted), _MOST_ROWS):
            number = start // _MOST_ROWS + 1
            extra = book.add_worksheet(NOTED_SHEET + (str(number) if number > 1 else ""))
            kept = (*range(_CHOSEN_AT - 1), _CODE_AT)
            columns, widths = [_COLUMNS[at] for at in kept], [_WIDTHS[at] for at in kept]
            shown = [[line[at] for at in kept] for line in noted[start : start + _MOST_ROWS]]
            _write_rows(extra, _NOTED_TITLE, columns, widths, shown, (title, head, cell, cell))
        if titles is not None:
            write_sheet(book, titles, roster)
    finally:
        book.close()


def _write_rows(
    sheet: Any,
    title: str,
    columns: Sequence[Column],
    widths: Sequence[int],
    lines: Sequence[Sequence[str]],
    formats: tuple[Any, Any, Any, Any],
) -> None:
    title_format, head, cell, answer = formats
    sheet.write_string(0, 0, title, title_format)
    for at, column in enumerate(columns):
        sheet.write_string(1, at, column.zh, head)
        sheet.set_column(at, at, widths[at])
    for row, line in enumerate(lines, start=_ROWS_TO_FIRST):
        for at, text in enumerate(line):
            sheet.write_string(row, at, text, answer if _CHOSEN_AT <= at < _CODE_AT else cell)
        sheet.set_row(row, _LINE_HEIGHT * _lines_of(line, widths))
    sheet.freeze_panes(_ROWS_TO_FIRST, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)


def _lines_of(cells: Sequence[str], widths: Sequence[int]) -> int:
    """Lines of the tallest cell: not every office program fits the height of wrapped text."""
    return max(
        sum(-(-display_width(part) // (width - 1)) or 1 for part in text.split("\n"))
        for text, width in zip(cells, widths, strict=True)
    )


def answers_would_be_lost(
    listing: Path, used: Iterable[Decision], titles: Iterable[TitleAnswer] = ()
) -> list[Problem]:
    """What speaks against writing the list anew: answers in it that this import does not use.

    A list that cannot be read, or is half filled, holds somebody's work as well.
    """
    if not listing.exists():
        return []
    taken = {(decision.finding_id, decision.chosen) for decision in used}
    said = {(answer.question_id, answer.chosen) for answer in titles}
    try:
        is_lost = any((d.finding_id, d.chosen) not in taken for d in read_decisions(listing))
        is_lost |= any((a.question_id, a.chosen) not in said for a in read_answers(listing))
    except BadInput:
        is_lost = True
    return [Problem(WOULD_BE_LOST(), Location(str(listing)))] if is_lost else []


def read_decisions(path: Path) -> list[Decision]:
    """The rows in which somebody wrote a decision.

    Raises
    ------
    BadInput
        With every row that names no finding, no person or no day, or a finding twice.
    """
    book = open_book(path)
    problems = ProblemLog()
    if SHEET not in book.sheet_names:
        problems.add(MISSING_SHEET(sheet=SHEET), Location(book.name))
        problems.stop_if_any()
    decisions: dict[str, Decision] = {}
    for row in read_sheet(book, LAYOUT, problems, []):
        chosen = row.get("chosen")
        if chosen is None:
            continue
        for column in (FINDINGS["finding_id"], DECISIONS["decided_by"], DECISIONS["decided_on"]):
            if row.get(column.name) is None:
                at = Location(row.at.file, row.at.sheet, row.at.row, column.zh)
                problems.add(WHO_AND_WHEN(column=column.zh), at)
        finding = row.get("finding_id")
        if finding in decisions:
            earlier = decisions[finding].at.row
            problems.add(REPEATED(finding_id=finding, row=earlier), row.at)
        if finding and row.get("decided_by") and row.get("decided_on"):
            at = Location(row.at.file, row.at.sheet, row.at.row, DECISIONS["chosen"].zh)
            decisions[finding] = Decision(
                finding,
                chosen,
                row.get("decided_by"),
                row.get("decided_on"),
                row.get("note") or "",
                at,
            )
    problems.stop_if_any()
    return list(decisions.values())
