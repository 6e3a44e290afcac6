"""`banzi papers letter | notice`: 公文 after GB/T 9704-2012 as Word documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.cli.arguments import ROSTER
from banzi.cli.outputs import writing
from banzi.cli.papers import group
from banzi.kernel.errors import BanziError, Problem
from banzi.kernel.files import replacing_file
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from datetime import date

    from banzi.documents.papers.letters.decisions import Decision
    from banzi.roster import Roster

LETTER_WRITTEN = MessageKind("letters/written", _("公文已写出：{file}"))
NOTICE_WRITTEN = MessageKind(
    "notice/written", _("任免通知已写出：{file}（{count}人：任命{appointed}人，免职{removed}人）")
)
TEMPLATE_WRITTEN = MessageKind("notice/template-written", _("任免事项空表已写出：{file}"))
NEEDS_ATTENTION = MessageKind("letters/needs-attention", _("需注意{count}处："))
NOT_DOCX = MessageKind(
    "letters/not-docx", _("“{file}”的扩展名不是 .docx；请改用如“通知.docx”的文件名")
)
ONE_SOURCE = MessageKind(
    "notice/one-source", _("请给出任免事项表，或用 --problem 和 --plan 指定方案，两者取其一")
)

FILE = typer.Argument(..., metavar="FILE", help="公文内容（.yaml）：标题、正文、版头、署名等。")
OUT = typer.Option(..., "--out", metavar="DOCX", help="写出的文件（.docx）。")
DECISIONS = typer.Argument(None, metavar="[XLSX]", help="任免事项表；与 --plan 取其一。")
FRAME = typer.Option(..., "--letter", metavar="YAML", help="公文其他部分：版头、主送、署名等。")
PROBLEM = typer.Option(None, "--problem", metavar="PROBLEM", help="选配问题文件夹。")
PLAN = typer.Option(None, "--plan", metavar="PLAN", help="方案文件夹，或其中的plan.json。")
ORDER = typer.Option("input", "--order", help="人员顺序：input 按表中顺序，rank 按职务层次。")
BLANK = typer.Argument(..., metavar="XLSX", help="写出的空表（.xlsx）。")


def register(app: typer.Typer) -> None:
    """The commands stand in the group of papers; `banzi.cli.papers` adds it."""


@group.command()
def letter(file: Path = FILE, out: Path = OUT, as_json: bool = terminal.JSON) -> None:
    """按 GB/T 9704-2012 的格式写出通知、函、请示等公文。"""
    from banzi.documents.papers.letters.reading import read_letter
    from banzi.documents.papers.letters.writing import write_letter

    _refuse_other_names(out)
    content, fonts = read_letter(file)
    with writing(out), replacing_file(out) as part:
        notes = write_letter(content, part, fonts)
    if as_json:
        terminal.say_json({"file": out, "notes": list(notes)})
        return
    terminal.say(LETTER_WRITTEN(file=out))
    _tell(notes)


@group.command()
def notice(
    folder: Path = ROSTER,
    decisions: Path | None = DECISIONS,
    frame: Path = FRAME,
    out: Path = OUT,
    problem: Path | None = PROBLEM,
    plan: Path | None = PLAN,
    order: str = ORDER,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """写出任免职通知：一个文号，多人任免，按任免事项表或方案逐人成句，并与花名册核对。"""
    from banzi.documents.papers.letters import notice
    from banzi.documents.papers.letters.reading import read_letter
    from banzi.documents.papers.letters.writing import write_letter

    terminal.one_of(order, tuple(notice.Order), "--order")
    _refuse_other_names(out)
    roster, day = terminal.roster_on(folder, as_of)
    decided = _decided(roster, day, decisions, problem, plan, as_json)
    made = notice.prepared(decided, roster, day, notice.Order(order))
    decided = made.decisions
    supplied = {"标题": made.title, "正文": notice.OPENING}
    content, fonts = read_letter(frame, supplied)
    with writing(out), replacing_file(out) as part:
        notes = write_letter(notice.notice_letter(content, decided, made.names), part, fonts)
    counts = {
        "count": len(decided),
        "appointed": sum(bool(each.appointed) for each in decided),
        "removed": sum(bool(each.removed) for each in decided),
    }
    if as_json:
        listed = [{"at": str(each.at), **_said(each.message)} for each in made.findings]
        terminal.say_json({"file": out, **counts, "findings": listed, "notes": list(notes)})
        return
    terminal.say(NOTICE_WRITTEN(file=out, **counts))
    _tell([*made.findings, *notes])


@group.command("decisions-template")
def decisions_template(file: Path = BLANK) -> None:
    """写出任免事项空表，供填写后生成任免职通知。"""
    from banzi.cli.template import ALREADY_THERE, NOT_A_WORKBOOK_NAME
    from banzi.documents.papers.letters.decisions import write_decisions_template

    if file.suffix.lower() != ".xlsx":
        raise BanziError(NOT_A_WORKBOOK_NAME(file=file))
    if file.exists():
        raise BanziError(ALREADY_THERE(file=file))
    write_decisions_template(file)
    terminal.say(TEMPLATE_WRITTEN(file=file))


def _decided(
    roster: Roster,
    day: date,
    decisions: Path | None,
    problem: Path | None,
    plan: Path | None,
    as_json: bool,
) -> tuple[Decision, ...]:
    from banzi.documents.papers.letters.decisions import decisions_of, read_decisions

    if decisions is not None and plan is None and problem is None:
        return read_decisions(decisions, roster)
    if decisions is not None or plan is None or problem is None:
        raise BanziError(ONE_SOURCE())
    from banzi.cli.paper_printing import checked_plan
    from banzi.documents.papers.moves import house_of, moves_of

    _bundle, assignments = checked_plan(problem, plan, as_json)
    house = house_of(roster, day)
    return decisions_of(moves_of(house, assignments), house)


def _refuse_other_names(out: Path) -> None:
    if out.suffix.lower() != ".docx":
        raise BanziError(NOT_DOCX(file=out))


def _tell(notes: Sequence[Message | Problem]) -> None:
    if notes:
        terminal.say(NEEDS_ATTENTION(count=len(notes)))
    for note in notes:
        if isinstance(note, Problem):
            place = f"{note.at} " if note.at.file else ""
            terminal.say(f"  {place}{note.message.text(terminal.language())}")
        else:
            terminal.say(f"  {note.text(terminal.language())}")


def _said(message: Message) -> dict[str, Any]:
    return {"code": message.code, "text": message.text(terminal.language())}
