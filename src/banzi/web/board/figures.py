"""Targets as figures: bound, actual, what is missing, and the names behind each number.

The shortfall is the activity of the target's own row, the same that the solver optimises; the parts
of a share or mean are shown beside it so that people can follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from banzi.kernel.messages import Message
from banzi.staffing.answers.standing import Standing
from banzi.staffing.answers.target_words import gap_said
from banzi.staffing.problem import Measure, Target
from banzi.staffing.system.rows import EMPTY
from banzi.structure.indicators import mean_text
from banzi.web.board.desk import Desk


@dataclass(frozen=True, slots=True)
class Figure:
    """One target in a draft.

    `count`, `members`, `total`: persons with the feature, persons in scope, sum of the feature.
    `missing`: units short (persons for counts and shares), 0 when it holds. `counted`: ids of the
    persons with a value above 0.
    """

    target: Target
    title: str
    count: int
    members: int
    total: int
    missing: int
    counted: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.missing == 0

    @property
    def actual(self) -> str:
        match self.target.measure:
            case Measure.COUNT:
                return str(self.total)
            case Measure.SHARE_PERMILLE:
                if not self.members:
                    return "—"
                return f"{self.total}/{self.members}（{100 * self.total / self.members:.1f}%）"
            case _:
                if not self.members:
                    return "—"
                return _mean(Fraction(self.total, self.members), self.target.feature)

    @property
    def gap(self) -> Message:
        """What a missed target lacks: persons, or how far the mean is off."""
        return gap_said(self.target, self.missing, self.members)

    @property
    def bound(self) -> str:
        sign = "≥" if self.target.op == ">=" else "≤"
        match self.target.measure:
            case Measure.COUNT:
                return f"{sign}{self.target.bound}"
            case Measure.SHARE_PERMILLE:
                return f"{sign}{self.target.bound / 10:g}%"
            case _:
                return sign + _mean(Fraction(self.target.bound), self.target.feature)


def _mean(mean: Fraction, feature: str) -> str:
    """A mean as people read it: months of age as years."""
    return mean_text(mean, feature) + ("岁" if feature == "age_months" else "")


def figures(desk: Desk, standing: Standing, targets: list[Target] | None = None) -> list[Figure]:
    """The figures of some targets (all by default), in the order of the problem."""
    rows = standing.rows
    row_of = desk.target_rows
    missed = rows.missed(standing.activities)
    found = []
    for target in desk.problem.targets if targets is None else targets:
        arcs = standing.plan[desk.posts_of_target[target.target_id]]
        arcs = arcs[arcs != EMPTY]
        values = desk.feature(target.feature, arcs)
        row = row_of.get(target.target_id)
        found.append(
            Figure(
                target,
                desk.titles[target.target_id],
                int((values > 0).sum()),
                len(arcs),
                int(values.sum()),
                0 if row is None else int(missed[row]),
                tuple(desk.problem.persons[p] for p in rows.arc_person[arcs][values > 0]),
            )
        )
    return found


def targets_of_team(desk: Desk, team: int) -> list[Target]:
    """Targets whose scope is this team and nothing else."""
    mine = frozenset(desk.posts_of_team[team])
    return [target for target in desk.problem.targets if target.posts == mine]


def wide_targets(desk: Desk) -> list[Target]:
    """Targets that speak of more than one team."""
    single = {frozenset(posts) for posts in desk.posts_of_team}
    return [target for target in desk.problem.targets if target.posts not in single]
