"""`banzi forms fill` and `banzi forms extract`: forms from a workbook, a workbook from forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.cli.form_changes import as_json as changes_json
from banzi.cli.form_changes import place_of, say_changes
from banzi.cli.forms import group
from banzi.cli.outputs import refuse_endings, writing
from banzi.kernel.errors import BadInput, Location, Problem, ProblemLog
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.documents.comparing.filling import Filled
    from banzi.documents.comparing.sides import Side

NOT_A_BOOK = MessageKind("fill/not-a-workbook", _("应给出工作簿（.xlsx）"))
NOT_FORMS = MessageKind("fill/not-forms", _("应给出任免审批表（.lrmx、.lrm）或其所在的文件夹"))
OLD_FORM = MessageKind(
    "fill/old-form", _("底表中有旧版审批表（.lrm），只读取、不改写；请在填表软件中另存为.lrmx")
)
FOLDER_USED = MessageKind(
    "fill/folder-used", _("“{folder}”已存在且不是空文件夹，为免覆盖未写入；请换一个文件夹名")
)
BOTH = MessageKind("fill/columns-and-like", _("--columns 和 --like 只能用一个"))
MADE = MessageKind("fill/made", _("已写出{count}份任免审批表，存入{folder}"))
CHANGED = MessageKind(
    "fill/changed", _("改动{files}份任免审批表的{count}处，改后的存入{folder}；底表未动")
)
WOULD_MAKE = MessageKind(
    "fill/would-make", _("试运行：将写出{files}份任免审批表（{count}处），未写入")
)
NOTHING = MessageKind("fill/nothing", _("没有需要改动的内容，未写入"))
LEFT_OVER = MessageKind("fill/left-over", _("未对应：{name}（{where}）：{why}"))
IGNORED = MessageKind("fill/ignored", _("未用的列（不能识别表头）：{headers}"))
EXTRACTED = MessageKind("fill/extracted", _("{count}人、{columns}个栏目已写入：{path}"))
WOULD_EXTRACT = MessageKind(
    "fill/would-extract", _("试运行：将写{count}人、{columns}个栏目，未写入")
)

_MOST_SHOWN = 200

BOOK = typer.Argument(..., metavar="BOOK.xlsx", help="工作簿：一人一行，表头用审批表的栏目名。")
OUT_FOLDER = typer.Option(..., "--out", metavar="DIR", help="写出的文件夹；须是新的或空的。")
BASE = typer.Option(None, "--base", metavar="DIR", help="已有的审批表，只改写选定的栏目。")
COLUMNS = typer.Option(None, "--columns", metavar="栏目,栏目", help="只用这些栏目；不填用全部。")
DRY_RUN = typer.Option(False, "--dry-run", help="只列出将写什么，不写入。")
FORMS = typer.Argument(..., metavar="FORMS", help="任免审批表或其所在的文件夹。")
OUT_BOOK = typer.Option(..., "--out", metavar="BOOK.xlsx", help="写出的工作簿。")
LIKE = typer.Option(None, "--like", metavar="EMPTY.xlsx", help="自己的空表：按其表头和格式填写。")


def register(_app: typer.Typer) -> None:
    """Nothing to add: the commands join the group of `forms` below."""


@group.command("fill")
def fill_command(
    book: Path = BOOK,
    out: Path = OUT_FOLDER,
    base: Path | None = BASE,
    columns: str | None = COLUMNS,
    dry_run: bool = DRY_RUN,
    as_json: bool = terminal.JSON,
) -> None:
    """用工作簿批量生成任免审批表，或改写已有审批表的选定栏目。"""
    from banzi.documents.comparing.filling import columns_named, fill_forms
    from banzi.documents.comparing.sides import SideKind
    from banzi.kernel.files import replacing_folder

    chosen = columns_named(_split(columns))
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInput([Problem(FOLDER_USED(folder=out), Location(str(out)))])
    with terminal.progress_bar() as bar:
        side = _read(book, SideKind.WORKBOOK, NOT_A_BOOK, bar)
        under = None if base is None else _read(base, SideKind.FORMS, NOT_FORMS, bar)
    if under is not None:
        _refuse_old(under)
    filled = fill_forms(side, chosen, under)
    if not dry_run and filled.files:
        with writing(out), replacing_folder(out) as part:
            for name, content in filled.files.items():
                (part / name).write_bytes(content)
    if as_json:
        terminal.say_json(_as_json(filled, side, out, dry_run))
        return
    if base is not None or dry_run:
        say_changes(filled.changes[:_MOST_SHOWN])
    if side.unknown:
        terminal.say(IGNORED(headers=list(side.unknown)))
    for each in filled.left_over:
        terminal.say(LEFT_OVER(name=each.card.name, where=place_of(each.card.at), why=each.why))
    counts = {"files": len(filled.files), "count": len(filled.changes)}
    if dry_run:
        terminal.say(WOULD_MAKE(**counts))
    elif not filled.files:
        terminal.say(NOTHING())
    elif base is None:
        terminal.say(MADE(count=len(filled.files), folder=out))
    else:
        terminal.say(CHANGED(**counts, folder=out))


@group.command("extract")
def extract_command(
    forms: Path = FORMS,
    out: Path = OUT_BOOK,
    columns: str | None = COLUMNS,
    like: Path | None = LIKE,
    dry_run: bool = DRY_RUN,
    as_json: bool = terminal.JSON,
) -> None:
    """把任免审批表汇总成工作簿：选定栏目，或按自己的空表填写。"""
    from banzi.documents.codecs.workbook.clerk_sheet import SHEET_COLUMNS, read_clerk_sheet
    from banzi.documents.comparing.filling import columns_named, fill_template, write_table
    from banzi.documents.comparing.sides import SideKind
    from banzi.kernel.files import replacing_file

    refuse_endings((out, ".xlsx"))
    chosen = columns_named(_split(columns))
    if chosen and like is not None:
        raise BadInput([Problem(BOTH())])
    with terminal.progress_bar() as bar:
        side = _read(forms, SideKind.FORMS, NOT_FORMS, bar)
    unknown: tuple[str, ...] = ()
    if like is not None:
        sheet = read_clerk_sheet(like)
        chosen, unknown = tuple(sheet.columns), sheet.unknown
    chosen = chosen or SHEET_COLUMNS
    if not dry_run:
        with writing(out), replacing_file(out) as part:
            if like is None:
                write_table(side, chosen, part)
            else:
                fill_template(side, like, part)
    if as_json:
        terminal.say_json(
            {
                "persons": len(side.cards),
                "columns": list(chosen),
                "unknown_columns": list(unknown),
                "out": None if dry_run else out,
            }
        )
        return
    if unknown:
        terminal.say(IGNORED(headers=list(unknown)))
    counts = {"count": len(side.cards), "columns": len(chosen)}
    terminal.say(WOULD_EXTRACT(**counts) if dry_run else EXTRACTED(**counts, path=out))


def _split(columns: str | None) -> list[str]:
    text = (columns or "").replace("，", ",").replace("、", ",")
    return [name for each in text.split(",") if (name := each.strip())]


def _read(path: Path, kind: str, otherwise: MessageKind, bar: Any) -> Side:
    from banzi.documents.comparing.sides import read_side

    side = read_side(path, bar)
    if side.kind != kind:
        raise BadInput([Problem(otherwise(), Location(str(path)))])
    return side


def _refuse_old(base: Side) -> None:
    problems = ProblemLog()
    for card in base.cards:
        if card.at.file.lower().endswith(".lrm"):
            problems.add(OLD_FORM(), Location(card.at.file))
    problems.stop_if_any()


def _as_json(filled: Filled, side: Side, out: Path, dry_run: bool) -> dict[str, Any]:
    return {
        "files": list(filled.files),
        "changes": changes_json(filled.changes),
        "left_over": [
            {"name": each.card.name, "where": place_of(each.card.at), "why": each.why}
            for each in filled.left_over
        ],
        "unknown_columns": list(side.unknown),
        "out": None if dry_run else out,
    }
