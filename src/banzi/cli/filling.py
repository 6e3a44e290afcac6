"""`banzi papers fill | fields | fonts`: an office's own templates, and what they may ask for."""

from __future__ import annotations

from pathlib import Path

import typer

from banzi.cli import paper_fonts, terminal
from banzi.cli.outputs import writing
from banzi.cli.paper_printing import persons_typed, settings_typed
from banzi.cli.papers import group
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

FILLED = MessageKind("filling/filled", _("已写出{count}个文件（{persons}人）：{out}"))
BLANKS = MessageKind("filling/blanks", _("{count}人有字段没有内容，已留空："))
MORE_BLANKS = MessageKind("filling/more-blanks", _("  另有{count}人，用 --json 查看全部"))
FOLDER_IN_USE = MessageKind(
    "filling/folder-in-use", _("“{folder}”已有内容，为免覆盖不予写出；请另选文件夹，或加 --force")
)
NEEDS_PERSONS = MessageKind(
    "filling/needs-persons", _("请用 --persons 给出名单或姓名；为花名册中所有人填写的，加 --all")
)

_FIELDS_TITLE = _("模板中可用的字段（写成“{{字段}}”）：")
_FIELDS_HEADER = (_("字段"), _("写在何处"), _("说明"))
_ANYWHERE, _OF_PERSON = _("任何位置"), _("任何位置；名单模板中写在“{{#名单}}”与“{{/名单}}”之间")
_OF_FAMILY = _("“{{#家庭成员}}”与“{{/家庭成员}}”之间")
_MOST_TOLD = 10

TEMPLATE = typer.Argument(..., metavar="TEMPLATE", help="自备的模板（.docx 或 .xlsx）。")
ROSTER = typer.Argument(..., metavar="ROSTER", help="花名册文件夹。")
OUT = typer.Option(
    ..., "--out", metavar="OUT", help="每人一个文件的写文件夹；名单或合订的写文件名。"
)
PERSONS = typer.Option(
    None, "--persons", help="名单文件（.txt、.xlsx），或姓名、人员标识、身份证号；可重复。"
)
ALL = typer.Option(False, "--all", help="花名册中所有人。")
MERGED = typer.Option(False, "--merged", help="各人合订为一个Word文件，每人另起一页。")
SETTINGS = typer.Option(None, "--set", metavar="名称=内容", help="自定字段的内容；可重复。")
FORCE = typer.Option(False, "--force", help="文件夹已有内容时整个替换。")

group.command("fonts")(paper_fonts.fonts)


def register(app: typer.Typer) -> None:
    """The commands stand in the group of papers; `banzi.cli.papers` adds it."""


@group.command()
def fields(as_json: bool = terminal.JSON) -> None:
    """列出自备模板可用的全部字段。"""
    from banzi.documents.papers.filling.fields import FAMILY, PERSON_LIST, catalogue

    if as_json:
        names = ("name", "block", "column")
        listed = [{name: getattr(each, name) for name in names} for each in catalogue()]
        terminal.say_json(listed)
        return
    places = {PERSON_LIST: _OF_PERSON, FAMILY: _OF_FAMILY, "": _ANYWHERE}
    rows = [
        (each.name, terminal.text(places[each.block]), terminal.text(each.about))
        for each in catalogue()
    ]
    header = [terminal.text(name) for name in _FIELDS_HEADER]
    terminal.say_table(terminal.text(_FIELDS_TITLE), header, rows)


@group.command()
def fill(
    template: Path = TEMPLATE,
    folder: Path = ROSTER,
    out: Path = OUT,
    persons: list[str] = PERSONS,
    everybody: bool = ALL,
    merged: bool = MERGED,
    settings: list[str] = SETTINGS,
    as_of: str | None = terminal.AS_OF,
    force: bool = FORCE,
    as_json: bool = terminal.JSON,
) -> None:
    """用花名册填写自备的Word、Excel模板：每人一个文件、合订一个文件，或一份名单。"""
    from banzi.documents.papers.filling.filling import fill_template, open_template

    given = settings_typed(settings or [])
    opened = open_template(template, given)
    roster, day = terminal.roster_on(folder, as_of)
    chosen = persons_typed(roster, persons or [])
    if chosen is None:
        if not everybody:
            raise BanziError(NEEDS_PERSONS())
        chosen = tuple(roster["persons"]["person_id"])
    one_file = opened.is_list or merged
    if not one_file and out.exists() and not force and (out.is_file() or any(out.iterdir())):
        raise BanziError(FOLDER_IN_USE(folder=out))
    with writing(out), terminal.progress_bar() as progress:
        filled = fill_template(opened, roster, chosen, day, out, merged, given, progress)
    if as_json:
        said = {"as_of": day, "files": list(filled.files), "notes": list(filled.notes)}
        terminal.say_json(said)
        return
    terminal.say(FILLED(count=len(filled.files), persons=len(chosen), out=out))
    if filled.notes:
        terminal.say(BLANKS(count=len(filled.notes)))
    for note in filled.notes[:_MOST_TOLD]:
        terminal.say(f"  {note.text(terminal.language())}")
    if len(filled.notes) > _MOST_TOLD:
        terminal.say(MORE_BLANKS(count=len(filled.notes) - _MOST_TOLD))
