"""HiGHS, one model for all tiers."""

from __future__ import annotations

from importlib.metadata import version

import highspy
import numpy as np

from benchmarks.staffing.peers.common import (
    NO_SIDE,
    Array,
    Asked,
    Race,
    Rows,
    Search,
    Solve,
    compete,
)


def make(rows: Rows, words: Asked) -> Solve:
    highs = highspy.Highs()  # type: ignore[no-untyped-call]  # highspy types it in part
    for name, value in (
        ("output_flag", False),
        ("threads", words.threads),
        ("random_seed", words.seed),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.99),
        ("mip_feasibility_tolerance", 1e-7),
    ):
        highs.setOptionValue(name, value)
    lp = highspy.HighsLp()
    count = len(rows.low)
    lp.num_col_, lp.num_row_ = count, len(rows.row_low)
    lp.col_cost_ = np.zeros(count)
    lp.col_lower_, lp.col_upper_ = rows.low.astype(float), rows.high.astype(float)
    infinite = highspy.kHighsInf
    lp.row_lower_ = np.where(rows.row_low <= -NO_SIDE, -infinite, rows.row_low).astype(float)
    lp.row_upper_ = np.where(rows.row_high >= NO_SIDE, infinite, rows.row_high).astype(float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = rows.start.astype(np.int32)
    lp.a_matrix_.index_ = rows.index.astype(np.int32)
    lp.a_matrix_.value_ = rows.value.astype(float)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * count
    lp.sense_ = highspy.ObjSense.kMaximize
    highs.passModel(lp)
    columns = np.arange(count, dtype=np.int32)
    known: set[int] = set()

    def solve(race: Race, tier: int, frozen: list[tuple[int, int]], start: Array | None) -> Search:
        for number, value in frozen:
            if number not in known:
                known.add(number)
                index, coefficients = rows.goal(number)
                least = float(value - rows.goal_constant[number])
                highs.addRow(
                    least, infinite, len(index), index.astype(np.int32), coefficients.astype(float)
                )
        costs, constant = np.zeros(count), float(rows.goal_constant[tier])
        index, coefficients = rows.goal(tier)
        costs[index] = coefficients
        highs.clearSolver()
        highs.changeColsCost(count, columns, costs)
        if start is not None:
            highs.setSolution(count, columns, start.astype(float))
        # the limit counts the run time of the object's whole life
        highs.setOptionValue("time_limit", highs.getRunTime() + max(0.1, race.left()))

        def listen(event: highspy.HighsCallbackEvent) -> None:
            out = event.data_out
            primal, dual = out.mip_primal_bound, out.mip_dual_bound
            value = primal + constant if abs(primal) < NO_SIDE else None
            if value is not None:
                race.hear(tier, value, dual + constant)

        # the callback of improving solutions misses some; this one is called all the time
        highs.cbMipInterrupt.subscribe(listen)
        highs.cbMipSolution.subscribe(listen)
        try:
            highs.run()
        finally:
            highs.cbMipInterrupt.unsubscribe(listen)
            highs.cbMipSolution.unsubscribe(listen)
        info = highs.getInfo()
        bound = None
        if abs(info.mip_dual_bound) < NO_SIDE:
            bound = int(np.floor(info.mip_dual_bound + 1e-5) + constant)
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Search(None, bound, done=False)
        values = np.rint(np.array(highs.getSolution().col_value)).astype(np.int64)
        done = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return Search(values, bound, done)

    return solve


if __name__ == "__main__":
    compete({"highspy": version("highspy"), "numpy": np.__version__}, make)
