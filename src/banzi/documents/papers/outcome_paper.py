"""换届成效段落: the paragraph that reports on a change of term, and everybody behind its numbers.

Three tables: the sentences with their figures, of the plan and of the outgoing teams; then the members
under the plan and the outgoing members, one a row, with a mark under each figure that counts them and
the totals that the sentences give (反查). In a workbook the marks can be filtered and counted again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

from banzi.documents.papers.office_table import (
    A4_PORTRAIT,
    Cell,
    Figure,
    Group,
    Heading,
    OfficeTable,
    Row,
)
from banzi.documents.papers.paper_kinds import (
    Need,
    Option,
    PaperKind,
    PlanMoves,
    Request,
    of_tables,
)
from banzi.documents.papers.structure_report import OF_PLAN, figure
from banzi.documents.papers.wording import ADVICE, SERIAL, age_text, count_text, day_text
from banzi.documents.target_files import read_targets
from banzi.facts import derive
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.law import load_law
from banzi.structure.indicators import IndicatorResult, years_text
from banzi.structure.members import Members, members_of
from banzi.structure.targets import Measure
from banzi.structure.traced_paragraph import Behind, TracedParagraph, traced_paragraph

TITLE = _("换届成效段落")
TARGETS_OPTION = _("目标")

NO_PLAN = MessageKind(
    "papers/outcome-without-plan",
    _("《{title}》写的是方案与现任班子的对比；请加 --plan 和 --problem"),
)

COLUMNS = (
    Heading(_("指标"), 58, align="left"),
    Heading(_("班子"), 44),
    Heading(_("状态"), 26),
    Heading(_("数值"), 20),
    Heading(_("符合/全体"), 22),
)
_MEMBERS_TITLE = _("{title}所涉人员（{state}）")
_NUMBERED = _("{number}．{text}")
_WHOLE = _("段落全文：{text}")
_NOTE = _("“√”表示计入该项，“不明”表示情况不掌握、未计入；末行为合计，与段落中的数字一致。")
_ALL, _TOTAL, _MARK, _OPEN = _("全部班子"), _("合计"), "√", _("不明")


def outcome_tables(request: Request) -> tuple[Sequence[OfficeTable], Sequence[Message]]:
    """The paragraph of a checked plan and its members.

    Raises
    ------
    BanziError
        `papers/outcome-without-plan`.
    """
    if request.plan is None:
        raise BanziError(NO_PLAN(title=TITLE))
    file = request.option(TARGETS_OPTION)
    settings = read_targets(Path(file) if file else None).settings
    facts = derive(request.roster, request.as_of, request.law or load_law())
    outgoing = members_of(request.roster, facts, request.as_of)
    planned = outgoing.with_plan(_seats(request.plan), request.as_of)
    traced = traced_paragraph(planned, outgoing, settings)
    return [
        _sentences(traced, planned),
        members_table(traced, planned, is_outgoing=False),
        members_table(traced, outgoing, is_outgoing=True),
    ], ()


def _sentences(traced: TracedParagraph, planned: Members) -> OfficeTable:
    rows: list[Row | Group] = []
    for number, sentence in enumerate(traced.sentences, start=1):
        text = sentence.message.text()
        rows.append(Group(render(_NUMBERED, {"number": number, "text": text})))
        rows += [Row(tuple(_cells(each))) for each in sentence.figures]
    return OfficeTable(
        TITLE,
        COLUMNS,
        rows,
        left=day_text(planned.as_of),
        notes=[render(_WHOLE, {"text": traced.paragraph.text()}), ADVICE],
        page=A4_PORTRAIT,
        points=10,
        least_height=7,
    )


def _cells(each: Behind) -> Iterator[str]:
    result = each.result
    yield result.indicator.title
    yield result.team_name or _ALL
    yield OF_PLAN.before if each.outgoing else OF_PLAN.now
    yield result.shown
    yield figure(result)


def members_table(traced: TracedParagraph, members: Members, is_outgoing: bool) -> OfficeTable:
    """Everybody in scope with marks under the figures over all teams."""
    whole = [each.result for each in traced.over_all(is_outgoing)]
    everybody, *counted = [result for result in whole if result.counts_people]
    ages = next(result for result in whole if result.indicator.measure is Measure.MEAN)
    state = OF_PLAN.before if is_outgoing else OF_PLAN.now
    posts: dict[str, tuple[str, str]] = {}
    for post, team, name in members.posts.select("post_id", "team_name", "post_name").iter_rows():
        teams = (posts[post][0], team) if post in posts else (team,)
        posts[post] = (render("{teams}", {"teams": list(teams)}), name)
    held = {person: posts[post] for post, person in members.seats.iter_rows()}
    marks = [{entry.person_id: entry.value for entry in result.entries} for result in counted]
    age_of = {entry.person_id: entry.value for entry in ages.entries}
    rows = []
    for number, entry in enumerate(everybody.entries, start=1):
        person = entry.person_id
        ticks = [_mark(values, person) for values in marks]
        rows.append(Row((number, *held[person], entry.name, _age(age_of.get(person)), *ticks)))
    totals = [Figure(result.numerator, str(result.numerator), "0") for result in counted]
    mean = _shown_mean(ages)
    rows.append(Row(("", _TOTAL, "", "", mean, *totals), strong=True))
    title = render(_MEMBERS_TITLE, {"title": TITLE, "state": state})
    columns = (
        Heading(SERIAL, 10),
        Heading(_("班子"), 38, align="left"),
        Heading(_("职位"), 52, align="left"),
        Heading(_("姓名"), 20, align="name"),
        Heading(_("年龄"), 14),
        *(Heading(result.indicator.title, 24) for result in counted),
    )
    return OfficeTable(
        title,
        columns,
        rows,
        left=age_text(members.as_of),
        right=count_text(len(everybody.entries)),
        notes=[_NOTE],
        points=10,
        least_height=7,
        sheet=state,
    )


def _mark(values: dict[str, int | None], person: str) -> Cell:
    if person not in values:
        return ""
    return _OPEN if values[person] is None else _MARK if values[person] else ""


def _age(months: int | None) -> Cell:
    if months is None:
        return _OPEN
    return Figure(months / 12, years_text(Fraction(months)), "0.0")


def _shown_mean(ages: IndicatorResult) -> Cell:
    return "" if ages.value is None else Figure(float(ages.value) / 12, ages.shown, "0.0")


def _seats(plan: PlanMoves) -> dict[str, str | None]:
    """Post → person once every move is made."""
    seats: dict[str, str | None] = dict(plan.house.seats)
    for move in plan.moves:
        for post in move.from_posts:
            if seats.get(post) == move.person_id:
                seats[post] = None
    for move in plan.moves:
        seats.update(dict.fromkeys(move.to_posts, move.person_id))
    return seats


PAPERS = (
    PaperKind(
        "outcome",
        TITLE,
        _("换届后班子年龄、经历等结构变化的一段话，每个数字列明所涉人员，供起草总结、报告时核对。"),
        (Need.PLAN,),
        of_tables(outcome_tables),
        options=(Option(TARGETS_OPTION, _("结构目标文件，取其中的口径（如45岁左右的幅度）")),),
    ),
)
