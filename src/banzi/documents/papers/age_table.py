"""干部到龄情况表: who reaches which age when, with the wave by half-year; as sheet, document or page.

Figures come from `due.age_list`; the same cells are printed on the terminal. Basis is given by
numbers that the notes under the table explain, so that the column stays narrow.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Literal

from banzi.documents.papers.charts import ColumnChart
from banzi.documents.papers.office_table import Group, Heading, OfficeTable, Row
from banzi.documents.papers.paper_kinds import (
    BAD_VALUE,
    Need,
    Option,
    PaperKind,
    Request,
    of_tables,
)
from banzi.documents.papers.wording import count_text, day_text
from banzi.due.age_list import AgeLine, AgeList, age_list
from banzi.due.entries import DueCase
from banzi.due.limits import AgeLimits
from banzi.due.nomination import Nomination
from banzi.due.reading_limits import read_limits
from banzi.due.retiring import CLAUSE
from banzi.due.scope import Scope, people_in
from banzi.due.wave import HALF_YEAR, Wave, wave
from banzi.due.words import Doubt
from banzi.kernel.dates import (
    Precision,
    month_index,
    month_of,
    month_parts,
    month_text,
    parse_partial_date,
)
from banzi.kernel.errors import BanziError
from banzi.kernel.logic import Truth
from banzi.kernel.messages import Language, Message, MessageKind, name_in, render, translate
from banzi.kernel.messages import gettext_noop as _
from banzi.law import load_law
from banzi.teams.choices import RegionTier

Grouping = Literal["year", "month"]

TITLE = _("干部到龄情况表")
COLUMNS = (
    Heading(_("姓名"), 15, align="name"),
    Heading(_("现任职务"), 56, align="left"),
    Heading(_("出生年月"), 17),
    Heading(_("法定退休年月"), 24),
    Heading(_("任职年龄界限到龄年月"), 23),
    Heading(_("换届时年龄"), 17),
    Heading(_("能否提名（连任/新提名）"), 27),
    Heading(_("依据"), 14),
    Heading(_("待核"), 48, align="left"),
)

_WAVE_SHEET = _("到龄高峰")
_WAVE_TITLE = _("分半年到龄人数")
_WAVE_COLUMNS = (_("班子层级"), _("合计"))
_WAVE_NOTE = _("按先到的年月计（法定退休或任职年龄界限）；已到龄和年月不能确定的不计入。")
_TOTAL, _NOBODY = _("合计"), _("所选范围内，到所列年月没有到龄人员。")
_NO_TIER, _NO_TEAM = _("层级不明"), _("不在班子")
_UNTIL = _("到{month}止")
_ALREADY = _("已到龄（截至{month}）")
_OF_YEAR = _("{year}年")
_OF_MONTH = _("{year}年{month}月")
_OPEN = _("到龄年月不能确定，请先核实")
_FIRST_HALF, _SECOND_HALF = _("{year}上半年"), _("{year}下半年")
_AGE, _AGE_BETWEEN = _("{years}岁"), _("{low}—{high}岁")
_AGE_AT = "{age}（{month}）"
_NOT_SET, _UNKNOWN, _NOT_IN_TEAM = _("未设"), _("不明"), "—"
_MAY = {True: _("可"), False: _("超龄"), None: _("不明")}
_BOTH = "{again}/{new}"
_TO_CONFIRM = _("{month}（待核）")
_NOTE_LAW = _("①法定退休年龄：渐进式延迟法定退休年龄的规定（{clause}），公务员到龄及时退休。")
_NOTE_RULE = _("{number}{title}：{source}。")
_NOTE_NO_LIMIT = _("未设任职年龄界限的职位不作判断；法定退休年月与任职年龄界限是两回事。")
_NOTE_AGE = _(
    "换届时年龄按换届年月计算周岁，不计日；“连任”为继续提名现任职位，“新提名”为初次提名。"
)
_NUMBERS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def age_table(listed: AgeList, by: Grouping = "year", scope: str = "") -> OfficeTable:
    """The list as an office table, grouped by year or month; `scope` names team or organ."""
    numbers = basis_numbers(listed)
    rows: list[Row | Group] = []
    for text, lines in line_groups(listed, by):
        rows.append(Group(f"{text}　{count_text(len(lines))}"))
        rows += [Row(cells(line, listed, numbers)) for line in lines]
    until = render(_UNTIL, {"month": month_text(listed.until)})
    return OfficeTable(
        TITLE,
        COLUMNS,
        rows,
        subtitle=scope,
        left=f"{day_text(listed.case.as_of)}，{until}",
        right=count_text(len(listed.every)),
        empty=_NOBODY,
        notes=notes(listed, numbers),
        points=9,
    )


def wave_table(listed: AgeList, scope: str = "") -> OfficeTable:
    """Counts by half-year and tier, with a chart; a table of its own."""
    found = wave(listed)
    heads = [half_year(start) for start in found.starts]
    first, last = _WAVE_COLUMNS
    columns = (Heading(first, 26), *(Heading(text, 18) for text in heads), Heading(last, 14))
    rows: list[Row | Group] = []
    for (tier, in_team), counts in found.counts.items():
        rows.append(Row((tier_text(tier, in_team), *counts, sum(counts))))
    if len(rows) > 1:
        whole = [sum(each) for each in zip(*found.counts.values(), strict=True)]
        rows.append(Row((_TOTAL, *whole, sum(whole)), strong=True))
    return OfficeTable(
        _WAVE_TITLE,
        columns,
        rows,
        subtitle=scope,
        left=day_text(listed.case.as_of),
        right=count_text(found.total),
        empty=_NOBODY,
        notes=(_WAVE_NOTE,),
        points=9,
        sheet=_WAVE_SHEET,
        chart=wave_chart(found) if found.total else None,
    )


def wave_chart(found: Wave) -> ColumnChart:
    """The counts as stacked columns, one a half-year."""
    return ColumnChart(
        _WAVE_TITLE,
        tuple(half_year(start) for start in found.starts),
        tuple((tier_text(*key), counts) for key, counts in found.counts.items()),
    )


def half_year(start: int, language: Language = "zh") -> str:
    year, month = month_parts(start)
    return render(_FIRST_HALF if month <= HALF_YEAR else _SECOND_HALF, {"year": year}, language)


def tier_text(tier: RegionTier | None, in_team: bool, language: Language = "zh") -> str:
    if tier is not None:
        return name_in(tier, language)
    return translate(_NO_TIER if in_team else _NO_TEAM, language)


def cells(
    line: AgeLine, listed: AgeList, numbers: dict[str, str], language: Language = "zh"
) -> tuple[str, ...]:
    """One line in the order of `COLUMNS`."""
    retirement = _UNKNOWN
    if line.retirement_month is not None:
        retirement = month_text(line.retirement_month)
        if not line.is_retirement_certain:
            retirement = render(_TO_CONFIRM, {"month": retirement}, language)
    limit = _NOT_IN_TEAM if not line.in_team else _UNKNOWN if line.is_limit_set else _NOT_SET
    if line.limit_month is not None:
        limit = month_text(line.limit_month)
    return (
        line.name,
        line.posts,
        line.birth or translate(_UNKNOWN, language),
        translate(retirement, language),
        translate(limit, language),
        age_at_congress(line.nomination, listed.congress, language),
        may_be_nominated(line, language),
        "".join(numbers[name] for name in line.basis),
        "；".join(note_text(note, language) for note in line.notes),
    )


def age_at_congress(
    nomination: Nomination | None, usual: int | None, language: Language = "zh"
) -> str:
    """`57岁`, `57—58岁`; with the month where it is not the usual one."""
    if nomination is None:
        return _NOT_IN_TEAM
    if nomination.congress is None:
        return translate(_NOT_SET, language)
    if nomination.years is None:
        return translate(_UNKNOWN, language)
    low, high = nomination.years
    age = render(_AGE_BETWEEN, {"low": low, "high": high}, language)
    if low == high:
        age = render(_AGE, {"years": low}, language)
    if nomination.congress == usual:
        return age
    return _AGE_AT.format(age=age, month=month_text(nomination.congress))


def may_be_nominated(line: AgeLine, language: Language = "zh") -> str:
    """`可/超龄`: again in the present post, and newly."""
    nomination = line.nomination
    if nomination is None:
        return _NOT_IN_TEAM
    rule = nomination.rule
    if rule is None:
        unset = nomination.doubt is Doubt.NO_LIMIT_SET
        return translate(_NOT_SET if unset else _UNKNOWN, language)
    again = _may(nomination.again, rule.again is not None)
    new = _may(nomination.new, rule.new is not None)
    values = {"again": translate(again, language), "new": translate(new, language)}
    return _BOTH.format(**values)


def notes(listed: AgeList, numbers: dict[str, str], language: Language = "zh") -> tuple[str, ...]:
    """What the numbers of the basis stand for, and how to read the columns."""
    sources = listed.sources()
    said = [render(_NOTE_LAW, {"clause": CLAUSE}, language)] if listed.every else []
    for title, source in sources.items():
        values = {"number": numbers[title], "title": title, "source": source}
        said.append(render(_NOTE_RULE, values, language))
    return (*said, translate(_NOTE_NO_LIMIT, language), translate(_NOTE_AGE, language))


def note_text(note: Message | Doubt, language: Language = "zh") -> str:
    if isinstance(note, Message):
        return note.text(language)
    return name_in(note, language)


def basis_numbers(listed: AgeList) -> dict[str, str]:
    """Clause or title of a rule → its number under the table."""
    names = (CLAUSE, *listed.sources())
    return {
        name: _NUMBERS[place] if place < len(_NUMBERS) else f"({place + 1})"
        for place, name in enumerate(names)
    }


def _may(truth: Truth, is_set: bool) -> str:
    return _MAY[truth] if is_set else _NOT_SET


def line_groups(
    listed: AgeList, by: Grouping, language: Language = "zh"
) -> list[tuple[str, Sequence[AgeLine]]]:
    """Headings and lines: already due, then by year or month, then what is open."""
    today = month_of(listed.case.as_of)

    def heading(line: AgeLine) -> str:
        month = line.due_month or 0
        if month <= today:
            return render(_ALREADY, {"month": month_text(today)}, language)
        year, number = month_parts(month)
        values = {"year": year, "month": number} if by == "month" else {"year": year}
        return render(_OF_MONTH if by == "month" else _OF_YEAR, values, language)

    groups = [(text, tuple(lines)) for text, lines in groupby(listed.lines, heading)]
    if listed.open_lines:
        groups.append((translate(_OPEN, language), listed.open_lines))
    return list(groups)


UNTIL, LIMITS, CONGRESS, BY = "到", "年龄规定", "换届年月", "分组"
_BY_MONTH = "月"
_MONTH_WANTED = MessageKind("papers/month-wanted", _("应为年月，写作2026-11"))
_OPTIONS = (
    Option(UNTIL, _("列到哪个月；不填为基准日起一届")),
    Option(LIMITS, _("本单位的年龄规定文件（banzi due template 写出空白的）")),
    Option(CONGRESS, _("换届年月，代替年龄规定中写的")),
    Option(BY, _("填“月”按月分组；不填按年")),
)


def _of_request(request: Request) -> tuple[list[OfficeTable], tuple[Message, ...]]:
    """The paper as `banzi papers print` asks for it."""
    case = case_of(request)
    until = month_option(request, UNTIL)
    listed = age_list(
        case,
        scope_of(request, case),
        case.one_term_on if until is None else until,
        month_option(request, CONGRESS),
    )
    by: Grouping = "month" if request.option(BY) == _BY_MONTH else "year"
    tables = [age_table(listed, by)]
    if listed.lines:
        tables.append(wave_table(listed))
    return tables, ()


def case_of(request: Request) -> DueCase:
    """The roster of a request with the office's own limits, if a file of them is named."""
    file = request.option(LIMITS)
    own = read_limits(Path(file)) if file else AgeLimits()
    return DueCase(request.roster, request.as_of, request.law or load_law(), own)


def scope_of(request: Request, case: DueCase) -> Scope:
    """The persons or teams that a request chose."""
    if request.persons is not None:
        return Scope(person_ids=request.persons)
    if request.teams is None:
        return Scope()
    people = [person for team in request.teams for person in people_in(case, Scope(team_id=team))]
    return Scope(person_ids=tuple(people))


def month_option(request: Request, name: str) -> int | None:
    """Month index typed for an option; `papers/bad-value` for anything but a month."""
    text = request.option(name)
    found = parse_partial_date(text) if text else None
    if text and (found is None or found.precision is Precision.YEAR):
        raise BanziError(BAD_VALUE(name=name, value=text, expected=_MONTH_WANTED()))
    return None if found is None else month_index(found.year, found.month)


PAPERS = (
    PaperKind(
        "age-list",
        TITLE,
        _("到某月止谁到法定退休年龄、谁到任职年龄界限、换届时能否提名，附分半年的到龄人数。"),
        (Need.PEOPLE, Need.TEAMS),
        of_tables(_of_request),
        options=_OPTIONS,
    ),
)
