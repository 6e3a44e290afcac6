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

WAY_WITH_BASIS = MessageKind("plan/way-with-basis", _("{text}。{basis}"))
TIERS_SAME = MessageKind("plan/tiers-same", _("各级目标都不变"))
SAVED = MessageKind("plan/saved", _("方案已存入{path}"))
ADVICE = MessageKind(
    "plan/advice", _("以上按选配问题所列条件计算，供研究参考；是否采用由有权机关决定")
)


def tier_title(name: str) -> str:
    """The goal of a tier in the language of this run."""
    from banzi.staffing import tier_titles

    title = tier_titles.tier_title(name)
    return title if isinstance(title, str) else title.text(terminal.language())


COLUMNS = {
    "fit": _("岗位条件"),
    "moves": _("调整现职"),
    "short_term": _("任不满一届"),
    "from_other_region": _("来自外地区"),
    "review": _("须研究的事项"),
    "age_months": _("年龄"),
}


def column_title(name: str) -> str:
    """A column that every built bundle has, in words; any other by its name."""
    return terminal.text(COLUMNS.get(name, name))


def say_changes(case: Case, before: Standing, after: Standing) -> None:
    """Tiers, targets met differently, then every person concerned."""
    from banzi.staffing.answers.telling import person_changes, target_shifts
    from banzi.staffing.answers.tier_words import tier_changes

    changes = tier_changes(case.counting, before, after)
    for line in [change.text for change in changes] or [TIERS_SAME()]:
        terminal.say(line)
    for message in target_shifts(case, before, after):
        terminal.say(message)
    for message in person_changes(case, before, after, case.person_name):
        terminal.say(message)


def say_tiers(case: Case, standing: Standing) -> None:
    """What a plan has of every tier."""
    from banzi.staffing.answers.tier_words import tier_values

    for value in tier_values(case.counting, standing):
        terminal.say(value.text)


def say_ways(ways: tuple[WayOut, ...]) -> None:
    from banzi.staffing.answers.telling import numbered

    texts = [WAY_WITH_BASIS(text=w.text, basis=w.basis) if w.basis else w.text for w in ways]
    for message in numbered(texts):
        terminal.say(message)


def read(problem: Path, plan: Path) -> Case:
    from banzi.staffing.answers.case import read_case

    return read_case(problem, plan)
