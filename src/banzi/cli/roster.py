"""`banzi roster check | schema | diff`: look at a roster folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal
from banzi.kernel.columns import Column, Table
from banzi.kernel.messages import MessageKind, name_in
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.roster import Roster

IN_ORDER = MessageKind(
    "roster/in-order", _("花名册（{as_of}）：{persons}人、{posts}个职位，未发现问题")
)
NOT_IN_ORDER = MessageKind("roster/not-in-order", _("发现{count}个问题"))
NO_CHANGES = MessageKind("roster/no-changes", _("两份花名册的内容没有差别"))

_SCHEMA_HEADER = (_("字段"), _("名称"), _("类型"), _("取值"), _("空值含义"))
_WHAT = {"added": _("新增"), "removed": _("删除"), "changed": _("变更")}

group = typer.Typer(help="花名册：检查、结构、比较。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="roster")


@group.command()
def check(folder: Path, as_json: bool = terminal.JSON) -> None:
    """核对花名册：必填、主键、引用、选项、日期，以及每张照片是否完好。"""
    from banzi.roster import load_roster
    from banzi.roster.checking import check_roster
    from banzi.roster.photos import PhotoFolder

    roster = load_roster(folder)
    problems = check_roster(roster)
    if isinstance(roster.photos, PhotoFolder) and roster.photos:
        with terminal.progress_bar() as bar:
            problems.extend(roster.photos.problems(bar))
    if as_json:
        listed = [{"at": str(problem.at), "message": problem.message} for problem in problems]
        terminal.say_json({"as_of": roster.as_of, "problems": listed})
    elif problems:
        terminal.say(NOT_IN_ORDER(count=len(problems)))
        terminal.say_problems(problems, terminal.language())
    else:
        terminal.say(
            IN_ORDER(
                as_of=roster.as_of, persons=roster["persons"].height, posts=roster["posts"].height
            )
        )
    if problems:
        raise typer.Exit(1)


@group.command()
def schema(
    table: str = typer.Argument(None, help="数据表名；不填列出全部。"),
    as_json: bool = terminal.JSON,
) -> None:
    """列出数据表、字段、类型、含义与空值含义。"""
    from banzi.roster import TABLES

    if table is not None and table not in TABLES:
        raise typer.BadParameter(f"{table!r}: {', '.join(TABLES)}", param_hint="TABLE")
    chosen = [TABLES[table]] if table else list(TABLES.values())
    if as_json:
        terminal.say_json([_described(each) for each in chosen])
        return
    for each in chosen:
        rows = [
            (
                column.name,
                _label(column),
                column.kind.value,
                _values(column),
                terminal.text(column.null),
            )
            for column in each
        ]
        header = [terminal.text(name) for name in _SCHEMA_HEADER]
        terminal.say_table(f"{each.name} {_label(each)}", header, rows)


@group.command()
def diff(old: Path, new: Path, as_json: bool = terminal.JSON) -> None:
    """比较两份花名册：新增、删除、变更。内容不同时返回 1。"""
    from banzi.roster import TABLES, load_roster
    from banzi.roster.difference import roster_changes

    before, after = load_roster(old), load_roster(new)
    changes = roster_changes(before, after)
    if as_json:
        terminal.say_json(
            [{name: getattr(change, name) for name in change.__slots__} for change in changes]
        )
    elif not changes:
        terminal.say(NO_CHANGES())
    else:
        names = {**_names(before), **_names(after)}
        rows = [
            (
                _label(TABLES[change.table]),
                " ".join(str(names.get(part, part)) for part in change.key),
                terminal.text(_WHAT[change.what]),
                _label(TABLES[change.table][change.column]) if change.column else "",
                change.old,
                change.new,
            )
            for change in changes
        ]
        header = [
            terminal.text(name)
            for name in (_("数据表"), _("行"), _("变动"), _("字段"), _("原值"), _("新值"))
        ]
        terminal.say_table("", header, rows)
    if changes:
        raise typer.Exit(1)


def _names(roster: Roster) -> dict[object, str]:
    return dict(roster["persons"].select("person_id", "name").iter_rows())


def _label(named: Column | Table) -> str:
    return name_in(named, terminal.language())


def _values(column: Column) -> str:
    if column.choices is not None:
        return " ".join(f"{choice.value}={choice.zh}" for choice in column.choices)
    return column.codes or column.references


def _described(table: Table) -> dict[str, object]:
    return {
        "table": table.name,
        "zh": table.zh,
        "en": table.en,
        "about": table.about,
        "key": table.key,
        "columns": [
            {
                "name": column.name,
                "zh": column.zh,
                "en": column.en,
                "type": column.kind.value,
                "null": column.null,
                "values": _values(column),
                "national": column.national,
                "unit": column.unit,
                "protected": column.protected,
            }
            for column in table
        ],
    }
