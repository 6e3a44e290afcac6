"""`banzi forms rename`: names of 任免审批表 files from what is in them; looks first, then renames."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal
from banzi.cli.form_printing import LIST, chosen_forms, wanted_lines
from banzi.kernel.errors import BadInput, BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.documents.form_renaming import Step

PLANNED = MessageKind(
    "form-renaming/planned",
    _("拟改名{count}个文件，其余{same}份名称不变；未改动文件，加 --apply 执行"),
)
RENAMED = MessageKind(
    "form-renaming/renamed", _("已改名{count}个文件；如需恢复：banzi forms rename --undo {record}")
)
NOTHING = MessageKind("form-renaming/nothing", _("各文件名称均已符合，无须改名"))
RESTORED = MessageKind("form-renaming/restored", _("已恢复{count}个文件的原名"))
WHAT = MessageKind("form-renaming/what", _("请给出审批表文件或文件夹，或用 --undo 给出改名记录"))

_HEADER = (_("文件夹"), _("现名称"), _("新名称"))

SOURCES = typer.Argument(None, metavar="SRC...", help="审批表（.lrmx、.lrm）或其所在的文件夹。")
PATTERN = typer.Option(
    "number-name", "--pattern", help="number-name 序号姓名，name 姓名，name-id 姓名身份证号。"
)
ORDER = typer.Option("file", "--order", help="编号的次序：file 文件名，strokes 姓氏笔画。")
START = typer.Option(1, "--start", min=0, help="第一个序号。")
APPLY = typer.Option(False, "--apply", help="执行改名；不加则只列出新旧名称。")
UNDO = typer.Option(None, "--undo", metavar="FILE.csv", help="按改名记录恢复原名。")


def rename(
    sources: list[Path] | None = SOURCES,
    pattern: str = PATTERN,
    order: str = ORDER,
    list_: Path | None = LIST,
    start: int = START,
    apply: bool = APPLY,
    undo: Path | None = UNDO,
    as_json: bool = terminal.JSON,
) -> None:
    """按表内姓名批量改名。默认只列出新旧名称；有重名或占用的返回 2，不改任何文件。"""
    from banzi.documents import form_renaming as renaming
    from banzi.documents.form_files import find_forms
    from banzi.documents.form_order import CHECK_STROKES, Order, ordered
    from banzi.documents.papers.form_printing import (
        Printed,
        Refused,
        Source,
        Sources,
        read_subjects,
    )

    if undo is not None:
        restored = renaming.undo(undo)
        terminal.say(RESTORED(count=len(restored)))
        return
    terminal.one_of(pattern, tuple(renaming.Pattern), "--pattern")
    terminal.one_of(order, tuple(Order), "--order")
    if not sources:
        raise BanziError(WHAT())
    files = find_forms(sources)
    forms = Sources(len(files), lambda place: Source(str(files[place])))
    with terminal.progress_bar() as bar:
        if lines := wanted_lines(list_, ()):
            forms = chosen_forms(forms, lines, list_, bar, 1)
        outcomes = read_subjects(forms, bar, 1)
    refused = [
        problem for each in outcomes if isinstance(each, Refused) for problem in each.problems
    ]
    if refused:
        raise BadInput(refused)
    subjects = [each.subject for each in outcomes if isinstance(each, Printed)]
    places, doubtful = ordered(subjects, Order(order))
    subjects = [subjects[place] for place in places]
    steps, problems = renaming.plan(subjects, renaming.Pattern(pattern), start)
    record = None
    if apply and steps and not problems:
        record = renaming.carry_out(steps, steps[0].old.parent)
    if as_json:
        listed = [{"old": step.old, "new": step.new} for step in steps]
        lines_ = [problem.line(terminal.language()) for problem in problems]
        terminal.say_json({"renamed": listed, "problems": lines_, "record": record})
    else:
        _tell(steps, len(subjects), record, bool(problems))
        if doubtful:
            terminal.say(CHECK_STROKES(names=doubtful))
    if problems:
        raise BadInput(problems)


def _tell(steps: list[Step], forms: int, record: Path | None, doubts: bool) -> None:
    if not steps:
        if not doubts:
            terminal.say(NOTHING())
        return
    rows = [(str(step.old.parent), step.old.name, step.new.name) for step in steps]
    terminal.say_table("", [terminal.text(name) for name in _HEADER], rows)
    if record is not None:
        terminal.say(RENAMED(count=len(steps), record=record))
    elif not doubts:
        terminal.say(PLANNED(count=len(steps), same=max(0, forms - len(steps))))
