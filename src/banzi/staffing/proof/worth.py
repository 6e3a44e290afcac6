"""What plans of one block are worth by themselves, and what they do to rows between blocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from banzi.solvers.packed import spans
from banzi.staffing.proof.blocks import Block
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import EMPTY, NO_TIER, Int32s, Int64s, RowKind


@dataclass(frozen=True, slots=True)
class Weighed:
    """Plans of a block: what they are worth with the block's own rows, and what they do to others.

    Attributes
    ----------
    values
        Tiers × plans.
    rows, sums
        Rows between blocks that some plan touches, and plans × rows their activities.
    """

    values: Int64s
    rows: Int64s
    sums: Int64s


def weigh(question: Question, block: Block, plans: Int32s | Int64s) -> Weighed:
    """Weigh plans of a block (plans × posts, each an arc or EMPTY)."""
    rows, tier = question.rows, question.tier
    row_of, posts = np.nonzero(plans != EMPTY)
    arcs = plans[row_of, posts]
    values = np.zeros((len(plans), len(rows.constants)), np.int64)
    np.add.at(values, row_of, rows.arc_values[:, arcs].T)
    places, seat = spans(rows.arc_start, arcs)
    touched, column = np.unique(rows.arc_rows[places], return_inverse=True)
    sums = np.zeros((len(plans), len(touched)), np.int64)
    np.add.at(sums, (row_of[seat], column), rows.arc_coefficients[places])
    column_of = np.full(rows.rows, -1)
    column_of[touched] = np.arange(len(touched))
    for row in block.rows[rows.tier[block.rows] != NO_TIER].tolist():
        there = column_of[row] >= 0
        at = sums[:, column_of[row]] if there else np.zeros(len(plans), np.int64)
        if rows.kind[row] == RowKind.MISS:
            outside = np.maximum(0, np.maximum(rows.low[row] - at, at - rows.high[row]))
            values[:, rows.tier[row]] -= rows.weight[row] * -(-outside // rows.unit[row])
        else:
            gains = rows.gains[rows.gains_start[row] : rows.gains_start[row + 1]]
            earned = np.concatenate([np.zeros(1, np.int64), np.cumsum(gains)])
            values[:, rows.tier[row]] += earned[np.minimum(at, len(gains))]
    between = question.counted[touched] & ~np.isin(touched, block.rows)
    values[:, tier + 1 :] = 0
    return Weighed(values.T, touched[between].astype(np.int64), sums[:, between])
