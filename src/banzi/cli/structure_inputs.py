"""What the commands of `banzi structure` share: their arguments, and the members of a day."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal

if TYPE_CHECKING:
    from datetime import date

    from banzi.roster import Roster
    from banzi.structure.members import Members

PLAN = typer.Option(
    None, "--plan", metavar="PLAN", help="按选配方案计算（方案文件夹），与现任比较。"
)
COMPARE = typer.Option(
    None, "--compare", metavar="OLD", help="上届（或此前）的花名册，各按各的日期计算。"
)


def members_on(roster: Roster, day: date) -> Members:
    """Who sits where on the day, with every fact of that day."""
    from banzi.facts import derive
    from banzi.structure.members import members_of

    return members_of(roster, derive(roster, day, terminal.law()), day)


def assignments(plan: Path) -> dict[str, str | None]:
    """Post → person of a plan."""
    from banzi.staffing.plan import read_plan

    return dict(read_plan(plan).assignments)
