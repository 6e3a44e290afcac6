"""`banzi plan whatif | why | repair`: questions about one plan. Joins the group `plan`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    say_ways,
    tier_title,
)
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.staffing.answers.case import Case
    from banzi.staffing.answers.what_if import Answer
    from banzi.staffing.answers.whying import Reason

CEILING = MessageKind("plan/whatif-ceiling", _("与原方案相比，任何方案：{bounds}"))
AT_BEST = MessageKind("plan/whatif-at-best", _("“{tier}”不会更好"))
ROOM = MessageKind("plan/whatif-room", _("“{tier}”至多再好{points}分"))
REPAIRED = MessageKind("plan/repaired", _("改动职位{count}个（{proof}）："))
UNCHANGED = MessageKind("plan/repair-none", _("这些人员不在方案中，方案不需要改动"))
NO_REPAIR = MessageKind(
    "plan/no-repair", _("没有这些人员就没有可行方案；可用banzi plan solve查明冲突")
)
NO_REPAIR_YET = MessageKind("plan/no-repair-yet", _("时限内未找到可行方案；请加大--seconds重试"))
BLOCK_SECONDS = 30.0
"""The second step nearly always takes less than two; after so many it gives the best it has."""
FEWEST, NOT_FEWEST = _("已证明最少"), _("未证明最少")
ASK_WHOLE = MessageKind("plan/why-ask-whole", _("可用banzi plan whatif --whole全部重新求解"))
TERMS = MessageKind("plan/why-terms", _("此人任此职位在“{tier}”中计入：{terms}"))
TERM = MessageKind("plan/why-term", _("{column}（{value}分）"))


def add_to(group: typer.Typer) -> None:
    group.command("whatif")(whatif_command)
    group.command("why")(why_command)
    group.command("repair")(repair_command)


def whatif_command(
    problem: Path = PROBLEM,
    plan: Path = PLAN,
    pin: list[str] | None = typer.Option(
        None, "--pin", metavar="职位=人员", help="假定由此人任此职。"
    ),
    ban: list[str] | None = typer.Option(
        None, "--ban", metavar="职位=人员", help="假定不用此人任此职。"
    ),
    decided: list[str] | None = typer.Option(
        None, "--decided", metavar="职位=人员", help="已经决定的任职，可写多次。"
    ),
    whole: float = typer.Option(
        0.0, "--whole", min=0.0, metavar="SECONDS", help="再全部重新求解，最多用这么多秒。"
    ),
    out: Path | None = typer.Option(None, "--out", metavar="PLAN", help="全部重新求解的方案存入。"),
    as_json: bool = terminal.JSON,
) -> None:
    """假定某人任某职、不任某职会怎样：即时估算、班子内精确求解、全部重新求解三步。"""
    from banzi.staffing.answers import what_if
    from banzi.staffing.plan import write_plan

    case = read(problem, plan)
    pins = [case.pair(typed) for typed in (*(decided or ()), *(pin or ()))]
    bans = [case.pair(typed) for typed in ban or ()]
    if not pins and not bans:
        raise typer.BadParameter("--pin | --ban | --decided")
    asked = what_if.question(case, pins, bans)
    answers = [what_if.instant(case, asked)]
    if not as_json:
        _say_answer(case, answers[0])
    answers.append(what_if.within_blocks(case, asked, BLOCK_SECONDS))
    if not as_json:
        _say_answer(case, answers[1])
    if whole > 0:
        with terminal.progress_bar() as progress:
            answer, solved = what_if.whole(case, asked, whole, progress)
        answers.append(answer)
        if out is not None:
            write_plan(out, solved)
        if not as_json:
            _say_answer(case, answer)
    if as_json:
        terminal.say_json({"answers": [_answer_json(case, each) for each in answers]})
    else:
        terminal.say(ADVICE())
    if answers[-1].standing is None:
        raise typer.Exit(1)


def why_command(
    problem: Path = PROBLEM,
    plan: Path = PLAN,
    post: str = typer.Argument(..., metavar="POST", help="职位标识或名称。"),
    person: str = typer.Argument(..., metavar="PERSON", help="人员标识或姓名。"),
    roster: Path | None = typer.Option(
        None, "--roster", metavar="DIR", help="花名册；不是可选人员时逐条说明任职规定。"
    ),
    seconds: float = SECONDS,
    as_json: bool = terminal.JSON,
) -> None:
    """为什么是此人，为什么不是此人：哪一条规定，或哪一级目标变差多少、谁要跟着动。"""
    from banzi.cli.plan_excluded import say_no_candidate, say_unknown
    from banzi.staffing.answers.whying import why

    case = read(problem, plan)
    place = case.post(post)
    who = case.find_person(person)
    if who is None:
        say_unknown(case, problem, place, person, roster, as_json)
        return
    with terminal.progress_bar() as progress:
        reason = why(case, place, who, problem, seconds, progress)
    if reason.kind == "not-candidate":
        say_no_candidate(case, problem, place, case.problem.persons[who], roster, as_json)
    elif as_json:
        terminal.say_json(_reason_json(case, reason))
    else:
        _say_reason(case, reason)
        terminal.say(ADVICE())


def repair_command(
    problem: Path = PROBLEM,
    plan: Path = PLAN,
    without: list[str] = typer.Option(
        ..., "--without", metavar="人员", help="不再使用的人员，可写多次。"
    ),
    out: Path | None = typer.Option(None, "--out", metavar="PLAN", help="改动后的方案存入。"),
    seconds: float = SECONDS,
    as_json: bool = terminal.JSON,
) -> None:
    """有人不能用了：改动职位最少的方案，逐人列出变化。"""
    from banzi.staffing.answers.changes import as_json as changes_json
    from banzi.staffing.answers.repairing import repair
    from banzi.staffing.answers.writing import plan_of
    from banzi.staffing.plan import write_plan

    case = read(problem, plan)
    people = [case.person(typed) for typed in without]
    with terminal.progress_bar() as progress:
        found = repair(case.standing, people, seconds, progress)
    if out is not None and found.standing is not None:
        write_plan(out, plan_of(case, found.standing))
    if as_json:
        terminal.say_json(
            {
                "without": [case.problem.persons[person] for person in people],
                "changed": None if found.standing is None else len(found.changed),
                "fewest": found.fewest,
                "best": found.best,
                "impossible": found.impossible,
                **(changes_json(case, case.standing, found.standing) if found.standing else {}),
            }
        )
    elif found.standing is None:
        terminal.say(NO_REPAIR() if found.impossible else NO_REPAIR_YET())
    elif not found.changed:
        terminal.say(UNCHANGED())
    else:
        proof = terminal.text(FEWEST if found.fewest else NOT_FEWEST)
        terminal.say(REPAIRED(count=len(found.changed), proof=proof))
        say_changes(case, case.standing, found.standing)
        if out is not None:
            terminal.say(SAVED(path=str(out)))
        terminal.say(ADVICE())
    if found.standing is None:
        raise typer.Exit(1)


def _say_answer(case: Case, answer: Answer) -> None:
    from banzi.staffing.answers.telling import PROOF, STEPS

    terminal.say(STEPS[answer.step]())
    terminal.say(PROOF[answer.status]())
    if answer.step == "instant" and None not in answer.ceilings:
        terminal.say(CEILING(bounds=_room(case, answer)))
    if answer.standing is not None:
        say_changes(case, case.standing, answer.standing)
    terminal.say()


def _room(case: Case, answer: Answer) -> list[Message]:
    """Per tier how far a plan could be above the one at hand; those before it being as good."""
    tiers = zip(case.problem.tiers, case.standing.tiers, answer.ceilings, strict=True)
    return [
        AT_BEST(tier=tier_title(tier.name))
        if bound <= value
        else ROOM(tier=tier_title(tier.name), points=bound - value)
        for tier, value, bound in tiers
        if bound is not None
    ]


def _answer_json(case: Case, answer: Answer) -> dict[str, Any]:
    from banzi.staffing.answers.changes import as_json as changes_json

    shown = {"step": answer.step, "status": answer.status, "ceilings": list(answer.ceilings)}
    if answer.standing is None:
        return shown
    return {**shown, **changes_json(case, case.standing, answer.standing)}


def _say_reason(case: Case, reason: Reason) -> None:
    from banzi.staffing.answers.telling import PROOF, REVIEW, STEPS, WAYS, reason_told, signed

    for line in reason_told(case, reason):
        terminal.say(line)
    if reason.ways:
        terminal.say(WAYS())
        say_ways(reason.ways)
    if reason.kind == "undecided":
        terminal.say(ASK_WHOLE())
    if reason.answer is not None and reason.answer.standing is not None:
        terminal.say(STEPS[reason.answer.step]())
        terminal.say(PROOF[reason.answer.status]())
        say_changes(case, case.standing, reason.answer.standing)
    for tier in dict.fromkeys(tier for tier, _column, _value in reason.terms):
        terms = [
            TERM(column=column_title(c), value=signed(v)) for t, c, v in reason.terms if t == tier
        ]
        terminal.say(TERMS(tier=tier_title(tier), terms=terms))
    if reason.review:
        terminal.say(REVIEW(text=reason.review))


def _reason_json(case: Case, reason: Reason) -> dict[str, Any]:
    language = terminal.language()
    return {
        **case.ids(reason.post, reason.person),
        "kind": reason.kind,
        "losses": reason.losses(case),
        "members": [
            {"kind": m.kind, **m.about, "text": m.text.text(language)} for m in reason.members
        ],
        "ways_out": [way.as_json(language) for way in reason.ways],
        "terms": [{"tier": t, "column": c, "value": v} for t, c, v in reason.terms],
        "review": reason.review,
        "answer": _answer_json(case, reason.answer) if reason.answer else None,
    }
