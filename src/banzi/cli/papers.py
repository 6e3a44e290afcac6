"""`banzi papers write`: every document of a plan, in one folder; `list` and `print`: single papers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import paper_printing, paper_settings, terminal
from banzi.cli.arguments import PLAN, PROBLEM, ROSTER
from banzi.cli.paper_fonts import fonts_said, say_pdf_fonts
from banzi.cli.paper_printing import checked_plan
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.documents.papers.plan_papers import PlanPapers

WRITTEN = MessageKind(
    "papers/written", _("已写出{papers}件材料（{moves}人变动，{vacant}个职位空缺），存入{folder}")
)
NOBODY_MOVES = MessageKind("papers/nobody-moves", _("方案与现任一致，没有需要填写任免审批表的人员"))

OTHER_OFFICES = MessageKind(
    "papers/other-offices",
    _("{names}现任职务不在本次选配职位之内，是否免去请核定后补填“拟免职务”"),
)

_SAID_ELSEWHERE = ("papers/age-counted-at", "papers/other-office")
_HEADER = (_("文件"), _("人员"), _("需注意"))
_TITLE = _("需注意的材料")

OUT = typer.Option(..., "--out", metavar="OUT", help="材料存入的文件夹。")
LAYOUT = typer.Option("standard", "--layout", help="审批表版式：standard 通用，2025 新版。")
TARGETS = typer.Option(None, "--targets", help="结构目标文件，用于结构分析报告。")

group = typer.Typer(help="材料：方案的全套材料，或单独一份。", no_args_is_help=True)
group.command("list")(paper_printing.list_papers)
group.command("print")(paper_printing.print_paper)
group.command("settings")(paper_settings.settings)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="papers")


@group.callback()
def _papers() -> None:
    """材料：方案的全套材料，或单独一份。"""


@group.command()
def write(
    folder: Path = ROSTER,
    problem: Path = PROBLEM,
    plan: Path = PLAN,
    out: Path = OUT,
    layout: str = LAYOUT,
    targets: Path = TARGETS,
    as_json: bool = terminal.JSON,
) -> None:
    """写出任免审批表、交换文件、名册、调配建议方案、结构分析报告和清单。方案未通过核对时返回 1。"""
    from banzi.cli.plan_inputs import read_targets
    from banzi.documents.papers.approval_layout import Layout
    from banzi.documents.papers.plan_papers import Wanted, with_assignments, write_plan_papers
    from banzi.documents.papers.settling import settling_texts
    from banzi.facts import derive
    from banzi.roster import load_roster
    from banzi.structure.members import members_of
    from banzi.structure.report import report_data

    terminal.one_of(layout, tuple(Layout), "--layout")
    roster = load_roster(folder)
    bundle, assignments = checked_plan(problem, plan, as_json)
    file = read_targets(targets)
    now = members_of(roster, derive(roster, bundle.as_of, terminal.law()), bundle.as_of)
    then = with_assignments(now, assignments)
    settling = settling_texts(problem, bundle.bundle.tables["candidates.csv"])
    with terminal.progress_bar() as progress:
        written = write_plan_papers(
            roster,
            assignments,
            bundle.as_of,
            out,
            report_data(then, file.targets, file.settings, now),
            report_data(now, file.targets, file.settings),
            settling,
            Wanted(layout=Layout(layout)),
            progress,
        )
    if as_json:
        terminal.say_json(_listed(written, bundle.as_of, out))
        return
    terminal.say(
        WRITTEN(
            papers=len(written.papers),
            moves=len(written.moves),
            vacant=len(written.vacant),
            folder=out,
        )
    )
    say_pdf_fonts(*(Path(paper.file) for paper in written.papers))
    if not written.moves:
        terminal.say(NOBODY_MOVES())
    names = [
        paper.name
        for paper in written.papers
        if "papers/other-office" in [note.code for note in paper.notes]
    ]
    if names:
        terminal.say(OTHER_OFFICES(names=names))
    rows = [
        (paper.file, paper.name, "\n".join(note.text(terminal.language()) for note in notes))
        for paper in written.papers
        if (notes := [note for note in paper.notes if note.code not in _SAID_ELSEWHERE])
    ]
    if rows:
        terminal.say_table(terminal.text(_TITLE), [terminal.text(name) for name in _HEADER], rows)


def _listed(written: PlanPapers, as_of: date, out: Path) -> dict[str, object]:
    return {
        "written": True,
        "as_of": as_of,
        "folder": out,
        "papers": [
            {name: getattr(paper, name) for name in paper.__slots__} for paper in written.papers
        ],
        "moves": [
            {
                name: getattr(move, name)
                for name in ("person_id", "name", "to_posts", "from_posts", "settling")
            }
            for move in written.moves
        ],
        "vacant": written.vacant,
        **fonts_said(*(Path(paper.file) for paper in written.papers)),
    }
