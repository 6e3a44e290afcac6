"""HiGHS behind one small class: a `System` in, whole numbers and a proven bound out.

HiGHS computes in floating point. Here its answers are rounded and tested against the integer rows;
an answer that fails is asked for again with tighter tolerances and without presolve, and given up
(`Failed`) if it still fails. Bounds on integer forms are rounded down, which is what makes a proof
of optimality out of a gap below one.

`threads` may not change within a process (HiGHS then returns a stale result without complaint),
so it is set from the engine's arguments and whoever needs another number starts another process.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import highspy
import numpy as np
import numpy.typing as npt

from banzi.solvers.matrix import NO_HIGH, NO_LOW, Matrix
from banzi.solvers.packed import owners
from banzi.solvers.quiet import Failed, Option, limit_time, pass_model, quiet_highs, set_option
from banzi.solvers.rows import Form, Row, System

SLACK = 1e-5
"""How far above a whole number a floating bound may lie and still count as that number."""

OnPlan = Callable[[int, "int | None", list[int]], None]
"""Called with value, bound and values of each better solution while a search runs."""


class Status(StrEnum):
    OPTIMAL = "optimal"  # value = bound
    FEASIBLE = "feasible"  # a solution, not proven best
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"  # no solution within the time


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one search found; `values` is None without a solution, `bound` None without a proof."""

    status: Status
    values: list[int] | None = None
    value: int | None = None
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Relaxed:
    """`bound`: no solution is worth more. A solution with variable k off its better bound is worth
    at most `bound − |reduced[k]|`; `slack` allows for rounding."""

    bound: float
    reduced: npt.NDArray[np.float64]
    duals: npt.NDArray[np.float64]
    """Per row what one unit of its side is worth."""
    values: list[int]
    """The relaxed solution, rounded: a solution only if it breaks no row."""

    @property
    def slack(self) -> float:
        return 1e-4 * max(1.0, abs(self.bound) * 1e-4)


class Engine:
    """One system loaded into HiGHS once, searched as often as needed."""

    def __init__(self, system: System | Matrix, *, threads: int = 1, seed: int = 0) -> None:
        self.system = system
        self._highs = quiet_highs(
            threads=threads, random_seed=seed, mip_rel_gap=0.0, mip_feasibility_tolerance=1e-7
        )
        self._columns = np.arange(len(system.lows), dtype=np.int32)
        self._load()

    @property
    def _matrix(self) -> Matrix:
        """The system as it stands, in arrays."""
        return self.system if isinstance(self.system, Matrix) else Matrix.of_system(self.system)

    def _set(self, option: str, value: Option) -> None:
        set_option(self._highs, option, value)

    def _load(self) -> None:
        matrix, lp = self._matrix, highspy.HighsLp()
        lp.num_col_, lp.num_row_ = matrix.columns, len(matrix.row_low)
        lp.col_cost_ = np.zeros(lp.num_col_)
        lp.col_lower_, lp.col_upper_ = matrix.lows.astype(float), matrix.highs.astype(float)
        endless = highspy.kHighsInf
        lp.row_lower_ = np.where(matrix.row_low == NO_LOW, -endless, matrix.row_low)
        lp.row_upper_ = np.where(matrix.row_high == NO_HIGH, endless, matrix.row_high)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = matrix.start.astype(np.int32)
        lp.a_matrix_.index_ = matrix.index.astype(np.int32)
        lp.a_matrix_.value_ = matrix.value.astype(float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
        lp.sense_ = highspy.ObjSense.kMaximize
        pass_model(self._highs, lp)

    def add_row(self, row: Row) -> None:
        """Freeze something for the searches to come."""
        self.system.add(row)
        index = np.array([v for v, _ in row.terms], dtype=np.int32)
        value = np.array([c for _, c in row.terms], dtype=float)
        self._highs.addRow(_side(row.low, -1), _side(row.high, 1), len(index), index, value)

    def fix(self, variable: int, value: int) -> None:
        """Give a variable its final value for the searches to come."""
        self.system.lows[variable] = self.system.highs[variable] = value
        self._highs.changeColBounds(variable, value, value)

    def fix_by_bounds(self, form: Form, value: int, until: float) -> None:
        """Fix every 0/1 variable whose other value cannot reach `value` of the form any more.

        Removes nothing that a later search with `form ≥ value` could use.
        """
        relaxed = self.relaxed(form, until)
        if relaxed is None:
            return
        lows, highs = np.array(self.system.lows), np.array(self.system.highs)
        hopeless = relaxed.bound - np.abs(relaxed.reduced) < value - relaxed.slack
        for index in np.flatnonzero(hopeless & (lows == 0) & (highs == 1)):
            self.fix(int(index), int(relaxed.reduced[index] > 0))

    def relaxed(
        self, form: Form, until: float = math.inf, *, presolve: bool = True
    ) -> Relaxed | None:
        """What fractions could reach, and what leaving it costs per variable; None without duals.

        With row duals y of the linear relaxation, U(y) = Σ y·side + Σ max over bounds of
        (c − yA)x bounds the form from above for *any* y of the right signs, so the float duals
        need not be trusted; moving x off its better bound costs |c − yA|. A search after this one
        starts where it ended. Small programmes are sooner done without `presolve`.
        """
        self._set("solve_relaxation", True)
        self._set("presolve", "choose" if presolve else "off")
        try:
            self._search(form, until, None, None, fresh=False)
            solution = self._highs.getSolution()
        finally:
            self._set("solve_relaxation", False)
            self._set("presolve", "choose")
        matrix = self._matrix
        duals = np.array(solution.row_dual)
        if not solution.dual_valid or len(duals) != len(matrix.row_low):
            return None
        lows, highs = matrix.lows.astype(float), matrix.highs.astype(float)
        reduced = np.zeros(len(lows))
        for variable, coefficient in form.terms:
            reduced[variable] += coefficient
        sides = np.where(duals > 0, matrix.row_high, matrix.row_low)
        duals = np.where((sides == NO_HIGH) | (sides == NO_LOW), 0.0, duals)
        row_of = owners(matrix.start)
        reduced -= np.bincount(matrix.index, duals[row_of] * matrix.value, minlength=len(reduced))
        bound = float(form.constant) + float(duals @ np.where(duals == 0, 0, sides))
        bound += float(np.sum(np.where(reduced > 0, reduced * highs, reduced * lows)))
        return Relaxed(bound, reduced, duals, [round(x) for x in solution.col_value])

    def limit(self, highs: npt.NDArray[np.int64]) -> None:
        """Give every variable a new upper bound for the searches to come; needs a `Matrix`."""
        if not isinstance(self.system, Matrix):
            raise TypeError("only a Matrix")
        self.system.highs = highs
        lows = np.array(self.system.lows, float)
        self._highs.changeColsBounds(len(highs), self._columns, lows, highs.astype(float))

    def maximise(
        self,
        form: Form,
        *,
        until: float = math.inf,
        start: Sequence[int] | None = None,
        on_plan: OnPlan | None = None,
        sure: bool = True,
    ) -> Outcome:
        """Search for the greatest value of a form until `time.monotonic()` reaches `until`.

        A claim of infeasibility is believed only when the search without presolve says so too;
        not `sure`, it is passed on unproven.
        """
        outcome = self._search(form, until, start, on_plan)
        if outcome.status is Status.INFEASIBLE:
            return self._careful(form, until) if sure else outcome
        broken = outcome.values is not None and self.system.breaches(outcome.values)
        if broken or (outcome.status is Status.OPTIMAL and outcome.value != outcome.bound):
            careful = self._careful(form, until)
            return outcome if careful.values is None and not broken else careful
        return outcome

    def _careful(self, form: Form, until: float) -> Outcome:
        names = ("mip_feasibility_tolerance", "primal_feasibility_tolerance")
        before = {name: self._highs.getOptionValue(name)[1] for name in names}
        try:
            self._set("presolve", "off")
            for name in names:
                self._set(name, 1e-9)
            outcome = self._search(form, until, None, None, gap=0.0)
        finally:
            self._set("presolve", "choose")
            for name, value in before.items():
                self._set(name, value)
        if outcome.values is not None and self.system.breaches(outcome.values):
            return Outcome(Status.UNKNOWN, bound=outcome.bound)
        return outcome

    def _search(
        self,
        form: Form,
        until: float,
        start: Sequence[int] | None,
        on_plan: OnPlan | None,
        gap: float = 0.99,
        fresh: bool = True,
    ) -> Outcome:
        highs, left = self._highs, until - time.monotonic()
        if left <= 0:
            return Outcome(Status.UNKNOWN)
        if fresh:
            highs.clearSolver()
        limit_time(highs, left)
        self._set("mip_abs_gap", gap)
        costs = np.zeros(len(self._columns))
        for variable, coefficient in form.terms:
            costs[variable] = coefficient
        highs.changeColsCost(len(costs), self._columns, costs)
        if start is not None:
            highs.setSolution(len(costs), self._columns, np.array(start, dtype=float))
        if on_plan is not None:
            listener = self._listener(form, on_plan)
            highs.cbMipSolution.subscribe(listener)
        try:
            highs.run()
        finally:
            if on_plan is not None:
                highs.cbMipSolution.unsubscribe(listener)
        return self._read(form)

    def _listener(
        self, form: Form, on_plan: OnPlan
    ) -> Callable[[highspy.HighsCallbackEvent], None]:
        best: int | None = None

        def listen(event: highspy.HighsCallbackEvent) -> None:
            nonlocal best
            values = [round(x) for x in event.data_out.mip_solution]
            value = form.value(values)
            if (best is None or value > best) and not self.system.breaches(values):
                best = value
                on_plan(value, _whole(event.data_out.mip_dual_bound, form), values)

        return listen

    def _read(self, form: Form) -> Outcome:
        status, info = self._highs.getModelStatus(), self._highs.getInfo()
        kinds = highspy.HighsModelStatus
        if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            return Outcome(Status.INFEASIBLE)
        if status not in (kinds.kOptimal, kinds.kTimeLimit, kinds.kModelEmpty):
            raise Failed(self._highs.modelStatusToString(status))
        if status == kinds.kModelEmpty:
            return Outcome(Status.OPTIMAL, [], form.constant, form.constant)
        bound = _whole(info.mip_dual_bound, form)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Outcome(Status.UNKNOWN, bound=bound)
        values = [round(x) for x in self._highs.getSolution().col_value]
        value = form.value(values)
        optimal = status == kinds.kOptimal or value == bound
        return Outcome(Status.OPTIMAL if optimal else Status.FEASIBLE, values, value, bound)


def _side(bound: int | None, sign: int) -> float:
    return sign * highspy.kHighsInf if bound is None else float(bound)


def _whole(bound: float, form: Form) -> int | None:
    """The greatest value of an integer form under a floating upper bound without its constant."""
    if not math.isfinite(bound) or abs(bound) >= highspy.kHighsInf:
        return None
    return math.floor(bound + SLACK) + form.constant
