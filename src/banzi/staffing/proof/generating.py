"""Better prices between blocks: column generation, held steady.

A plan is one choice for each block. The master programme mixes choices that are known (the blocks
of plans that the search found, and the best choices at earlier prices) and its duals are prices
between blocks; at these, each block names its best choice, and L less the losses is a bound. Duals
of a master that knows little jump about, so prices are asked for between those of the best bound
so far and the newest (a share `STEADY` of the former).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from banzi.solvers.linear import NO_SIDE, Columns, Floats, LinearProgramme, Relaxed
from banzi.staffing.proof.blocks import Block
from banzi.staffing.proof.dividing import Divided, Division
from banzi.staffing.proof.guiding import Guide
from banzi.staffing.proof.multipliers import HOPELESS, Prices, reckon
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import EMPTY, OPEN_HIGH, OPEN_LOW, Int64s, RowKind

STEADY = 0.75
NODES = 500_000
"""Choices that a search of one block looks at in one round."""
NEAR = 0.01
"""Points between master and bound at which nothing more is to be had."""


class Generation:
    """Rounds of column generation for one question; each may give a better bound."""

    def __init__(self, division: Division, prices: Prices, divided: Divided) -> None:
        self.division, self.question = division, division.question
        self.best, self._centre = divided, division.split(prices)[0]
        self.value: int | None = None
        self._guides = [Guide(self.question, block) for block in division.blocks]
        self._master = _Master(self.question, division.blocks)
        for block, priced in zip(division.blocks, divided.priced, strict=True):
            if priced.plan is not None:
                self._master.add(block, priced.plan)

    def hear(self, plan: Int64s) -> None:
        """A plan that keeps the hard rows: one choice for each block."""
        *before, value = self.question.rows.tier_values(plan)[: self.question.tier + 1]
        reaches = all(a >= b for a, b in zip(before, self.question.floors, strict=True))
        if reaches and (self.value is None or value > self.value):
            self.value = value
        for block in self.division.blocks:
            self._master.add(block, plan[block.posts])

    def rounds(self, until: float) -> Iterator[Divided]:
        """The best bound after each round; ends when no prices could give a better one.

        Needs a plan that reaches the floors; without one the master may have no solution.
        """
        steady = STEADY
        while True:
            mixed = self._master.solve(until)
            if mixed is None:
                return
            top = mixed.value + float(self.question.rows.constants[self.question.tier])
            if self.best.total / self.best.reckoned.scale - top < NEAR:
                return
            newest = self._master.prices(mixed)
            asked = _between(self._centre, newest, steady)
            full, within = self._with_guides(asked, until)
            divided = self.division.reckon(
                reckon(self.question, full), within, self.value, until, NODES
            )
            added = [
                self._master.add(block, priced.plan)
                for block, priced in zip(self.division.blocks, divided.priced, strict=True)
                if priced.plan is not None
            ]
            better = divided.total < self.best.total
            if better:
                self.best, self._centre = divided, asked
            if self.value is not None:
                self.division.strike(divided, self.value)
            if not any(added) and not better:
                if steady == 0.0:
                    return
                steady = 0.0 if steady < 0.2 else steady / 2
            else:
                steady = STEADY
            yield self.best

    def _with_guides(self, asked: Prices, until: float) -> tuple[Prices, list[Floats]]:
        """The prices asked for, and inside blocks those that suit them."""
        asked, within = self.division.split(asked)
        by_row = asked.rows.copy()
        for block in self.division.blocks:
            by_row[block.rows] = 0.0
        between = reckon(self.question, Prices(by_row, asked.persons, asked.tiers))
        if between.total == HOPELESS:
            return asked, within
        for number, block in enumerate(self.division.blocks):
            found = self._guides[number].prices(between, until)
            if found is None:
                by_row[block.rows] = asked.rows[block.rows]
            else:
                by_row[block.rows], within[number] = found
        return Prices(by_row, asked.persons, asked.tiers), within


def _between(centre: Prices, newest: Prices, steady: float) -> Prices:
    def mix(a: Floats, b: Floats) -> Floats:
        return steady * a + (1 - steady) * b

    return Prices(
        mix(centre.rows, newest.rows),
        mix(centre.persons, newest.persons),
        mix(centre.tiers, newest.tiers),
    )


class _Master:
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
        self._known: set[tuple[int, bytes]] = set()
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
        key = (number, plan.tobytes())
        if key in self._known:
            return False
        self._known.add(key)
        question, rows = self._question, self._question.rows
        used = plan[plan != EMPTY]
        spans = [np.arange(rows.arc_start[a], rows.arc_start[a + 1]) for a in used]
        terms = np.concatenate(spans) if spans else np.zeros(0, np.int64)
        sums = np.zeros(rows.rows, np.int64)
        np.add.at(sums, rows.arc_rows[terms], rows.arc_coefficients[terms])
        worth = rows.arc_values[:, used].sum(axis=1).astype(float)
        missed = rows.missed(sums)
        for row in block.rows.tolist():
            if rows.kind[row] == RowKind.MISS:
                worth[rows.tier[row]] -= float(rows.weight[row] * missed[row])
            elif rows.kind[row] == RowKind.STEPS:
                first = rows.gains_start[row]
                last = min(int(rows.gains_start[row + 1]), int(first + sums[row]))
                worth[rows.tier[row]] += float(rows.gains[first:last].sum())
        between = self._coupling[sums[self._coupling] != 0]
        tiers = np.flatnonzero(worth[: question.tier])
        persons = self._person_place[rows.arc_person[used]]
        persons = persons[persons >= 0]
        places = [
            self._row_place[between],
            persons,
            self._tiers_at + tiers,
            np.array([self._blocks_at + number]),
        ]
        values = [sums[between].astype(float), np.ones(len(persons)), worth[tiers], np.ones(1)]
        self._new.append((worth[question.tier], np.concatenate(places), np.concatenate(values)))
        return True

    def solve(self, until: float) -> Relaxed | None:
        if self._new:
            self._programme.add_columns(_as_columns(self._new, np.full(len(self._new), NO_SIDE)))
            self._new = []
        return self._programme.solve(until, method="simplex")

    def prices(self, mixed: Relaxed) -> Prices:
        """Duals as prices; own rows of blocks have none."""
        question, duals = self._question, mixed.row_duals
        prices = Prices.none(question)
        prices.rows[self._coupling] = duals[: len(self._coupling)]
        prices.persons[self._persons] = duals[len(self._coupling) : self._tiers_at]
        prices.tiers[:] = -duals[self._tiers_at : self._blocks_at]
        return prices


def _as_columns(ready: list[tuple[float, Int64s, Floats]], highs: Floats) -> Columns:
    starts = np.concatenate([[0], np.cumsum([len(places) for _, places, _ in ready])])
    nothing = np.zeros(0)
    return Columns(
        costs=np.array([cost for cost, _, _ in ready], float),
        lows=np.zeros(len(ready)),
        highs=np.asarray(highs, float),
        starts=starts.astype(np.int32),
        rows=np.concatenate([nothing, *(places for _, places, _ in ready)]).astype(np.int32),
        values=np.concatenate([nothing, *(values for _, _, values in ready)]),
    )
