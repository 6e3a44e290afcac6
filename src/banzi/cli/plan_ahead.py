"""`banzi plan ahead`: the teams of a plan some years on. Joins the group `plan`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from banzi.cli import terminal
from banzi.cli.arguments import PLAN, PROBLEM, TARGETS
from banzi.cli.plan_wording import read
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.staffing.answers.ahead import Horizon
    from banzi.staffing.answers.case import Case

NOTHING_AHEAD = MessageKind(
    "plan/ahead-nothing",
    _(
        "选配问题中没有退休、任期的列（persons.csv的retires_in_months、term_ends_in_months），"
        "不能推算；加--roster 花名册文件夹，按规定推算"
    ),
)
AHEAD = MessageKind("plan/ahead", _("{years}年后：在任{left}人，离任{gone}人，情况不明{unknown}人"))
GONE = MessageKind("plan/ahead-gone", _("离任：{persons}"))
GONE_ONE = MessageKind("plan/ahead-gone-one", _("{person}（{post}，{months}个月后）"))
CLIFF = MessageKind(
    "plan/ahead-cliff", _("断层预警：{team}{years}年内离任{lost}人，占{seats}人的三分之一以上")
)
BROKEN = MessageKind("plan/ahead-broken", _("届时不再达到的目标：{targets}"))
AHEAD_TITLE = _("方案实施后的班子前景")

ROSTER = typer.Option(None, "--roster", metavar="DIR", help="花名册文件夹：按退休、任期规定推算。")


def add_to(group: typer.Typer) -> None:
    group.command("ahead")(ahead_command)


def ahead_command(
    problem: Path = PROBLEM,
    plan: Path = PLAN,
    roster: Path | None = ROSTER,
    targets: Path | None = TARGETS,
    years: str = typer.Option("0,2,5", "--years", metavar="N,N", help="看几年后，逗号分开。"),
    as_json: bool = terminal.JSON,
) -> None:
    """方案实施后现在、2年、5年的样子：谁到龄、任期届满，哪个班子会出现断层。"""
    from banzi.cli.structure_outlook import read_years
    from banzi.staffing.answers.ahead import columns_of, look_ahead

    case = read(problem, plan)
    ahead = read_years(years)
    if roster is not None:
        _ahead_by_roster(case, plan, roster, targets, ahead, as_json)
        return
    if not columns_of(case):
        if as_json:
            terminal.say_json({"horizons": None, "message": NOTHING_AHEAD()})
        else:
            terminal.say(NOTHING_AHEAD())
        raise typer.Exit(1)
    horizons = look_ahead(case, tuple(sorted({0, *ahead})))
    if as_json:
        terminal.say_json({"horizons": [_horizon_json(case, each) for each in horizons]})
        return
    for each in horizons:
        _say_horizon(case, each)


def _say_horizon(case: Case, each: Horizon) -> None:
    filled = int((case.standing.plan >= 0).sum())
    terminal.say(
        AHEAD(
            years=each.years,
            left=filled - len(each.gone),
            gone=len(each.gone),
            unknown=len(each.unknown),
        )
    )
    if each.gone:
        persons = [
            GONE_ONE(
                person=case.person_name(one.person),
                post=case.post_name(one.post),
                months=one.months,
            )
            for one in each.gone
        ]
        terminal.say(GONE(persons=persons))
    if each.broken and each.years:
        terminal.say(BROKEN(targets=[case.titles.get(target, target) for target in each.broken]))
    for team, lost, seats in each.cliffs:
        name = case.names.team(case.problem.teams[team])
        terminal.say(CLIFF(team=name, years=each.years, lost=lost, seats=seats))


def _horizon_json(case: Case, each: Horizon) -> dict[str, Any]:
    return {
        "years": each.years,
        "gone": [
            {**case.ids(one.post, one.person), "months": one.months, "column": one.column}
            for one in each.gone
        ],
        "unknown": [case.problem.persons[person] for person in each.unknown],
        "tiers": list(each.tiers),
        "targets_broken": list(each.broken),
        "cliffs": [
            {"team_id": case.problem.teams[team], "lost": lost, "of": seats}
            for team, lost, seats in each.cliffs
        ],
    }


def _ahead_by_roster(
    case: Case,
    plan: Path,
    folder: Path,
    targets: Path | None,
    years: list[int],
    as_json: bool,
) -> None:
    """By retirement and term as the law has them: what `structure forecast` counts, for the plan."""
    from banzi.cli.figures import figures_json, say_figures
    from banzi.cli.plan_inputs import read_targets
    from banzi.cli.structure_inputs import assignments, members_on, years_ahead
    from banzi.roster import load_roster
    from banzi.structure.outlook.cliffs import cliffs
    from banzi.structure.outlook.tables import forecast_table

    file = read_targets(targets)
    kept = load_roster(folder)
    day = case.problem.as_of
    members = members_on(kept, day).with_plan(assignments(plan), day)
    made = years_ahead(kept, members, file, years)
    warned, table = cliffs(members, made), forecast_table(made)
    if as_json:
        said = [
            {"years": each.years, "team_id": each.team_id, "lost": each.lost, "of": each.seats}
            for each in warned
        ]
        terminal.say_json({"forecast": figures_json(table), "cliffs": said})
        return
    say_figures(terminal.text(AHEAD_TITLE), table)
    for each in warned:
        terminal.say(CLIFF(team=each.team_name, years=each.years, lost=each.lost, seats=each.seats))
