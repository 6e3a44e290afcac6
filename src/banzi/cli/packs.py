"""`banzi papers pack`: everything for a meeting on appointments in one numbered folder."""

from __future__ import annotations

from pathlib import Path

import typer

from banzi.cli import terminal
from banzi.cli.outputs import writing
from banzi.cli.paper_fonts import fonts_said
from banzi.cli.paper_printing import persons_typed, plan_given
from banzi.cli.papers import LAYOUT, group
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

PACKED = MessageKind("packs/packed", _("会议材料已写出：{out}（{papers}件，{persons}人）"))
MISSING = MessageKind("packs/missing", _("{count}人的材料不齐，会前须补齐或由人核实："))
COMPLETE = MessageKind("packs/complete", _("登记的材料齐全；考察材料等原件请人工查验"))

_HEADER = (_("姓名"), _("尚缺"))

ROSTER = typer.Argument(..., metavar="ROSTER", help="花名册文件夹。")
MEETING = typer.Argument(
    ..., metavar="MEETING", help="会议（.yaml）：会议、名称、时间、议题、票数等。"
)
OUT = typer.Option(..., "--out", metavar="OUT", help="写入的文件夹；以 .zip 结尾的写成一个压缩包。")
PERSONS = typer.Option(
    None, "--persons", help="名单文件（.txt、.xlsx），或姓名、人员标识、身份证号；可重复。"
)
PLAN = typer.Option(None, "--plan", metavar="PLAN", help="方案文件夹，或其中的 plan.json。")
PROBLEM = typer.Option(None, "--problem", metavar="PROBLEM", help="方案所答的选配问题文件夹。")
FORMAT = typer.Option("docx", "--format", help="名单、表决票等表格的格式：docx、xlsx 或 pdf。")
MARKING = typer.Option("", "--marking", help="密级标志，印在左上角，如 秘密★1年。")


def register(app: typer.Typer) -> None:
    """The command stands in the group of papers; `banzi.cli.papers` adds it."""


@group.command()
def pack(
    folder: Path = ROSTER,
    meeting: Path = MEETING,
    out: Path = OUT,
    persons: list[str] = PERSONS,
    plan: Path | None = PLAN,
    problem: Path | None = PROBLEM,
    ending: str = FORMAT,
    layout: str = LAYOUT,
    marking: str = MARKING,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """写出会议材料：目录、议程、讨论名单、每人审批表、表决票、材料核对清单。"""
    from banzi.documents.papers.approval_layout import Layout
    from banzi.documents.papers.marking import read_marking
    from banzi.documents.papers.packs.meeting import read_meeting
    from banzi.documents.papers.packs.pack import write_pack
    from banzi.documents.papers.paper_kinds import Request
    from banzi.documents.papers.writing import Format
    from banzi.roster import load_roster

    terminal.one_of(layout, tuple(Layout), "--layout")
    terminal.one_of(ending, tuple(Format), "--format")
    held = read_meeting(meeting)
    marked, doubts = read_marking(marking)
    roster = load_roster(folder)
    changes, day = plan_given(roster, problem, plan, as_of, as_json)
    request = Request(
        roster, day, persons=persons_typed(roster, persons or []), plan=changes, marking=marked
    )
    with writing(out), terminal.progress_bar() as bar:
        made = write_pack(held, request, out, Layout(layout), Format(ending), bar)
    missing = [check for check in made.checks if check.missing]
    if as_json:
        terminal.say_json(
            {
                "as_of": day,
                "out": out,
                "papers": [
                    {"file": each.file, "title": each.title, "name": each.name}
                    for each in made.papers
                ],
                "checks": [
                    {
                        "person_id": check.person_id,
                        "name": check.name,
                        "states": dict(check.states),
                        "missing": list(check.missing),
                    }
                    for check in made.checks
                ],
                "notes": list(doubts),
                **fonts_said(*(Path(each.file) for each in made.papers)),
            }
        )
        return
    terminal.say(PACKED(out=out, papers=len(made.papers), persons=len(made.checks)))
    for line in (*doubts, *fonts_said(*(Path(each.file) for each in made.papers)).values()):
        terminal.say(line)
    if not missing:
        terminal.say(COMPLETE())
        return
    terminal.say(MISSING(count=len(missing)))
    rows = [(check.name, "、".join(check.missing)) for check in missing]
    terminal.say_table("", [terminal.text(name) for name in _HEADER], rows)
