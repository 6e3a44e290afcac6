"""The search from round to round: heat, prices, where to look, and what the threads share.

Everything is decided by the number of moves: cycles of rounds, each round so many moves a thread.
The clock may only end the search between two rounds. Same rows, seed, threads and moves: same plan.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from banzi.kernel.compiling import Loop, machine_code
from banzi.staffing.search import walking
from banzi.staffing.search.fields import BROKEN, FOUND
from banzi.staffing.search.measuring import COLD, HOT, YARD, Measure, raise_prices, reprice
from banzi.staffing.search.tables import (
    Guide,
    State,
    Tables,
    as_views,
    make_state,
    make_tables,
    seat,
)
from banzi.staffing.system.rows import EMPTY, Int64s, RowSystem

ROUND = 40_000
"""Moves of a round and thread: some tenth of a second."""
ROUNDS = 60
"""Rounds of a cycle at least: prices change from round to round, and with 15 they changed too late."""
CYCLE, GROWTH, LONGEST_CYCLE = 250, 2.0, 40_000
"""Moves per post of the first cycle, how much longer the next is, and the longest."""
QUENCH, QUENCHED, SHORT = 500, 0.4, 15
"""Moves per post of a cycle that looks for any plan at all, how hot it begins, its rounds at least."""
REHEATS = (1.0, 0.5)
"""How hot cycles begin, in turn: from scratch, and from the best plan."""
SOFT, FIRM, STIFF = 0.4, 1.2, 2.0
"""Yards for which a hard row may be broken: at the beginning of a cycle, when walls would only keep it
from passing between good plans; at its end, which is to be a plan; and when any plan will do."""
STRICT = (1.0, 4.0, 16.0, 64.0)
"""What cycles multiply the weight of earlier tiers with, in turn: a light weight lets a plan pass
through a loss there, a heavy one makes even a small gain worth any loss behind it."""
LATE, OVERTIME = 0.6, 1.5
"""Share of a cycle from which all prices only rise, and how far beyond its end rows that are still
broken may be mended. Without it cycles ended a few rows from a plan and were in vain: at 3,000 posts
any of fewer than 2,000 moves a post."""
LOOKS, BLIND = 1.5, 0.3
"""Moves per arc after which a thread looks at every arc again, and after a look without a plan."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Rounds that cool from `hot` yards; a broken hard row costs `price` yards or more."""

    rounds: int
    moves: int
    hot: float
    strictness: float
    price: float

    def heat(self, place: int) -> int:
        share = min(1.0, place / max(1, self.rounds - 1))
        return max(1, int(YARD * self.hot * (COLD / self.hot) ** share))

    def least(self, place: int) -> float | None:
        """Yards that every hard row costs at least by then; None while prices may fall."""
        share = (place / self.rounds - LATE) / (1 - LATE)
        if share < 0:
            return None
        return min(STIFF, self.price * math.pow(FIRM / SOFT, share))

    def over(self, place: int, plan: bool) -> bool:
        """Whether so many rounds are enough; with every row kept in all threads it is a `plan`."""
        return place >= (self.rounds if plan else OVERTIME * self.rounds)


def quenches(posts: int) -> Iterator[Cycle]:
    """Cycles of a search for which any plan will do, without end."""
    return itertools.repeat(_cycle(QUENCH * posts, QUENCHED, 1.0, STIFF, SHORT))


def cycles(posts: int) -> Iterator[Cycle]:
    """All cycles of a search, without end."""
    size, number = float(CYCLE * posts), 0
    while True:
        reheat = REHEATS[number % len(REHEATS)]
        strictness = STRICT[number % len(STRICT)]
        yield _cycle(int(size), HOT * reheat, strictness)
        number += 1
        if number % len(REHEATS) == 0:
            size = min(size * GROWTH, float(LONGEST_CYCLE * posts))


def _cycle(
    moves: int, hot: float, strictness: float, price: float = SOFT, least: int = ROUNDS
) -> Cycle:
    """A cycle of about so many moves in all, in `least` rounds or more."""
    rounds = max(least, round(moves / ROUND))
    return Cycle(rounds, max(200, moves // rounds), hot, strictness, price)


class Search:
    """Threads that look for the best plan of a row system.

    `plan` is the best plan so far that breaks no hard row, None before there is one; `tiers` are
    its values; `moves` counts moves a thread since the start, `cycles` the cycles done. With
    `any_plan` hard rows are dear from the start: a plan is there sooner, and worth less.
    """

    def __init__(
        self,
        rows: RowSystem,
        *,
        threads: int = 1,
        seed: int = 0,
        start: Int64s | None = None,
        compiled: bool = True,
        any_plan: bool = False,
    ) -> None:
        self.rows = rows
        self._schedule = quenches if any_plan else cycles
        self.plan: Int64s | None = None
        self.tiers: tuple[int, ...] = ()
        self.moves = 0
        self.cycles = 0
        tables = make_tables(rows)
        self._idle = len(tables.open_posts) == 0
        first = np.full(rows.posts, EMPTY, np.int64) if start is None else start
        seeds = np.random.SeedSequence(seed).generate_state(threads)
        self._threads = [
            Thread(rows, Loops(tables, compiled), first, int(number)) for number in seeds
        ]

    def rounds(self) -> Iterator[None]:
        """Work for ever, one round at a time; `plan` may be better after each."""
        with ThreadPoolExecutor(len(self._threads)) as pool:
            for cycle in self._schedule(self.rows.posts):
                measure = Measure.of(self.rows, cycle.strictness)
                for thread in self._threads:
                    thread.begin(measure, cycle.price, self.plan if cycle.hot < HOT else None)
                for place in itertools.count():
                    moves = 0 if self._idle else cycle.moves
                    heat, least = cycle.heat(place), cycle.least(place)
                    work = [pool.submit(t.round, moves, heat, least) for t in self._threads]
                    for done in work:
                        done.result()
                    self.moves += cycle.moves
                    for thread in self._threads:
                        if thread.better_than(self.tiers if self.plan is not None else None):
                            self.offer(thread.state.kept)
                    over = cycle.over(place + 1, not any(t.broken for t in self._threads))
                    self.cycles += over
                    yield
                    if over:
                        break

    def offer(self, plan: Int64s) -> bool:
        """A plan that breaks no hard row; if it is better, reheats go on from it."""
        tiers = tuple(self.rows.tier_values(plan))
        better = self.plan is None or tiers > self.tiers
        if better:
            self.plan, self.tiers = np.array(plan, np.int64), tiers
        return better


class Loops:
    """The loops over one problem, as machine code on arrays or as plain Python on views."""

    def __init__(self, tables: Tables, compiled: bool) -> None:
        self.tables = tables
        self._compiled = compiled
        self._read = tables if compiled else as_views(tables)

    def run(self, loop: Loop, guide: Guide, state: State, *more: Any) -> None:
        if self._compiled:
            machine_code(loop)(self._read, guide, state, *more)
            return
        loop(self._read, as_views(guide), as_views(state), *more)


class Thread:
    """One state, the prices it has learnt, and where it looks first."""

    def __init__(self, rows: RowSystem, loops: Loops, plan: Int64s, seed: int) -> None:
        self.state = make_state(rows, loops.tables, seed)
        self._rows, self._loops = rows, loops
        self._held = np.zeros(rows.rows, np.int64)
        self._until_look = 0.0
        seat(rows, self.state, plan)

    def begin(self, measure: Measure, price: float, plan: Int64s | None) -> None:
        """Begin a cycle, from a plan or from where it stands; hard rows cost `price` or more."""
        measure.price(self.state, price)
        self._prices = price * YARD, measure.dearest
        self._guide = measure.guide(self._loops.tables)
        self._until_look = 0.0
        if plan is not None:
            seat(self._rows, self.state, plan)

    def round(self, moves: int, heat: int, least: float | None = None) -> None:
        """So many moves; prices follow what they leave broken, or rise to `least` yards and above."""
        if self._until_look <= 0:
            self._look()
            self._until_look = (BLIND if self._blind else LOOKS) * self._rows.arcs
        self._loops.run(walking.walk, self._guide, self.state, moves, heat)
        self._until_look -= moves
        lowest, dearest = self._prices
        if least is not None:
            lowest = dearest
            raise_prices(self._rows, self.state, least)
        reprice(self._rows, self.state, self._held, lowest, dearest)

    def better_than(self, tiers: tuple[int, ...] | None) -> bool:
        if not self.state.counters[FOUND]:
            return False
        return tiers is None or tuple(self.state.tiers_kept.tolist()) > tiers

    @property
    def broken(self) -> bool:
        """Whether the plan it stands at breaks a hard row."""
        return bool(self.state.counters[BROKEN])

    @property
    def _blind(self) -> bool:
        return int(np.count_nonzero(self.state.plan != EMPTY)) <= len(self._rows.pinned)

    def _look(self) -> None:
        """Rank the arcs of each post: what the plan gains by it, less what its person leaves.

        A person who sits elsewhere leaves what the best free person could not make good there. While
        nobody sits anywhere arcs rank by their own worth: looking at each would take longer than
        finding a first plan does.
        """
        state, tables, rows = self.state, self._loops.tables, self._rows
        arcs = tables.draw_arcs
        gains = self._guide.arcs[arcs]
        if not self._blind:
            self._loops.run(walking.appraise, self._guide, state, gains)
        posts, persons = rows.arc_post[arcs], rows.arc_person[arcs]
        free = state.seat[persons] == EMPTY
        refill = np.full(rows.posts, -YARD * YARD)
        np.maximum.at(refill, posts[free], gains[free])
        left = np.where(state.seat == EMPTY, 0, np.maximum(0, -refill[state.seat]))
        state.ranked[:] = arcs[np.lexsort((left[persons] - gains, posts))]
