"""A question divided into blocks: the bound at given prices, block by block."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from banzi.staffing.proof.blocks import Block, blocks_of
from banzi.staffing.proof.multipliers import HOPELESS, Reckoned
from banzi.staffing.proof.pricing import Priced, price
from banzi.staffing.proof.question import Question
from banzi.staffing.proof.striking import strike
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
        if self.reckoned.total == HOPELESS:
            return HOPELESS
        return max(HOPELESS, self.reckoned.total - sum(one.loss for one in self.priced))

    @property
    def bound(self) -> int:
        return HOPELESS if self.total == HOPELESS else self.total // self.reckoned.scale


class Division:
    """The blocks of one question."""

    def __init__(self, question: Question, *, threads: int = 1, most: int = MOST_POSTS) -> None:
        self.question, self._threads = question, threads
        self.blocks: list[Block] = blocks_of(question, most)

    def reckon(
        self, reckoned: Reckoned, value: int | None, until: float, most_nodes: int = MOST_NODES
    ) -> Divided:
        """The least loss of every block; those whose turn comes after `until` count as 0.

        `value`: that of a plan that is known; losses that make the bound fall below it tell nothing
        and are not looked for.
        """
        scale = reckoned.scale
        if reckoned.total == HOPELESS:
            return Divided(reckoned, ())
        spare = None if value is None else reckoned.total - value * scale + scale

        def one(block: Block) -> Priced:
            if time.monotonic() > until:
                return Priced(0, None, 0)
            if spare is None:
                return price(self.question, block, reckoned, most_nodes)
            return price(self.question, block, reckoned, most_nodes, max(0, spare))

        if self._threads == 1:
            return Divided(reckoned, tuple(map(one, self.blocks)))
        with ThreadPoolExecutor(self._threads) as pool:
            return Divided(reckoned, tuple(pool.map(one, self.blocks)))

    def strike(self, divided: Divided, value: int) -> int:
        """Strike out arcs, knowing for each what all other blocks lose."""
        losses = np.array([one.loss for one in divided.priced], np.int64)
        elsewhere: Int64s = np.zeros(self.question.rows.posts, np.int64)
        for block, loss in zip(self.blocks, losses.tolist(), strict=True):
            elsewhere[block.posts] = losses.sum() - loss
        return strike(self.question, divided.reckoned, value, elsewhere)
