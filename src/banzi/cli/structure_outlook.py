"""`banzi structure forecast | compare | dashboard | evidence | customs`: ahead, side by side, beside counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.cli.arguments import ROSTER, TARGETS
from banzi.cli.structure_inputs import COMPARE, PLAN, assignments, members_on, years_ahead
from banzi.kernel.errors import BanziError
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from banzi.roster import Roster
    from banzi.structure.counting.figures import FigureTable
    from banzi.structure.gauges.catalogue import Situation
    from banzi.structure.members import Group, Members
    from banzi.structure.outlook.departures import PostAge
    from banzi.structure.reading_targets import TargetFile

    Listed = Sequence[tuple[str, str, FigureTable]]

NO_TEAM = MessageKind(
    "structure/no-team-named", _("没有名称或标识为“{typed}”的班子；现有：{choices}")
)
NO_AREA = MessageKind("structure/no-area-named", _("没有“{typed}”这个地区；现有：{choices}"))
BAD_YEARS = MessageKind(
    "structure/bad-years", _("“{typed}”不对：年数写作 1,3,5，每个为0到20的整数")
)
PLAN_OR_OLD = MessageKind(
    "structure/plan-or-old", _("--plan 与 --compare 只能用一个：与现任比较，或与上届比较")
)
POST_ALONE = MessageKind(
    "structure/post-alone",
    _("--post 单独使用：同一职位跨地区对比，不与 --team、--area、--plan 同用"),
)
_NOW, _PLANNED, _OLD, _THIS = _("现任"), _("方案实施后"), _("此前"), _("现在")
_POSTS_TITLE = _("同类职位对比表")
_MOST_YEARS = 20

OUT = typer.Option(None, "--out", metavar="FILE", help="写成 .xlsx、.docx 或 .pdf。")
YEARS = typer.Option("1,3,5", "--years", metavar="N,N", help="看几年后，逗号分开。")
LIMITS = typer.Option(
    None,
    "--limits",
    metavar="FILE.yaml",
    help="本单位的任职年龄界限（同 banzi due）；不填不作推算。",
)
BENCH = typer.Option(False, "--bench", help="加列每个职位的后备厚度（逐人核对任职规定）。")
TEAMS = typer.Option(None, "--team", metavar="班子", help="只比这些班子（名称或标识），可写多次。")
AREAS = typer.Option(None, "--area", metavar="地区", help="按地区比，只比这些地区，可写多次。")
POST = typer.Option(
    None, "--post", metavar="职位", help="同一职位跨地区对比：职位名称，或如“政府正职”。"
)
BY_TEAM = typer.Option(False, "--by-team", help="一行一个班子；不加则一行一个地区。")
ALL = typer.Option(False, "--all", help="未改变的惯例也列出。")


def add_to(group: typer.Typer) -> None:
    """Add the commands to `banzi structure`."""
    for command in (forecast, compare, dashboard, evidence, customs):
        group.command()(command)


def forecast(
    folder: Path = ROSTER,
    targets: Path | None = TARGETS,
    years: str = YEARS,
    bench: bool = BENCH,
    limits: Path | None = LIMITS,
    out: Path | None = OUT,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """不作调整时，各班子现在和几年后的在任、离任、平均年龄、年龄梯次，逐半年到龄人数。"""
    from banzi.structure.outlook.tables import forecast_table, ladder_table, wave_table

    ahead = read_years(years)
    roster, members, file = _read(folder, targets, as_of)
    made = years_ahead(roster, members, file, ahead, _post_ages(roster, members, limits))
    tables = [
        ("team-forecast", forecast_table(made)),
        ("ladder-forecast", ladder_table(made, file.settings)),
        ("retirement-wave", wave_table(members, made.departures, max(ahead, default=5) or 1)),
    ]
    if bench:
        from banzi.rules import screen
        from banzi.structure.outlook.bench import bench_table

        screened = screen(roster, members.as_of, law=terminal.law())
        tables.append(("bench-depth", bench_table(members, screened)))
    _give([(paper, _title(paper), table) for paper, table in tables], roster, out, as_json)


def compare(
    folder: Path = ROSTER,
    targets: Path | None = TARGETS,
    team: list[str] | None = TEAMS,
    area: list[str] | None = AREAS,
    post: str | None = POST,
    plan: Path | None = PLAN,
    old: Path | None = COMPARE,
    out: Path | None = OUT,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """班子并列对比，或地区对比、同一职位跨地区对比；--plan、--compare 作前后对比。"""
    from banzi.structure.gauges.tables import State, area_groups, gauge_table, team_groups

    if plan is not None and old is not None:
        raise BanziError(PLAN_OR_OLD())
    if post is not None and (team or area or plan or old):
        raise BanziError(POST_ALONE())
    roster, members, file = _read(folder, targets, as_of)
    if post is not None:
        table = _posts(_situation(roster, members, file), post)
        _give([("post-comparison", _POSTS_TITLE, table)], roster, out, as_json)
        return
    states = [State(_NOW, _situation(roster, members, file))]
    if plan is not None:
        planned = members.with_plan(assignments(plan), members.as_of)
        states.append(State(_PLANNED, _situation(roster, planned, file)))
    if old is not None:
        from banzi.roster import load_roster

        before = load_roster(old)
        earlier = members_on(before, before.as_of)
        now = _situation(roster, members.compared_with(earlier), file)
        states = [State(_OLD, _situation(before, earlier, file)), State(_THIS, now)]
    by_area = bool(area)
    listed = area_groups(members) if by_area else team_groups(members)
    chosen = _chosen(listed, area or team or [], NO_AREA if by_area else NO_TEAM)
    table = gauge_table(states, chosen, file.thresholds, by_area)
    paper = "area-dashboard" if by_area else "team-comparison"
    _give([(paper, _title(paper), table)], roster, out, as_json)


def dashboard(
    folder: Path = ROSTER,
    targets: Path | None = TARGETS,
    by_team: bool = BY_TEAM,
    out: Path | None = OUT,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """各地区（或各班子）主要指标一览；只按目标文件 thresholds 中有依据的界限标红黄绿。"""
    from banzi.structure.gauges.tables import State, area_groups, gauge_table, team_groups

    roster, members, file = _read(folder, targets, as_of)
    groups = team_groups(members) if by_team else area_groups(members)
    states = [State("", _situation(roster, members, file))]
    table = gauge_table(states, groups, file.thresholds, not by_team)
    paper = "team-comparison" if by_team else "area-dashboard"
    _give([(paper, _title(paper), table)], roster, out, as_json)


def evidence(
    folder: Path = ROSTER,
    targets: Path | None = TARGETS,
    out: Path | None = OUT,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """逐人的素质依据（考核、结论、奖励等件数）和缺什么；数量达标而缺依据的班子单列。"""
    from banzi.structure.quality.evidence import counts_only, evidence_table

    roster, members, file = _read(folder, targets, as_of)
    state = _situation(roster, members, file)
    table = evidence_table(roster, members, file.settings.evidence_years)
    _give([("member-evidence", _title("member-evidence"), table)], roster, out, as_json)
    if not as_json:
        for each in counts_only(members, state.evidence, state.results):
            terminal.say(each.message())


def customs(
    folder: Path = ROSTER,
    targets: Path | None = TARGETS,
    plan: Path | None = PLAN,
    everything: bool = ALL,
    out: Path | None = OUT,
    as_of: str | None = terminal.AS_OF,
    as_json: bool = terminal.JSON,
) -> None:
    """职位配备惯例：历任的共同点，现任或方案是否改变；提示研究，不作限制。"""
    from banzi.structure.quality.customs import custom_table
    from banzi.structure.quality.customs import customs as find_customs

    roster, members, file = _read(folder, targets, as_of)
    looked_at = members
    if plan is not None:
        looked_at = members.with_plan(assignments(plan), members.as_of)
    least = file.settings.custom_holders
    found = find_customs(roster, looked_at, least)
    table = custom_table(found, members.as_of, least, changed_only=not everything)
    _give([("post-customs", _title("post-customs"), table)], roster, out, as_json)


def _read(
    folder: Path, targets: Path | None, as_of: str | None
) -> tuple[Roster, Members, TargetFile]:
    from banzi.cli.plan_inputs import read_targets

    file = read_targets(targets)
    roster, day = terminal.roster_on(folder, as_of)
    return roster, members_on(roster, day), file


def _situation(roster: Roster, members: Members, file: TargetFile) -> Situation:
    from banzi.structure.gauges.catalogue import Situation

    return Situation(roster, members, terminal.law(), file.targets, file.settings)


def _post_ages(
    roster: Roster, members: Members, limits: Path | None
) -> dict[tuple[str, str], PostAge]:
    """(post, person) → month of the office's own age limit; empty where none is set."""
    if limits is None:
        return {}
    from banzi.due import DueCase, due_months
    from banzi.due.post_age import POST_AGE
    from banzi.due.reading_limits import read_limits
    from banzi.structure.outlook.departures import PostAge

    case = DueCase(roster, members.as_of, terminal.law(), read_limits(limits))
    rows = due_months(case, (POST_AGE,)).drop_nulls("basis")
    return {
        (post, person): PostAge(month, basis)
        for post, person, month, basis in rows.select(
            "post_id", "person_id", "due_month", "basis"
        ).iter_rows()
    }


def _posts(state: Situation, post: str) -> FigureTable:
    from banzi.structure.gauges.tables import NO_SUCH_POST, post_names, post_table

    table = post_table(state, post)
    if table is None:
        raise BanziError(NO_SUCH_POST(post=post, choices=post_names(state.members)[:12]))
    return table


def _chosen(groups: list[Group], typed: list[str], missing: Callable[..., Any]) -> list[Group]:
    """The groups named, in the order typed; all of them when none is."""
    if not typed:
        return groups
    found = []
    for name in typed:
        matching = [each for each in groups if name in (each.team_id, each.team_name)]
        if not matching:
            raise BanziError(missing(typed=name, choices=[each.team_name for each in groups]))
        found += [each for each in matching if each not in found]
    return found


def read_years(typed: str) -> list[int]:
    """Years typed as `1,3,5`, rising."""
    parts = [part.strip() for part in typed.replace("，", ",").split(",") if part.strip()]
    if not parts or any(not part.isdecimal() or int(part) > _MOST_YEARS for part in parts):
        raise BanziError(BAD_YEARS(typed=typed))
    return sorted({int(part) for part in parts})


def _title(paper: str) -> str:
    from banzi.structure.counting.tables import counted_table

    return counted_table(paper).title


def _give(tables: Listed, roster: Roster, out: Path | None, as_json: bool) -> None:
    from banzi.cli.figures import figures_json, say_figures, write_figures

    if as_json:
        terminal.say_json({paper: figures_json(table) for paper, _title, table in tables})
    elif out is None:
        for _paper, title, table in tables:
            say_figures(terminal.text(title), table)
    if out is not None:
        write_figures(tables, out, roster, quiet=as_json)
