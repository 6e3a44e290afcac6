"""What the commands about a plan print alike: tiers, changes person by person, how far it is proven."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal
from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _

if TYPE_CHECKING:
    from banzi.staffing.answers.case import Case
    from banzi.staffing.answers.relaxing import WayOut
    from banzi.staffing.answers.standing import Standing

SECONDS = typer.Option(60.0, "--seconds", min=0.1, help="求解时限（秒）。")

TIERS = {"fill": _("职位配齐"), "merit": _("综合择优")}
SOFT_TIER = MessageKind("plan/soft-tier", _("尽量达到的目标（第{priority}优先级）"))
NUMBERED = MessageKind("plan/clash-member", _("{number}. {text}"))
WAY_WITH_BASIS = MessageKind("plan/way-with-basis", _("{text}。{basis}"))
TIER_CHANGES = MessageKind("plan/tier-changes", _("各级目标的变化：{changes}"))
TIER_CHANGE = MessageKind("plan/tier-change", _("{tier}{before}→{after}（{change}）"))
TIERS_SAME = MessageKind("plan/tiers-same", _("各级目标的值都不变"))
TARGET_SHIFT = MessageKind(
    "plan/target-shift", _("目标“{target}”：差额由{before}变为{after}（{basis}）")
)
PLACED = MessageKind("plan/change-placed", _("{person}：拟任{after}"))
RELEASED = MessageKind("plan/change-released", _("{person}：不再安排（原拟任{before}）"))
MOVED = MessageKind("plan/change-moved", _("{person}：由{before}改为{after}"))
VACANT = MessageKind("plan/change-vacant", _("空缺：{posts}"))
SAVED = MessageKind("plan/saved", _("方案已存入{path}"))
ADVICE = MessageKind(
    "plan/advice", _("以上按选配问题所列条件计算，供研究参考；是否采用由有权机关决定")
)


def tier_title(name: str) -> str:
    """The goal of a tier in words; the name of a tier that `build` did not make stays."""
    kind, _dash, priority = name.partition("-")
    if kind == "soft" and priority.isdigit():
        return SOFT_TIER(priority=priority).text(terminal.language())
    return terminal.text(TIERS.get(name, name))


COLUMNS = {
    "fit": _("人岗条件"),
    "moves": _("调动"),
    "short_term": _("任不满一届"),
    "from_other_region": _("来自外地区"),
    "review": _("须研究的事项"),
    "age_months": _("年龄（月）"),
}


def column_title(name: str) -> str:
    """A column that every built bundle has, in words; any other by its name."""
    return terminal.text(COLUMNS.get(name, name))


def signed(number: int) -> str:
    return f"{number:+d}" if number else "0"


def say_changes(case: Case, before: Standing, after: Standing) -> None:
    """Tiers, targets met differently, then every person concerned."""
    from banzi.staffing.answers.changes import changes, shifts
    from banzi.staffing.conflicts import basis_of
    from banzi.staffing.system.rows import EMPTY

    say_tiers(case, before.tiers, after.tiers)
    for shift in shifts(case, before, after):
        terminal.say(
            TARGET_SHIFT(
                target=shift.target.target_id,
                before=shift.before,
                after=shift.after,
                basis=basis_of(shift.target),
            )
        )
    for change in changes(before, after):
        person = case.person_name(change.person)
        old = "" if change.before == EMPTY else case.post_name(change.before)
        new = "" if change.after == EMPTY else case.post_name(change.after)
        if change.kind == "placed":
            terminal.say(PLACED(person=person, after=new))
        elif change.kind == "released":
            terminal.say(RELEASED(person=person, before=old))
        else:
            terminal.say(MOVED(person=person, before=old, after=new))
    vacant = [post for post in before.changed(after) if after.plan[post] == EMPTY]
    if vacant:
        terminal.say(VACANT(posts=[case.post_name(post) for post in vacant]))


def say_tiers(case: Case, before: list[int], after: list[int]) -> None:
    told = [
        TIER_CHANGE(tier=tier_title(tier.name), before=old, after=new, change=signed(new - old))
        for tier, old, new in zip(case.problem.tiers, before, after, strict=True)
        if old != new
    ]
    terminal.say(TIER_CHANGES(changes=told) if told else TIERS_SAME())


def say_ways(ways: tuple[WayOut, ...]) -> None:
    for number, way in enumerate(ways, start=1):
        text = WAY_WITH_BASIS(text=way.text, basis=way.basis) if way.basis else way.text
        terminal.say(NUMBERED(number=number, text=text))


def read(problem: Path, plan: Path) -> Case:
    from banzi.staffing.answers.case import read_case

    return read_case(problem, plan)
