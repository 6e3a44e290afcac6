"""A plan in the arrays of its problem, with the activity of each row: where every question starts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from banzi.staffing.system.rows import EMPTY, Int64s, RowKind, RowSystem


def spans(start: Int64s, chosen: npt.NDArray[np.integer]) -> tuple[Int64s, Int64s]:
    """Places of all terms of the chosen rows (or arcs), and for each term which of the chosen."""
    sizes = start[np.asarray(chosen, np.int64) + 1] - start[chosen]
    owner = np.repeat(np.arange(len(chosen)), sizes)
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])[:-1]
    places = np.arange(int(sizes.sum())) - before[owner] + start[chosen][owner]
    return places.astype(np.int64), owner.astype(np.int64)


def values_at(rows: RowSystem, chosen: Int64s, at: Int64s) -> Int64s:
    """What rows, one of them as often as wanted, add to their tiers at these activities."""
    kind = rows.kind[chosen]
    outside = np.maximum(0, np.maximum(rows.low[chosen] - at, at - rows.high[chosen]))
    values: Int64s = np.where(
        kind == RowKind.MISS, -rows.weight[chosen] * -(-outside // rows.unit[chosen]), 0
    )
    for place in np.flatnonzero(kind == RowKind.STEPS):
        first, last = rows.gains_start[chosen[place]], rows.gains_start[chosen[place] + 1]
        values[place] = rows.gains[first : min(last, first + at[place])].sum()
    return values


@dataclass(frozen=True)
class Standing:
    """`plan`: per post the arc used, or EMPTY. Cheap to ask, never changed."""

    rows: RowSystem
    plan: Int64s

    @cached_property
    def activities(self) -> Int64s:
        """Per row the sum over the plan."""
        return self.activity_of(np.arange(self.rows.posts))

    def activity_of(self, posts: npt.NDArray[np.integer]) -> Int64s:
        """Per row what the persons in these posts add."""
        rows = self.rows
        arcs = self.plan[posts]
        places, _owner = spans(rows.arc_start, arcs[arcs != EMPTY])
        sums = np.zeros(rows.rows, np.int64)
        np.add.at(sums, rows.arc_rows[places], rows.arc_coefficients[places])
        return sums

    @cached_property
    def tiers(self) -> list[int]:
        """What each tier is worth."""
        return self.rows.tier_values(self.plan)

    @cached_property
    def row_values(self) -> Int64s:
        """Per row what it adds to its tier."""
        return self.rows.row_values(self.activities)

    @cached_property
    def seat_of(self) -> Int64s:
        """Per person the post held in the plan, EMPTY for none."""
        seats = np.full(self.rows.persons, EMPTY, np.int64)
        filled = np.flatnonzero(self.plan != EMPTY)
        seats[self.rows.arc_person[self.plan[filled]]] = filled
        return seats

    @property
    def breached(self) -> list[int]:
        """Hard rows that the plan breaks."""
        missed = self.rows.missed(self.activities)
        return [int(r) for r in np.flatnonzero((self.rows.kind == RowKind.HARD) & (missed > 0))]

    def person(self, post: int) -> int:
        """Who holds a post, EMPTY for nobody."""
        arc = int(self.plan[post])
        return EMPTY if arc == EMPTY else int(self.rows.arc_person[arc])

    def changed(self, other: Standing) -> list[int]:
        """Posts whose holder differs."""
        return [int(post) for post in np.flatnonzero(self.plan != other.plan)]

    def with_arc(self, post: int, arc: int) -> Standing:
        """The same plan but for one post; whoever the arc brings leaves another seat empty."""
        plan = self.plan.copy()
        if arc != EMPTY:
            seat = int(self.seat_of[self.rows.arc_person[arc]])
            if seat != EMPTY:
                plan[seat] = EMPTY
        plan[post] = arc
        return Standing(self.rows, plan)
