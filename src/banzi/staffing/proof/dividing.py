"""A question divided into blocks: the bound at given prices, block by block."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from banzi.staffing.proof.blocks import Block, blocks_of
from banzi.staffing.proof.losing import NEVER
from banzi.staffing.proof.multipliers import HOPELESS, Floats, Prices, Reckoned
from banzi.staffing.proof.pricing import Hint, Priced, price
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import Int64s

MOST_POSTS = 16
"""Posts in a block: a Party committee and the government it shares seats with."""
MOST_NODES = 2_000_000
"""Choices that one search of a block looks at: a second."""


@dataclass(frozen=True, slots=True)
class Divided:
    """A bound with the losses of all blocks taken off, in 1/scale; and what each block does."""

    reckoned: Reckoned
    priced: tuple[Priced, ...]

    @property
    def total(self) -> int:
        if self.reckoned.total == HOPELESS or any(one.loss >= NEVER // 4 for one in self.priced):
            return HOPELESS
        return max(HOPELESS, self.reckoned.total - sum(one.loss for one in self.priced))

    @property
    def bound(self) -> int:
        return HOPELESS if self.total == HOPELESS else self.total // self.reckoned.scale


def whole_prices(guess: Floats, scale: int) -> Int64s:
    """Prices within a block in 1/scale: none below 0, none too great to add up."""
    return np.rint(np.clip(guess, 0, 1e6) * scale).astype(np.int64)


class Division:
    """The blocks of one question."""

    def __init__(self, question: Question, *, threads: int = 1, most: int = MOST_POSTS) -> None:
        self.question, self._threads = question, threads
        self.blocks: list[Block] = blocks_of(question, most)

    def split(self, prices: Prices) -> tuple[Prices, list[Floats]]:
        """Prices between blocks, and those within: of persons who can sit in one block only."""
        persons, within = prices.persons.copy(), []
        for block in self.blocks:
            within.append(np.where(block.alone, persons[block.rivals], 0.0))
            persons[block.rivals[block.alone]] = 0.0
        return Prices(prices.rows, persons, prices.tiers), within

    def reckon(
        self,
        reckoned: Reckoned,
        within: Sequence[Floats],
        value: int | None,
        until: float,
        most_nodes: int = MOST_NODES,
        hints: Sequence[Hint | None] | None = None,
    ) -> Divided:
        """The least loss of every block; those whose turn comes after `until` count as 0.

        `value`: that of a plan that is known; losses that make the bound fall below it tell nothing
        and are not looked for.
        """
        scale = reckoned.scale
        if reckoned.total == HOPELESS:
            return Divided(reckoned, ())
        spare = NEVER if value is None else max(0, reckoned.total - value * scale + scale)

        def one(block: Block, guess: Floats, hint: Hint | None) -> Priced:
            paid = whole_prices(guess, scale)
            nodes = most_nodes if time.monotonic() < until else 0
            return price(self.question, block, reckoned, paid, nodes, spare, hint)

        helped = [None] * len(self.blocks) if hints is None else hints
        if self._threads == 1:
            return Divided(reckoned, tuple(map(one, self.blocks, within, helped)))
        with ThreadPoolExecutor(self._threads) as pool:
            return Divided(reckoned, tuple(pool.map(one, self.blocks, within, helped)))

    def strike(self, divided: Divided, value: int) -> int:
        """Strike out what no plan of at least `value` uses; how many arcs went.

        With another arc in one post, the bound is what all other blocks leave of it, less what that
        arc alone loses in its own.
        """
        question, struck = self.question, 0
        if divided.total == HOPELESS:
            return 0
        spare = divided.total - value * divided.reckoned.scale
        for block, priced in zip(self.blocks, divided.priced, strict=True):
            most = spare + priced.spent
            hopeless = question.open[block.arcs] & (priced.arcs > most)
            question.open[block.arcs[hopeless]] = False
            question.filled[block.posts[priced.empty > most]] = True
            struck += int(hopeless.sum())
        return struck
