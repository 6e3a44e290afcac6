"""Every paper of a plan in one folder, written whole or not at all, with a list of what is in it.

    OUT/任免审批表/01孙明.docx, 01孙明.lrmx   for everybody who moves, in the order of the proposal
    OUT/干部名册.xlsx  OUT/干部调配建议方案.xlsx  OUT/班子结构分析报告.pdf  OUT/清单.xlsx

That is what is written unless `Wanted` says otherwise: forms as PDF, other tables by name, the notice
of appointments and removals under its 文号.

Whoever calls has had the plan checked by the referee. Nothing is decided here: 讨论意见 and the
approving organ's opinion stay blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from banzi.documents.codecs.lrmx import write_form
from banzi.documents.form import Form
from banzi.documents.forms import form_of
from banzi.documents.papers import structure_report
from banzi.documents.papers.approval_form import stated_at, write_docx
from banzi.documents.papers.approval_layout import TITLE as FORM_TITLE
from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.approval_pdf import Entry, Printer
from banzi.documents.papers.approval_typeset import set_form
from banzi.documents.papers.letters import notice
from banzi.documents.papers.letters.decisions import decisions_of
from banzi.documents.papers.letters.letter import Fonts, Letter
from banzi.documents.papers.letters.writing import write_letter
from banzi.documents.papers.moves import (
    OTHER_OFFICE,
    Move,
    changes_of,
    holds_other_office,
    house_of,
    moves_of,
)
from banzi.documents.papers.office_table import Heading, OfficeTable, Row
from banzi.documents.papers.paper_kinds import PlanMoves, Request
from banzi.documents.papers.registry import find_paper
from banzi.documents.papers.wording import SERIAL, day_text
from banzi.documents.papers.writing import Format, write_tables
from banzi.kernel.errors import BanziError
from banzi.kernel.files import replacing_folder, safe_name
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent, tracked
from banzi.roster import Roster
from banzi.structure.members import Members, seat_frame
from banzi.structure.report import ReportData

DOCX, PDF, LRMX = "docx", "pdf", "lrmx"
FORMS_FOLDER = _("任免审批表")
NOTICE = _("任免通知")
INDEX = _("清单")

WRITING = MessageKind("papers/writing", _("正在填写任免审批表"))
LISTING = MessageKind("papers/listing", _("正在编制名单和方案"))
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
class Wanted:
    """Which papers are written.

    Attributes
    ----------
    forms
        Endings of 任免审批表, of `docx`, `pdf`, `lrmx`.
    tables
        Papers by id (`papers.registry`), each as a file of the format `ending`.
    teams
        Teams that lists of those in office speak of; None for all.
    marking
        密级 at the top left of the tables, "" for none.
    notice
        Head, addressees, signature and date of the notice, its body the words before the
        decisions; None for no notice.
    """

    forms: tuple[str, ...] = (DOCX, LRMX)
    tables: tuple[str, ...] = ("roster", "proposal")
    ending: Format = Format.XLSX
    layout: Layout = Layout.STANDARD
    teams: tuple[str, ...] | None = None
    marking: str = ""
    notice: Letter | None = None


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
    report: ReportData | None = None,
    before: ReportData | None = None,
    settling: Mapping[tuple[str, str], str] | None = None,
    wanted: Wanted | None = None,
    progress: Progress | None = None,
) -> PlanPapers:
    """Write the papers of a plan.

    Parameters
    ----------
    assignments
        (post, person or None) for each post of the problem.
    report, before
        Structure under the plan, and as it is now; without the first no report is written.
    settling
        (post, person) → what a person must settle first.
    wanted
        Which papers; by default all forms, the roster and the proposal.

    Raises
    ------
    BadInput
        When posts or people of the plan are not in the roster, or a form cannot be written.
    BanziError
        `papers/folder-in-use`: the folder holds something that this program did not write.
    """
    _refuse_foreign_folder(out)
    asked, listener = wanted or Wanted(), progress or Silent()
    house = house_of(roster, as_of)
    moves = moves_of(house, assignments, settling)
    vacant = tuple(post for post, person in assignments if person is None)
    plan = PlanMoves(house, moves, vacant)
    with replacing_folder(out) as folder:
        papers = _forms(roster, plan, as_of, folder, asked, listener) if asked.forms else []
        papers += _tables(roster, plan, as_of, folder, asked, listener)
        if asked.notice is not None and moves:
            papers.append(_notice(roster, plan, as_of, folder, asked.notice))
        if report is not None:
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
    plan: PlanMoves,
    as_of: date,
    folder: Path,
    asked: Wanted,
    progress: Progress,
) -> list[Paper]:
    (folder / FORMS_FOLDER).mkdir()
    digits = max(2, len(str(len(plan.moves))))
    papers: list[Paper] = []
    with TemporaryDirectory(prefix="banzi-forms-") as place:
        printer = Printer(Path(place)) if PDF in asked.forms else None
        listed = tracked(plan.moves, progress, WRITING(), len(plan.moves))
        for number, move in enumerate(listed, start=1):
            form = form_of(roster, move.person_id, changes_of(move, plan.house, as_of))
            stem = safe_name(render(_FILE, {"number": f"{number:0{digits}}", "name": move.name}))
            path = f"{FORMS_FOLDER}/{stem}"
            notes = _printed(form, move.name, folder / path, asked, printer)
            if move.settling:
                notes.append(SETTLE_FIRST(text=move.settling))
            if holds_other_office(move, form["current_posts_text"]):
                notes.append(OTHER_OFFICE(name=move.name))
            if LRMX in asked.forms:
                (folder / f"{path}.{LRMX}").write_bytes(write_form(form))
            for ending in asked.forms:
                title = _EXCHANGE_TITLE if ending == LRMX else FORM_TITLE
                said = tuple(notes) if ending == asked.forms[0] else ()
                papers.append(Paper(f"{path}.{ending}", title, move.person_id, move.name, said))
    return papers


def _printed(
    form: Form, name: str, path: Path, asked: Wanted, printer: Printer | None
) -> list[Message]:
    """Write the form to be read; what whoever prints it should know."""
    ready = set_form(form, asked.layout)
    if DOCX in asked.forms:
        write_docx(ready, path.with_name(f"{path.name}.{DOCX}"), asked.layout, stated_at(form))
    notes = list(ready.notes)
    if printer is not None:
        made, more = printer.print([Entry(ready, name)], stated_at(form))
        path.with_name(f"{path.name}.{PDF}").write_bytes(made)
        notes += more[0]
    return notes


def _tables(
    roster: Roster,
    plan: PlanMoves,
    as_of: date,
    folder: Path,
    asked: Wanted,
    progress: Progress,
) -> list[Paper]:
    request = Request(roster, as_of, teams=asked.teams, plan=plan, marking=asked.marking)
    papers = []
    for name in tracked(asked.tables, progress, LISTING(), len(asked.tables)):
        kind = find_paper(name)
        file = f"{safe_name(kind.title)}.{asked.ending}"
        notes = kind.write(request, folder / file)
        papers.append(Paper(file, kind.title, notes=tuple(notes)))
    return papers


def _notice(roster: Roster, plan: PlanMoves, as_of: date, folder: Path, frame: Letter) -> Paper:
    decided = decisions_of(plan.moves, plan.house)
    made = notice.prepared(decided, roster, as_of)
    named = replace(frame, title=frame.title or made.title)
    letter = notice.notice_letter(named, made.decisions, made.names)
    file = f"{NOTICE}.{DOCX}"
    notes = [
        *(each.message for each in made.findings),
        *write_letter(letter, folder / file, Fonts()),
    ]
    return Paper(file, NOTICE, notes=tuple(notes))


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
