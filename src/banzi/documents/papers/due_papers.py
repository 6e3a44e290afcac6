"""What falls due as papers that can be printed by name: the list and its overview."""

from __future__ import annotations

from banzi.documents.papers.age_table import case_of, month_option, scope_of
from banzi.documents.papers.due_overview import OVERVIEW_TITLE, overview_table
from banzi.documents.papers.due_table import TITLE, due_table
from banzi.documents.papers.office_table import OfficeTable
from banzi.documents.papers.paper_kinds import (
    BAD_VALUE,
    Need,
    Option,
    PaperKind,
    Request,
    of_tables,
)
from banzi.due.catalogue import KINDS, find_kind
from banzi.due.due_list import DueList, due_list
from banzi.due.entries import DueKind
from banzi.due.overview import YEAR
from banzi.kernel.dates import month_of
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

UNTIL, KINDS_OPTION, LIMITS = "到", "事项", "年龄规定"
_OPTIONS = (
    Option(UNTIL, _("列到哪个月；不填为今后十二个月")),
    Option(KINDS_OPTION, _("只列哪些事项，顿号隔开；不填列全部")),
    Option(LIMITS, _("本单位的年龄规定文件（banzi due template 写出空白的）")),
)
_KIND_WANTED = MessageKind("papers/due-kind-wanted", _("应为以下事项：{choices}"))


def listed_of(request: Request) -> DueList:
    """The list that `banzi papers print` asks for."""
    case = case_of(request)
    until = month_option(request, UNTIL)
    last = month_of(request.as_of) + YEAR if until is None else until
    return due_list(case, scope_of(request, case), last, _kinds_of(request))


def _kinds_of(request: Request) -> tuple[DueKind, ...]:
    text = request.option(KINDS_OPTION)
    if not text:
        return KINDS
    chosen = []
    for typed in text.replace(",", "、").split("、"):
        found = find_kind(typed)
        if found is None:
            expected = _KIND_WANTED(choices=[kind.zh for kind in KINDS])
            raise BanziError(BAD_VALUE(name=KINDS_OPTION, value=typed, expected=expected))
        chosen.append(found)
    return tuple(chosen)


def _list_paper(request: Request) -> tuple[list[OfficeTable], tuple[Message, ...]]:
    return [due_table(listed_of(request))], ()


def _overview_paper(request: Request) -> tuple[list[OfficeTable], tuple[Message, ...]]:
    return [overview_table(listed_of(request))], ()


PAPERS = (
    PaperKind(
        "due-overview",
        OVERVIEW_TITLE,
        _("今后十二个月各类到期事项各有多少，分月（超过一年的分半年）一页看清，附图。"),
        (Need.PEOPLE, Need.TEAMS),
        of_tables(_overview_paper),
        options=_OPTIONS,
    ),
    PaperKind(
        "due-list",
        TITLE,
        _("晋升职级、试用期、任期、交流、影响期、培训、考核等到某月止谁到期，附依据和下一步。"),
        (Need.PEOPLE, Need.TEAMS),
        of_tables(_list_paper),
        options=_OPTIONS,
    ),
)
