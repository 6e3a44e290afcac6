"""`banzi structure library`: the targets to copy from, each with its source; none is in force."""

from __future__ import annotations

from pathlib import Path

import typer

from banzi.cli import terminal
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

LISTED = MessageKind(
    "library/listed",
    _(
        "结构目标库{version}版，共{count}项，均不启用；用 --out FILE 抄出，改定数额和依据后以 --targets 使用。"
    ),
)
COPIED = MessageKind(
    "library/copied", _("已抄出{count}项，写入{file}；其中{samples}项的数额是示例，须改定")
)
EXISTS = MessageKind(
    "library/file-exists", _("“{file}”已存在，不覆盖；请换一个文件名，或先移走原文件")
)
_HEADER = (_("标识"), _("类别"), _("目标"), _("人员条件"), _("数额"), _("数额来源"), _("依据"))
_TAKE = typer.Option(None, "--take", metavar="ID", help="只要这一项，可写多次；不填为全部。")
_OUT = typer.Option(None, "--out", metavar="FILE", help="抄成目标文件（.yaml），改后使用。")


def add_to(group: typer.Typer) -> None:
    """Add the command to `banzi structure`."""
    group.command()(library)


def library(
    take: list[str] | None = _TAKE, out: Path | None = _OUT, as_json: bool = terminal.JSON
) -> None:
    """结构目标库：每项注明依据，数额是文件所定还是示例；抄出后由本单位改定。"""
    from banzi.cli.outputs import writing
    from banzi.kernel.files import replacing_file
    from banzi.structure.library.reading import BoundBasis, copy_text, read_library

    made = read_library(terminal.law())
    entries = made.chosen(take or [])
    if out is not None:
        if out.exists():
            raise BanziError(EXISTS(file=out))
        with writing(out), replacing_file(out) as part:
            part.write_text(copy_text(made, entries), encoding="utf-8", newline="\n")
    shown = [
        {
            "id": each.id,
            "kind": each.kind,
            "title": each.target.title,
            "where": each.target.definition(terminal.language()),
            "bound": f"{each.target.op} {each.written['bound']}",
            "bound_basis": each.basis,
            "clause": each.clause,
            "rows": list(each.rows),
        }
        for each in entries
    ]
    if as_json:
        terminal.say_json({"version": made.version, "written": out, "entries": shown})
        return
    if out is not None:
        samples = sum(each.basis is BoundBasis.SAMPLE for each in entries)
        terminal.say(COPIED(count=len(entries), file=out, samples=samples))
        return
    names = {basis.value: basis.zh for basis in BoundBasis}
    rows = [
        (
            each["id"],
            each["kind"],
            each["title"],
            each["where"],
            each["bound"],
            terminal.text(names[str(each["bound_basis"])]),
            each["clause"],
        )
        for each in shown
    ]
    terminal.say_table("", [terminal.text(name) for name in _HEADER], rows)
    terminal.say(LISTED(version=made.version, count=len(rows)))
