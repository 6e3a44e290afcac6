"""What the commands of `banzi structure` share: their arguments, the members of a day, and who leaves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from banzi.cli import terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from banzi.roster import Roster
    from banzi.structure.members import Members
    from banzi.structure.outlook.departures import PostAge
    from banzi.structure.outlook.forecasting import Forecast
    from banzi.structure.reading_targets import TargetFile

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


def years_ahead(
    roster: Roster,
    members: Members,
    file: TargetFile,
    years: Sequence[int],
    ages: Mapping[tuple[str, str], PostAge] | None = None,
) -> Forecast:
    """The members as the law in force and the office's own ages let them leave."""
    from banzi.facts.derive import some_facts
    from banzi.structure.outlook.departures import departures
    from banzi.structure.outlook.forecasting import forecast

    law = terminal.law()
    return forecast(
        members,
        departures(roster, members, law.at(members.as_of), ages),
        lambda day, names: some_facts(roster, day, law, names),
        file.targets,
        file.settings,
        years,
    )


def assignments(plan: Path) -> dict[str, str | None]:
    """Post → person of a plan."""
    from banzi.staffing.plan import read_plan

    return dict(read_plan(plan).assignments)
