"""The pack of a meeting: every paper in one folder or .zip, numbered, with a table of contents.

    00目录.docx
    01议程.docx
    02讨论任免干部名单.docx
    03干部任免审批表/01姓名.docx …
    04干部任免表决票.docx
    05材料核对清单.docx

Notes of each paper stand in the table of contents. The pack decides nothing: what is missing is
listed, and a person signs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from banzi.documents.forms import form_of
from banzi.documents.papers.approval_form import write_approval_form
from banzi.documents.papers.approval_layout import TITLE as FORM_TITLE
from banzi.documents.papers.approval_layout import Layout
from banzi.documents.papers.letters.letter import Fonts
from banzi.documents.papers.letters.writing import write_letter
from banzi.documents.papers.meeting_lists import DISCUSSION_TITLE
from banzi.documents.papers.moves import changes_of
from banzi.documents.papers.office_table import A4_PORTRAIT, Heading, OfficeTable, Row
from banzi.documents.papers.packs.checklist import TITLE as CHECK_TITLE
from banzi.documents.papers.packs.checklist import PersonCheck, check_table, person_checks
from banzi.documents.papers.packs.meeting import AGENDA, Meeting, agenda
from banzi.documents.papers.paper_kinds import Request
from banzi.documents.papers.proposals import proposals_of
from banzi.documents.papers.registry import find_paper
from banzi.documents.papers.writing import Format, write_tables
from banzi.kernel.errors import BanziError
from banzi.kernel.files import replacing_file, replacing_folder, safe_name, zip_folder
from banzi.kernel.messages import Message, MessageKind, render
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent, tracked

WRITING = MessageKind("packs/writing", _("正在编写会议材料"))
NOT_OURS = MessageKind(
    "packs/folder-in-use", _("“{folder}”已有其他内容（没有{contents}），不予覆盖；请另选文件夹")
)

CONTENTS = _("目录")
_TITLE = _("{meeting}材料目录")
_COLUMNS = (
    Heading(_("序号"), 14),
    Heading(_("材料"), 58, align="left"),
    Heading(_("人员"), 22, align="name"),
    Heading(_("份数"), 14),
    Heading(_("需注意"), 62, align="left"),
)
_NAME = _("{number}{title}")


@dataclass(frozen=True, slots=True)
class Packed:
    """One paper of a pack: path within it (with `/`), title, person, copies, what to note."""

    file: str
    title: str
    name: str = ""
    copies: int = 1
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """What was written."""

    papers: tuple[Packed, ...]
    checks: tuple[PersonCheck, ...]


def write_pack(
    meeting: Meeting,
    request: Request,
    out: Path,
    layout: Layout = Layout.STANDARD,
    ending: Format = Format.DOCX,
    progress: Progress | None = None,
) -> Pack:
    """Write the pack as a folder, or as one file when `out` ends in `.zip`.

    Parameters
    ----------
    request
        Roster, day, and the people or the plan that is discussed.
    ending
        Format of the tables; agenda and forms are always .docx.

    Raises
    ------
    BanziError
        `papers/nothing-proposed`, `packs/folder-in-use`.
    """
    if out.suffix.lower() == ".zip":
        with replacing_file(out) as part, tempfile.TemporaryDirectory() as name:
            pack = _write(meeting, request, Path(name), layout, ending, progress or Silent())
            zip_folder(Path(name), part)
        return pack
    _refuse_foreign(out)
    with replacing_folder(out) as folder:
        return _write(meeting, request, folder, layout, ending, progress or Silent())


def _write(
    meeting: Meeting,
    request: Request,
    folder: Path,
    layout: Layout,
    ending: Format,
    progress: Progress,
) -> Pack:
    proposals = proposals_of(request)
    everybody = proposals.all
    ballot = find_paper(meeting.which.ballot)
    papers: list[Packed] = []

    agenda_file = _numbered(1, AGENDA, Format.DOCX)
    notes = write_letter(
        agenda(meeting, len(everybody), request.marking), folder / agenda_file, Fonts()
    )
    papers.append(Packed(agenda_file, AGENDA, notes=notes))

    listing = find_paper("discussion-list")
    file = _numbered(2, DISCUSSION_TITLE, ending)
    papers.append(
        Packed(file, DISCUSSION_TITLE, notes=tuple(listing.write(request, folder / file)))
    )

    reasons: dict[str, str] = {}
    subfolder = _numbered(3, FORM_TITLE)
    (folder / subfolder).mkdir()
    digits = max(2, len(str(len(everybody))))
    changes = _changes(request)
    for number, each in enumerate(tracked(everybody, progress, WRITING(), len(everybody)), start=1):
        key, name = each.person.person_id, each.person.name
        form = form_of(request.roster, key, changes.get(key))
        reasons[key] = form["appointment_reason"]
        file = f"{subfolder}/{safe_name(f'{number:0{digits}}{name}')}.docx"
        said = write_approval_form(form, folder / file, layout)
        papers.append(Packed(file, FORM_TITLE, name, notes=said))

    file = _numbered(4, ballot.title, ending)
    asked = _with_copies(request, meeting.ballots)
    papers.append(
        Packed(
            file,
            ballot.title,
            copies=meeting.ballots,
            notes=tuple(ballot.write(asked, folder / file)),
        )
    )

    checks = person_checks(everybody, request.roster, request.as_of, reasons)
    file = _numbered(5, CHECK_TITLE, ending)
    write_tables(
        [_marked(check_table(checks, everybody, request.as_of), request)],
        folder / file,
        request.as_of,
    )
    papers.append(Packed(file, CHECK_TITLE))
    contents = _contents(meeting, papers)
    write_tables(
        [_marked(contents, request)], folder / _numbered(0, CONTENTS, ending), request.as_of
    )
    return Pack(tuple(papers), checks)


def _contents(meeting: Meeting, papers: list[Packed]) -> OfficeTable:
    said_before: set[str] = set()
    rows = []
    for number, each in enumerate(papers, start=1):
        notes = [note.text() for note in each.notes if note.code not in _SAID_IN_FORMS]
        fresh = [text for text in notes if text not in said_before]
        said_before.update(fresh)
        rows.append(
            Row((number, each.file.rpartition(".")[0], each.name, each.copies, "\n".join(fresh)))
        )
    title = render(_TITLE, {"meeting": meeting.name})
    return OfficeTable(title, _COLUMNS, rows, left=meeting.time, page=A4_PORTRAIT, sheet=CONTENTS)


_SAID_IN_FORMS = ("papers/age-counted-at", "letters/no-date")


def _changes(request: Request) -> Mapping[str, Mapping[str, str]]:
    plan = request.plan
    if plan is None:
        return {}
    return {move.person_id: changes_of(move, plan.house, request.as_of) for move in plan.moves}


def _with_copies(request: Request, copies: int) -> Request:
    return replace(request, options={"份数": str(copies)})


def _marked(table: OfficeTable, request: Request) -> OfficeTable:
    return replace(table, marking=request.marking)


def _numbered(number: int, title: str, ending: str = "") -> str:
    stem = safe_name(render(_NAME, {"number": f"{number:02}", "title": title}))
    return f"{stem}.{ending}" if ending else stem


def _refuse_foreign(out: Path) -> None:
    if not out.exists():
        return
    if out.is_file() or (any(out.iterdir()) and not any(out.glob(_numbered(0, CONTENTS, "*")))):
        raise BanziError(NOT_OURS(folder=out, contents=_numbered(0, CONTENTS)))
