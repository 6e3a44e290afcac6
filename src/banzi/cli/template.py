"""`banzi template`: workbooks to fill in, so that an office can begin before it has any file.

Not here: which sheets and columns there are; `documents.codecs.workbook` declares them.
"""

from __future__ import annotations

from pathlib import Path

import typer

from banzi.cli import terminal
from banzi.cli.outputs import writing
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

ALREADY_THERE = MessageKind(
    "template/already-there",
    _("“{file}”已存在，为免覆盖已填内容不予写出；请换一个文件名，确需覆盖的加 --force"),
)
NOT_A_WORKBOOK_NAME = MessageKind(
    "template/not-xlsx", _("“{file}”的扩展名不是 .xlsx；请改用如“机构班子.xlsx”的文件名")
)
WRITTEN_BLANK = MessageKind("template/written-blank", _("空白工作簿已写出：{file}"))
WRITTEN_FILLED = MessageKind(
    "template/written-filled", _("已按花名册{folder}填好工作簿并写出：{file}")
)

_FILE = typer.Argument(..., metavar="FILE", help="写出的工作簿（.xlsx）。")
_NATIONAL = typer.Option(
    False, "--national", help="写出公务员信息导入表（B01、A01…A99Z1 十张表），不是本系统模板。"
)
_ROSTER = typer.Option(None, "--roster", metavar="DIR", help="用这个花名册填好；不填写空表。")
_FORCE = typer.Option(False, "--force", help="文件已存在时覆盖。")


def register(app: typer.Typer) -> None:
    app.command("template")(template)


def template(
    file: Path = _FILE,
    national: bool = _NATIONAL,
    roster: Path | None = _ROSTER,
    force: bool = _FORCE,
) -> None:
    """写出待填的工作簿：机构、班子、职位、任职、目标和设置；或公务员信息导入表。"""
    from banzi.documents.codecs.workbook import write_national, write_template
    from banzi.roster import load_roster

    if file.suffix.lower() != ".xlsx":
        raise BanziError(NOT_A_WORKBOOK_NAME(file=file))
    if file.exists() and (file.is_dir() or not force):
        raise BanziError(ALREADY_THERE(file=file))
    held = load_roster(roster) if roster is not None else None
    with writing(file):
        if national:
            write_national(held, file)
        else:
            write_template(file, held)
    if held is None:
        terminal.say(WRITTEN_BLANK(file=file))
    else:
        terminal.say(WRITTEN_FILLED(folder=roster, file=file))
