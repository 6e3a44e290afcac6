"""`banzi law check | list`: the law files that come with the program."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import typer

from banzi.cli import terminal
from banzi.cli.law_impact import impact
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

IN_ORDER = MessageKind(
    "law/in-order",
    _(
        "条款{clauses}条、参数{parameters}个、规则{rules}条，引用、日期均无问题，每条均有依据或者说明"
    ),
)
NOT_COMPARED = MessageKind(
    "law/not-compared",
    _("其中{count}个参数尚未有人与原文核对（checked_on 为空）；用于实际工作前请核对并填写日期"),
)
WORKSHEET_WRITTEN = MessageKind(
    "law/worksheet-written", _("已导出{count}项数值：{file}；核对后用 banzi law review 导入")
)
REVIEW_KEPT = MessageKind(
    "law/review-kept",
    _("已记入{count}个参数的核对结果，其中更正{corrected}个：{file}；使用时加 --law 指定文件夹"),
)
_CLAUSE_HEADER = (_("条款"), _("内容"), _("性质"), _("依据等级"), _("施行日期"))
_PARAMETER_HEADER = (
    _("参数"),
    _("名称"),
    _("依据条款"),
    _("依据等级"),
    _("核对日期"),
    _("生效日期与取值"),
)
_RULE_HEADER = (_("规则"), _("名称"), _("依据条款"), _("适用日期"), _("可破格"))

_FOLDER = typer.Option(None, help="检查另一个法规文件夹（含 clauses、parameters）。")

group = typer.Typer(help="法规依据：条款、参数、规则。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    group.command()(impact)
    app.add_typer(group, name="law")


@group.command()
def check(
    folder: Path = _FOLDER,
    as_json: bool = terminal.JSON,
) -> None:
    """核对法规文件：日期、引用、等级、重复，每条是否有规则、参数或者不作计算的原因。"""
    from banzi.kernel.errors import ProblemLog
    from banzi.law.book import read_law, shipped_folder
    from banzi.rules.checking import EVERY_RULE, rule_problems
    from banzi.rules.coverage import coverage_problems

    problems = ProblemLog()
    law = read_law(folder or shipped_folder(), problems)
    if not problems:  # citations of a file that cannot be read would only repeat its problem
        problems.extend(list(rule_problems(law)))
        problems.extend(list(coverage_problems(law)))
    if as_json:
        listed = [{"at": str(problem.at), "message": problem.message} for problem in problems]
        terminal.say_json({"problems": listed})
        if problems:
            raise typer.Exit(2)
        return
    problems.stop_if_any()
    terminal.say(
        IN_ORDER(clauses=len(law.clauses), parameters=len(law.parameters), rules=len(EVERY_RULE))
    )
    unchecked = sum(1 for each in law.parameters.values() if each.checked_on is None)
    if unchecked:
        terminal.say(NOT_COMPARED(count=unchecked))


@group.command()
def worksheet(
    out: Path = typer.Option(..., "--out", help="写到这个 Excel 文件。"),
) -> None:
    """导出核对表：程序中的每个法规数值和它的条款，供对照原文核对。"""
    from banzi.documents.law_worksheet import write_worksheet

    terminal.say(WORKSHEET_WRITTEN(count=write_worksheet(terminal.law(), out), file=out))


@group.command()
def review(
    source: Path = typer.Argument(..., help="填好的核对表。"),
    folder: Path = typer.Option(..., "--folder", help="本单位的法规文件夹；没有的新建。"),
    by: str = typer.Option(..., "--by", help="核对人。"),
    on: datetime = typer.Option(..., "--on", formats=["%Y-%m-%d"], help="核对日期。"),
    text: str = typer.Option(..., "--text", help="核对所依据的文本，如“2019年3月3日公布文本”。"),
) -> None:
    """导入填好的核对表：核对一致和更正的数值依据等级升为 V，记明核对人和日期。"""
    from banzi.documents.law_worksheet import read_worksheet
    from banzi.law.office import write_review

    found = read_worksheet(source, terminal.law(folder), by, on.date(), text)
    path = write_review(found, folder)
    corrected = sum(1 for value in found.values if value.seen != value.found)
    terminal.say(REVIEW_KEPT(count=len(found.values), corrected=corrected, file=path))


@group.command(name="list")
def list_law(as_json: bool = terminal.JSON) -> None:
    """列出条款、参数和规则，连同依据等级与生效日期。"""
    from banzi.law.documents import FORCE_NAMES
    from banzi.rules.catalogue import ALL_RULES

    law = terminal.law()
    if as_json:
        terminal.say_json(
            {
                "clauses": {
                    name: clause.model_dump(mode="json") for name, clause in law.clauses.items()
                },
                "parameters": {
                    name: each.model_dump(mode="json") for name, each in law.parameters.items()
                },
                "rules": [
                    {
                        "id": rule.id,
                        "title": terminal.text(rule.title),
                        "cites": rule.cites,
                        "since": rule.since,
                        "until": rule.until,
                        "waivable_by": terminal.text(rule.waivable_by),
                    }
                    for rule in ALL_RULES
                ],
            }
        )
        return
    language = terminal.language()
    _table(
        _("条款"),
        _CLAUSE_HEADER,
        [
            (
                name,
                getattr(clause.fact, language),
                terminal.text(FORCE_NAMES[clause.force]),
                clause.grade.value,
                clause.in_force_from,
            )
            for name, clause in law.clauses.items()
        ],
    )
    _table(
        _("参数"),
        _PARAMETER_HEADER,
        [
            (
                name,
                getattr(each.title, language),
                each.cites,
                each.grade.value,
                each.checked_on or terminal.text(_("未核对")),
                "\n".join(f"{since}: {value}" for since, value in each.values.items()),
            )
            for name, each in law.parameters.items()
        ],
    )
    _table(
        _("规则"),
        _RULE_HEADER,
        [
            (
                rule.id,
                terminal.text(rule.title),
                "\n".join(rule.cites),
                rule.since,
                terminal.text(rule.waivable_by),
            )
            for rule in ALL_RULES
        ],
    )


def _table(title: str, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    terminal.say_table(terminal.text(title), [terminal.text(name) for name in header], rows)
