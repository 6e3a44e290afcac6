"""Every paper of a plan in one folder, written whole or not at all, with a list of what is in it.

    OUT/任免审批表/01孙明.docx, 01孙明.lrmx   for everybody who moves, in the order of the proposal
    OUT/干部名册.xlsx  OUT/干部调配建议方案.xlsx  OUT/班子结构分析报告.pdf  OUT/清单.xlsx

Whoever calls has had the plan checked by the referee. Nothing is decided here: 讨论意见 and the
approving organ's opinion stay blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from banzi.documents.codecs.lrmx import write_form
from banzi.documents.forms import form_of
from banzi.documents.papers import adjustment_proposal, roster_sheet, structure_report
from banzi.documents.papers.approval_form import write_approval_form
from banzi.documents.papers.approval_layout import TITLE as FORM_TITLE
from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.moves import (
    OTHER_OFFICE,
    House,
    Move,
    changes_of,
    holds_other_office,
    house_of,
    moves_of,
)
from banzi.documents.papers.office_table import Heading, OfficeTable, Row
from banzi.documents.papers.paper_kinds import PlanMoves, Request
from banzi.documents.papers.wording import SERIAL, day_text
from banzi.documents.papers.writing import write_tables
from banzi.kernel.errors import BanziError
from banzi.kernel.files import replacing_folder, safe_name
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent, tracked
from banzi.roster import Roster
from banzi.structure.members import Members, seat_frame
from banzi.structure.report import ReportData

FORMS_FOLDER = _("任免审批表")
INDEX = _("清单")

WRITING = MessageKind("papers/writing", _("正在填写任免审批表"))
NOT_OURS = MessageKind(
    "papers/folder-in-use",
    _("“{folder}”已有其他内容（没有本程序写出的{index}.xlsx），不予覆盖；请另选文件夹"),
)
SETTLE_FIRST = MessageKind("papers/settle-first", _("需先由人裁定：{text}"))

_FILE = _("{number}{name}")
_EXCHANGE_TITLE = _("任免审批表（交换文件）")
_INDEX_TITLE = _("选配方案材料清单")
_INDEX_COLUMNS = (
    Heading(SERIAL, 12),
    Heading(_("文件"), 68, align="left"),
    Heading(_("内容"), 54, align="left"),
    Heading(_("人员"), 22),
    Heading(_("需注意"), 115, align="left"),
)
_COUNT = _("共{count}件")


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of the folder.

    Attributes
    ----------
    file
        Path within the folder, with `/`.
    notes
        What whoever uses it should know.
    """

    file: str
    title: str
    person_id: str = ""
    name: str = ""
    notes: tuple[Message, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class PlanPapers:
    """What was written."""

    papers: tuple[Paper, ...]
    moves: tuple[Move, ...]
    vacant: tuple[str, ...]


def write_plan_papers(
    roster: Roster,
    assignments: Sequence[tuple[str, str | None]],
    as_of: date,
    out: Path,
    report: ReportData,
    before: ReportData | None = None,
    settling: Mapping[tuple[str, str], str] | None = None,
    layout: Layout = Layout.STANDARD,
    progress: Progress | None = None,
) -> PlanPapers:
    """Write every paper of a plan.

    Parameters
    ----------
    assignments
        (post, person or None) for each post of the problem.
    report, before
        Structure under the plan, and as it is now.
    settling
        (post, person) → what a person must settle first.

    Raises
    ------
    BadInput
        When posts or people of the plan are not in the roster, or a form cannot be written.
    BanziError
        `papers/folder-in-use`: the folder holds something that this program did not write.
    """
    _refuse_foreign_folder(out)
    house = house_of(roster, as_of)
    moves = moves_of(house, assignments, settling)
    vacant = tuple(post for post, person in assignments if person is None)
    with replacing_folder(out) as folder:
        papers = _forms(roster, house, moves, as_of, folder, layout, progress or Silent())
        papers += _tables(roster, house, moves, as_of, folder, vacant)
        name = f"{structure_report.TITLE}.pdf"
        structure_report.write_pdf(report, folder / name, before, structure_report.OF_PLAN)
        papers.append(Paper(name, structure_report.TITLE))
        papers.append(Paper(f"{INDEX}.xlsx", _INDEX_TITLE))
        _write_index(papers, folder / f"{INDEX}.xlsx", as_of)
    return PlanPapers(tuple(papers), moves, vacant)


def with_assignments(members: Members, assignments: Sequence[tuple[str, str | None]]) -> Members:
    """The members once the plan is carried out; posts the plan does not speak of stay as they are."""
    inside = {post for post, _person in assignments}
    rows = [(post, person) for post, person in members.seats.iter_rows() if post not in inside]
    rows += [(post, person) for post, person in assignments if person is not None]
    return replace(members, seats=seat_frame(rows))


def _refuse_foreign_folder(out: Path) -> None:
    if not out.exists():
        return
    ours = out.is_dir() and ((out / f"{INDEX}.xlsx").is_file() or not any(out.iterdir()))
    if not ours:
        raise BanziError(NOT_OURS(folder=str(out), index=INDEX))


def _forms(
    roster: Roster,
    house: House,
    moves: Sequence[Move],
    as_of: date,
    folder: Path,
    layout: Layout,
    progress: Progress,
) -> list[Paper]:
    (folder / FORMS_FOLDER).mkdir()
    digits = max(2, len(str(len(moves))))
    papers: list[Paper] = []
    for number, move in enumerate(tracked(moves, progress, WRITING(), len(moves)), start=1):
        form = form_of(roster, move.person_id, changes_of(move, house, as_of))
        stem = safe_name(render(_FILE, {"number": f"{number:0{digits}}", "name": move.name}))
        path = f"{FORMS_FOLDER}/{stem}"
        notes = list(write_approval_form(form, folder / f"{path}.docx", layout))
        if move.settling:
            notes.append(SETTLE_FIRST(text=move.settling))
        if holds_other_office(move, form["current_posts_text"]):
            notes.append(OTHER_OFFICE(name=move.name))
        papers.append(Paper(f"{path}.docx", FORM_TITLE, move.person_id, move.name, tuple(notes)))
        (folder / f"{path}.lrmx").write_bytes(write_form(form))
        papers.append(Paper(f"{path}.lrmx", _EXCHANGE_TITLE, move.person_id, move.name))
    return papers


def _tables(
    roster: Roster,
    house: House,
    moves: Sequence[Move],
    as_of: date,
    folder: Path,
    vacant: Sequence[str],
) -> list[Paper]:
    sheet, proposal = f"{roster_sheet.TITLE}.xlsx", f"{adjustment_proposal.TITLE}.xlsx"
    entering = [move.person_id for move in moves if not move.leaves]
    request = Request(roster, as_of, plan=PlanMoves(house, tuple(moves), tuple(vacant)))
    listed, _order, _notes = roster_sheet.roster_sheet(request, entering)
    write_tables([listed], folder / sheet, as_of)
    proposed, _said = adjustment_proposal.adjustment_proposal(request)
    write_tables(proposed, folder / proposal, as_of)
    return [Paper(sheet, roster_sheet.TITLE), Paper(proposal, adjustment_proposal.TITLE)]


def _write_index(papers: Sequence[Paper], path: Path, as_of: date) -> None:
    rows = [
        Row((number, paper.file, paper.title, paper.name, _notes_of(paper)))
        for number, paper in enumerate(papers, start=1)
    ]
    table = OfficeTable(
        _INDEX_TITLE,
        _INDEX_COLUMNS,
        rows,
        left=day_text(as_of),
        right=render(_COUNT, {"count": len(papers)}),
        sheet=INDEX,
    )
    write_tables([table], path, as_of)


def _notes_of(paper: Paper) -> str:
    return "\n".join(note.text() for note in paper.notes)
