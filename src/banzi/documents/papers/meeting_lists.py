"""Lists that go to a meeting: 讨论任免干部名单 and 干部信息一览表 (formats.md 2.2).

讨论任免干部名单 prints short years (`76.06`), as meetings read it. The columns 推荐考察情况 of
干部信息一览表 stay blank for those who held the talks: nothing here knows what they heard.
"""

from __future__ import annotations

from collections.abc import Sequence

from banzi.documents.papers import person_columns as column
from banzi.documents.papers.office_table import (
    Cell,
    Group,
    Heading,
    OfficeTable,
    Picture,
    Row,
)
from banzi.documents.papers.paper_kinds import Need, PaperKind, Request, of_tables
from banzi.documents.papers.people import arranged, chosen
from banzi.documents.papers.person_columns import People
from banzi.documents.papers.pictures import measured
from banzi.documents.papers.proposals import (
    Proposal,
    proposal_of_form,
    proposals_of,
    remark_lines,
    rows_of,
)
from banzi.documents.papers.wording import ADVICE, NOBODY, SERIAL, age_text, count_text, day_text
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

DISCUSSION_TITLE = _("讨论任免干部名单")
OVERVIEW_TITLE = _("干部信息一览表")

PHOTOS_NOT_SHOWN = MessageKind(
    "papers/photos-not-shown", _("{names}的照片不是JPEG或PNG图片，未印；请换成JPEG图片")
)

_FOUND = (_("推荐考察情况"),)
_AFTER_PROPOSAL = (
    (column.SEX, 10, ""),
    (column.BIRTH, 16.5, ""),
    (column.EDUCATION, 18, ""),
    (column.NATIVE_PLACE, 18, ""),
    (column.WORK, 16.5, _("工作年月")),
    (column.PARTY, 17, _("入党年月")),
    (column.COUNTY_LEVELS, 18, ""),
    (column.POST_SINCE, 16.5, _("现职时间")),
    (column.REMARKS, 22, ""),
)
DISCUSSION_COLUMNS = (
    column.NAME.under(width=18),
    column.POSTS.under(width=48),
    Heading(_("拟任免职务"), 52, align="left"),
    *(each.under(width=width, text=text) for each, width, text in _AFTER_PROPOSAL),
)
_BEFORE_PROPOSAL = ((column.NAME, 14), (column.PHOTO, 19), (column.POSTS, 34))
_PARTICULARS = (
    (column.SEX, 8),
    (column.ETHNICITY, 10),
    (column.NATIVE_PLACE, 12),
    (column.BIRTH, 16.5),
    (column.AGE, 8),
    (column.PARTY, 16.5),
    (column.EDUCATION, 16),
    (column.SCHOOLS, 30),
    (column.POST_SINCE, 16.5),
)
OVERVIEW_COLUMNS = (
    Heading(SERIAL, 8),
    *(each.under(width=width) for each, width in _BEFORE_PROPOSAL),
    Heading(_("拟任职务"), 32, align="left"),
    *(each.under(width=width) for each, width in _PARTICULARS),
    column.LEVEL_SINCE.under(width=16.5, text=_("任同职级时间")),
    Heading(_("谈话调研推荐"), 11, _FOUND),
    Heading(_("会议推荐"), 11, _FOUND),
    Heading(_("重点考察"), 11, _FOUND),
    column.REMARKS.under(width=16),
)
_ROW_HEIGHT = 22
"""Millimetres: room for a photograph, also where one is to be pasted in."""


def discussion_list(request: Request) -> tuple[Sequence[OfficeTable], Sequence[Message]]:
    """讨论任免干部名单 of everybody for whom something is proposed."""
    proposals = proposals_of(request)
    table = OfficeTable(
        DISCUSSION_TITLE,
        DISCUSSION_COLUMNS,
        rows_of(proposals, _discussed),
        subtitle=proposals.phrase,
        left=day_text(request.as_of),
        right=count_text(len(proposals.all)),
        empty=NOBODY,
        notes=[ADVICE, *remark_lines(proposals)],
        points=10,
    )
    return [table], proposals.doubts


def overview(request: Request) -> tuple[Sequence[OfficeTable], Sequence[Message]]:
    """干部信息一览表 with photographs: of the people a plan moves, or of those asked for."""
    if request.plan is not None:
        proposals = proposals_of(request)
        rows = rows_of(proposals, _viewed)
        phrase, notes = proposals.phrase, proposals.notes
    else:
        order = arranged(request, chosen(request))
        people = People(request.roster, request.as_of)
        rows, number = [], 0
        for section in order.sections:
            if section.title:
                rows.append(Group(section.title))
            for person_id in section.persons:
                number += 1
                rows.append(Row(_viewed(number, proposal_of_form(people.person(person_id)))))
        phrase, notes = order.phrase, order.notes
    if bad := _unreadable_photos(rows):
        notes = (PHOTOS_NOT_SHOWN(names=bad), *notes)
    count = sum(isinstance(row, Row) for row in rows)
    table = OfficeTable(
        OVERVIEW_TITLE,
        OVERVIEW_COLUMNS,
        rows,
        subtitle=phrase,
        left=age_text(request.as_of),
        right=count_text(count),
        empty=NOBODY,
        points=8,
        least_height=_ROW_HEIGHT,
    )
    return [table], notes


def _unreadable_photos(rows: Sequence[Row | Group]) -> list[str]:
    """Names of those whose photograph the formats cannot show."""
    return [
        str(row.cells[1])
        for row in rows
        if isinstance(row, Row)
        for cell in row.cells
        if isinstance(cell, Picture) and measured(cell.content) is None
    ]


def _discussed(_number: int, each: Proposal) -> tuple[Cell, ...]:
    cells: list[Cell] = [
        column.NAME.cell(each.person),
        column.POSTS.cell(each.person),
        each.text,
    ]
    return (*cells, *(which.cell(each.person, True) for which, *_ in _AFTER_PROPOSAL))


def _viewed(number: int, each: Proposal) -> tuple[Cell, ...]:
    person = each.person

    before = [which.cell(person) for which, _width in _BEFORE_PROPOSAL]
    particulars = [which.cell(person) for which, _width in _PARTICULARS]
    found = ("", "", "")
    level, remarks = column.LEVEL_SINCE.cell(person), column.REMARKS.cell(person)
    return (number, *before, each.appointment, *particulars, level, *found, remarks)


PAPERS = (
    PaperKind(
        "discussion-list",
        DISCUSSION_TITLE,
        _("部务会、常委会讨论任免时人手一份，时间用两位年份。"),
        (Need.PROPOSALS,),
        of_tables(discussion_list),
    ),
    PaperKind(
        "overview",
        OVERVIEW_TITLE,
        _("带照片的人选情况，留推荐考察情况栏由考察组填写。"),
        (Need.PEOPLE,),
        of_tables(overview),
    ),
)
