"""Targets as figures: bound, actual, what is missing, and the names behind each number.

The shortfall is the activity of the target's own row, the same that the solver optimises; the parts
of a share or mean are shown beside it so that people can follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from banzi.facts.times import AGE_MONTHS
from banzi.kernel.messages import Message
from banzi.kernel.messages import gettext_noop as _
from banzi.staffing.answers.standing import Standing
from banzi.staffing.answers.target_words import gap_said
from banzi.staffing.problem import Measure, Target
from banzi.staffing.system.rows import EMPTY
from banzi.structure.indicators import mean_text
from banzi.web.board.desk import Desk
from banzi.web.board.seeing import Seen


@dataclass(frozen=True, slots=True)
class OfTarget:
    """A target of the problem, with the words and the bound it has there."""

    target: Target
    title: str

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


@dataclass(frozen=True, slots=True)
class Untold(OfTarget):
    """A target that counts somebody whom the viewer may not see: nothing but the target itself."""

    holds: ClassVar[None] = None
    missing: ClassVar[None] = None
    actual: ClassVar[str] = "—"
    mark: ClassVar[str] = ""
    gap: ClassVar[str] = _("含无权查看的人员，不显示")


@dataclass(frozen=True, slots=True)
class Figure(OfTarget):
    """One target in a draft.

    `count`, `members`, `total`: persons with the feature, persons in scope, sum of the feature.
    `missing`: units short (persons for counts and shares), 0 when it holds. `counted`: ids of the
    persons with a value above 0.
    """

    count: int
    members: int
    total: int
    missing: int
    counted: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return self.missing == 0

    @property
    def mark(self) -> str:
        """The style in which pages show it."""
        return "bz-pass" if self.holds else "bz-fail"

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
        """What a missed target lacks: persons, or how far the mean is off; else that it is met."""
        return gap_said(self.target, self.missing, self.members)


def _mean(mean: Fraction, feature: str) -> str:
    """A mean as people read it: months of age as years."""
    return mean_text(mean, feature) + ("岁" if feature == AGE_MONTHS else "")


def figures(
    desk: Desk, standing: Standing, seen: Seen, targets: list[Target] | None = None
) -> list[Figure | Untold]:
    """The figures of some targets (all by default), in the order of the problem, as far as they
    may be told."""
    rows = standing.rows
    row_of = desk.target_rows
    missed = rows.missed(standing.activities)
    found: list[Figure | Untold] = []
    for target in desk.problem.targets if targets is None else targets:
        arcs = standing.plan[desk.posts_of_target[target.target_id]]
        arcs = arcs[arcs != EMPTY]
        if not seen.tells(desk.problem.persons[person] for person in rows.arc_person[arcs]):
            found.append(Untold(target, desk.titles[target.target_id]))
            continue
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
