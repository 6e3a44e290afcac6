"""`banzi due list | template`: who reaches which age when, and an empty file for an office's rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.cli.arguments import ROSTER
from banzi.cli.due_listing import (
    ONLY_FOR_AGE,
    WRITTEN,
    chosen_kinds,
    say_kinds,
    scope_said,
    show,
)
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.due.age_list import AgeLine, AgeList
    from banzi.due.scope import Scope
    from banzi.roster import Roster

WRONG_ENDING = MessageKind(
    "due/wrong-ending", _("“{path}”应以.xlsx、.docx或.pdf结尾；请更正输出文件的名称")
)
TEAM_OR_ORGAN = MessageKind("due/team-or-organ", _("--team 与 --organ 只能选一个"))
UNTIL_BEFORE = MessageKind(
    "due/until-before", _("到{until}止早于基准日{as_of}；如只查已到龄人员，请用当月")
)
EXISTS = MessageKind("due/template-exists", _("“{path}”已存在，未予覆盖；请换一个文件名"))
TEMPLATE_WRITTEN = MessageKind(
    "due/template-written", _("已写出{path}；填好后用 --limits 指定。不填的不作判断")
)
COUNTED = MessageKind(
    "due/counted", _("{scope}截至{as_of}、到{until}止：到龄{dated}人，年月不能确定{open}人。")
)
NO_LIMITS = MessageKind(
    "due/no-limits",
    _("未指定 --limits：只列法定退休年月，任职年龄界限和提名年龄不作判断"),
)

UNTIL = typer.Option(
    None, "--until", metavar="YYYY-MM", help="列到哪个月；不填：到龄名单为一届，其他为十二个月。"
)
LIMITS = typer.Option(
    None, "--limits", metavar="FILE.yaml", help="本单位的任职年龄界限和提名年龄。"
)
CONGRESS = typer.Option(
    None, "--congress", metavar="YYYY-MM", help="换届年月，代替设置文件中写的。"
)
TEAM = typer.Option(None, "--team", help="只列一个班子：标识或名称。")
ORGAN = typer.Option(None, "--organ", help="只列一个机构及其下级机构：标识、名称或简称。")
KIND = typer.Option(
    None,
    "--kind",
    help="列哪些事项，可写几次：age 到龄名单（不填即此），all 全部，或 banzi due kinds 所列的标识。",
)
BY = typer.Option("year", "--by", help="year 按年分组，month 按月分组。")
OUT = typer.Option(
    None, "--out", metavar="FILE", help="写成 .xlsx、.docx 或 .pdf；可写几次，各得一个文件。"
)
FILE = typer.Argument(..., metavar="FILE.yaml", help="写入的文件。")

group = typer.Typer(help="到期事项：到龄、任期、职级、影响期等。", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="due")


@group.callback()
def _due() -> None:
    """到期事项：到龄、任期、职级、影响期等。"""


@group.command("list")
def list_due(
    folder: Path = ROSTER,
    until: str | None = UNTIL,
    limits: Path | None = LIMITS,
    congress: str | None = CONGRESS,
    team: str | None = TEAM,
    organ: str | None = ORGAN,
    kind: list[str] | None = KIND,
    by: str = BY,
    out: list[Path] = OUT,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """到某月止的到龄名单（法定退休、任职年龄界限、换届时年龄），或其他到期事项。"""
    from banzi.due.age_list import age_list
    from banzi.due.entries import DueCase
    from banzi.due.limits import AgeLimits
    from banzi.due.reading_limits import read_limits
    from banzi.kernel.dates import month_of

    terminal.one_of(by, ("year", "month"), "--by")
    for path in out or ():
        if path.suffix.lower() not in (".xlsx", ".docx", ".pdf"):
            raise BanziError(WRONG_ENDING(path=path))
    kinds = chosen_kinds(kind or [])
    if kinds is not None and (congress is not None or by != "year"):
        raise BanziError(ONLY_FOR_AGE())
    roster, day = terminal.roster_on(folder, as_of)
    last = _month(until, "--until")
    if last is not None and last < month_of(day):
        raise BanziError(UNTIL_BEFORE(until=until, as_of=day))
    own = read_limits(limits) if limits is not None else AgeLimits()
    scope, name = _scope(roster, team, organ)
    case = DueCase(roster, day, terminal.law(), own)
    if kinds is not None:
        show(case, scope, last, kinds, name, out or [], as_json)
        return
    last = case.one_term_on if last is None else last
    listed = age_list(case, scope, last, _month(congress, "--congress"))
    for path in out or ():
        _write(listed, by, name, path)
    if as_json:
        terminal.say_json(_as_json(listed, out or []))
        return
    _tell(listed, by, name, limits is not None)
    for path in out or ():
        terminal.say(WRITTEN(path=path))


@group.command()
def kinds(as_json: bool = terminal.JSON) -> None:
    """列出各类到期事项：标识、名称、所用参数。"""
    say_kinds(as_json)


@group.command()
def template(file: Path = FILE) -> None:
    """写出一份空白的年龄规定文件，附填写说明。"""
    from banzi.due.template import TEMPLATE
    from banzi.kernel.files import replacing_file

    if file.exists():
        raise BanziError(EXISTS(path=file))
    with replacing_file(file) as part:
        part.write_text(TEMPLATE, encoding="utf-8", newline="\n")
    terminal.say(TEMPLATE_WRITTEN(path=file))


def _month(typed: str | None, option: str) -> int | None:
    """Month index of `2026-11`, `202611` or `2026.11`; anything else is a usage error."""
    from banzi.kernel.dates import Precision, month_index, parse_partial_date

    if typed is None:
        return None
    found = parse_partial_date(typed)
    if found is None or found.precision is Precision.YEAR:
        raise typer.BadParameter(f"{typed!r}: YYYY-MM", param_hint=option)
    return month_index(found.year, found.month)


def _scope(roster: Roster, team: str | None, organ: str | None) -> tuple[Scope, str]:
    from banzi.cli.choosing import find_organ, find_team
    from banzi.due.scope import Scope

    if team is not None and organ is not None:
        raise BanziError(TEAM_OR_ORGAN())
    if team is not None:
        found = find_team(roster, team)
        return Scope(team_id=found), _name(roster, "teams", "team", found)
    if organ is not None:
        found = find_organ(roster, organ)
        return Scope(organ_id=found), _name(roster, "organs", "organ", found)
    return Scope(), ""


def _name(roster: Roster, table: str, kind: str, key: str) -> str:
    rows = roster[table].select(f"{kind}_id", f"{kind}_name").iter_rows()
    return next(str(name) for each, name in rows if each == key)


def _write(listed: AgeList, by: str, name: str, path: Path) -> None:
    from banzi.cli.due_listing import write_file
    from banzi.documents.papers.age_table import age_table, wave_table

    tables = [age_table(listed, "month" if by == "month" else "year", name)]
    if listed.lines:
        tables.append(wave_table(listed, name))
    write_file(tables, path, listed.case.as_of)


def _tell(listed: AgeList, by: str, name: str, has_limits: bool) -> None:
    from banzi.documents.papers.age_table import (
        COLUMNS,
        basis_numbers,
        cells,
        half_year,
        line_groups,
        notes,
        tier_text,
    )
    from banzi.due.wave import wave
    from banzi.kernel.dates import month_text

    language = terminal.language()
    numbers = basis_numbers(listed)
    header = [terminal.text(column.text) for column in COLUMNS]
    for title, lines in line_groups(listed, "month" if by == "month" else "year", language):
        terminal.say_table(
            title, header, [cells(line, listed, numbers, language) for line in lines]
        )
    found = wave(listed)
    if found.total:
        heads = [half_year(start, language) for start in found.starts]
        rows = [(tier_text(*key, language), *counts) for key, counts in found.counts.items()]
        terminal.say_table(terminal.text(_("分半年到龄人数")), ["", *heads], rows)
    for note in notes(listed, numbers, language):
        terminal.say(note)
    if not has_limits:
        terminal.say(NO_LIMITS())
    scope = scope_said(name)
    until = month_text(listed.until)
    counts = {"dated": len(listed.lines), "open": len(listed.open_lines)}
    terminal.say(COUNTED(scope=scope, as_of=listed.case.as_of, until=until, **counts))


def _as_json(listed: AgeList, out: list[Path]) -> dict[str, Any]:
    from banzi.due.wave import wave
    from banzi.kernel.dates import month_text

    found = wave(listed)
    return {
        "as_of": listed.case.as_of,
        "until": month_text(listed.until),
        "congress": None if listed.congress is None else month_text(listed.congress),
        "lines": [_line(line) for line in listed.lines],
        "open": [_line(line) for line in listed.open_lines],
        "sources": listed.sources(),
        "wave": {
            "half_years": [month_text(start) for start in found.starts],
            "counts": [
                {"tier": tier, "in_team": in_team, "counts": counts}
                for (tier, in_team), counts in found.counts.items()
            ],
        },
        "out": out,
    }


def _line(line: AgeLine) -> dict[str, Any]:
    from banzi.documents.papers.age_table import note_text
    from banzi.kernel.dates import month_text
    from banzi.kernel.messages import Message

    def month(index: int | None) -> str | None:
        return None if index is None else month_text(index)

    nomination = line.nomination
    return {
        "person_id": line.person_id,
        "name": line.name,
        "posts": line.posts,
        "birth": line.birth or None,
        "due_month": month(line.due_month),
        "retirement_month": month(line.retirement_month),
        "retirement_certain": line.is_retirement_certain,
        "limit_month": month(line.limit_month),
        "tier": line.tier,
        "congress": month(nomination.congress) if nomination else None,
        "years_at_congress": nomination.years if nomination else None,
        "may_be_nominated_again": nomination.again if nomination else None,
        "may_be_nominated_newly": nomination.new if nomination else None,
        "basis": line.basis,
        "notes": [
            {
                "code": note.code if isinstance(note, Message) else f"due/{note.value}",
                "text": note_text(note, terminal.language()),
            }
            for note in line.notes
        ],
    }
