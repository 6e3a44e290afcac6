"""`banzi papers settings`: the settings of the tables of figures, to copy and change."""

from __future__ import annotations

from pathlib import Path

import typer

from banzi.cli import terminal
from banzi.cli.outputs import writing
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

WRITTEN = MessageKind(
    "papers/settings-written",
    _("统计口径设置已写入{file}；改后印统计表时加 --set 口径={file}"),
)
EXISTS = MessageKind(
    "papers/settings-exist", _("“{file}”已存在，不覆盖；请换一个文件名，或先移走原文件")
)

OUT = typer.Option(None, "--out", metavar="FILE", help="写入这个文件；不填则显示在屏幕上。")
CHECK = typer.Option(None, "--check", metavar="FILE", help="只检查这个设置文件有没有错。")
CHECKED = MessageKind("papers/settings-right", _("设置文件无误：{file}"))


def settings(out: Path | None = OUT, check: Path | None = CHECK) -> None:
    """统计表的口径设置：年龄段、出生年份、“左右”的幅度等；写出默认文件，改后使用。"""
    from banzi.kernel.files import replacing_file
    from banzi.structure.counting.reading_settings import default_text, read_counting_settings

    if check is not None:
        read_counting_settings(check)
        terminal.say(CHECKED(file=check))
        return
    text = default_text()
    if out is None:
        terminal.say(text)
        return
    if out.exists():
        raise BanziError(EXISTS(file=out))
    with writing(out), replacing_file(out) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    terminal.say(WRITTEN(file=out))
