"""SCIP by PySCIPOpt; one thread, which is all it takes."""

from __future__ import annotations

from importlib.metadata import version

import numpy as np
import pyscipopt

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


class Listener(pyscipopt.Eventhdlr):  # type: ignore[misc]  # pyscipopt has no types
    race: Race
    tier: int

    def eventinit(self) -> None:
        self.model.catchEvent(pyscipopt.SCIP_EVENTTYPE.BESTSOLFOUND, self)

    def eventexit(self) -> None:
        self.model.dropEvent(pyscipopt.SCIP_EVENTTYPE.BESTSOLFOUND, self)

    def eventexec(self, event: object) -> None:
        self.race.hear(self.tier, self.model.getPrimalbound(), self.model.getDualbound())


def make(rows: Rows, words: Asked) -> Solve:
    model = pyscipopt.Model()
    model.hideOutput()
    model.setParam("randomization/randomseedshift", words.seed)
    model.setParam("limits/absgap", 0.99)
    x = [
        model.addVar(vtype="I" if high > 1 else "B", lb=int(low), ub=int(high))
        for low, high in zip(rows.low, rows.high, strict=True)
    ]

    def form(index: Array, value: Array) -> pyscipopt.Expr:
        return pyscipopt.quicksum(
            float(c) * x[k] for k, c in zip(index, value.tolist(), strict=True)
        )

    for number, (low, high) in enumerate(zip(rows.row_low, rows.row_high, strict=True)):
        index, value = rows.row(number)
        if not len(index):
            continue
        left = form(index, value)
        if low > -NO_SIDE and high < NO_SIDE:
            model.addCons((float(low) <= left) <= float(high))
        elif low > -NO_SIDE:
            model.addCons(left >= float(low))
        elif high < NO_SIDE:
            model.addCons(left <= float(high))
    listener = Listener()
    model.includeEventhdlr(listener, "trace", "improving solutions")
    known: set[int] = set()

    def solve(race: Race, tier: int, frozen: list[tuple[int, int]], start: Array | None) -> Search:
        model.freeTransform()
        for number, least in frozen:
            if number not in known:
                known.add(number)
                model.addCons(form(*rows.goal(number)) >= float(least - rows.goal_constant[number]))
        objective = form(*rows.goal(tier)) + float(rows.goal_constant[tier])
        model.setObjective(objective, "maximize")
        listener.race, listener.tier = race, tier
        if start is not None:
            solution = model.createSol()
            for variable, value in zip(x, start.tolist(), strict=True):
                if value:
                    model.setSolVal(solution, variable, float(value))
            model.addSol(solution)
        model.setParam("limits/time", max(0.1, race.left()))
        model.optimize()
        bound = model.getDualbound()
        top = int(np.floor(bound + 1e-5)) if abs(bound) < NO_SIDE else None
        if model.getNSols() == 0:
            return Search(None, top, done=False)
        best = model.getBestSol()
        values = np.rint([model.getSolVal(best, variable) for variable in x]).astype(np.int64)
        return Search(values, top, model.getStatus() in ("optimal", "gaplimit"))

    return solve


if __name__ == "__main__":
    compete({"pyscipopt": version("pyscipopt"), "numpy": np.__version__}, make)
