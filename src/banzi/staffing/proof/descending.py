"""Prices without any solver: a few steps downhill, for a first bound of large problems.

At given prices every post takes its best arc. Rows and persons that this asks too much of get
dearer, those with room to spare cheaper (a subgradient), so far that the bound would fall to the
known plan if it went straight there. Poor beside a linear programme, but there within seconds.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator

import numpy as np

from banzi.solvers.packed import least_and_greatest
from banzi.staffing.proof.multipliers import HOPELESS, Floats, Prices, Reckoned, reckon
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import EMPTY, Int64s, RowKind

STEPS, SHORTER = 50, 0.85
"""Steps in all; and how much of the way they still go after each that gained nothing."""


def descend(question: Question, value: int, until: float = math.inf) -> Iterator[Reckoned]:
    """Bounds, each better than the last; `value` is that of a plan that is known."""
    rows, way = question.rows, 1.0
    least: Reckoned | None = None
    lows, highs = least_and_greatest(rows.row_coefficients, rows.row_start)
    norms = np.maximum(np.maximum(-lows, highs), 1).astype(float)
    asked = Prices.none(question)
    for _ in range(STEPS):
        if time.monotonic() >= until:
            return
        reckoned = reckon(question, asked)
        if reckoned.total == HOPELESS:
            return
        if least is None or reckoned.total * least.scale < least.total * reckoned.scale:
            least = reckoned
            yield reckoned
        else:
            way *= SHORTER
        by_row, by_person = _room(question, reckoned)
        by_row /= norms
        length = float(by_row @ by_row + by_person @ by_person)
        above = reckoned.total / reckoned.scale - value
        if length == 0 or above <= 0:
            return
        step = way * above / length
        now = Prices(
            reckoned.rows / reckoned.scale,
            reckoned.persons / reckoned.scale,
            reckoned.tiers[: question.tier] / reckoned.scale,
        )
        asked = Prices(now.rows - step * by_row / norms, now.persons - step * by_person, now.tiers)


def _room(question: Question, reckoned: Reckoned) -> tuple[Floats, Floats]:
    """Per row and person what is left when every post takes its best arc; below 0 what is too much.

    Where nothing is wrong and nothing is paid, there is nothing to change: 0.
    """
    rows = question.rows
    plan = _best_arcs(question, reckoned)
    at = rows.activities(plan).astype(float)
    priced = reckoned.rows
    side = np.where(priced > 0, rows.high, np.where(priced < 0, rows.low, at))
    free = priced == 0
    side = np.where(free & (at > rows.high), rows.high, side)
    side = np.where(free & (at < rows.low), rows.low, side)
    room = side - at
    for row in np.flatnonzero(question.counted & (rows.kind == RowKind.STEPS)).tolist():
        gains = rows.gains[rows.gains_start[row] : rows.gains_start[row + 1]]
        room[row] = (
            float((gains * reckoned.tiers[rows.tier[row]] + priced[row] > 0).sum()) - at[row]
        )
    room[~question.counted] = 0.0
    seats = np.bincount(rows.arc_person[plan[plan != EMPTY]], minlength=rows.persons)
    spare: Floats = 1.0 - seats.astype(np.float64)
    spare[(reckoned.persons == 0) & (seats <= 1)] = 0.0
    return room, spare


def _best_arcs(question: Question, reckoned: Reckoned) -> Int64s:
    rows = question.rows
    offers = np.where(question.open, reckoned.offers, HOPELESS)
    order = np.lexsort((-offers, rows.arc_post))
    filled = np.flatnonzero(np.diff(rows.post_start))
    plan = np.full(rows.posts, EMPTY, np.int64)
    plan[filled] = order[rows.post_start[filled]]
    taken = filled[offers[plan[filled]] < reckoned.best[filled]]
    plan[taken] = EMPTY
    return plan
