"""`banzi structure show | report`: indicators, shortages and names; before and after; the paragraph."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import structure_library, structure_outlook, terminal
from banzi.cli.arguments import ROSTER, TARGETS
from banzi.cli.paper_fonts import fonts_said, say_pdf_fonts
from banzi.cli.structure_inputs import COMPARE, PLAN, assignments, members_on
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind, render
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from banzi.structure.indicators import IndicatorResult
    from banzi.structure.members import Members
    from banzi.structure.report import ReportData, TeamPicture

NO_SUCH_TEAM = MessageKind("structure/no-such-team", _("没有标识为“{team}”的班子；现有：{teams}"))
ALL_MET = MessageKind("structure/all-met", _("{count}项目标全部达到"))
MISSED = MessageKind("structure/missed", _("{count}项目标中有{missed}项未达到："))
MISSED_LINE = MessageKind(
    "structure/missed-line", _("{title}（{team}）：现为{shown}，目标{bound}，{gap}")
)
FIGURES = MessageKind(
    "structure/figures",
    _("班子结构（截至{as_of}，{teams}个班子，任职{persons}人、空缺{vacancies}个）"),
)
NO_PRINTER = MessageKind(
    "structure/no-printer", _("本版本不含结构分析报告的排版部分，不能写出 PDF；请去掉 --out 查看")
)
WRITTEN = MessageKind("structure/report-written", _("报告已写入{path}"))

NOT_COMPARED = MessageKind(
    "structure/not-compared",
    _("留任、交流类目标须与此前任职情况比较：请加 --compare 上届花名册，或 --plan 方案"),
)
_QUOTAS, _CUSTOMS = _("超配、缺配的机构"), _("改变配备惯例的职位（提示）")
_ALL_TEAMS, _SOME_TEAMS, _CHOSEN_POSTS = _("全部班子"), _("其中{count}个班子"), _("部分职位")
_MET = {True: _("达到"), False: _("未达到"), None: ""}
_HEADER = (
    _("指标"),
    _("班子"),
    _("口径"),
    _("结果"),
    _("目标值"),
    _("是否达到"),
    _("符合/全体"),
    _("不明"),
    _("符合的人"),
    _("不明的人"),
)
_COMPARED = (_("指标"), _("班子"), _("此前"), _("此后"), _("变化"))

OUT = typer.Option(None, "--out", metavar="PDF", help="写成 PDF 报告。")
TEAM = typer.Option(None, "--team", metavar="ID", help="只看一个班子。")

group = typer.Typer(help="班子结构：指标、短板、前后对比。", no_args_is_help=True)


structure_outlook.add_to(group)
structure_library.add_to(group)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="structure")


@group.command()
def show(
    folder: Path = ROSTER,
    targets: Path | None = TARGETS,
    team: str | None = TEAM,
    plan: Path | None = PLAN,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """各项指标的结果、名单和短板；有目标未达到时返回 1。"""
    data, members = _data(folder, targets, None, plan, as_of)
    results, picture = [*data.outcome, *data.results], data.overall
    if team is not None:
        teams = members.all_teams()
        if team not in teams:
            raise BanziError(NO_SUCH_TEAM(team=team, teams=list(teams)))
        results = _of_team(results, members, team)
        picture = next(each for each in data.teams if each.team_id == team)
    missed = [result for result in results if result.met is False]
    if as_json:
        terminal.say_json(
            {
                "as_of": data.as_of,
                "results": [_result(each) for each in results],
                "shortages": [_result(each) for each in missed],
            }
        )
    else:
        _show_results(picture, data.as_of, results, missed, members)
        _say_unplaced(results, data)
        if team is None:
            _say_quality(data)
    if missed:
        raise typer.Exit(1)


@group.command()
def report(
    folder: Path = ROSTER,
    targets: Path | None = TARGETS,
    compare: Path | None = COMPARE,
    plan: Path | None = PLAN,
    out: Path | None = OUT,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """结构分析报告：成效段落、前后对比、短板；加 --out 写成 PDF。"""
    data, members = _data(folder, targets, compare, plan, as_of)
    if out is not None:
        if not find_spec("banzi.documents.papers.structure_report"):
            raise BanziError(NO_PRINTER())
        import_module("banzi.documents.papers.structure_report").write_pdf(data, out)
    if as_json:
        terminal.say_json({**_report(data), **fonts_said(out)})
        return
    terminal.say(data.paragraph.text(terminal.language()))
    if data.before_after:
        rows = [
            (
                pair.after.indicator.title,
                _scope_name(pair.after, members),
                pair.before.shown,
                pair.after.shown,
                pair.difference_shown(terminal.language()),
            )
            for pair in data.before_after
        ]
        terminal.say_table("", [terminal.text(name) for name in _COMPARED], rows)
    _say_missed(list(data.results), list(data.shortages), members)
    _say_unplaced(list(data.results), data)
    _say_quality(data)
    if out is not None:
        terminal.say(WRITTEN(path=str(out)))
        say_pdf_fonts(out)


def _data(
    folder: Path, targets: Path | None, compare: Path | None, plan: Path | None, as_of: str | None
) -> tuple[ReportData, Members]:
    from banzi.cli.plan_inputs import read_targets
    from banzi.roster import load_roster
    from banzi.structure.report import report_data

    roster, day = terminal.roster_on(folder, as_of)
    wanted, sitting = read_targets(targets), members_on(roster, day)
    members, before = sitting, None
    if plan is not None:
        members, before = sitting.with_plan(assignments(plan), sitting.as_of), sitting
    if compare is not None:
        old = load_roster(compare)
        before = members_on(old, old.as_of)
        members = members if plan is not None else members.compared_with(before)
    return report_data(members, wanted.targets, wanted.settings, before, roster), members


def _of_team(results: list[IndicatorResult], members: Members, team: str) -> list[IndicatorResult]:
    """Results about one team: those measured in it, and plain indicators measured anew in it."""
    from banzi.structure.indicators import measure_group
    from banzi.structure.members import Group

    own, name = set(members.posts_of(team)), members.all_teams()[team]
    inside = []
    for indicator in (result.indicator for result in results if result.target is None):
        for group in indicator.groups(members):
            posts = tuple(post for post in group.post_ids if post in own)
            if posts:
                inside.append(measure_group(indicator, members, Group(team, name, posts)))
    return [
        *inside,
        *(result for result in results if result.target is not None and result.team_id == team),
    ]


def _show_results(
    picture: TeamPicture,
    as_of: date,
    results: list[IndicatorResult],
    missed: list[IndicatorResult],
    members: Members,
) -> None:
    rows = [
        (
            each.indicator.title,
            _scope_name(each, members),
            each.indicator.definition(terminal.language()),
            each.shown,
            each.bound_shown,
            terminal.text(_MET[each.met]),
            f"{each.numerator}/{each.denominator}" if each.counts_people else each.denominator,
            each.unknown or "",
            _listed(each.met_names) if each.counts_people else "",
            _listed(each.unknown_names),
        )
        for each in results
    ]
    title = FIGURES(
        as_of=as_of,
        teams=1 if picture.team_id else len(members.all_teams()),
        persons=len(picture.members),
        vacancies=picture.vacancies,
    )
    header = [terminal.text(name) for name in _HEADER]
    terminal.say_table(title.text(terminal.language()), header, rows)
    _say_missed(results, missed, members)


def _say_unplaced(results: list[IndicatorResult], data: ReportData) -> None:
    """Say what targets over who stays and who moved need, where nothing is compared."""
    asked = [each for each in results if each.indicator.is_about_placement]
    if asked and data.overall.members and all(len(each.entries) == each.unknown for each in asked):
        terminal.say(NOT_COMPARED())


def _say_quality(data: ReportData) -> None:
    """Quotas that are over or short, counts without evidence, customs that change."""
    from banzi.cli.figures import say_figures
    from banzi.structure.counting.figures import FigureTable
    from banzi.structure.quality.customs import custom_table

    quality = data.quality
    if quality is None:
        return
    if quality.quotas is not None:
        off = [
            row
            for row in quality.quotas.rows
            if any(row.figures[f"all_{side}"].value for side in ("over", "short"))
        ]
        if off:
            columns = tuple(
                column
                for column in quality.quotas.columns
                if column.key in ("organ_name", "organ_level") or column.key.startswith("all_")
            )
            shown = FigureTable(data.as_of, columns, tuple(off))
            say_figures(terminal.text(_QUOTAS), shown)
    for each in quality.counts_only:
        terminal.say(each.message())
    if quality.customs:
        least = data.settings.custom_holders
        say_figures(terminal.text(_CUSTOMS), custom_table(quality.customs, data.as_of, least))


def _listed(names: Sequence[str]) -> str:
    return render("{names}", {"names": list(names)}, terminal.language())


def _scope_name(result: IndicatorResult, members: Members) -> str:
    """Whom a figure is about: a team, all of them, or how many of them."""
    from banzi.structure.targets import ScopeKind

    indicator = result.indicator
    if result.team_name:
        return result.team_name
    if indicator.scope is ScopeKind.POSTS and indicator.scope_where is not None:
        return terminal.text(_CHOSEN_POSTS)
    where = indicator.scope_where if indicator.scope is ScopeKind.TEAMS else None
    count = len(members.all_teams(where))
    if count == len(members.all_teams()):
        return terminal.text(_ALL_TEAMS)
    return render(_SOME_TEAMS, {"count": count}, terminal.language())


def _say_missed(
    results: list[IndicatorResult], missed: list[IndicatorResult], members: Members
) -> None:
    count = sum(result.target is not None for result in results)
    if not count:
        return
    terminal.say(MISSED(count=count, missed=len(missed)) if missed else ALL_MET(count=count))
    from banzi.structure.gaps import gap_message, with_unit

    for each in missed:
        line = MISSED_LINE(
            title=each.indicator.title,
            team=_scope_name(each, members),
            shown=with_unit(each, each.shown),
            bound=with_unit(each, each.bound_shown),
            gap=gap_message(each),
        )
        terminal.say(line)


def _result(each: IndicatorResult) -> dict[str, Any]:
    return {
        "id": each.indicator.id,
        "title": each.indicator.title,
        "team_id": each.team_id,
        "team_name": each.team_name,
        "as_of": each.as_of,
        "measure": each.indicator.measure,
        "definition": each.indicator.definition(terminal.language()),
        "shown": each.shown,
        "numerator": each.numerator,
        "denominator": each.denominator,
        "unknown": each.unknown,
        "bound": each.target.bound if each.target else None,
        "op": each.target.op if each.target else None,
        "force": each.target.force if each.target else None,
        "citation": each.target.citation if each.target else None,
        "met": each.met,
        "shortfall": each.shortfall,
        "members": [asdict(entry) for entry in each.entries],
    }


def _report(data: ReportData) -> dict[str, Any]:
    return {
        "as_of": data.as_of,
        "compared_as_of": data.compared_as_of,
        "settings": data.settings.model_dump(),
        "paragraph": data.paragraph.text(terminal.language()),
        "sentences": [
            {
                "text": sentence.message.text(terminal.language()),
                "results": [_result(each) for each in sentence.results],
            }
            for sentence in data.paragraph.sentences
        ],
        "bands": [band.label.text(terminal.language()) for band in data.bands],
        "teams": [
            {
                "team_id": team.team_id,
                "team_name": team.team_name,
                "seats": team.seats,
                "vacancies": team.vacancies,
                "ladder": team.ladder,
                "age_unknown": team.age_unknown,
                "coverage": dict(zip(data.fields, team.coverage, strict=True)),
            }
            for team in (data.overall, *data.teams)
        ],
        "results": [_result(each) for each in data.results],
        "shortages": [_result(each) for each in data.shortages],
        "quality": _quality(data),
        "before_after": [
            {"before": _result(pair.before), "after": _result(pair.after)}
            for pair in data.before_after
        ],
    }


def _quality(data: ReportData) -> dict[str, Any] | None:
    from banzi.cli.figures import figures_json

    quality = data.quality
    if quality is None:
        return None
    return {
        "quotas": None if quality.quotas is None else figures_json(quality.quotas),
        "evidence": [
            {
                "person_id": each.person_id,
                "name": each.name,
                "records": {kind.value: count for kind, count in each.counts.items()},
                "missing": [kind.value for kind in each.missing],
            }
            for each in quality.evidence.values()
        ],
        "counts_only": [
            {
                "team_id": each.team_id,
                "team_name": each.team_name,
                "persons": [member.person_id for member in each.members],
            }
            for each in quality.counts_only
        ],
        "customs": [
            {
                "post_id": each.post_id,
                "kind": each.kind.value if each.kind else None,
                "stated": each.stated,
                "past": list(each.past),
                "holders": [person for person, _name in each.holders],
                "changed": each.changed,
            }
            for each in quality.customs
        ],
    }
