"""The master programme of column generation: mixtures of known plans of blocks."""

from __future__ import annotations

import numpy as np

from banzi.solvers.linear import NO_SIDE, Columns, Floats, LinearProgramme, Relaxed
from banzi.solvers.packed import starts_of
from banzi.staffing.proof.blocks import Block
from banzi.staffing.proof.multipliers import Prices
from banzi.staffing.proof.question import Question
from banzi.staffing.proof.worth import weigh
from banzi.staffing.system.rows import EMPTY, OPEN_HIGH, OPEN_LOW, Int64s, RowKind


class Master:
    """Mixtures of known choices that keep the rows between blocks."""

    def __init__(self, question: Question, blocks: list[Block]) -> None:
        rows = question.rows
        self._question = question
        own = np.zeros(rows.rows, bool)
        alone = np.zeros(rows.persons, bool)
        for block in blocks:
            own[block.rows] = True
            alone[block.rivals[block.alone]] = True
        self._coupling = np.flatnonzero(question.counted & ~own)
        self._row_place = np.full(rows.rows, -1)
        self._row_place[self._coupling] = np.arange(len(self._coupling))
        count = len(self._coupling)
        sits = np.zeros(rows.persons, bool)
        sits[rows.arc_person] = True
        self._persons = np.flatnonzero(sits & ~alone)
        self._person_place = np.full(rows.persons, -1)
        self._person_place[self._persons] = count + np.arange(len(self._persons))
        self._tiers_at = count + len(self._persons)
        self._blocks_at = self._tiers_at + question.tier
        self._block_place = {id(block): number for number, block in enumerate(blocks)}
        self._known: list[dict[bytes, None]] = [{} for _ in blocks]
        lows = rows.low[self._coupling].astype(float)
        highs = rows.high[self._coupling].astype(float)
        lows[rows.low[self._coupling] == OPEN_LOW] = -NO_SIDE
        highs[rows.high[self._coupling] == OPEN_HIGH] = NO_SIDE
        lows[rows.kind[self._coupling] == RowKind.STEPS] = 0.0
        floors = np.array(question.floors, float) - rows.constants[: question.tier]
        row_lows = [lows, np.full(len(self._persons), -NO_SIDE), floors, np.ones(len(blocks))]
        row_highs = [
            highs,
            np.ones(len(self._persons)),
            np.full(question.tier, NO_SIDE),
            np.ones(len(blocks)),
        ]
        self._programme = LinearProgramme(
            np.concatenate(row_lows), np.concatenate(row_highs), self._misses_and_steps()
        )
        self._new: list[tuple[float, Int64s, Floats]] = []

    def _misses_and_steps(self) -> Columns:
        """Columns for what rows between blocks miss or gain."""
        question, rows = self._question, self._question.rows
        found: list[tuple[int, float, list[tuple[int, float]], float]] = []
        for row in self._coupling.tolist():
            place, tier = int(self._row_place[row]), int(rows.tier[row])
            if rows.kind[row] == RowKind.MISS:
                tied = [
                    (int(self._row_place[r]), float(rows.unit[r]) * self._lift(r))
                    for r in self._coupling.tolist()
                    if rows.of[r] == row
                ]
                found.append((tier, -float(rows.weight[row]), tied, NO_SIDE))
            elif rows.kind[row] == RowKind.STEPS:
                gains = rows.gains[rows.gains_start[row] : rows.gains_start[row + 1]]
                found += [(tier, max(0.0, float(g)), [(place, -1.0)], 1.0) for g in gains]
        ready = []
        for tier, worth, tied, _high in found:
            cost = worth if tier == question.tier else 0.0
            terms = tied if tier == question.tier else [*tied, (self._tiers_at + tier, worth)]
            ready.append((cost, np.array([r for r, _ in terms]), np.array([v for _, v in terms])))
        return _as_columns(ready, np.array([high for *_, high in found]))

    def _lift(self, row: int) -> float:
        return 1.0 if self._question.rows.low[row] != OPEN_LOW else -1.0

    def add(self, block: Block, plan: Int64s) -> bool:
        """A choice of a block (per post its arc or EMPTY); False when it is known."""
        number = self._block_place[id(block)]
        key = plan.tobytes()
        if key in self._known[number]:
            return False
        self._known[number][key] = None
        question, rows = self._question, self._question.rows
        weighed = weigh(question, block, plan[np.newaxis])
        worth, touched = weighed.values[:, 0].astype(float), np.flatnonzero(weighed.sums[0])
        tiers = np.flatnonzero(worth[: question.tier])
        persons = self._person_place[rows.arc_person[plan[plan != EMPTY]]]
        persons = persons[persons >= 0]
        places = [
            self._row_place[weighed.rows[touched]],
            persons,
            self._tiers_at + tiers,
            np.array([self._blocks_at + number]),
        ]
        sums = weighed.sums[0, touched].astype(float)
        values = [sums, np.ones(len(persons)), worth[tiers], np.ones(1)]
        self._new.append((worth[question.tier], np.concatenate(places), np.concatenate(values)))
        return True

    def plans(self, number: int) -> Int64s:
        """Known choices of a block."""
        known = list(self._known[number])
        return np.frombuffer(b"".join(known), np.int64).reshape(len(known), -1)

    def solve(self, until: float) -> Relaxed | None:
        if self._new:
            self._programme.add_columns(_as_columns(self._new, np.full(len(self._new), NO_SIDE)))
            self._new = []
        return self._programme.solve(until, method="simplex")

    def close(self) -> None:
        """Let go of the programme; what is known stays."""
        del self._programme, self._new

    def prices(self, mixed: Relaxed) -> Prices:
        """Duals as prices; own rows of blocks have none."""
        question, duals = self._question, mixed.row_duals
        prices = Prices.none(question)
        prices.rows[self._coupling] = duals[: len(self._coupling)]
        prices.persons[self._persons] = duals[len(self._coupling) : self._tiers_at]
        prices.tiers[:] = -duals[self._tiers_at : self._blocks_at]
        return prices


def _as_columns(ready: list[tuple[float, Int64s, Floats]], highs: Floats) -> Columns:
    starts = starts_of([len(places) for _, places, _ in ready])
    nothing = np.zeros(0)
    return Columns(
        costs=np.array([cost for cost, _, _ in ready], float),
        lows=np.zeros(len(ready)),
        highs=np.asarray(highs, float),
        starts=starts.astype(np.int32),
        rows=np.concatenate([nothing, *(places for _, places, _ in ready)]).astype(np.int32),
        values=np.concatenate([nothing, *(values for _, _, values in ready)]),
    )
