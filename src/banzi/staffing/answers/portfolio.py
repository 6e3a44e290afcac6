"""A few truly different plans to choose from: each best in something else, none worse in all.

Each keeps every hard requirement, every tier before the last at the value of the plan it starts
from, and of the last tier a share that the asker sets. It differs from every other in so many
posts. A label says what a plan is best in among those shown: declared measures only, no protected
column, no total score. With more posts than one search can hold the plans are improved block by
block and are good, not proven best, in their measure.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from banzi.facts.times import AGE_MONTHS
from banzi.kernel.errors import BadInput
from banzi.kernel.errors import Problem as Finding
from banzi.kernel.messages import Message, MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.staffing.answers.block import Block, Goal
from banzi.staffing.answers.case import Case
from banzi.staffing.answers.searching import WHOLE, fill
from banzi.staffing.answers.standing import Standing
from banzi.staffing.problem import Problem
from banzi.staffing.system.rows import EMPTY, Int64s

ALWAYS_PROTECTED = frozenset({"female", "minority"})

LOOKING = MessageKind("plan/portfolio-looking", _("查找不同的方案：{label}"))
NO_COLUMN = MessageKind("plan/no-measure-column", _("没有“{column}”这一列；可用的列：{columns}"))
PROTECTED = MessageKind(
    "plan/protected-measure", _("“{column}”是受保护的列，不得用来比较或挑选方案")
)
BASE = MessageKind("plan/label-base", _("原方案"))
YOUNGEST = MessageKind("plan/label-youngest", _("平均年龄最低"))
FEWEST_MOVES = MessageKind("plan/label-fewest-moves", _("调整现职最少"))
BEST_FIT = MessageKind("plan/label-best-fit", _("岗位条件最合"))
FULL_TERM = MessageKind("plan/label-full-term", _("任不满一届的最少"))
LOCAL = MessageKind("plan/label-local", _("外地区来的最少"))
MOST = MessageKind("plan/label-most", _("“{column}”合计最多"))
LEAST = MessageKind("plan/label-least", _("“{column}”合计最少"))


@dataclass(frozen=True, slots=True)
class Measure:
    """The sum of a column over the plan, the greater or the smaller the better."""

    column: str
    most: bool
    label: Message

    def arc_values(self, case: Case) -> Int64s:
        """Per arc its value, the greater the better."""
        problem, rows = case.problem, case.standing.rows
        if self.column in problem.pair_features:
            values = np.array(problem.pair_features[self.column], np.int64)[rows.arc_pair]
        else:
            values = np.array(problem.person_features[self.column], np.int64)[rows.arc_person]
        return values if self.most else -values


KNOWN = {
    AGE_MONTHS: (False, YOUNGEST),
    "moves": (False, FEWEST_MOVES),
    "fit": (True, BEST_FIT),
    "short_term": (False, FULL_TERM),
    "from_other_region": (False, LOCAL),
}


def default_measures(problem: Problem) -> list[Measure]:
    """The known columns that the problem uses."""
    used = {**problem.person_features, **problem.pair_features}
    return [
        Measure(column, most, label()) for column, (most, label) in KNOWN.items() if column in used
    ]


def read_measure(problem: Problem, typed: str) -> Measure:
    """A measure of a text `COLUMN:max` or `COLUMN:min`.

    Raises
    ------
    BadInput
        A column that the problem does not use, or a protected one.
    """
    column, _sign, way = typed.partition(":")
    protected = ALWAYS_PROTECTED | set(problem.bundle.settings.get("protected", ()))
    used = {**problem.person_features, **problem.pair_features}
    if column in protected:
        raise BadInput([Finding(PROTECTED(column=column))])
    if column not in used or way not in ("max", "min", ""):
        columns = sorted(set(used) - protected)
        raise BadInput([Finding(NO_COLUMN(column=typed, columns=columns))])
    most = way != "min"
    return Measure(column, most, (MOST if most else LEAST)(column=column))


@dataclass(frozen=True, slots=True)
class Choice:
    """One plan. `scores`: per measure its sum as the column has it. `labels`: what it is best in."""

    standing: Standing
    labels: tuple[Message, ...]
    scores: tuple[int, ...]
    distances: tuple[int, ...]
    """Posts in which it differs from each plan of the portfolio."""


def portfolio(
    case: Case,
    measures: Sequence[Measure],
    *,
    many: int = 4,
    distance: int = 2,
    keep: int = 900,
    seconds: float = 60.0,
    progress: Progress | None = None,
) -> list[Choice]:
    """The plan itself and up to `many` − 1 others.

    Parameters
    ----------
    distance
        Posts in which any two differ at least.
    keep
        Permille of the last tier's value that each must keep (of its size, when below zero).
    """
    listener, until = progress or Silent(), time.monotonic() + seconds
    found = [case.standing]
    last = case.standing.tiers[-1]
    floor = [*case.standing.tiers[:-1], last - abs(last) * (1000 - keep) // 1000]
    values = [measure.arc_values(case) for measure in measures]
    for measure, worth in zip(measures, values, strict=True):
        if len(found) >= many or time.monotonic() > until:
            break
        listener.start(LOOKING(label=measure.label))
        other = _best_in(case, worth, floor, found, distance, until, listener)
        if other is not None:
            found.append(other)
    return _labelled(case, measures, values, found)


def _best_in(
    case: Case,
    worth: Int64s,
    floor: Sequence[int],
    known: Sequence[Standing],
    distance: int,
    until: float,
    progress: Progress,
) -> Standing | None:
    """A plan good in a measure, far from the known ones; None when there is none in reach."""
    rows = case.standing.rows
    standing = case.standing
    parts: list[frozenset[int]] = [frozenset(range(rows.posts))]
    if rows.posts > WHOLE:
        parts = case.blocks
    whole = len(parts) == 1
    for part in parts:
        progress.advance(0)
        left = until - time.monotonic()
        if left <= 0:
            break
        block = Block(standing, part)
        goal = block.counting(worth[block.arcs])
        floors = [*zip(block.tiers, floor, strict=True)]
        if whole:
            floors += [(_differing(block, each), distance) for each in known]
        better = fill(block, first=[goal], floors=floors, seconds=left).standing
        if better is not None and _sum(better, worth) >= _sum(standing, worth):
            standing = better
    far = all(len(standing.changed(each)) >= distance for each in known)
    return standing if far else None


def _differing(block: Block, other: Standing) -> Goal:
    """In how many posts of the block the holder differs from another plan."""
    plan = other.plan
    posts = block.standing.rows.arc_post[block.arcs]
    weights = np.where(plan[posts] == block.arcs, -1, 0) + np.where(plan[posts] == EMPTY, 1, 0)
    return block.counting(weights, int((plan[block.posts] != EMPTY).sum()))


def _sum(standing: Standing, worth: Int64s) -> int:
    return int(worth[standing.plan[standing.plan != EMPTY]].sum())


def _labelled(
    case: Case, measures: Sequence[Measure], values: Sequence[Int64s], found: Sequence[Standing]
) -> list[Choice]:
    """Without those that another equals or beats in every tier and measure; the plan itself stays."""
    sums = [[_sum(each, worth) for worth in values] for each in found]
    vectors = [[*each.tiers, *mine] for each, mine in zip(found, sums, strict=True)]
    places = range(len(found))
    kept = [k for k in places if k == 0 or not any(_beats(vectors, o, k) for o in places)]
    choices = []
    for k in kept:
        labels = [BASE()] if k == 0 else []
        for place, measure in enumerate(measures):
            reached = [sums[o][place] for o in kept]
            if sums[k][place] == max(reached) > min(reached):
                labels.append(measure.label)
        signs = [1 if measure.most else -1 for measure in measures]
        scores = tuple(s * v for s, v in zip(signs, sums[k], strict=True))
        distances = tuple(len(found[k].changed(found[o])) for o in kept)
        choices.append(Choice(found[k], tuple(labels), scores, distances))
    return choices


def _beats(vectors: Sequence[Sequence[int]], one: int, other: int) -> bool:
    """At least as good everywhere, and better somewhere or listed before."""
    pairs = zip(vectors[one], vectors[other], strict=True)
    better = vectors[one] != vectors[other] or one < other
    return one != other and better and all(a >= b for a, b in pairs)
