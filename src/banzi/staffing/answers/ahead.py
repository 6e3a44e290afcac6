"""The plan some years on, from what the bundle knows: who will have left by then.

Columns of `persons.csv` that say in how many months a person leaves (`retires_in_months`,
`term_ends_in_months`; at the earliest of them). A person without a value is not taken to stay or to
leave: counted apart as unknown. With a roster at hand `structure.outlook` tells more, with law.
"""

from __future__ import annotations

from dataclasses import dataclass

from banzi.staffing.answers.case import Case
from banzi.staffing.answers.standing import Standing
from banzi.staffing.bundle import RETIRES
from banzi.staffing.system.rows import EMPTY
from banzi.structure.outlook.cliffs import is_cliff

LEAVING = (RETIRES, "term_ends_in_months")
"""Columns of persons.csv: whole months from `as_of`; empty where not known."""


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who will have left: `months` after `as_of`, by which column."""

    post: int
    person: int
    months: int
    column: str


@dataclass(frozen=True, slots=True)
class Horizon:
    """`tiers`: the plan's value without those who left, nobody appointed after them.

    `cliffs`: teams (places) that have lost many (`is_cliff`), with how many of how many.
    """

    years: int
    gone: tuple[Gone, ...]
    unknown: tuple[int, ...]
    tiers: tuple[int, ...]
    broken: tuple[str, ...]
    cliffs: tuple[tuple[int, int, int], ...]


def columns_of(case: Case) -> list[str]:
    """The leaving columns that the bundle has."""
    have = case.problem.bundle.tables["persons.csv"].columns
    return [column for column in LEAVING if column in have]


def look_ahead(case: Case, years: tuple[int, ...] = (0, 2, 5)) -> list[Horizon]:
    """The plan after so many years."""
    table = case.problem.bundle.tables["persons.csv"]
    when: dict[int, tuple[int, str]] = {}
    for column in columns_of(case):
        for person, text in enumerate(table.column(column)):
            if text.lstrip("-").isdigit():
                when[person] = min(when.get(person, (int(text), column)), (int(text), column))
    return [_horizon(case, each, when) for each in years]


def _horizon(case: Case, years: int, when: dict[int, tuple[int, str]]) -> Horizon:
    standing, problem = case.standing, case.problem
    gone, unknown = [], []
    plan = standing.plan.copy()
    for post in range(standing.rows.posts):
        person = standing.person(post)
        if person == EMPTY:
            continue
        if person not in when:
            unknown.append(person)
        elif years and when[person][0] <= 12 * years:
            gone.append(Gone(post, person, *when[person]))
            plan[post] = EMPTY
    then = Standing(standing.rows, plan)
    left = {each.post for each in gone}
    cliffs = []
    for team in range(len(problem.teams)):
        seats = [post for post in problem.posts_of_team(team) if standing.plan[post] != EMPTY]
        lost = sum(1 for post in seats if post in left)
        if is_cliff(lost, len(seats)):
            cliffs.append((team, lost, len(seats)))
    broken = dict.fromkeys(standing.rows.names[row][1] for row in then.breached)
    return Horizon(
        years, tuple(gone), tuple(unknown), tuple(then.tiers), tuple(broken), tuple(cliffs)
    )
