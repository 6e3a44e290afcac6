"""The sheet 职务推断 of `decisions.xlsx`: what titles are taken for, and a person's word on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from banzi.codes.levels import LADDER
from banzi.codes.lookup import load
from banzi.documents.codecs.workbook.opening import open_book
from banzi.documents.codecs.workbook.sheets import Field, SheetLayout, read_sheet
from banzi.documents.codecs.workbook.writing import display_width
from banzi.documents.titles.answers import TitleAnswer, Verdict
from banzi.documents.titles.organ_finding import Confidence
from banzi.documents.titles.questions import Question, Questions
from banzi.kernel.columns import Column, Kind
from banzi.kernel.errors import Location, ProblemLog
from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import Roster

SHEET = "职务推断"
REPEATED = MessageKind(
    "titles/repeated-answer", _("职务推断{question}有两条确认（另见第{row}行）；请只保留一条")
)
CHANGED_TO_NOTHING = MessageKind(
    "titles/changed-to-nothing", _("选了“改为”，请在“改为机构”“改为职务”“改为层次”中至少填一项")
)
CHANGED_WITHOUT_WORD = MessageKind(
    "titles/changed-without-word", _("填了“改为……”的内容，请在“确认”中选“改为”")
)
WRONG_CELL = MessageKind(
    "titles/wrong-cell", _("“{column}”填的“{written}”不能识别；请从下拉选项中选择或按格式填写")
)
NO_NUMBER = MessageKind("titles/no-number", _("填了确认，但没有“编号”；请不要改动编号"))

_NOT_FILLED = "没有"
_COLUMNS = (
    Column("question_id", Kind.TEXT, "编号", "number", null=_NOT_FILLED),
    Column("written", Kind.TEXT, "原文", "as written", null=_NOT_FILLED),
    Column("people", Kind.TEXT, "涉及人员", "persons", null=_NOT_FILLED),
    Column("organ", Kind.TEXT, "推断机构", "organ taken for", null=_NOT_FILLED),
    Column("post", Kind.TEXT, "推断职务", "post taken for", null=_NOT_FILLED),
    Column("level", Kind.TEXT, "推断层次", "level taken for", null=_NOT_FILLED),
    Column("confidence", Kind.TEXT, "把握", "confidence", null=_NOT_FILLED),
    Column("reasons", Kind.TEXT, "理由", "reasons", null=_NOT_FILLED),
    Column("verdict", Kind.CHOICE, "确认", "decision", null=_NOT_FILLED, choices=Verdict),
    Column("new_organ", Kind.TEXT, "改为机构", "other organ", null=_NOT_FILLED),
    Column("new_post", Kind.TEXT, "改为职务", "other post", null=_NOT_FILLED),
    Column(
        "new_level", Kind.CODE, "改为层次", "other level", null=_NOT_FILLED, codes="post_level_zb09"
    ),
    Column("decided_by", Kind.TEXT, "确认人", "decided by", null=_NOT_FILLED),
    Column("decided_on", Kind.DATE, "确认日期", "decided on", null=_NOT_FILLED),
)
_WIDTHS = (15, 30, 22, 26, 20, 13, 6, 36, 9, 20, 16, 13, 9, 11)
_CONFIDENCE_AT = 6
_ANSWERS_AT = _VERDICT_AT = 8
_LEVEL_AT = 11
LAYOUT = SheetLayout(
    SHEET,
    _(
        "由现任职务和简历推断的机构、职务、层次，未经确认不采用。"
        "请在“确认”中选择，改的填“改为……”；再次导入时用 --decisions 指定本文件"
    ),
    tuple(Field(column, required=False, expected=False) for column in _COLUMNS),
)
_SHADES = {Confidence.HIGH: "#E3F1E3", Confidence.MEDIUM: "#FFF3D6", Confidence.LOW: "#F8E0DE"}
_PEOPLE = "{names}（{kinds}）"
_AND_MORE = _("{names}等{count}人")
_PRESENT, _EARLIER = _("现任"), _("简历")
_MOST_NAMES = 3
_LEFT_OUT = _("另有简历职务{count}处，机构不在机构表中，未列入。")
_LINE_HEIGHT = 18


@dataclass(frozen=True, slots=True)
class TitleReview:
    """Questions and the answers so far; an answer whose question is gone is kept at the end."""

    questions: Questions
    answers: tuple[TitleAnswer, ...] = ()

    @property
    def open_count(self) -> int:
        return len(self.questions.by_id().keys() - by_question(self.answers).keys())


def write_sheet(book: Any, review: TitleReview, roster: Roster) -> None:
    """Add the sheet to an open workbook; answers already given are filled in."""
    answers, questions = by_question(review.answers), review.questions
    asked = questions.by_id()
    names = dict(roster["persons"].select("person_id", "name").iter_rows())
    base = {"font_name": "宋体", "font_size": 11, "valign": "top", "text_wrap": True}
    framed = {**base, "border": 1, "num_format": "@"}
    title = book.add_format({"font_name": "宋体", "font_size": 14, "bold": True})
    head = book.add_format({**framed, "bold": True, "bg_color": "#E8EDF3", "align": "center"})
    cell, answer = book.add_format(framed), book.add_format({**framed, "bg_color": "#FFF8DC"})
    grey = book.add_format({**base, "text_wrap": False, "font_color": "#666666"})
    shaded = {
        each: book.add_format({**framed, "align": "center", "bg_color": colour})
        for each, colour in _SHADES.items()
    }
    sheet = book.add_worksheet(SHEET)
    sheet.write_string(0, 0, LAYOUT.title, title)
    for at, column in enumerate(_COLUMNS):
        sheet.write_string(1, at, column.zh, head)
        sheet.set_column(at, at, _WIDTHS[at])
    lines = [
        (_line(question, answers.get(question.id), names), shaded[question.guess.confidence])
        for question in questions.listed
    ]
    lines += [(_kept(gone), cell) for key, gone in answers.items() if key not in asked]
    row = 2
    for line, confidence in lines:
        for at, text in enumerate(line):
            style = confidence if at == _CONFIDENCE_AT else cell
            sheet.write_string(row, at, text, answer if at >= _ANSWERS_AT else style)
        sheet.set_row(row, _LINE_HEIGHT * _lines_of(line))
        row += 1
    if row > 2:
        words = [verdict.zh for verdict in Verdict]
        sheet.data_validation(
            2, _VERDICT_AT, row - 1, _VERDICT_AT, {"validate": "list", "source": words}
        )
        levels = [level_name(code) for code in LADDER]
        sheet.data_validation(
            2,
            _LEVEL_AT,
            row - 1,
            _LEVEL_AT,
            {"validate": "list", "source": levels, "error_type": "warning"},
        )
        sheet.autofilter(1, 0, row - 1, len(_COLUMNS) - 1)
    if questions.left_out:
        sheet.write_string(row, 0, render(_LEFT_OUT, {"count": questions.left_out}), grey)
    sheet.freeze_panes(2, 2)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)


def _line(question: Question, answer: TitleAnswer | None, names: Mapping[str, str]) -> list[str]:
    guess = question.guess
    return [
        question.id,
        guess.written,
        _people(question, names),
        guess.organ_text,
        guess.post_text,
        level_name(guess.level),
        guess.confidence.zh,
        "；".join(reason.text() for reason in guess.reasons),
        *_given(answer),
    ]


def _kept(answer: TitleAnswer) -> list[str]:
    return [answer.question_id, *([""] * (_ANSWERS_AT - 1)), *_given(answer)]


def _given(answer: TitleAnswer | None) -> list[str]:
    if answer is None:
        return [""] * (len(_COLUMNS) - _ANSWERS_AT)
    day = f"{answer.decided_on:%Y%m%d}" if answer.decided_on else ""
    told = (answer.organ, answer.post, level_name(answer.level), answer.decided_by, day)
    return [answer.verdict.zh, *(text or "" for text in told)]


def level_name(code: str | None) -> str:
    """`县处级正职` for a code; "" for none."""
    row = load("post_level_zb09").row(code) if code else None
    return row.name if row is not None else ""


def _people(question: Question, names: Mapping[str, str]) -> str:
    persons = list(dict.fromkeys(at.person_id for at in question.occurrences))
    shown = "、".join(names[person] for person in persons[:_MOST_NAMES])
    if len(persons) > _MOST_NAMES:
        shown = render(_AND_MORE, {"names": shown, "count": len(persons)})
    kinds = [
        word
        for word, holds in (
            (_PRESENT, any(at.segment_no is None for at in question.occurrences)),
            (_EARLIER, any(at.segment_no is not None for at in question.occurrences)),
        )
        if holds
    ]
    return _PEOPLE.format(names=shown, kinds="、".join(kinds))


def _lines_of(cells: Sequence[str]) -> int:
    return max(
        -(-display_width(text) // (width - 1)) or 1
        for text, width in zip(cells, _WIDTHS, strict=True)
    )


def read_answers(path: Path) -> list[TitleAnswer]:
    """The rows in which somebody decided; none from a workbook without the sheet.

    Raises
    ------
    BadInput
        With every row that cannot be used.
    """
    book = open_book(path)
    if SHEET not in book.sheet_names:
        return []
    problems = ProblemLog()
    answers: dict[str, TitleAnswer] = {}
    for row in read_sheet(book, LAYOUT, problems, []):
        changes = [row.get(name) for name in ("new_organ", "new_post", "new_level")]
        verdict = row.get("verdict")
        at = Location(row.at.file, row.at.sheet, row.at.row, "确认")
        if verdict is None:
            if any(changes):
                problems.add(CHANGED_WITHOUT_WORD(), at)
            continue
        decided = next(each for each in Verdict if each == verdict)
        question = row.get("question_id")
        if question is None:
            problems.add(NO_NUMBER(), at)
            continue
        for doubt in row.findings:
            problems.add(WRONG_CELL(column=doubt.at.column or "", written=doubt.written), doubt.at)
        if decided is Verdict.CHANGE and not any(changes) and not row.findings:
            problems.add(CHANGED_TO_NOTHING(), at)
        if decided is not Verdict.CHANGE and any(changes):
            problems.add(CHANGED_WITHOUT_WORD(), at)
        if question in answers:
            earlier = answers[question].at.row
            problems.add(REPEATED(question=question, row=earlier), at)
        organ, post, level = changes
        answers[question] = TitleAnswer(
            question,
            decided,
            organ,
            post,
            level,
            row.get("decided_by"),
            row.get("decided_on"),
            at,
        )
    problems.stop_if_any()
    return list(answers.values())


def by_question(answers: Iterable[TitleAnswer]) -> dict[str, TitleAnswer]:
    """Answers by the number of their question."""
    return {answer.question_id: answer for answer in answers}
