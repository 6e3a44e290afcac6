"""`banzi plan alternatives | alternates | compare | prices`: choosing between plans."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal
from banzi.cli.arguments import PLAN, PROBLEM
from banzi.cli.plan_wording import (
    ADVICE,
    SAVED,
    SECONDS,
    column_title,
    read,
    say_changes,
    say_tiers,
    tier_title,
)
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.staffing.answers.alternates import Alternate
    from banzi.staffing.answers.case import Case
    from banzi.staffing.answers.portfolio import Choice, Measure
    from banzi.staffing.answers.tier_words import TierChange

PORTFOLIO = MessageKind(
    "plan/portfolio", _("可供选择的方案{count}个，两两至少有{distance}个职位不同")
)
CHOICE = MessageKind(
    "plan/portfolio-choice", _("方案{number}（{labels}）：与原方案有{changed}个职位不同")
)
NO_LABEL = MessageKind("plan/portfolio-no-label", _("各项居中"))
ONLY_ONE = MessageKind(
    "plan/portfolio-only-one",
    _("没有找到足够不同的方案；可减小--distance、--keep，或加大--seconds"),
)
SHORT = MessageKind("plan/alternates-short", _("不足{many}名替补的职位：{posts}"))
FIRST_LOSS = MessageKind("plan/alternate-change", _("{person}（{change}）"))
NO_LOSS = MessageKind("plan/alternate-same", _("同样好"))
DECIDED, VACANT = _("已指定"), _("空缺")
SAME = MessageKind("plan/compare-same", _("两个方案的人员安排完全相同"))
DIFFERENT = MessageKind("plan/compare-different", _("两个方案有{count}个职位不同："))
PRICE_NOTE = MessageKind(
    "plan/price-note", _("每次只去掉一项目标，其余不变；注明“至少”的未证明为最多")
)
AT_LEAST = MessageKind("plan/price-at-least", _("至少：{gain}"))
UNCHANGED = MessageKind("plan/price-unchanged", _("不变"))
UNSEEN = MessageKind("plan/price-unseen", _("未见变好"))
MEAN_OF = MessageKind("plan/mean-of", _("平均{column}"))
MANY = typer.Option(3, "--many", min=1, max=20, help="每个职位列几名。")


def add_to(group: typer.Typer) -> None:
    group.command("alternatives")(alternatives_command)
    group.command("alternates")(alternates_command)
    group.command("compare")(compare_command)
    group.command("prices")(prices_command)


def alternatives_command(
    problem: Path = PROBLEM,
    plan: Path = PLAN,
    many: int = typer.Option(4, "--many", min=2, max=10, help="最多几个方案，原方案在内。"),
    distance: int = typer.Option(2, "--distance", min=1, help="两两至少有几个职位不同。"),
    keep: int = typer.Option(
        900, "--keep", min=0, max=1000, help="最后一级目标至少保留千分之几；前面各级不降低。"
    ),
    measure: list[str] | None = typer.Option(
        None,
        "--measure",
        metavar="COLUMN:max|min",
        help="按哪一列挑选，可写多次；不填用常用的几列。",
    ),
    out: Path | None = typer.Option(None, "--out", metavar="DIR", help="各方案存入的文件夹。"),
    seconds: float = SECONDS,
    as_json: bool = terminal.JSON,
) -> None:
    """几个真正不同的方案，各有所长，逐人列出与原方案的差别。"""
    from banzi.staffing.answers.changes import as_json as changes_json
    from banzi.staffing.answers.portfolio import default_measures, portfolio, read_measure
    from banzi.staffing.answers.writing import plan_of
    from banzi.staffing.plan import write_plan

    case = read(problem, plan)
    measures = [read_measure(case.problem, each) for each in measure or ()]
    measures = measures or default_measures(case.problem)
    with terminal.progress_bar() as progress:
        found = portfolio(
            case,
            measures,
            many=many,
            distance=distance,
            keep=keep,
            seconds=seconds,
            progress=progress,
        )
    for number, choice in enumerate(found, start=1):
        if out is not None:
            write_plan(out / f"plan-{number}", plan_of(case, choice.standing))
    if as_json:
        language = terminal.language()
        terminal.say_json(
            {
                "measures": [each.column for each in measures],
                "plans": [
                    {
                        "labels": [label.text(language) for label in choice.labels],
                        "scores": list(choice.scores),
                        "distances": list(choice.distances),
                        **changes_json(case, case.standing, choice.standing),
                    }
                    for choice in found
                ],
            }
        )
        return
    if len(found) == 1:
        terminal.say(ONLY_ONE())
        return
    terminal.say(PORTFOLIO(count=len(found), distance=distance))
    for number, choice in enumerate(found, start=1):
        labels: list[Message] = list(choice.labels) or [NO_LABEL()]
        terminal.say(CHOICE(number=number, labels=labels, changed=choice.distances[0]))
        if number > 1:
            say_changes(case, case.standing, choice.standing)
        else:
            say_tiers(case, choice.standing)
    rows = [(number, *_scores(measures, choice)) for number, choice in enumerate(found, start=1)]
    header = [_measured(each) for each in measures]
    terminal.say_table("", [terminal.text(_("方案")), *header], rows)
    if out is not None:
        terminal.say(SAVED(path=str(out)))
    terminal.say(ADVICE())


def alternates_command(
    problem: Path = PROBLEM,
    plan: Path = PLAN,
    many: int = MANY,
    as_json: bool = terminal.JSON,
) -> None:
    """每个职位依次的替补人选：换上任何一个，必须达到的要求都仍然成立（差额考察用）。"""
    from banzi.staffing.answers.alternates import alternates, short_of

    case = read(problem, plan)
    found = alternates(case, many)
    if as_json:
        terminal.say_json(
            {
                "posts": [
                    {
                        **case.ids(each.post, each.holder),
                        "post": case.post_name(each.post),
                        "person": case.person_name(each.holder) or None,
                        "decided": each.decided,
                        "alternates": [
                            {
                                "person_id": case.problem.persons[other.person],
                                "person": case.person_name(other.person),
                                "changes": list(other.changes),
                            }
                            for other in each.alternates
                        ],
                    }
                    for each in found
                ]
            }
        )
        return
    header = [terminal.text(_("职位")), terminal.text(_("拟任人选"))]
    header += [f"{terminal.text(_('替补'))}{k}" for k in range(1, many + 1)]
    rows = []
    for each in found:
        others = [_alternate(case, each.post, other) for other in each.alternates]
        holder = case.person_name(each.holder) or terminal.text(VACANT)
        if each.decided:
            holder += f"（{terminal.text(DECIDED)}）"
        rows.append((case.post_name(each.post), holder, *others, *[""] * (many - len(others))))
    terminal.say_table(terminal.text(_("各职位替补人选")), header, rows)
    if short := short_of(found, many):
        terminal.say(SHORT(many=many, posts=[case.post_name(post) for post in short]))
    terminal.say(ADVICE())


def compare_command(
    problem: Path = PROBLEM,
    plan: Path = typer.Argument(..., metavar="A", help="方案甲。"),
    other: Path = typer.Argument(..., metavar="B", help="方案乙。"),
    as_json: bool = terminal.JSON,
) -> None:
    """同一问题的两个方案逐人对比：谁进谁出、谁换职位，各级目标差多少。"""
    from banzi.staffing.answers.case import with_plan
    from banzi.staffing.answers.changes import as_json as changes_json

    case = read(problem, plan)
    after = with_plan(case.problem, other, case.names).standing
    if as_json:
        terminal.say_json(changes_json(case, case.standing, after))
        return
    changed = case.standing.changed(after)
    if not changed:
        terminal.say(SAME())
        return
    terminal.say(DIFFERENT(count=len(changed)))
    say_changes(case, case.standing, after)


def prices_command(
    problem: Path = PROBLEM,
    plan: Path = PLAN,
    seconds: float = SECONDS,
    as_json: bool = terminal.JSON,
) -> None:
    """每项目标的代价：单独去掉它，各级目标能好多少。"""
    from banzi.staffing.answers.pricing import prices
    from banzi.staffing.answers.tier_words import tier_differences
    from banzi.staffing.conflicts import basis_of, titles

    case = read(problem, plan)
    with terminal.progress_bar() as progress:
        found = prices(case, seconds, progress)
    if as_json:
        terminal.say_json(
            {
                "prices": [
                    {
                        "target_id": each.target.target_id,
                        "citation": each.target.citation,
                        "gains": list(each.gains),
                        "whole": each.whole,
                        "proven": each.proven,
                    }
                    for each in found
                ]
            }
        )
        return
    called = titles(case.problem)
    header = [terminal.text(_("目标")), *(tier_title(tier.name) for tier in case.problem.tiers)]
    rows = []
    for each in found:
        gains = [
            _gain(change, proven=each.proven).text(terminal.language())
            for change in tier_differences(case.counting, each.before, each.after)
        ]
        title = called.get(each.target.target_id) or each.target.target_id
        rows.append((title, *gains, basis_of(each.target).text(terminal.language())))
    terminal.say_table("", [*header, terminal.text(_("依据"))], rows)
    terminal.say(PRICE_NOTE())
    terminal.say(ADVICE())


def _measured(measure: Measure) -> str:
    """The head of a column: a time is told by its mean, all else by its sum."""
    from banzi.facts.times import is_time

    title = column_title(measure.column)
    if not is_time(measure.column):
        return title
    return MEAN_OF(column=title).text(terminal.language())


def _scores(measures: list[Measure], choice: Choice) -> list[str]:
    from banzi.facts.times import is_time
    from banzi.structure.indicators import mean_text

    filled = max(1, int((choice.standing.plan >= 0).sum()))
    return [
        mean_text(Fraction(score, filled), measure.column)
        if is_time(measure.column)
        else str(score)
        for measure, score in zip(measures, choice.scores, strict=True)
    ]


def _gain(change: TierChange | None, *, proven: bool) -> Message:
    if change is None:
        return UNCHANGED() if proven else UNSEEN()
    return change.said if proven else AT_LEAST(gain=change.said)


def _alternate(case: Case, post: int, other: Alternate) -> str:
    """Name, and how the first tier differs that does."""
    from banzi.staffing.answers.tier_words import tier_changes

    standing = case.standing
    after = standing.with_arc(post, standing.rows.arc_of(post, other.person))
    changed = tier_changes(case.counting, standing, after)
    text = changed[0].said if changed else NO_LOSS()
    return FIRST_LOSS(person=case.person_name(other.person), change=text).text(terminal.language())
