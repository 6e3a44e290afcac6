"""Linear programmes in arrays: duals for whoever reckons bounds with them.

HiGHS computes in floating point, so neither the value nor the duals are proof of anything. They are
a good guess at multipliers, from which bounds are then reckoned in whole numbers elsewhere.

Not here: whole-number search (`highs`).
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from banzi.solvers.packed import starts_of
from banzi.solvers.quiet import limit_time, pass_model, quiet_highs, set_option

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]

NO_SIDE = float(highspy.kHighsInf)
"""A side of a row or column that does not bind, with a minus below."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a programme: cost and bounds of each, and its terms.

    Terms of column k are `starts[k] : starts[k + 1]` of `rows` and `values`.
    """

    costs: Floats
    lows: Floats
    highs: Floats
    starts: Places
    rows: Places
    values: Floats

    def __len__(self) -> int:
        return len(self.costs)

    @classmethod
    def joined(cls, parts: Sequence[Columns]) -> Columns:
        """Columns one behind the other."""
        return cls(
            np.concatenate([part.costs for part in parts]),
            np.concatenate([part.lows for part in parts]),
            np.concatenate([part.highs for part in parts]),
            starts_of(np.concatenate([np.diff(part.starts) for part in parts])).astype(np.int32),
            np.concatenate([part.rows for part in parts]),
            np.concatenate([part.values for part in parts]),
        )


@dataclass(frozen=True, slots=True)
class Relaxed:
    """An optimum as HiGHS sees it; `row_duals` are what one more unit of a side is worth."""

    value: float
    columns: Floats
    row_duals: Floats


class LinearProgramme:
    """Maximise costs · x under `row_lows ≤ A x ≤ row_highs`; columns may be added later.

    HiGHS is given the negative to minimise: asked to maximise, its interior point method returns
    duals of the other sign.
    """

    def __init__(
        self, row_lows: Floats, row_highs: Floats, columns: Columns, *, threads: int = 1
    ) -> None:
        self._highs = quiet_highs(threads=threads)
        pass_model(self._highs, _model(row_lows, row_highs, columns))

    def add_columns(self, columns: Columns) -> None:
        """More columns behind those that are there; the last basis is kept."""
        self._highs.addCols(
            len(columns),
            -columns.costs,
            columns.lows,
            columns.highs,
            len(columns.rows),
            columns.starts[:-1],
            columns.rows,
            columns.values,
        )

    def limit_columns(self, places: npt.ArrayLike, lows: Floats, highs: Floats) -> None:
        """New bounds of some columns, `places` rising."""
        columns = np.asarray(places, np.int32)
        self._highs.changeColsBounds(len(columns), columns, lows, highs)

    def basis(self) -> highspy.HighsBasis:
        """Where the last run ended."""
        return self._highs.getBasis()

    def begin_at(self, basis: highspy.HighsBasis) -> None:
        """Let the next run begin where an earlier one ended; no columns were added since."""
        self._highs.setBasis(basis)

    def solve(
        self, until: float = math.inf, *, method: str = "choose", presolve: bool = True
    ) -> Relaxed | None:
        """The optimum, or None when time runs out or there is none.

        Interior points that HiGHS would not call optimal within its tolerances are given as well:
        their duals are guesses like any other.

        `method`: `simplex` starts from the last basis; `ipm` (interior point, without a basis at
        the end) is faster from nothing on large programmes.
        """
        left = until - time.monotonic()
        if left <= 0:
            return None
        set_option(self._highs, "solver", method)
        set_option(self._highs, "presolve", "choose" if presolve else "off")
        set_option(self._highs, "run_crossover", "off" if method == "ipm" else "on")
        limit_time(self._highs, left)
        self._highs.run()
        return _relaxed(self._highs, near=method == "ipm")


class Turns:
    """One HiGHS object for many programmes that are solved in turn.

    What an object keeps after a run (factors, copies of the matrix by row) is many times the
    programme; of each programme only the matrix and the last basis stay. `presolve`: large ones,
    which have no basis yet, are the sooner done for it.
    """

    def __init__(self, *, presolve: bool = False) -> None:
        self._presolve = presolve
        self._highs = quiet_highs(threads=1, solver="simplex")

    def solve(self, programme: Turn, costs: Floats, until: float) -> Relaxed | None:
        """The optimum at these costs, None when time runs out or there is none."""
        left = until - time.monotonic()
        if left <= 0:
            return None
        programme.model.col_cost_ = -costs
        pass_model(self._highs, programme.model)
        first = self._presolve and programme.basis is None
        set_option(self._highs, "presolve", "choose" if first else "off")
        if programme.basis is not None:
            self._highs.setBasis(programme.basis)
        limit_time(self._highs, left)
        self._highs.run()
        found = _relaxed(self._highs)
        programme.basis = None if found is None else self._highs.getBasis()
        return found


class Turn:
    """One of the programmes of `Turns`."""

    def __init__(self, row_lows: Floats, row_highs: Floats, columns: Columns) -> None:
        self.model = _model(row_lows, row_highs, columns)
        self.basis: highspy.HighsBasis | None = None
        self._highs = columns.highs

    def cap(self, highs: Floats) -> None:
        """New upper bounds of the first columns; the others keep theirs."""
        self.model.col_upper_ = np.concatenate([highs, self._highs[len(highs) :]])


def _model(row_lows: Floats, row_highs: Floats, columns: Columns) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(columns), len(row_lows)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = -columns.costs, columns.lows, columns.highs
    lp.row_lower_, lp.row_upper_ = row_lows, row_highs
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = columns.starts, columns.rows
    lp.a_matrix_.value_ = columns.values
    return lp


def _relaxed(highs: highspy.Highs, *, near: bool = False) -> Relaxed | None:
    """What a run found; `near`: a point that is not quite optimal will do."""
    status, kinds = highs.getModelStatus(), highspy.HighsModelStatus
    solution = highs.getSolution()
    good = status in (kinds.kOptimal, kinds.kModelEmpty) or (near and status == kinds.kUnknown)
    if not good or len(solution.row_dual) != highs.getNumRow():
        return None
    return Relaxed(
        -float(highs.getInfo().objective_function_value),
        np.array(solution.col_value),
        -np.array(solution.row_dual),
    )
