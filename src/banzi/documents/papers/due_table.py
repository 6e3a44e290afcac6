"""到期事项清单: what falls due when, on what basis, and what to do next.

Figures come from `due.due_list`; the same cells are printed on the terminal. Basis is given by
numbers that the notes explain, with how well each clause is known. Lines without a date are put
together by what is missing, so that a column nobody filled in is one line and not a thousand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from banzi.documents.papers.due_basis import basis_numbers, notes
from banzi.documents.papers.office_table import Group, Heading, OfficeTable, Row
from banzi.documents.papers.wording import day_text
from banzi.due.due_list import DueLine, DueList
from banzi.due.entries import DueKind
from banzi.due.overview import HALF_YEAR, YEAR
from banzi.kernel.columns import Labelled
from banzi.kernel.dates import month_of, month_parts, month_text
from banzi.kernel.messages import Language, name_in, render, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.roster import TABLES

TITLE = _("到期事项清单")
COLUMNS = (
    Heading(_("姓名"), 18, align="name"),
    Heading(_("现任职务"), 46, align="left"),
    Heading(_("事项"), 26),
    Heading(_("内容"), 40, align="left"),
    Heading(_("到期"), 22),
    Heading(_("依据"), 12),
    Heading(_("下一步"), 44, align="left"),
    Heading(_("待核"), 50, align="left"),
)
_NAMES_SHOWN = 12

_UNTIL, NOTHING = _("到{month}止"), _("所选范围内，到所列年月没有到期事项。")
OVERDUE, _THIS_MONTH = _("已到期"), _("{year}年{month}月")
_FIRST_HALF, _SECOND_HALF = _("{year}年上半年"), _("{year}年下半年")
_OPEN = _("待核：缺事实，到期年月不能确定")
_HEADED = _("{title}　{count}项")
_COUNT, _PERSONS = _("共{count}项"), _("{count}人")
_AND_OTHERS, _MISSING, _UNKNOWN = _("{names}等"), _("缺{columns}"), _("不明")
_POSSIBLE, _COMPLETE = _("可能{when}"), _("补全所缺事实后重列")


def due_table(listed: DueList, scope: str = "", language: Language = "zh") -> OfficeTable:
    """The list, grouped by month (every half-year that begins within a year) and half-year."""
    rows: list[Row | Group] = []
    for title, lines in line_groups(listed, language):
        rows.append(Group(title))
        rows += [Row(each) for each in lines]
    left, right = left_and_right(listed)
    return OfficeTable(
        TITLE,
        COLUMNS,
        rows,
        subtitle=scope,
        left=left,
        right=right,
        empty=NOTHING,
        notes=notes(listed, language) if rows else (),
        points=9,
        least_height=8,
    )


def left_and_right(listed: DueList) -> tuple[str, str]:
    """The line over a table: the day and up to when, and how many."""
    until = render(_UNTIL, {"month": month_text(listed.until)})
    count = render(_COUNT, {"count": len(listed.every)})
    return f"{day_text(listed.case.as_of)}，{until}", count


def line_groups(
    listed: DueList, language: Language = "zh"
) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Headings with their lines as cells in the order of `COLUMNS`; the open ones come last."""
    today = month_of(listed.case.as_of)
    numbers = basis_numbers(listed)

    def heading(line: DueLine) -> str:
        month = line.month or 0
        if month < today:
            return translate(OVERDUE, language)
        year, number = month_parts(month)
        # A half-year that begins within the year is shown by months to its end, so that no
        # heading means months that another one names.
        if month - (number - 1) % HALF_YEAR - today < YEAR:
            return render(_THIS_MONTH, {"year": year, "month": number}, language)
        half = _FIRST_HALF if number <= HALF_YEAR else _SECOND_HALF
        return render(half, {"year": year}, language)

    several = len(listed.kinds) > 1
    for title, found in groupby(listed.lines, heading):
        lines = list(found)
        yield _headed(title, len(lines), language), list(_dated(lines, numbers, several, language))
    if listed.open_lines:
        title = _headed(translate(_OPEN, language), len(listed.open_lines), language)
        yield title, [_together(lines, numbers, language) for lines in open_groups(listed)]


def open_groups(listed: DueList) -> list[list[DueLine]]:
    """Lines without a date that lack the same facts and raise the same doubts, kind by kind."""
    groups: dict[tuple[object, ...], list[DueLine]] = {}
    for line in sorted(listed.open_lines, key=lambda line: listed.kinds.index(line.kind)):
        groups.setdefault((line.kind.id, line.missing, _first(line)), []).append(line)
    return list(groups.values())


def _first(line: DueLine) -> tuple[object, ...]:
    """What keeps lines that lack nothing apart."""
    return () if line.missing else (line.doubts, line.when)


def _dated(
    lines: Sequence[DueLine], numbers: dict[str, str], several: bool, language: Language
) -> Iterator[tuple[str, ...]]:
    """Lines as cells; in a list of several kinds those due for everybody are put together."""
    bulk: dict[str, list[DueLine]] = {}
    for line in lines:
        if several and line.kind.in_bulk:
            bulk.setdefault(line.kind.id, []).append(line)
        else:
            yield cells(line, numbers, language)
    for same in bulk.values():
        if len(same) == 1:
            yield cells(same[0], numbers, language)
            continue
        first = replace(same[0], name=_persons(same, language), posts=_names(same, language))
        about = first.about.split("，")[0]
        yield cells(replace(first, about=about), numbers, language)


def cells(line: DueLine, numbers: dict[str, str], language: Language = "zh") -> tuple[str, ...]:
    """One line in the order of `COLUMNS`."""
    when = line.when or translate(_UNKNOWN, language)
    if line.month is None and line.when:
        when = render(_POSSIBLE, {"when": line.when}, language)
    step = name_of(line.step, language)
    if line.month is None and line.missing:
        step = translate(_COMPLETE, language)
    return (
        line.name,
        line.posts,
        kind_name(line.kind, language),
        line.about,
        when,
        "".join(numbers[each] for each in line.basis),
        step,
        "；".join(remarks(line, language)),
    )


def remarks(line: DueLine, language: Language = "zh") -> list[str]:
    """What is missing and what somebody must confirm."""
    said = []
    if line.missing:
        columns = [column_name(each, language) for each in line.missing]
        said.append(render(_MISSING, {"columns": columns}, language))
    return said + [name_of(doubt, language) for doubt in line.doubts]


def _together(
    lines: Sequence[DueLine], numbers: dict[str, str], language: Language
) -> tuple[str, ...]:
    if len(lines) == 1:
        return cells(lines[0], numbers, language)
    first, last = lines[0], lines[-1]
    earliest = [line.earliest for line in lines]
    latest = [line.latest for line in lines]
    known = None not in earliest and None not in latest
    basis = tuple(dict.fromkeys(name for line in lines for name in line.basis))
    doubts = tuple(doubt for doubt in first.doubts if all(doubt in line.doubts for line in lines))
    put = replace(
        first,
        name=_persons(lines, language),
        posts=_names(lines, language),
        about=first.about if first.about == last.about else "",
        earliest=min(each for each in earliest if each is not None) if known else None,
        latest=max(each for each in latest if each is not None) if known else None,
        basis=basis,
        doubts=doubts,
    )
    return cells(put, numbers, language)


def _persons(lines: Sequence[DueLine], language: Language) -> str:
    count = len({line.person_id for line in lines})
    return render(_PERSONS, {"count": count}, language)


def _names(lines: Sequence[DueLine], language: Language) -> str:
    people = {line.person_id: line.name for line in lines}
    names = list(people.values())
    shown = "、".join(names[:_NAMES_SHOWN])
    return shown if len(names) <= _NAMES_SHOWN else render(_AND_OTHERS, {"names": shown}, language)


def column_name(name: str, language: Language = "zh") -> str:
    """What a column is called on screens."""
    for table in TABLES.values():
        if name in table.schema:
            column = table[name]
            return name_in(column, language)
    return name


def kind_name(kind: DueKind, language: Language = "zh") -> str:
    return name_in(kind, language)


def name_of(word: Labelled, language: Language = "zh") -> str:
    return name_in(word, language)


def _headed(title: str, count: int, language: Language) -> str:
    return render(_HEADED, {"title": title, "count": count}, language)
