"""The rows of our own model as bare arrays, so that every solver is asked the same.

One `.npz`, read with numpy alone:

| array | shape | meaning |
|---|---|---|
| `low`, `high` | variables | bounds of each whole-number variable |
| `start`, `index`, `value` | rows + 1, entries, entries | the rows, row by row (CSR) |
| `row_low`, `row_high` | rows | sides of the rows; ∓`NO_SIDE` where a side does not bind |
| `goal_start`, `goal_index`, `goal_value` | goals + 1, entries, entries | what each tier maximises |
| `goal_constant` | goals | what is added to it |
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from banzi.solvers.matrix import NO_HIGH, NO_LOW, Matrix
from banzi.solvers.rows import Row, System
from banzi.staffing.model import Model
from benchmarks.staffing.peers.common import NO_SIDE


def write_rows(path: Path, model: Model) -> None:
    """Write the system and the goals of a model."""
    rows = Matrix.of_system(model.system)
    goals = Matrix.of_system(
        System(rows=[Row(("goal",), g.terms, None, None) for g in model.goals])
    )
    np.savez_compressed(
        path,
        low=rows.lows,
        high=rows.highs,
        start=rows.start,
        index=rows.index,
        value=rows.value,
        row_low=np.where(rows.row_low == NO_LOW, -NO_SIDE, rows.row_low),
        row_high=np.where(rows.row_high == NO_HIGH, NO_SIDE, rows.row_high),
        goal_start=goals.start,
        goal_index=goals.index,
        goal_value=goals.value,
        goal_constant=np.array([goal.constant for goal in model.goals], np.int64),
    )
