"""`banzi plan`: solve a problem bundle, and check a plan against its bundle.

`build` (a bundle from a roster), `paragraph` (what a plan achieves), the questions about a plan
(`plan_whatif`, `plan_ahead`) and the choice between plans (`plan_choices`) join this group by `add_to`.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import (
    plan_ahead,
    plan_build,
    plan_choices,
    plan_paragraph,
    plan_whatif,
    terminal,
)
from banzi.cli.arguments import PLAN, PROBLEM
from banzi.cli.plan_wording import SAVED, say_ways, tier_title
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.staffing.conflicts import ConflictReport
    from banzi.staffing.plan import Plan
    from banzi.staffing.problem import Problem

PLAN_TITLE = MessageKind("plan/result", _("选配方案：{name}（{status}）"))
FILLED = MessageKind(
    "plan/filled", _("职位{posts}个：已配{filled}个，空缺{vacant}个；用时{seconds}秒")
)
CLASH = MessageKind("plan/clash", _("没有可行方案。以下{count}项要求不能同时成立："))
CLASH_UNKNOWN = MessageKind(
    "plan/clash-unknown", _("没有可行方案；时限内未能查明是哪些要求冲突；请加大--seconds重试")
)
CLASH_SHOWN = MessageKind(
    "plan/clash-verified", _("经逐项重新求解核实：这些要求合在一起无解，去掉其中任何一项即有解")
)
CLASH_UNSHOWN = MessageKind(
    "plan/clash-unverified", _("时限内未能逐项核实，可能还含有无关的要求；请加大--seconds重试")
)
RIGHT = MessageKind("plan/check-passed", _("核对无误：方案与问题一致"))
WRONG = MessageKind("plan/check-failed", _("核对不符，共{count}处："))

STATUSES = {
    "optimal": _("已证明最优"),
    "feasible": _("可行，未证明最优"),
    "infeasible": _("已证明无解"),
    "unknown": _("时限内未得出结论"),
}
HEADER = (_("目标层级"), _("结果"), _("是否证明最优"), _("分值"), _("理论最优上限（分）"))
WAYS_OUT = MessageKind(
    "plan/ways-out", _("可以考虑的让步（每一条单独采用，上述要求即可同时成立，已求解核实）：")
)
YES, NO = _("已证明"), _("未证明")

OUT = typer.Option(..., "--out", metavar="PLAN", help="方案存入的文件夹。")

group = typer.Typer(
    no_args_is_help=True, help="选配方案：求解、核对、写成段落、假设、说明、修补、比选。"
)


def register(app: typer.Typer) -> None:
    for module in (plan_build, plan_paragraph, plan_whatif, plan_choices, plan_ahead):
        module.add_to(group)
    app.add_typer(group, name="plan")


@group.command("solve")
def solve_command(
    problem: Path = PROBLEM,
    out: Path = OUT,
    seconds: float = typer.Option(120.0, "--seconds", min=0.1, help="求解时限（秒）。"),
    seed: int = typer.Option(0, "--seed", min=0, max=2**31 - 1, help="随机种子。"),
    threads: int | None = typer.Option(
        None, "--threads", min=1, max=256, help="线程数；不填即处理器数。"
    ),
    moves: int | None = typer.Option(
        None, "--moves", min=1, help="每个线程试多少步即止；用以重现plan.json所记的结果。"
    ),
    as_json: bool = terminal.JSON,
) -> None:
    """求解选配问题：逐级目标求最优，附证明；无解时列出互相冲突的要求。"""
    started = time.monotonic()
    from banzi.kernel.memory import be_thrifty
    from banzi.staffing.starting_ahead import search_ahead

    be_thrifty()
    with search_ahead() as ahead:
        from banzi.staffing.answers.names import Names
        from banzi.staffing.conflicts import explain_infeasible
        from banzi.staffing.plan import write_plan
        from banzi.staffing.reading import read_problem
        from banzi.staffing.solving import solve

        read = read_problem(problem)
        terminal.say_problems(read.warnings, terminal.language())
        with terminal.progress_bar() as progress:
            plan = solve(
                read, seconds, seed, threads, progress, started=started, moves=moves, ahead=ahead
            )
    with terminal.progress_bar() as progress:
        report = None
        if plan.status == "infeasible":
            names = Names.read(problem)
            report = explain_infeasible(read, max(seconds, 30.0), progress, names)
    conflict = report.as_json(terminal.language()) if report else None
    write_plan(out, plan, conflict)
    if as_json:
        terminal.say_json({**plan.as_json(), **({"conflict": conflict} if conflict else {})})
    else:
        _say_plan(read, plan)
        if report:
            _say_conflict(report)
        terminal.say(SAVED(path=str(out)))
    if not plan.found:
        raise typer.Exit(1)


@group.command("check")
def check_command(
    problem: Path = PROBLEM,
    plan: Path = PLAN,
    as_json: bool = terminal.JSON,
) -> None:
    """只凭问题和方案两份文件重算一遍，逐项指出不符之处。"""
    from banzi.staffing.checking import check_plan

    found = check_plan(problem, plan)
    if as_json:
        terminal.say_json({"agrees": not found, "differences": found})
    elif found:
        terminal.say(WRONG(count=len(found)))
        for message in found:
            terminal.say(f"{message.code} {message.text(terminal.language())}")
    else:
        terminal.say(RIGHT())
    if found:
        raise typer.Exit(1)


def _say_plan(problem: Problem, plan: Plan) -> None:
    """The tiers in persons and posts; the points that the solver reckoned with behind them."""
    from banzi.staffing.answers.case import case_of
    from banzi.staffing.answers.names import Names
    from banzi.staffing.answers.tier_words import tier_values

    status, language = terminal.text(STATUSES[plan.status]), terminal.language()
    title = PLAN_TITLE(name=problem.name, status=status).text(language)
    if not plan.found:
        terminal.say(title)
        return
    case = case_of(problem, plan, Names())
    rows = [
        (
            tier_title(tier.name),
            value.said.text(language),
            terminal.text(YES if tier.proven else NO),
            tier.value,
            tier.bound,
        )
        for tier, value in zip(plan.tiers, tier_values(case.counting, case.standing), strict=True)
    ]
    terminal.say_table(title, [terminal.text(name) for name in HEADER], rows)
    posts = len(plan.assignments)
    filled = sum(1 for _post, person in plan.assignments if person is not None)
    terminal.say(
        FILLED(posts=posts, filled=filled, vacant=posts - filled, seconds=f"{plan.seconds:.1f}")
    )


def _say_conflict(report: ConflictReport) -> None:
    from banzi.staffing.answers.telling import numbered

    if not report.members:
        terminal.say(CLASH_UNKNOWN())
        return
    terminal.say(CLASH(count=len(report.members)))
    for line in numbered([member.text for member in report.members]):
        terminal.say(line)
    verified = report.sufficient and report.necessary
    terminal.say(CLASH_SHOWN() if verified else CLASH_UNSHOWN())
    if report.ways_out:
        terminal.say(WAYS_OUT())
        say_ways(report.ways_out)
