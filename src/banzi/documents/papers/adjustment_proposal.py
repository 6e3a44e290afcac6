"""干部调配建议方案: who is proposed to be appointed and removed, team by team.

formats.md 2.2. The column 讨论意见 is left blank for the meeting. What a person must settle before
a proposal can stand is listed under the table with the name; the sheet decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from banzi.documents.papers import person_columns as column
from banzi.documents.papers.office_table import Heading, OfficeTable
from banzi.documents.papers.paper_kinds import Need, PaperKind, Request, of_tables
from banzi.documents.papers.proposals import Proposal, proposals_of, remark_lines, rows_of
from banzi.documents.papers.wording import ADVICE, NOBODY, SERIAL, day_text
from banzi.kernel.messages import Message, render
from banzi.kernel.messages import gettext_noop as _

TITLE = _("干部调配建议方案")
COLUMNS = (
    Heading(SERIAL, 12),
    column.NAME.under(width=20),
    column.BIRTH.under(width=20),
    column.EDUCATION_AND_TITLE.under(),
    column.POSTS.under(width=68),
    Heading(_("拟任免职务"), 75, align="left"),
    Heading(_("讨论意见"), 38, align="left"),
)

_COUNTS = _("共{count}人：任职{enter}人，免职后另行安排{leave}人")
_NOTES = _("说明")
_ORDER = _("各班子内按职位排序，任职人员在前、免职人员在后。")


def adjustment_proposal(
    request: Request,
) -> tuple[Sequence[OfficeTable], Sequence[Message]]:
    """The proposal, with what must be settled first under the table."""
    proposals = proposals_of(request)
    everybody = proposals.all
    leaving = sum(each.leaves for each in everybody)
    counts = {"count": len(everybody), "enter": len(everybody) - leaving, "leave": leaving}
    in_rank_order = request.plan is not None and any(title for title, _ in proposals.sections)
    table = OfficeTable(
        TITLE,
        COLUMNS,
        rows_of(proposals, _cells),
        subtitle=proposals.phrase,
        left=day_text(request.as_of),
        right=render(_COUNTS, counts),
        empty=NOBODY,
        notes=[_NOTES, ADVICE, *([_ORDER] if in_rank_order else []), *remark_lines(proposals)],
    )
    return [table], proposals.doubts


def _cells(number: int, each: Proposal) -> tuple[str | int, ...]:
    person = each.person
    return (
        number,
        person.name,
        column.BIRTH.text(person),
        column.EDUCATION_AND_TITLE.text(person),
        column.POSTS.text(person),
        each.text,
        "",
    )


PAPERS = (
    PaperKind(
        "proposal",
        TITLE,
        _("谁拟任、谁拟免，逐班子列出，留讨论意见栏，供研究调配时用。"),
        (Need.PROPOSALS,),
        of_tables(adjustment_proposal),
    ),
)
