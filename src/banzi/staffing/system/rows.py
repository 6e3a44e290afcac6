"""One system of whole-number rows over arcs, in arrays: the mathematics of a staffing problem.

An *arc* is a candidate pair; a *plan* names for each post its arc or `EMPTY`. A row adds up a
coefficient for each arc of the plan; the sum is its activity.

==========  ====================================================================================
kind        what a row says of its activity a
==========  ====================================================================================
HARD        low ≤ a ≤ high, or there is no plan
MISS        −weight for each started `unit` by which a lies below `low` or above `high` (one tier)
STEPS       the first, second … unit of a earns `gains[0]`, `gains[1]` …, beyond them nothing
CUT         what row `of` implies of whole persons and fractions do not know: `low ≤ a ≤ high` when
            that row is HARD, else its miss counts at least as many units as a lies outside
==========  ====================================================================================

Soft targets and age bands are MISS rows, coverage is STEPS. All else that a tier counts (vacancies,
persons who must be placed, pair terms) is a sum over arcs: `arc_values` and `constants`. That every
post takes one person and every person one post is what a plan is and has no row.

Searches keep activities; the mixed integer model (`model`) makes a variable for each MISS and STEPS
row; bounds split the rows by block. All of them read these arrays and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from banzi.solvers.matrix import NO_HIGH, NO_LOW
from banzi.solvers.packed import spans
from banzi.solvers.rows import Name

Int64s = npt.NDArray[np.int64]
Int32s = npt.NDArray[np.int32]
Narrow = npt.NDArray[np.signedinteger[Any]]
"""16 or 32 bits where all numbers fit, else 64 (`packed.narrowed`)."""

EMPTY = -1
"""Instead of an arc: nobody in this post."""
OPEN_LOW, OPEN_HIGH = NO_LOW, NO_HIGH
"""Sides of a row that do not bind: those of a matrix, so that rows go into one as they are."""
NO_TIER = -1
"""Tier of a hard row."""


class RowKind(IntEnum):
    HARD = 0
    MISS = 1
    STEPS = 2
    CUT = 3


@dataclass(frozen=True, slots=True, eq=False)
class RowSystem:
    """A staffing problem as rows over arcs.

    Arcs stand by post, within a post by person: those of post p are
    `post_start[p] : post_start[p + 1]`.

    Attributes
    ----------
    persons
        How many persons the problem has; posts are `len(post_start) - 1`.
    arc_post, arc_person, arc_pair
        Per arc its post, its person and the place of its pair in the problem.
    pinned, banned
        Arcs that must be used, one of a post at most; arcs that must not.
    arc_values
        Tiers × arcs: what using the arc adds to each tier, rows left aside.
    constants
        Per tier what the empty plan is worth, rows left aside.
    kind, low, high, tier, weight, unit, of
        Per row; `low`, `high` open as `OPEN_LOW`, `OPEN_HIGH`. `tier` is `NO_TIER` for hard rows
        and cuts, `of` the row that a cut belongs to, else the row itself.
    gains_start, gains
        Gains of row r are `gains[gains_start[r] : gains_start[r + 1]]`, none but for STEPS.
    row_start, row_arcs, row_coefficients
        Terms by row, arcs rising: those of row r are `row_start[r] : row_start[r + 1]`.
    arc_start, arc_rows, arc_coefficients
        The same terms by arc, rows rising.
    names
        Per row who asked for it, as in `solvers.rows`.
    """

    persons: int
    post_start: Int64s
    arc_post: Int32s
    arc_person: Int32s
    arc_pair: Int64s
    pinned: Int64s
    banned: Int64s
    arc_values: Int64s
    constants: Int64s
    kind: npt.NDArray[np.int8]
    low: Int64s
    high: Int64s
    tier: Int32s
    weight: Int64s
    unit: Int64s
    of: Int32s
    gains_start: Int64s
    gains: Int64s
    row_start: Int64s
    row_arcs: Int32s
    row_coefficients: Narrow
    arc_start: Int64s
    arc_rows: Narrow
    arc_coefficients: Narrow
    names: tuple[Name, ...]

    @property
    def posts(self) -> int:
        return len(self.post_start) - 1

    @property
    def arcs(self) -> int:
        return len(self.arc_post)

    @property
    def rows(self) -> int:
        return len(self.kind)

    def arc_of(self, post: int, person: int) -> int:
        """The arc of a pair, `EMPTY` when it is none or banned."""
        first, last = self.post_start[post], self.post_start[post + 1]
        place = first + int(np.searchsorted(self.arc_person[first:last], person))
        return place if place < last and self.arc_person[place] == person else EMPTY

    def activities(self, plan: npt.ArrayLike) -> Int64s:
        """Per row the sum of its coefficients over the arcs of a plan (per post an arc or EMPTY)."""
        used = np.asarray(plan, np.int64)
        places, _owner = spans(self.arc_start, used[used != EMPTY])
        sums = np.zeros(self.rows, np.int64)
        np.add.at(sums, self.arc_rows[places], self.arc_coefficients[places])
        return sums

    def missed(self, activities: Int64s) -> Int64s:
        """Per row how far its activity lies outside `low … high`, in started units; 0 inside."""
        outside = np.maximum(0, np.maximum(self.low - activities, activities - self.high))
        missed: Int64s = -(-outside // self.unit)
        missed[self.kind == RowKind.STEPS] = 0
        return missed

    def row_values(self, activities: Int64s) -> Int64s:
        """Per row what it adds to its tier; 0 for hard rows."""
        return self.values_at(np.arange(self.rows), activities)

    def values_at(self, chosen: Int64s, at: Int64s) -> Int64s:
        """What rows, one of them as often as wanted, add to their tiers at these activities."""
        kind = self.kind[chosen]
        outside = np.maximum(0, np.maximum(self.low[chosen] - at, at - self.high[chosen]))
        values: Int64s = np.where(
            kind == RowKind.MISS, -self.weight[chosen] * -(-outside // self.unit[chosen]), 0
        )
        for place in np.flatnonzero(kind == RowKind.STEPS):
            first, last = self.gains_start[chosen[place]], self.gains_start[chosen[place] + 1]
            values[place] = self.gains[first : min(last, first + at[place])].sum()
        return values

    def tier_values(self, plan: npt.ArrayLike) -> list[int]:
        """What each tier is worth with a plan, whether its hard rows hold or not."""
        used = np.asarray(plan)
        values = self.constants + self.arc_values[:, used[used != EMPTY]].sum(axis=1)
        by_row = self.row_values(self.activities(plan))
        soft = self.tier != NO_TIER
        np.add.at(values, self.tier[soft], by_row[soft])
        return [int(value) for value in values]

    def breached(self, plan: npt.ArrayLike) -> list[int]:
        """Hard rows that a plan breaks; pins and bans have no rows."""
        return self.broken(self.activities(plan))

    def broken(self, activities: Int64s) -> list[int]:
        """Hard rows that do not hold at these activities."""
        hard = (self.kind == RowKind.HARD) & (self.missed(activities) > 0)
        return [int(row) for row in np.flatnonzero(hard)]
