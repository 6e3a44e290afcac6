"""One measure for tiers and penalties, in which the search weighs its moves.

What counts as a better plan is decided by the exact tiers, in order; the measure only leads the way.
Its yardstick (`YARD`) is how much arcs of one post differ in the last tier. A unit of an earlier tier
is worth several yards, the more the earlier it stands and the longer the search lasts; a broken
hard row is worth a price that grows while it stays broken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from banzi.kernel.compiling import read_only
from banzi.solvers.packed import least_and_greatest, owners
from banzi.staffing.search.fields import ACTIVITY, COOLING, HARD, MISS, PRICE, ROW
from banzi.staffing.search.tables import Guide, State, Tables
from banzi.staffing.system.rows import Int64s, RowKind, RowSystem

YARD = 1024
HOT, COLD = 0.8, 0.018
"""Heats, in yards, at which losses are forgiven freely and hardly at all."""
LAST_PRICE = 120.0
"""Yards for which a hard row may be broken at most, or more where a step of a tier is worth more."""
DEARER, CHEAPER = 1.15, 0.95
"""What a round does to the price of a row that is broken, and of one that has long held."""
LONG = 20
"""Rounds after which a row has long held."""
ABOVE = 3.0
"""How many times a step of a tier is worth one of the tier behind it, the last left aside."""
WIDEST = 2**52
"""What all of a plan may be worth at most: products of it and the cooling table stay exact."""
LARGEST = 2**62


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """What a unit of each tier is worth, and how dear a broken hard row may get, in 1024ths yard."""

    rows: RowSystem
    factors: tuple[float, ...]
    dearest: float

    @classmethod
    def of(cls, rows: RowSystem, strictness: float = 1.0) -> Measure:
        """The measure of a problem. `strictness` multiplies what earlier tiers are worth."""
        tiers = len(rows.constants)
        factors: list[float] = []
        dearest = LAST_PRICE * YARD
        for tier in range(tiers):
            spread, reach = _spread(rows, tier), _reach(rows, tier)
            if tier == tiers - 1:
                factor = YARD / max(spread, 1e-9) if spread else float(YARD)
            else:
                unit = max(float(_unit(rows, tier)), spread / 4)
                step = YARD * 1.5 * strictness * ABOVE ** (tiers - 2 - tier)
                factor = step / unit
                dearest = max(dearest, 10 * step)
            factors.append(min(factor, WIDEST / max(1.0, reach)))
        return cls(rows, tuple(factors), dearest)

    def arcs(self) -> Int64s:
        """Worth of each arc by itself, in 1024ths yard."""
        worth = np.zeros(self.rows.arcs, np.int64)
        for values, factor in zip(self.rows.arc_values, self.factors, strict=True):
            worth += np.rint(values * factor).astype(np.int64)
        return worth

    def guide(self, tables: Tables) -> Guide:
        """Worth of arcs and gains, and the table of forgiven losses."""
        rows = self.rows
        gains = np.flatnonzero(rows.kind == RowKind.STEPS)
        lengths = np.diff(rows.gains_start)[gains] + 1
        by_step = np.repeat(np.array(self.factors)[rows.tier[gains]], lengths)
        steps = np.zeros(len(tables.step_values), np.int64)
        steps[: len(by_step)] = np.rint(tables.step_values[: len(by_step)] * by_step)
        chance = (np.arange(COOLING) + 0.5) / COOLING
        cooling = np.rint(-np.log(chance) * 65536).astype(np.int64)
        return Guide(*map(read_only, Guide(self.arcs(), steps, cooling)))

    def price(self, state: State, first: float) -> None:
        """Write the prices of soft rows, and the `first` (yards) of hard rows that have none."""
        rows, fields = self.rows, state.rows.reshape(-1, ROW)
        soft = rows.kind == MISS
        factors = np.array(self.factors)[rows.tier[soft]]
        fields[soft, PRICE] = np.maximum(1, np.rint(rows.weight[soft] * factors))
        fields[soft & (rows.weight == 0), PRICE] = 0
        new = (rows.kind == HARD) & (fields[:, PRICE] == 0)
        fields[new, PRICE] = int(first * YARD)


def exact(rows: RowSystem) -> bool:
    """Whether every sum of a tier fits the search's whole numbers."""
    return all(_reach(rows, tier) < LARGEST for tier in range(len(rows.constants)))


def raise_prices(rows: RowSystem, state: State, least: float) -> None:
    """Have every hard row cost `least` yards or more."""
    prices = state.rows.reshape(-1, ROW)[:, PRICE]
    hard = rows.kind == HARD
    prices[hard] = np.maximum(prices[hard], int(least * YARD))


def reprice(rows: RowSystem, state: State, held: Int64s, least: float, dearest: float) -> None:
    """Raise the price of hard rows that are broken; lower it where a row has long held.

    `held`: for how many rounds each row has held, brought up to date here; `least`, `dearest`:
    between what prices stay.
    """
    fields = state.rows.reshape(-1, ROW)
    hard, activity = rows.kind == HARD, fields[:, ACTIVITY]
    broken = hard & ((activity < rows.low) | (activity > rows.high))
    held += 1
    held[broken] = 0
    long = hard & (held > LONG)
    prices = fields[:, PRICE]
    prices[broken] = np.minimum(np.rint(prices[broken] * DEARER), dearest)
    long &= prices > least
    prices[long] = np.maximum(np.rint(prices[long] * CHEAPER), least)


def _spread(rows: RowSystem, tier: int) -> float:
    """How much the arcs of one post differ in a tier, a typical post taken; else a typical gain."""
    if not rows.arcs:
        return 0.0
    values = rows.arc_values[tier].astype(float)
    sizes = np.maximum(1, np.diff(rows.post_start))
    means = np.add.reduceat(np.append(values, 0), rows.post_start[:-1]) / sizes
    spread = float(np.abs(values - means[rows.arc_post]).mean())
    if spread:
        return spread
    mine = (rows.tier == tier) & (rows.kind == RowKind.MISS)
    return float(rows.weight[mine].mean()) if mine.any() else 0.0


def _unit(rows: RowSystem, tier: int) -> int:
    """The greatest number that divides whatever a tier adds up."""
    mine = rows.tier == tier
    owner = owners(rows.gains_start)
    parts = [rows.arc_values[tier], rows.weight[mine], rows.gains[mine[owner]]]
    divisor = int(np.gcd.reduce(np.abs(np.concatenate(parts)))) if sum(map(len, parts)) else 1
    return max(1, divisor)


def _reach(rows: RowSystem, tier: int) -> float:
    """How far from 0 a tier's value may lie, roughly and not too little."""
    largest = float(np.abs(rows.arc_values[tier]).max(initial=0)) * rows.posts
    mine = rows.tier == tier
    least, greatest = least_and_greatest(rows.row_coefficients, rows.row_start)
    most = np.maximum(-least, greatest).astype(float)
    sides = np.where(np.abs(rows.low) < LARGEST, np.abs(rows.low), 0) + np.where(
        np.abs(rows.high) < LARGEST, np.abs(rows.high), 0
    )
    missed = ((most * rows.posts + sides) * rows.weight / rows.unit)[mine].sum()
    gains = np.abs(rows.gains).astype(float).sum()
    return largest + float(missed) + float(gains) + abs(float(rows.constants[tier]))
