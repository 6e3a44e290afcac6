"""OR-Tools CP-SAT. Below eight workers it leaves out those that use linear programming."""

from __future__ import annotations

import numpy as np
import ortools
from ortools.sat.python import cp_model

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


class Listener(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]  # ortools has no types
    def __init__(self, race: Race, tier: int) -> None:
        super().__init__()
        self.race, self.tier = race, tier

    def on_solution_callback(self) -> None:
        self.race.hear(self.tier, self.objective_value, self.best_objective_bound)


def make(rows: Rows, words: Asked) -> Solve:
    model = cp_model.CpModel()
    x = [
        model.new_int_var(int(low), int(high), "")
        for low, high in zip(rows.low, rows.high, strict=True)
    ]

    def form(index: Array, value: Array) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.weighted_sum([x[k] for k in index], value.tolist())

    for number, (low, high) in enumerate(zip(rows.row_low, rows.row_high, strict=True)):
        bounds = (
            cp_model.INT_MIN if low <= -NO_SIDE else int(low),
            cp_model.INT_MAX if high >= NO_SIDE else int(high),
        )
        model.add_linear_constraint(form(*rows.row(number)), *bounds)
    known: set[int] = set()

    def solve(race: Race, tier: int, frozen: list[tuple[int, int]], start: Array | None) -> Search:
        for number, value in frozen:
            if number not in known:
                known.add(number)
                least = int(value - rows.goal_constant[number])
                model.add_linear_constraint(form(*rows.goal(number)), least, cp_model.INT_MAX)
        model.maximize(form(*rows.goal(tier)) + int(rows.goal_constant[tier]))
        model.clear_hints()
        if start is not None:
            for variable, value in zip(x, start.tolist(), strict=True):
                model.add_hint(variable, value)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = words.threads
        solver.parameters.random_seed = words.seed
        solver.parameters.max_time_in_seconds = max(0.1, race.left())
        status = solver.solve(model, Listener(race, tier))
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        bound = None
        if status != cp_model.MODEL_INVALID and abs(solver.best_objective_bound) < NO_SIDE:
            bound = int(np.floor(solver.best_objective_bound + 1e-5))
        if not found:
            return Search(None, bound, done=False)
        values = np.array([solver.value(variable) for variable in x], np.int64)
        return Search(values, bound, status == cp_model.OPTIMAL)

    return solve


if __name__ == "__main__":
    compete({"ortools": ortools.__version__, "numpy": np.__version__}, make)
