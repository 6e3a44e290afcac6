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

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from banzi.solvers.rows import Terms
from banzi.staffing.model import Model

NO_SIDE = 2**40


def write_rows(path: Path, model: Model) -> None:
    """Write the system and the goals of a model."""
    system = model.system
    start, index, value = _csr(row.terms for row in system.rows)
    goal_start, goal_index, goal_value = _csr(goal.terms for goal in model.goals)
    np.savez_compressed(
        path,
        low=np.array(system.lows, np.int64),
        high=np.array(system.highs, np.int64),
        start=start,
        index=index,
        value=value,
        row_low=np.array([-NO_SIDE if r.low is None else r.low for r in system.rows], np.int64),
        row_high=np.array([NO_SIDE if r.high is None else r.high for r in system.rows], np.int64),
        goal_start=goal_start,
        goal_index=goal_index,
        goal_value=goal_value,
        goal_constant=np.array([goal.constant for goal in model.goals], np.int64),
    )


def _csr(rows: Iterable[Terms]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    listed = list(rows)
    lengths = [len(terms) for terms in listed]
    start = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    index = np.array([variable for terms in listed for variable, _ in terms], np.int64)
    value = np.array([coefficient for terms in listed for _, coefficient in terms], np.int64)
    return start, index, value
