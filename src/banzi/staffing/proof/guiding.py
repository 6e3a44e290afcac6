"""Prices of a block's own rows that suit the prices between blocks.

They change nothing about what a block can be worth, only how soon its search knows: a linear
programme of the block, whose costs alone change from round to round, gives the best ones.
"""

from __future__ import annotations

import numpy as np

from banzi.solvers.linear import NO_SIDE, Columns, Floats, Turn, Turns
from banzi.solvers.packed import owners, spans, starts_of
from banzi.staffing.proof.blocks import Block
from banzi.staffing.proof.multipliers import Reckoned, gains_of, weights_of
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import OPEN_HIGH, OPEN_LOW, RowKind


class Guide:
    """The linear programme of one block; keeps its basis from round to round.

    `turns`: what solves it, and all others of the question.
    """

    def __init__(self, question: Question, block: Block, turns: Turns) -> None:
        rows, own = question.rows, block.rows
        self._question, self._block, self._turns = question, block, turns
        kind = rows.kind[own]
        self._misses = np.flatnonzero(kind == RowKind.MISS)
        self._gains, self._steps = spans(rows.gains_start, own)
        lows = np.where(rows.low[own] == OPEN_LOW, -NO_SIDE, rows.low[own].astype(float))
        highs = np.where(rows.high[own] == OPEN_HIGH, NO_SIDE, rows.high[own].astype(float))
        lows[kind == RowKind.STEPS] = 0.0
        extra, posts = len(block.rivals), len(block.posts)
        row_lows = np.concatenate(
            [lows, np.full(extra, -NO_SIDE), question.filled[block.posts].astype(float)]
        )
        row_highs = np.concatenate([highs, np.ones(extra + posts)])
        self._programme = Turn(row_lows, row_highs, self._columns())

    def _columns(self) -> Columns:
        """Arcs, then misses, then steps of gains; no costs yet."""
        question, block, rows = self._question, self._block, self._question.rows
        own, arcs = block.rows, len(block.arcs)
        post_of = owners(block.post_start)
        first_post = len(own) + len(block.rivals)
        arc_of = owners(block.arc_start)
        column = [arc_of, np.arange(arcs)]
        row = [block.arc_rows, first_post + post_of]
        value = [block.arc_values.astype(float), np.ones(arcs)]
        local = np.full(rows.rows, -1)
        local[own[self._misses]] = np.arange(len(self._misses))
        by = local[rows.of[own]]
        tied = np.flatnonzero(by >= 0)
        column.append(arcs + by[tied])
        row.append(tied)
        lifts = rows.low[own[tied]] != OPEN_LOW
        unit = rows.unit[own[tied]].astype(float)
        value.append(np.where(lifts, unit, -unit))
        column.append(arcs + len(self._misses) + np.arange(len(self._steps)))
        row.append(self._steps)
        value.append(np.full(len(self._steps), -1.0))
        columns, places = np.concatenate(column), np.concatenate(row)
        order = np.lexsort((places, columns))
        count = arcs + len(self._misses) + len(self._steps)
        starts = starts_of(np.bincount(columns, minlength=count))
        highs = [
            question.open[block.arcs].astype(float),
            np.full(len(self._misses), NO_SIDE),
            np.ones(len(self._steps)),
        ]
        return Columns(
            costs=np.zeros(count),
            lows=np.zeros(count),
            highs=np.concatenate(highs),
            starts=starts.astype(np.int32),
            rows=places[order].astype(np.int32),
            values=np.concatenate(value)[order],
        )

    def prices(self, between: Reckoned, until: float) -> tuple[Floats, Floats] | None:
        """Prices of the block's own rows, and of its rivals within it.

        `between`: prices between blocks alone, those of own rows being 0.
        """
        rows, block, scale = self._question.rows, self._block, float(between.scale)
        weights = weights_of(rows, between.tiers)[block.rows[self._misses]]
        gains = np.maximum(0, gains_of(rows, between.tiers)[self._gains])
        costs = [between.offers[block.arcs] / scale, -weights / scale, gains / scale]
        found = self._turns.solve(self._programme, np.concatenate(costs), until)
        if found is None:
            return None
        own = len(block.rows)
        return found.row_duals[:own], found.row_duals[own : own + len(block.rivals)]
