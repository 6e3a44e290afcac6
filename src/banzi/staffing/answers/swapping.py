"""One post, everybody who could sit there instead: what each would be worth, at once.

Nothing else of the plan moves. A swap keeps every hard requirement or not; which, and the value of
each tier, are counted exactly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from banzi.solvers.packed import spans
from banzi.staffing.answers.standing import Standing
from banzi.staffing.system.rows import EMPTY, Int64s, RowKind


@dataclass(frozen=True, slots=True)
class Swaps:
    """`arcs` of one post whose persons are free; for each its `tiers` and how it leaves the rows.

    `broken` counts the hard rows that do not hold then; `keeps` is whether all do, pins too.
    """

    arcs: Int64s
    tiers: Int64s
    broken: Int64s
    keeps: npt.NDArray[np.bool_]

    def best(self, many: int, *, but: int = EMPTY) -> list[int]:
        """Places of the best that keep every hard requirement, tiers in order; one arc left out."""
        good = np.flatnonzero(self.keeps & (self.arcs != but))
        order = sorted(good.tolist(), key=lambda k: [-v for v in self.tiers[k].tolist()])
        return order[:many]


def swaps(standing: Standing, post: int) -> Swaps:
    """Everybody without another seat who is a candidate of a post, the holder included."""
    rows = standing.rows
    arcs = np.arange(rows.post_start[post], rows.post_start[post + 1])
    seat = standing.seat_of[rows.arc_person[arcs]]
    arcs = arcs[((seat == EMPTY) | (seat == post)) & ~np.isin(arcs, rows.banned)]
    here = np.array([post])
    empty = standing.activities - standing.activity_of(here)
    held = int(standing.plan[post])
    touched = np.zeros(0, np.int64)
    tiers = np.array(standing.tiers, np.int64)
    if held != EMPTY:
        span = slice(rows.arc_start[held], rows.arc_start[held + 1])
        touched = rows.arc_rows[span].astype(np.int64)
        tiers = tiers - rows.arc_values[:, held]
        change = rows.values_at(touched, empty[touched]) - standing.row_values[touched]
        soft = rows.tier[touched] >= 0
        np.add.at(tiers, rows.tier[touched][soft], change[soft])
    hard = rows.kind == RowKind.HARD
    lost = hard & ((empty < rows.low) | (empty > rows.high))
    places, owner = spans(rows.arc_start, arcs)
    row = rows.arc_rows[places].astype(np.int64)
    after = empty[row] + rows.arc_coefficients[places]
    breaks = hard[row] & ((after < rows.low[row]) | (after > rows.high[row]))
    broken = np.full(len(arcs), int(lost.sum()))
    np.add.at(broken, owner, breaks.astype(np.int64) - lost[row].astype(np.int64))
    worth = tiers[None, :] + rows.arc_values[:, arcs].T
    change = rows.values_at(row, after) - rows.values_at(row, empty[row])
    soft = rows.tier[row] >= 0
    np.add.at(worth, (owner[soft], rows.tier[row][soft]), change[soft])
    pinned = rows.pinned[rows.arc_post[rows.pinned] == post]
    keeps = broken == 0
    if len(pinned):
        keeps &= np.isin(arcs, pinned)
    return Swaps(arcs, worth, broken, keeps)
