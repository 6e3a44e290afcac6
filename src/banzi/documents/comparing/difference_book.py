"""差异核对表: every difference a row, answered by drop-down; read back; answers kept on a new run.

Two programs share it: the comparison of forms with a workbook, and the merging of an exchange
package. The values shown are not read back. Answers are: by item, and only as long as both values
are what they were when the answer was given.

Not here: what differs (`difference`), what an answer does (`applying`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from banzi.documents.codecs.workbook.opening import open_book
from banzi.documents.codecs.workbook.sheets import MISSING_SHEET, Field, SheetLayout, read_sheet
from banzi.documents.comparing.difference import Difference, differing_lines
from banzi.documents.comparing.meaning import DifferenceKind
from banzi.documents.papers.office_table import A3_LANDSCAPE, Heading, OfficeTable, Row
from banzi.documents.papers.sheets import write_workbook
from banzi.kernel.columns import Column, Kind, Labelled
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.files import replacing_file
from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _

NOT_A_LIST = MessageKind(
    "compare/not-a-list", _("不是差异核对表（缺少或无法读取来源记录）；请用比对命令重新生成")
)
BAD_ANSWER = MessageKind(
    "compare/bad-answer", _("“采用”填的是“{answer}”；请从下拉选项中选：{choices}")
)
NO_VALUE = MessageKind("compare/no-value", _("选了“另填”，但“另填值”是空的；请填写或改选"))
VALUE_UNUSED = MessageKind(
    "compare/value-unused", _("填了“另填值”，但“采用”不是“另填”；请改选“另填”或清空“另填值”")
)
NOT_FREE = MessageKind("compare/not-free", _("此项只能用表一、用表二或不改，不能另填"))
TWICE = MessageKind("compare/item-twice", _("此项在清单中出现两次（另见第{row}行）；请只保留一行"))
UNKNOWN_ITEM = MessageKind(
    "compare/unknown-item", _("清单中的这一项与来源对不上；请重新比对，已填的处理会保留")
)


class Answer(Labelled):
    """What to do about a difference."""

    FIRST = "first", "用表一", "use the first"
    SECOND = "second", "用表二", "use the second"
    OTHER = "other", "另填", "fill in"
    LEAVE = "leave", "不改", "leave as it is"


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as somebody wrote it; `value` only for 另填."""

    item_id: str
    answer: Answer
    value: str
    reason: str
    fingerprint: str
    at: Location
    shown: tuple[str, str, str, str] = ("", "", "", "")
    """Person, field and both values as the list showed them."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the two sides were read, and the SHA-256 of each file then."""

    kind: str
    first: str
    second: str
    files: Mapping[str, str]


@dataclass(slots=True)
class BookData:
    """Everything a difference workbook shows.

    `left_over` are rows of the last sheet: side, person, birth, place, reason.
    """

    title: str
    as_of: date
    sources: Sources
    differences: Sequence[Difference]
    left_over: Sequence[tuple[str, str, str, str, str]] = ()
    notes: Sequence[str] = ()
    answers: Mapping[str, Answered] = field(default_factory=dict)
    lapsed: Sequence[Answered] = ()
    """Answers to values that have changed since, or to differences that are gone."""


SHEET = "差异"
_SOURCES_SHEET = "来源记录"
_LAPSED_SHEET = "以前的处理"
_LEFT_SHEET = "未比对"
_PERSONS_SHEET = "按人统计"
_FIELDS_SHEET = "按栏目统计"
_LONG = 6  # lines; of a longer text only the lines that differ are shown
_BLANK = _("（空）")

PERSON = Column("person_name", Kind.TEXT, "人员", "person", null="没有")
BIRTH = Column("birth_shown", Kind.TEXT, "出生年月", "birth", null="没有")
FIELD = Column("field", Kind.TEXT, "栏目", "field", null="没有")
FIRST = Column("first_value", Kind.TEXT, "表一值", "value in the first", null="没有")
SECOND = Column("second_value", Kind.TEXT, "表二值", "value in the second", null="没有")
KIND = Column("kind", Kind.TEXT, "差别", "difference", null="没有")
NOTE = Column("note", Kind.TEXT, "说明", "note", null="没有")
CHOSEN = Column("chosen", Kind.TEXT, "采用", "use", null="没有处理")
VALUE = Column("own_value", Kind.TEXT, "另填值", "own value", null="没有")
REASON = Column("reason", Kind.TEXT, "理由", "reason", null="没有")
ITEM = Column("item_id", Kind.TEXT, "编号", "item")
MARK = Column("fingerprint", Kind.TEXT, "校验", "fingerprint")

_COLUMNS = (PERSON, BIRTH, FIELD, FIRST, SECOND, KIND, NOTE, CHOSEN, VALUE, REASON, ITEM, MARK)
_WIDTHS = (9, 10, 20, 36, 36, 11, 15, 10, 22, 20, 13, 12)
_MILLIMETRES = 1.9
"""Of a character of a worksheet."""
_ANSWERS_AT = (7, 8, 9)
_CENTRED = (0, 1, 5, 10, 11)
LAYOUT = SheetLayout(
    SHEET, "", tuple(Field(column, required=False, expected=False) for column in _COLUMNS)
)

_COUNTS = _(
    "共{count}处：不一致{differs}，表一缺{missing_first}，表二缺{missing_second}，仅写法不同{wording}"
)
_TITLE_LEFT = _("表一：{first}　表二：{second}")
_HOW = _(
    "在“采用”栏选择：用表一、用表二、另填（并填“另填值”）、不改。空着的不处理。填好后存盘，再运行写回命令。"
)
_NOTHING = _("没有差异。")
_LEFT_HEAD = (_("来源"), _("人员"), _("出生年月"), _("位置"), _("原因"))
_LEFT_WIDTHS = (22, 12, 12, 30, 60)
_KIND_HEAD = tuple(kind.zh for kind in DifferenceKind)


def counts_text(differences: Iterable[Difference]) -> str:
    counted = Counter(each.kind for each in differences)
    values = {str(kind): counted[kind] for kind in DifferenceKind}
    return render(_COUNTS, {"count": sum(counted.values()), **values})


def write_differences(data: BookData, path: Path) -> None:
    """Write the workbook, whole or not at all; OSError when the place cannot be written."""
    left = render(
        _TITLE_LEFT,
        {"first": Path(data.sources.first).name, "second": Path(data.sources.second).name},
    )
    tables = [
        _list(data, left),
        _counts(data, left, _PERSONS_SHEET, PERSON.zh, _by_person(data.differences)),
        _counts(data, left, _FIELDS_SHEET, FIELD.zh, by_field(data.differences)),
    ]
    if data.left_over or data.notes:
        tables.append(_left_over(data, left))
    if data.lapsed:
        tables.append(_lapsed(data, left))
    tables.append(_sources(data.sources))
    with replacing_file(path) as part:
        write_workbook(tables, part, data.as_of)


def _list(data: BookData, left: str) -> OfficeTable:
    columns = tuple(
        Heading(
            column.zh,
            width * _MILLIMETRES,
            align="center" if at in _CENTRED else "left",
            answer=at in _ANSWERS_AT,
            hidden=column in (ITEM, MARK),
        )
        for at, (column, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True))
    )
    return OfficeTable(
        title=data.title,
        columns=columns,
        rows=[_difference_row(data, each) for each in data.differences],
        left=left,
        right=counts_text(data.differences),
        notes=[_HOW if data.differences else _NOTHING],
        sheet=SHEET,
        page=A3_LANDSCAPE,
    )


def _difference_row(data: BookData, each: Difference) -> Row:
    given = data.answers.get(each.item_id)
    answer = ("", "", "") if given is None else (given.answer.zh, given.value, given.reason)
    first, second = shown_values(each)
    cells = (each.person, each.birth, each.field, first, second, each.kind.zh, each.note)
    words = [a.zh for a in Answer if each.free or a is not Answer.OTHER]
    return Row((*cells, *answer, each.item_id, each.fingerprint), offers={_ANSWERS_AT[0]: words})


def shown_values(each: Difference) -> tuple[str, str]:
    """Both values for a cell; of long texts the lines that differ."""
    first, second = each.first, each.second
    if first and second and max(first.count("\n"), second.count("\n")) >= _LONG:
        ones, others = differing_lines(first, second)
        first, second = "\n".join(ones), "\n".join(others)
    return first or _BLANK, second or _BLANK


def _by_person(differences: Sequence[Difference]) -> dict[str, Counter[DifferenceKind]]:
    return _counted(differences, lambda each: f"{each.person} {each.birth}".strip())


def by_field(differences: Sequence[Difference]) -> dict[str, Counter[DifferenceKind]]:
    """Field → how many of each kind; the lines of a family count as one field."""
    return _counted(differences, lambda each: each.field.partition("“")[0] or each.field)


def _counted(differences: Sequence[Difference], key: Any) -> dict[str, Counter[DifferenceKind]]:
    found: dict[str, Counter[DifferenceKind]] = {}
    for each in differences:
        found.setdefault(key(each), Counter())[each.kind] += 1
    return found


def _counts(
    data: BookData,
    left: str,
    name: str,
    head: str,
    counted: Mapping[str, Counter[DifferenceKind]],
) -> OfficeTable:
    columns = [Heading(head, 65, align="left"), *(Heading(text, 30) for text in _KIND_HEAD)]
    rows = [
        Row((key, *(kinds[kind] for kind in DifferenceKind), sum(kinds.values())))
        for key, kinds in counted.items()
    ]
    columns.append(Heading(_("合计"), 30))
    return OfficeTable(data.title, tuple(columns), rows, left=left, sheet=name)


def _left_over(data: BookData, left: str) -> OfficeTable:
    heads = zip(_LEFT_HEAD, _LEFT_WIDTHS, strict=True)
    columns = tuple(
        Heading(text, width * _MILLIMETRES, align="center" if at in (1, 2) else "left")
        for at, (text, width) in enumerate(heads)
    )
    rows = [Row(tuple(row)) for row in data.left_over]
    return OfficeTable(
        data.title, columns, rows, left=left, notes=list(data.notes), sheet=_LEFT_SHEET
    )


_LAPSED_COLUMNS = (PERSON, FIELD, FIRST, SECOND, CHOSEN, VALUE, REASON)


def _lapsed(data: BookData, left: str) -> OfficeTable:
    columns = tuple(
        Heading(column.zh, 38, align="left" if at else "center")
        for at, column in enumerate(_LAPSED_COLUMNS)
    )
    rows = [Row((*each.shown, each.answer.zh, each.value, each.reason)) for each in data.lapsed]
    right = _("这些处理所对的值已变化或已一致，不再生效")
    return OfficeTable(data.title, columns, rows, left=left, right=right, sheet=_LAPSED_SHEET)


def _sources(sources: Sources) -> OfficeTable:
    rows = [Row((key, str(getattr(sources, key)))) for key in ("kind", "first", "second")]
    rows += [
        Row(("file", json.dumps([name, digest], ensure_ascii=False)))
        for name, digest in sources.files.items()
    ]
    columns = (Heading("key", 40), Heading("value", 180, align="left"))
    return OfficeTable("", columns, rows, sheet=_SOURCES_SHEET, for_program=True)


def read_differences(path: Path) -> tuple[Sources, list[Answered]]:
    """Where the list came from, and every answer in it.

    Raises
    ------
    BadInput
        When it is no such list, or answers are half filled: every row of them.
    """
    book = open_book(path)
    problems = ProblemLog()
    for name in (SHEET, _SOURCES_SHEET):
        if name not in book.sheet_names:
            problems.add(MISSING_SHEET(sheet=name), Location(book.name))
    problems.stop_if_any()
    sources = _read_sources(book.sheet(_SOURCES_SHEET), str(path))
    answered: dict[str, Answered] = {}
    for row in read_sheet(book, LAYOUT, problems, []):
        given = _answer(row.values, row.at, problems)
        if given is None:
            continue
        if given.item_id in answered:
            problems.add(TWICE(row=answered[given.item_id].at.row), row.at)
        answered[given.item_id] = given
    problems.stop_if_any()
    return sources, list(answered.values())


def _read_sources(rows: Iterable[list[Any]], name: str) -> Sources:
    told: dict[str, str] = {}
    files: dict[str, str] = {}
    try:
        for row in rows:
            if str(row[0]) == "file":
                file, digest = json.loads(row[1])
                files[str(file)] = str(digest)
            elif str(row[0]):
                told[str(row[0])] = str(row[1])
        return Sources(told["kind"], told["first"], told["second"], files)
    except (KeyError, ValueError, TypeError, IndexError):
        raise BadInput([Problem(NOT_A_LIST(), Location(name))]) from None


def _answer(values: Mapping[str, Any], at: Location, problems: ProblemLog) -> Answered | None:
    chosen, value = values.get("chosen"), str(values.get("own_value") or "").strip()
    if not values.get("item_id"):
        if chosen or value:
            problems.add(UNKNOWN_ITEM(), at)
        return None
    if not chosen and not value:
        return None
    answer = Answer.from_zh(str(chosen or "").strip())
    if answer is None:
        if chosen:
            choices = [each.zh for each in Answer]
            problems.add(BAD_ANSWER(answer=chosen, choices=choices), _cell(at, CHOSEN))
        else:
            problems.add(VALUE_UNUSED(), _cell(at, VALUE))
        return None
    if answer is Answer.OTHER and not value:
        problems.add(NO_VALUE(), _cell(at, VALUE))
    elif answer is not Answer.OTHER and value:
        problems.add(VALUE_UNUSED(), _cell(at, VALUE))
    shown = tuple(str(values.get(column.name) or "") for column in (PERSON, FIELD, FIRST, SECOND))
    return Answered(
        str(values["item_id"]),
        answer,
        value,
        str(values.get("reason") or ""),
        str(values.get("fingerprint") or ""),
        at,
        (shown[0], shown[1], shown[2], shown[3]),
    )


def _cell(at: Location, column: Column) -> Location:
    return Location(at.file, at.sheet, at.row, column.zh)


def carry_answers(
    path: Path, differences: Iterable[Difference]
) -> tuple[dict[str, Answered], list[Answered]]:
    """Answers of an earlier list at this place: those still good, and those that have lapsed.

    Raises
    ------
    BadInput
        When a file stands there that is no such list, or one with half-filled answers: it is
        somebody's work and is not written over.
    """
    if not path.exists():
        return {}, []
    known = {each.item_id: each.fingerprint for each in differences}
    kept, lapsed = {}, _read_lapsed(path)
    for given in read_differences(path)[1]:
        if known.get(given.item_id) == given.fingerprint:
            kept[given.item_id] = given
        else:
            lapsed.append(given)
    return kept, lapsed


def _read_lapsed(path: Path) -> list[Answered]:
    """Answers that lapsed on earlier runs: somebody's reasons are not thrown away."""
    book = open_book(path)
    if _LAPSED_SHEET not in book.sheet_names:
        return []
    fields = tuple(Field(column, required=False) for column in _LAPSED_COLUMNS)
    found = []
    for row in read_sheet(book, SheetLayout(_LAPSED_SHEET, "", fields), ProblemLog(), []):
        told = [str(row.get(column.name) or "") for column in _LAPSED_COLUMNS]
        answer = Answer.from_zh(told[4])
        if answer is not None:
            shown = (told[0], told[1], told[2], told[3])
            found.append(Answered("", answer, told[5], told[6], "", row.at, shown))
    return found
