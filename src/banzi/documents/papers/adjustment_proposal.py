"""干部调配建议方案 as .xlsx: who is proposed to be appointed and removed, team by team.

formats.md 2.2. The column 讨论意见 is left blank for the meeting. What a person must settle before
a proposal can stand is listed under the table with the name; the sheet decides nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from banzi.documents.forms import form_of
from banzi.documents.papers.approval_values import month_shown
from banzi.documents.papers.moves import House, Move, holds_other_office
from banzi.documents.papers.roster_sheet import day_text, lines_of
from banzi.documents.papers.sheets import ADVICE, Heading, Sheet, new_workbook
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.messages import render
from banzi.roster import Roster

TITLE = _("干部调配建议方案")
COLUMNS = (
    Heading(_("序号"), 6),
    Heading(_("姓名"), 10),
    Heading(_("出生年月"), 10),
    Heading(_("学历/职称"), 20),
    Heading(_("现任职务"), 38, centred=False),
    Heading(_("拟任免职务"), 42, centred=False),
    Heading(_("讨论意见"), 24, centred=False),
)

_COUNTS = _("共{count}人：任职{enter}人，免职后另行安排{leave}人")
_APPOINT, _REMOVE = _("拟任{post}"), _("拟免{post}")
_NOTES = _("说明")
_NOTE = _("{number}．{names}：{text}")
_SETTLE = _("需先由人裁定——{text}")
_VACANT = _("方案中仍空缺的职位：{posts}")
_OTHER = _("现任职务不在本次选配职位之内，是否免去请核定")
_ORDER = _("各班子内按职位排序，任职人员在前、免职人员在后。")


def write_adjustment_proposal(
    roster: Roster,
    house: House,
    moves: Sequence[Move],
    path: Path,
    as_of: date,
    vacant: Sequence[str] = (),
) -> None:
    """Write the proposal; `vacant` are posts that the plan leaves empty."""
    workbook = new_workbook(path, TITLE, as_of)
    sheet = Sheet(workbook, TITLE, COLUMNS)
    leaving = sum(move.leaves for move in moves)
    counts = {"count": len(moves), "enter": len(moves) - leaving, "leave": leaving}
    sheet.title(TITLE, day_text(as_of), render(_COUNTS, counts))
    sheet.headings()
    notes: dict[str, list[str]] = {}
    team = None
    for number, move in enumerate(moves, start=1):
        if move.team_id != team:
            team = move.team_id
            sheet.group(move.team_name)
        form = form_of(roster, move.person_id)
        sheet.row(
            [
                number,
                form["name"],
                month_shown(form["birth"]),
                lines_of(
                    form["full_time_education"],
                    form["in_service_education"],
                    form["technical_title"],
                ),
                form["current_posts_text"],
                proposal_text(move, house),
                "",
            ]
        )
        if move.settling:
            notes.setdefault(render(_SETTLE, {"text": move.settling}), []).append(move.name)
        if holds_other_office(move, form["current_posts_text"]):
            notes.setdefault(_OTHER, []).append(move.name)
    sheet.note(_NOTES)
    lines = [ADVICE, _ORDER]
    if vacant:
        lines.append(render(_VACANT, {"posts": [house.titles[post] for post in vacant]}))
    for text in lines:
        sheet.note(text)
    for number, (text, names) in enumerate(notes.items(), start=1):
        sheet.note(render(_NOTE, {"number": number, "names": names, "text": text}))
    sheet.finish()
    workbook.close()


def proposal_text(move: Move, house: House) -> str:
    """`拟任云岭市副市长` and `拟免云岭市委常委`, one a line."""
    return "\n".join(
        render(template, {"post": house.title_text(posts)})
        for template, posts in ((_APPOINT, move.to_posts), (_REMOVE, move.from_posts))
        if posts
    )
