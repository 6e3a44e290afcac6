"""What each tier counts in a plan, in persons and posts.

The value of a tier is a sum of points, and no office thinks in points. `Counting` takes it apart:
so many posts empty, so many persons moved, so many short of a target, each with the points it
brings; the points of a tier's counts add up to its value. `tier_words` says them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

import numpy as np

from banzi.facts.times import is_time
from banzi.staffing.answers.standing import Standing
from banzi.staffing.bundle import FIT, MEETS
from banzi.staffing.problem import Measure, Problem, Target, Tier
from banzi.staffing.system.rows import EMPTY, Int64s, RowKind, RowSystem


class Thing(Enum):
    """What is counted, in the order in which it is told.

    DEEPER: further members of a team in a field that it has somebody for. UNMET: soft targets
    missed, without points of their own; the three after it are what those lack.
    """

    VACANT = auto()
    DISPLACED = auto()
    UNMET = auto()
    SHORT_PERSONS = auto()
    SHORT_MONTHS = auto()
    SHORT_UNITS = auto()
    CONDITIONS = auto()
    COLUMN = auto()
    COVERED = auto()
    DEEPER = auto()
    CROWDED = auto()


@dataclass(frozen=True, slots=True)
class Count:
    """So many of a thing and the points they bring; `column`: the one spoken of, "" for none."""

    thing: Thing
    number: int
    points: int
    column: str = ""


class Counting:
    """Ready to count plans of one problem; `rows` are those of its standings."""

    def __init__(self, problem: Problem, rows: RowSystem) -> None:
        self.problem = problem
        self._must = np.array(problem.must_place, bool)
        self._columns: dict[str, Int64s] = {}
        self._known: tuple[tuple[Standing, list[list[Count]]], ...] = ()
        self._steps = self._places(rows, RowKind.STEPS, "coverage")
        self._bands = self._places(rows, RowKind.MISS, "band")
        self._soft = self._places(rows, RowKind.MISS, "soft target")
        self._measured = {row: self._measure(rows, row) for row in np.concatenate(self._soft)}

    def of(self, standing: Standing) -> list[list[Count]]:
        """Per tier its counts, those of nothing too, in the order of `Thing`."""
        known = self._known
        for other, counts in known:
            if other is standing:
                self._known = (*(each for each in known if each[0] is not other), (other, counts))
                return counts
        found = [
            sorted(self._tier(standing, place, tier), key=lambda count: count.thing.value)
            for place, tier in enumerate(self.problem.tiers)
        ]
        self._known = (*known[-1:], (standing, found))
        return found

    def _tier(self, standing: Standing, place: int, tier: Tier) -> list[Count]:
        rows = standing.rows
        arcs = standing.plan[standing.plan != EMPTY]
        counts = []
        if tier.vacancy:
            empty = rows.posts - len(arcs)
            counts.append(Count(Thing.VACANT, empty, tier.vacancy * empty))
        if tier.displaced:
            left = int(self._must.sum() - self._must[rows.arc_person[arcs]].sum())
            counts.append(Count(Thing.DISPLACED, left, tier.displaced * left))
        for column, weight in tier.pair_terms.items():
            total = int(self._column(column)[rows.arc_pair[arcs]].sum())
            if column == FIT and self._met is not None:
                met = int(self._met[rows.arc_pair[arcs]].sum())
                counts.append(Count(Thing.CONDITIONS, met, weight * total, column))
            else:
                counts.append(Count(Thing.COLUMN, total, weight * total, column))
        if tier.coverage:
            counts += self._covered(standing, self._steps[place])
        if tier.bands:
            over = standing.missed[self._bands[place]].sum()
            points = int(standing.row_values[self._bands[place]].sum())
            counts.append(Count(Thing.CROWDED, int(over), points, tier.bands.feature))
        if tier.soft_priority is not None:
            counts += self._short(standing, self._soft[place])
        return counts

    def _covered(self, standing: Standing, places: Int64s) -> list[Count]:
        rows = standing.rows
        first, last = rows.gains_start[places], rows.gains_start[places + 1]
        counted = np.minimum(standing.activities[places], last - first)
        has = counted > 0
        points = int(rows.gains[first[has]].sum())
        rest = int(standing.row_values[places].sum()) - points
        return [
            Count(Thing.COVERED, int(has.sum()), points),
            Count(Thing.DEEPER, int((counted[has] - 1).sum()), rest),
        ]

    def _short(self, standing: Standing, places: Int64s) -> list[Count]:
        missed, values = standing.missed[places], standing.row_values[places]
        counts = [Count(Thing.UNMET, int((missed > 0).sum()), 0)]
        things = np.array([self._measured[row].value for row in places.tolist()], np.int64)
        for thing in (Thing.SHORT_PERSONS, Thing.SHORT_MONTHS, Thing.SHORT_UNITS):
            mine = things == thing.value
            if mine.any():
                lacking, points = int(missed[mine].sum()), int(values[mine].sum())
                counts.append(Count(thing, lacking, points))
        return counts

    def _places(self, rows: RowSystem, kind: RowKind, word: str) -> list[Int64s]:
        """Per tier the rows of a kind whose name begins with a word."""
        mine = np.array([name[0] == word for name in rows.names], bool) & (rows.kind == kind)
        return [np.flatnonzero(mine & (rows.tier == t)) for t in range(len(self.problem.tiers))]

    def _measure(self, rows: RowSystem, row: int) -> Thing:
        """In what a soft target falls short."""
        target = self._targets[rows.names[row][1]]
        if target.measure is Measure.SHARE_PERMILLE:
            return Thing.SHORT_PERSONS
        if target.measure is Measure.MEAN:
            return Thing.SHORT_MONTHS if is_time(target.feature) else Thing.SHORT_UNITS
        values = self._column(target.feature)
        is_flag = not len(values) or bool(np.isin(values, (0, 1)).all())
        return Thing.SHORT_PERSONS if is_flag else Thing.SHORT_UNITS

    @cached_property
    def _targets(self) -> dict[str, Target]:
        return {target.target_id: target for target in self.problem.targets}

    def _column(self, name: str) -> Int64s:
        """The values of a pair column, else of a person column."""
        if name not in self._columns:
            of_pairs = self.problem.pair_features.get(name)
            values = self.problem.person_features[name] if of_pairs is None else of_pairs
            self._columns[name] = np.array(values, np.int64)
        return self._columns[name]

    @cached_property
    def _met(self) -> Int64s | None:
        """Per pair how many conditions it meets; None where the bundle does not say."""
        table = self.problem.bundle.tables["candidates.csv"]
        columns = [name for name in table.columns if name.startswith(MEETS)]
        if not columns or len(table.rows) != len(self.problem.pairs):
            return None
        sums = np.zeros(len(table.rows), np.int64)
        for name in columns:
            sums += np.array([text == "1" for text in table.column(name)], np.int64)
        return sums
