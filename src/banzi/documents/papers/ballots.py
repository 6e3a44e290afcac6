"""表决票: a page for each voter, no mark on it that tells whose it is (formats.md 2.2).

The standing committee votes 同意 / 不同意 / 弃权, the department's own meeting 同意 / 不同意 / 缓议.
Ballots carry no number unless one is asked for, so that none can be traced to a voter. What makes a
ballot void is printed under the names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from banzi.documents.papers import person_columns as column
from banzi.documents.papers.approval_values import padded_name
from banzi.documents.papers.office_table import (
    A4_PORTRAIT,
    Group,
    Heading,
    OfficeTable,
    estimated_height,
)
from banzi.documents.papers.paper_kinds import (
    BAD_VALUE,
    Need,
    Option,
    PaperKind,
    Request,
    of_tables,
)
from banzi.documents.papers.proposals import Proposal, proposals_of, rows_of
from banzi.documents.papers.wording import NOBODY
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _

NUMBERED = MessageKind(
    "papers/ballots-numbered", _("票面印有编号；编号只用于清点，发票时不得与投票人对应")
)
LONG_BALLOT = MessageKind(
    "papers/long-ballot",
    _("人选{count}名，一页印不下，每票为两页以上；请双面印或装订好再发，或分批表决"),
)
YES_OR_NO = MessageKind("papers/yes-or-no", _("应为“是”或“否”"))

COMMITTEE_TITLE, DEPARTMENT_TITLE = _("干部任免表决票"), _("部务会干部任免表决票")
_COMMITTEE = (_("同意"), _("不同意"), _("弃权"))
_DEPARTMENT = (_("同意"), _("不同意"), _("缓议"))
_NUMBER = _("编号：{number}")
_NOTES = (
    _("说明："),
    _("1．对每名人选，只能在“{first}”“{second}”“{third}”中选一栏画“○”。"),
    _("2．对同一人选画两个或两个以上符号的，对该人选的表决无效。"),
    _("3．不得另写他人姓名；另写的无效。"),
)
_COPIES, _NUMBERED = _("份数"), _("编号")
_YES, _NO = _("是"), _("否")
_MOST_COPIES = 500
_SIZES = ((14, 18), (12, 15), (11, 12), (10, 9), (9, 8))
"""Sizes to try, points, each with the least height of a row in millimetres."""


def _ballots(
    title: str, choices: tuple[str, str, str]
) -> Callable[[Request], tuple[Sequence[OfficeTable], Sequence[Message]]]:
    def build(request: Request) -> tuple[Sequence[OfficeTable], Sequence[Message]]:
        proposals = proposals_of(request)
        named = {"first": choices[0], "second": choices[1], "third": choices[2]}
        rows = [row for row in rows_of(proposals, _cells) if not isinstance(row, Group)]
        ballot = OfficeTable(
            title,
            (
                Heading(_("姓名（序号）"), 31),
                column.POSTS.under(width=42),
                Heading(_("拟任免职务"), 46, align="left"),
                *(Heading(choice, 17) for choice in choices),
            ),
            rows,
            subtitle=proposals.phrase,
            empty=NOBODY,
            notes=[render(note, named) for note in _NOTES],
            page=A4_PORTRAIT,
            paged=False,
        )
        ballot, fits = _on_one_page(ballot)
        notes = proposals.doubts if fits else (LONG_BALLOT(count=len(rows)), *proposals.doubts)
        copies = request.number(_COPIES, 1, 1, _MOST_COPIES)
        if not _numbered(request):
            return [ballot] * copies, notes
        digits = len(str(copies))
        pages = [
            replace(ballot, right=render(_NUMBER, {"number": f"{number:0{digits}}"}))
            for number in range(1, copies + 1)
        ]
        return pages, (NUMBERED(), *notes)

    return build


def _on_one_page(ballot: OfficeTable) -> tuple[OfficeTable, bool]:
    """The ballot in the largest size that keeps it on a page, and whether one does."""
    smaller = ballot
    for points, least in _SIZES:
        smaller = replace(ballot, points=points, least_height=least)
        if estimated_height(smaller) <= smaller.page.text_height:
            return smaller, True
    return smaller, False


def _numbered(request: Request) -> bool:
    text = request.option(_NUMBERED, _NO)
    if text not in (_YES, _NO):
        raise BanziError(BAD_VALUE(name=_NUMBERED, value=text, expected=YES_OR_NO()))
    return text == _YES


def _cells(number: int, each: Proposal) -> tuple[str, ...]:
    name = f"{padded_name(each.person.name)}（{number}）"
    return (name, column.POSTS.text(each.person), each.text, "", "", "")


COMMITTEE, DEPARTMENT = (
    _ballots(COMMITTEE_TITLE, _COMMITTEE),
    _ballots(DEPARTMENT_TITLE, _DEPARTMENT),
)
_OPTIONS = (
    Option(_COPIES, _("印多少张，每张一页；不填为1")),
    Option(_NUMBERED, _("是或否：票面是否印编号；不填为否，以免据编号查到投票人")),
)
PAPERS = (
    PaperKind(
        "committee-ballot",
        COMMITTEE_TITLE,
        _("常委会对任免逐人表决（同意、不同意、弃权），一人一票一页。"),
        (Need.PROPOSALS,),
        of_tables(COMMITTEE),
        options=_OPTIONS,
    ),
    PaperKind(
        "department-ballot",
        DEPARTMENT_TITLE,
        _("部务会对任免逐人表决（同意、不同意、缓议），一人一票一页。"),
        (Need.PROPOSALS,),
        of_tables(DEPARTMENT),
        options=_OPTIONS,
    ),
)
