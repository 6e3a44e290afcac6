"""Names for places in the arrays of the search; plain numbers, for machine code folds them in."""

from __future__ import annotations

from banzi.staffing.system.rows import RowKind

HARD, MISS, GAINS = int(RowKind.HARD), int(RowKind.MISS), int(RowKind.STEPS)
NOBODY = -1
"""An arc or a post that is none; `system.rows.EMPTY` as a plain number."""

ROW = 8
"""Numbers that a row has in `State.rows`: one line of the processor's cache."""
LOW, HIGH, KIND, PRICE, UNIT, STEPS, ACTIVITY, WORTH = range(ROW)

CHAIN = 4
"""Posts that one chain of persons may change."""
LONGEST = 2 * CHAIN
"""Posts that one move may change: a chain, and another that mends what the first breaks."""

COUNTERS = 8
STAMP, BROKEN, VACANT, PENDING, MOVES, TAKEN, FOUND, LENGTH = range(COUNTERS)
"""Stamp of the move weighed; rows broken; posts vacant; whether the plan is better than the one
kept and still to be copied; moves weighed and taken; whether a plan that holds is kept; how many
rows the move weighed touches."""

COOLING = 4096
"""Steps of the table of forgiven losses."""
WORD = 2**32 - 1
SHUT = 0x9E3779B9
"""Step of the second half of the generator."""
