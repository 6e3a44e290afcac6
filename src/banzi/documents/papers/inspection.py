"""考察方案 and 听取意见名单 (formats.md 2.2): papers for looking into those who are proposed.

考察方案 has a row for each unit where the people to be looked into now work. When, whom to ask and
who goes is the office's decision: filled in with the options, or blank to write on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from banzi.documents.papers import person_columns as column
from banzi.documents.papers.office_table import A4_PORTRAIT, Heading, OfficeTable, Row
from banzi.documents.papers.paper_kinds import Need, Option, PaperKind, Request, of_tables
from banzi.documents.papers.people import unit_names
from banzi.documents.papers.person_columns import TO_CHECK
from banzi.documents.papers.proposals import Proposal, entering, proposals_of, rows_of
from banzi.documents.papers.wording import NOBODY, SERIAL, count_text, day_text
from banzi.kernel.messages import Message, render
from banzi.kernel.messages import gettext_noop as _

PLAN_TITLE = _("干部考察方案")
OPINION_TITLE = _("听取意见名单")

_UNIT, _WHEN, _WHOM = _("考察单位"), _("考察时间"), _("考察对象")
_ASSESSED, _TALKS, _GROUP = _("民主测评范围和要求"), _("个别谈话对象范围"), _("考察组成员")
_ASKED = _("单位")
_ASKED_OF = _("征求意见单位：{unit}")
_BESIDE = _("{name}（{proposal}）")
_BETWEEN = re.compile("[、，,；;]")

PLAN_COLUMNS = (
    Heading(_UNIT, 38, align="left"),
    Heading(_WHEN, 26),
    Heading(_WHOM, 62, align="left"),
    Heading(_ASSESSED, 45, align="left"),
    Heading(_TALKS, 45, align="left"),
    Heading(_GROUP, 30, align="left"),
    Heading(_("备注"), 23, align="left"),
)
OPINION_COLUMNS = (
    Heading(SERIAL, 14),
    column.NAME.under(width=24),
    column.SEX.under(width=14),
    column.ID_NUMBER.under(width=48),
    column.POSTS.under(width=70),
)


def inspection_plan(request: Request) -> tuple[Sequence[OfficeTable], Sequence[Message]]:
    """考察方案: the people by the unit where they work now."""
    proposals = entering(proposals_of(request))
    units = unit_names(request.roster, request.as_of)
    by_unit: dict[str, list[str]] = {}
    for each in proposals.all:
        unit = units.get(each.person.person_id) or TO_CHECK
        by_unit.setdefault(unit, []).append(_with_proposal(each))
    filled = [request.option(name) for name in (_ASSESSED, _TALKS, _GROUP)]
    rows = [
        Row((unit, request.option(_WHEN), "\n".join(people), *filled, ""))
        for unit, people in by_unit.items()
    ]
    table = OfficeTable(
        PLAN_TITLE,
        PLAN_COLUMNS,
        rows,
        left=day_text(request.as_of),
        right=count_text(len(proposals.all)),
        empty=NOBODY,
        least_height=30,
    )
    return [table], proposals.notes


def opinion_list(request: Request) -> tuple[Sequence[OfficeTable], Sequence[Message]]:
    """听取意见名单, a page for each unit that is asked."""
    proposals = entering(proposals_of(request))
    table = OfficeTable(
        OPINION_TITLE,
        OPINION_COLUMNS,
        [row for row in rows_of(proposals, _asked) if isinstance(row, Row)],
        subtitle=proposals.phrase,
        right=count_text(len(proposals.all)),
        empty=NOBODY,
        page=A4_PORTRAIT,
    )
    units = [unit.strip() for unit in _BETWEEN.split(request.option(_ASKED)) if unit.strip()]
    if not units:
        return [table], proposals.notes
    pages = [replace(table, left=render(_ASKED_OF, {"unit": unit}), sheet=unit) for unit in units]
    return pages, proposals.notes


def _with_proposal(each: Proposal) -> str:
    if each.text == TO_CHECK:
        return each.person.name
    return render(_BESIDE, {"name": each.person.name, "proposal": each.text.replace("\n", "，")})


def _asked(number: int, each: Proposal) -> tuple[str | int, ...]:
    texts = (column.NAME, column.SEX, column.ID_NUMBER, column.POSTS)
    return (number, *(which.text(each.person) for which in texts))


PAPERS = (
    PaperKind(
        "inspection-plan",
        PLAN_TITLE,
        _("到哪些单位、考察谁、怎么考察，按考察对象现在的单位分行。"),
        (Need.PROPOSALS,),
        of_tables(inspection_plan),
        options=(
            Option(_WHEN, _("各行相同的考察时间；不填留空")),
            Option(_ASSESSED, _("测评范围和要求；不填留空")),
            Option(_TALKS, _("谈话对象范围；不填留空")),
            Option(_GROUP, _("考察组组长和成员；不填留空")),
        ),
    ),
    PaperKind(
        "opinion-list",
        OPINION_TITLE,
        _("就人选征求纪委监委、公安等单位意见时附的名单，含身份证号。"),
        (Need.PROPOSALS,),
        of_tables(opinion_list),
        options=(Option(_ASKED, _("征求哪些单位，以顿号分隔，每个单位一页；不填不印")),),
    ),
)
