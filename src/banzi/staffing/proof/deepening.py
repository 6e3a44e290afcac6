"""From prices between blocks to the best plan: menus of all plans of blocks that lose little more.

At the prices of a bound every block loses something; a plan of the whole that is worth `deep` points
less than the bound at most takes from no block a plan that loses `deep` more than it must. So all
plans of blocks up to that depth make a menu, and the best choice from it (`choosing`) is the best
plan, or the bound falls to what is left outside: bound − depth. Menus are small (some hundred plans
a block at 6 points) and grow by a factor of five or so with every five points; they are made
deeper until menu and outside meet, time is up, or there are too many plans to list.

Better plans come from each menu first (`rearranging`), from a shallow one before prices have settled
already: choices from it are better than what a search by single persons finds. Branching then makes the bound
of the menu fall as low as that of what is outside; more of it is for the menu that has all that matters.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from banzi.solvers.remote import remaining
from banzi.staffing.proof.choosing import Choosing
from banzi.staffing.proof.generating import Asked, Generation
from banzi.staffing.proof.menu import Menu, Served
from banzi.staffing.proof.multipliers import HOPELESS
from banzi.staffing.proof.pricing import Listed, plans_of
from banzi.staffing.proof.rearranging import Rearranging
from banzi.staffing.system.rows import Int64s

FIRST_DEPTH = 4.0
"""Points beyond what each block must lose, in the first menu."""
DEEPER = 1.7
"""How many times as deep the next menu is: it takes about twice the time."""
CLOSE = 0.5
"""Points between a menu that is whole and a deeper one that is not, below which no other is tried."""
NEARLY = 1.25
"""How much deeper a menu is made at once if then it has all that matters."""
PACE = 10_000_000
"""Choices a second, at the very most: so that a search ends with the time."""
GLANCE = 500_000
"""Choices that listing one block looks at for a menu that need not be whole."""
THOROUGH = 400_000_000
"""The same for a menu that proves something: three minutes."""
FEW, MANY, MOST = 1_000, 20_000, 100_000
"""Plans of a block on the former; of all blocks on the latter, and where there are few blocks and a
menu may prove the plan best: no block has more than a quarter. With as many at 360 posts the
programme takes 600 MB, and its bound is 0.01 % better after five minutes."""
NODES = 400
"""Nodes of a menu that has not all that matters."""
FEW_BLOCKS = 12
"""Blocks up to which branching on a whole menu mostly ends, and then no choice of some blocks is wanted."""

Known = Callable[[], Int64s]
"""The best plan so far."""


@dataclass(frozen=True, slots=True)
class Step:
    """`plan`: a better one, if any; `bound`: what no plan exceeds, if that is known better now."""

    plan: Int64s | None = None
    bound: int | None = None


class Deepening:
    """Menus of one question; `threads` list blocks side by side."""

    def __init__(self, generation: Generation, *, threads: int = 1) -> None:
        self.generation, self._threads = generation, threads
        self._question = generation.question
        self._menu = Menu(self._question, generation.division.blocks)
        self._few = len(generation.division.blocks) <= FEW_BLOCKS
        self._many = MOST if self._few else MANY
        self.met_end = False
        """Whether a menu that was to prove something had too many plans to list."""

    def glance(self, known: Known, until: float) -> Iterator[Step]:
        """Better plans from a shallow menu at the prices of the best bound; proves nothing."""
        asked = self.generation.at_best(until)
        if asked is None or asked.total == HOPELESS:
            return
        self._list(asked, int(FIRST_DEPTH * asked.reckoned.scale), GLANCE, FEW, until)
        served = self._served(known())
        if self._few:
            yield from self._choose(served, known(), until, NODES)
        else:
            yield from self._rearranged(served, known(), until)

    def rounds(self, known: Known, until: float) -> Iterator[Step]:
        """Deeper and deeper menus, until the best plan is proven or no deeper one can be listed.

        Menus that are not whole prove nothing, but better plans may come from them, and with these
        a menu that is less deep may do; so depths between are tried until they meet.
        """
        asked = self.generation.at_best(until, thorough=True)
        self.generation.close()  # the last to be asked; menus take as much
        if asked is None or asked.total == HOPELESS:
            return
        scale = asked.reckoned.scale
        depth, reached, beyond = int(FIRST_DEPTH * scale), 0, math.inf
        yield Step(bound=asked.total // scale)
        while time.monotonic() < until:
            deepest = asked.total - (self._value(known()) + 1) * scale  # all better plans lie above
            if deepest < 0:
                return
            if deepest <= depth * NEARLY and deepest < beyond:
                depth = deepest
            began = time.monotonic()
            whole = self._list(asked, depth, THOROUGH, self._many // 4, until)
            took = time.monotonic() - began
            self.met_end |= not whole
            served, all_matter = self._served(known()), whole and depth >= deepest
            if not all_matter and not self._few:
                yield from self._rearranged(served, known(), min(until, time.monotonic() + took))
            reached, beyond = (depth, beyond) if whole else (reached, depth)
            last = all_matter or beyond - reached < CLOSE * scale
            if whole or (last and reached):
                outside = (asked.total - reached - 1) // scale
                most = None if last else NODES
                yield from self._choose(
                    served, known(), until, most, outside, math.inf if self._few else took
                )
            del served  # before a deeper one is listed
            if last:
                return
            between = (reached + beyond) / 2
            depth = int(min(reached * DEEPER, between) if reached else between)

    def _value(self, plan: Int64s) -> int:
        return self._question.rows.tier_values(plan)[self._question.tier]

    def _list(self, asked: Asked, depth: int, nodes: int, most: int, until: float) -> bool:
        """Put plans of every block on the menu; whether these are all down to the depth (1/scale)."""
        blocks = self.generation.division.blocks

        def listed(number: int) -> Listed:
            limit, paid = asked.priced[number].loss + depth, asked.paid(number)
            left = int(min(nodes, PACE * remaining(until)))
            return plans_of(self._question, blocks[number], asked.reckoned, paid, limit, left, most)

        with ThreadPoolExecutor(self._threads) as pool:
            found = list(pool.map(listed, range(len(blocks))))
        whole = (
            all(one.whole for one in found) and sum(len(one.plans) for one in found) <= self._many
        )
        room = most if whole else min(FEW, self._many // len(blocks))
        for number, one in enumerate(found):
            self._menu.add(number, one.plans[:room])
        return whole

    def _served(self, plan: Int64s) -> Served:
        """The menu with a plan's blocks on it, and with what column generation knows."""
        for number, block in enumerate(self.generation.division.blocks):
            self._menu.add(number, plan[block.posts][np.newaxis])
            self._menu.add(number, self.generation.known_plans(number))
        return self._menu.served()

    def _rearranged(self, served: Served, plan: Int64s, until: float) -> Iterator[Step]:
        choice = served.choice(plan)
        if choice is None:
            return
        for found in Rearranging(served).steps(choice, self._value(plan), until):
            yield Step(None if found is None else served.plan(found))

    def _choose(
        self,
        served: Served,
        plan: Int64s,
        until: float,
        most: int | None,
        outside: int | None = None,
        patience: float = math.inf,
    ) -> Iterator[Step]:
        """Branch on the menu, so many nodes `most`. `outside`: the bound of plans that are not on it,
        None when unknown; when nothing beyond that is left, for so many seconds at most: there may be
        better plans."""
        known = served.choice(plan)
        if known is None:
            return
        choosing = Choosing(served.question, self._value(plan) + 1, served.seats().split)
        before: int | None = None
        enough = time.monotonic() + patience
        for number, better in enumerate(choosing.nodes(known, until)):
            found = served.plan(choosing.best) if better and choosing.best is not None else None
            inside = choosing.bound
            bound = None if outside is None or inside is None else max(outside, inside)
            if found is not None or bound != before:
                yield Step(found, bound)
            before = bound
            proven = bound is not None and bound == outside and time.monotonic() >= enough
            if proven or (most is not None and number >= most):
                return
