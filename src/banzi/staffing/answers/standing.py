"""A plan in the arrays of its problem, with the activity of each row: where every question starts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from banzi.staffing.system.rows import EMPTY, Int64s, RowSystem


@dataclass(frozen=True)
class Standing:
    """`plan`: per post the arc used, or EMPTY. Cheap to ask, never changed."""

    rows: RowSystem
    plan: Int64s

    @cached_property
    def activities(self) -> Int64s:
        """Per row the sum over the plan."""
        return self.rows.activities(self.plan)

    def activity_of(self, posts: npt.NDArray[np.integer]) -> Int64s:
        """Per row what the persons in these posts add."""
        return self.rows.activities(self.plan[posts])

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

    @cached_property
    def missed(self) -> Int64s:
        """Per row how far it is missed, in started units."""
        return self.rows.missed(self.activities)

    @property
    def breached(self) -> list[int]:
        """Hard rows that the plan breaks."""
        return self.rows.broken(self.activities)

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
