"""干部调配建议方案: who is proposed to be appointed and removed, team by team.

formats.md 2.2. The column 讨论意见 is left blank for the meeting. What a person must settle before
a proposal can stand is listed under the table with the name; the sheet decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from banzi.documents.forms import form_of
from banzi.documents.papers.approval_values import month_shown
from banzi.documents.papers.moves import House, Move, holds_other_office
from banzi.documents.papers.office_table import Group, Heading, OfficeTable, Row
from banzi.documents.papers.wording import ADVICE, day_text, lines_of
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.roster import Roster

TITLE = _("干部调配建议方案")
COLUMNS = (
    Heading(_("序号"), 12),
    Heading(_("姓名"), 20, align="name"),
    Heading(_("出生年月"), 20),
    Heading(_("学历/职称"), 36),
    Heading(_("现任职务"), 68, align="left"),
    Heading(_("拟任免职务"), 75, align="left"),
    Heading(_("讨论意见"), 38, align="left"),
)

_COUNTS = _("共{count}人：任职{enter}人，免职后另行安排{leave}人")
_APPOINT, _REMOVE = _("拟任{post}"), _("拟免{post}")
_NOTES = _("说明")
_NOTE = _("{number}．{names}：{text}")
_SETTLE = _("需先由人裁定——{text}")
_VACANT = _("方案中仍空缺的职位：{posts}")
_OTHER = _("现任职务不在本次选配职位之内，是否免去请核定")
_ORDER = _("各班子内按职位排序，任职人员在前、免职人员在后。")


def adjustment_proposal(
    roster: Roster,
    house: House,
    moves: Sequence[Move],
    as_of: date,
    vacant: Sequence[str] = (),
) -> OfficeTable:
    """The proposal; `vacant` are posts that the plan leaves empty."""
    rows: list[Row | Group] = []
    remarks: dict[str, list[str]] = {}
    team = None
    for number, move in enumerate(moves, start=1):
        if move.team_id != team:
            team = move.team_id
            rows.append(Group(move.team_name))
        form = form_of(roster, move.person_id)
        studies = lines_of(
            form["full_time_education"], form["in_service_education"], form["technical_title"]
        )
        rows.append(
            Row(
                (
                    number,
                    form["name"],
                    month_shown(form["birth"]),
                    studies,
                    form["current_posts_text"],
                    proposal_text(move, house),
                    "",
                )
            )
        )
        if move.settling:
            remarks.setdefault(render(_SETTLE, {"text": move.settling}), []).append(move.name)
        if holds_other_office(move, form["current_posts_text"]):
            remarks.setdefault(_OTHER, []).append(move.name)
    leaving = sum(move.leaves for move in moves)
    counts = {"count": len(moves), "enter": len(moves) - leaving, "leave": leaving}
    notes = [_NOTES, ADVICE, _ORDER]
    if vacant:
        notes.append(render(_VACANT, {"posts": [house.titles[post] for post in vacant]}))
    for number, (text, names) in enumerate(remarks.items(), start=1):
        notes.append(render(_NOTE, {"number": number, "names": names, "text": text}))
    return OfficeTable(
        TITLE,
        COLUMNS,
        rows,
        left=day_text(as_of),
        right=render(_COUNTS, counts),
        notes=notes,
    )


def proposal_text(move: Move, house: House) -> str:
    """`拟任云岭市副市长` and `拟免云岭市委常委`, one a line."""
    return "\n".join(
        render(template, {"post": house.title_text(posts)})
        for template, posts in ((_APPOINT, move.to_posts), (_REMOVE, move.from_posts))
        if posts
    )
