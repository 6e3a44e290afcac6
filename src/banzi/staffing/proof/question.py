"""What is to be bounded: one tier, over the plans that are at least so good in the tiers before it.

A question shrinks while it is worked on: arcs that no plan worth having uses are struck out, and
posts that every such plan fills are known to be filled.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from banzi.staffing.system.rows import RowSystem

Mask = npt.NDArray[np.bool_]


@dataclass(slots=True, eq=False)
class Question:
    """How much can `tier` be worth over all plans that keep the hard rows, pins and bans and reach
    `floors` in the tiers before it?

    Attributes
    ----------
    floors
        One value for each tier before `tier`.
    open
        Per arc whether a plan may use it.
    filled
        Per post whether it may not stay empty.
    """

    rows: RowSystem
    tier: int
    floors: tuple[int, ...]
    open: Mask = field(init=False)
    filled: Mask = field(init=False)

    def __post_init__(self) -> None:
        rows = self.rows
        self.open = np.ones(rows.arcs, bool)
        self.open[rows.banned] = False
        self.filled = np.zeros(rows.posts, bool)
        pinned = rows.pinned
        self.filled[rows.arc_post[pinned]] = True
        taken = np.zeros(rows.persons, bool)
        taken[rows.arc_person[pinned]] = True
        others = self.filled[rows.arc_post] | taken[rows.arc_person]
        others[pinned] = False
        self.open &= ~others

    def copy(self) -> Question:
        """The same question, shrinking apart from this one from now on."""
        copied = Question(self.rows, self.tier, self.floors)
        copied.open[:] = self.open
        copied.filled[:] = self.filled
        return copied

    @property
    def counted(self) -> Mask:
        """Rows that matter: hard ones, those of the tiers up to this one, and the cuts of both."""
        rows = self.rows
        counted: Mask = rows.tier[rows.of] <= self.tier
        return counted
