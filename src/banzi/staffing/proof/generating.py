"""Better prices between blocks: column generation, held steady.

A plan is one choice for each block. The master programme mixes choices that are known (the blocks
of plans that the search found, and the best choices at earlier prices) and its duals are prices
between blocks; at these, each block names its best choice, and L less the losses is a bound. Duals
of a master that knows little jump about, so prices are asked for between those of the best bound
so far and the newest (a share `STEADY` of the former).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from banzi.solvers.linear import Floats, Turns
from banzi.staffing.proof.dividing import Divided, Division, whole_prices
from banzi.staffing.proof.guiding import Guide
from banzi.staffing.proof.mixing import Master
from banzi.staffing.proof.multipliers import HOPELESS, Prices, Reckoned, reckon
from banzi.staffing.proof.pricing import Hint, Priced
from banzi.staffing.system.rows import Int64s

STEADY = 0.75
NODES = 2_000_000
"""Choices that a search of one block looks at in one round."""
THOROUGH = 40_000_000
"""The same when nothing but the exact loss will do."""
NEAR, NEARER, MOST = 0.1, 0.08, 3.0
"""Points between master and bound at which nothing more is to be had; and the share of what lies
between bound and plan, and how many points at most, below which menus get further than better
prices."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What blocks do at some prices, and the prices within each."""

    divided: Divided
    within: tuple[Floats, ...]

    @property
    def reckoned(self) -> Reckoned:
        return self.divided.reckoned

    @property
    def priced(self) -> tuple[Priced, ...]:
        return self.divided.priced

    @property
    def total(self) -> int:
        return self.divided.total

    def paid(self, number: int) -> Int64s:
        """Prices within block `number` in 1/scale."""
        return whole_prices(self.within[number], self.reckoned.scale)


class Generation:
    """Rounds of column generation for one question; each may give a better bound."""

    def __init__(self, division: Division, prices: Prices, divided: Divided) -> None:
        self.division, self.question = division, division.question
        self.best, self._centre = divided, division.split(prices)[0]
        self.value: int | None = None
        self._before = [one.loss / divided.reckoned.scale for one in divided.priced]
        turns = Turns()
        self._guides = [Guide(self.question, block, turns) for block in division.blocks]
        self._master = Master(self.question, division.blocks)
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

    def known_plans(self, number: int) -> Int64s:
        """Choices of block `number` that the master knows (plans × posts)."""
        return self._master.plans(number)

    def at_best(self, until: float, *, thorough: bool = False) -> Asked | None:
        """The prices of the best bound once more, and what every block loses at them.

        `thorough`: however long the search of a block takes.
        """
        full, within = self._with_guides(self._centre, until)
        reckoned = reckon(self.question, full)
        nodes = THOROUGH if thorough else NODES
        divided = self.division.reckon(reckoned, within, self.value, until, nodes)
        if divided.total < self.best.total:
            self.best = divided
        return Asked(divided, tuple(within)) if time.monotonic() < until else None

    def close(self) -> None:
        """Let go of the programmes; nothing is asked for after that but plans that are known."""
        self._guides.clear()
        self._master.close()

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
            bound = self.best.total / self.best.reckoned.scale
            wanted = 0.0 if self.value is None else min(MOST, NEARER * (bound - self.value))
            if bound - top < max(NEAR, wanted):
                return
            newest = self._master.prices(mixed)
            asked = _between(self._centre, newest, steady)
            full, within = self._with_guides(asked, until)
            reckoned = reckon(self.question, full)
            hints = self._hints(reckoned.scale)
            divided = self.division.reckon(reckoned, within, self.value, until, NODES, hints)
            added = [
                self._master.add(block, priced.plan)
                for block, priced in zip(self.division.blocks, divided.priced, strict=True)
                if priced.plan is not None
            ]
            self._before = [one.loss / reckoned.scale for one in divided.priced]
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

    def _hints(self, scale: int) -> list[Hint]:
        """Known choices of each block, and what it lost in the round before."""
        return [
            Hint(self._master.plans(number), int(before * scale))
            for number, before in enumerate(self._before)
        ]

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
