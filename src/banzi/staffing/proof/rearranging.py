"""Better and better choices from a menu: some blocks choose anew, the others keep their plans.

Branching over a whole menu (`choosing`) proves much and finds little: with 36 blocks its nodes are all within
the same few points. With ten of them free, the others' persons gone from the menu and the others' sums
in its rows, it is over after a few nodes, and mostly at the root. Blocks are drawn anew each time, half of the
time such as want the same persons; more of them when nothing better was there, fewer when it was not soon told.
Nothing is proven by this.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from banzi.solvers.packed import owners, spans
from banzi.staffing.proof.choosing import Choosing
from banzi.staffing.proof.menu import Served
from banzi.staffing.proof.question import Question
from banzi.staffing.system.rows import Int64s

FIRST, LEAST = 6.0, 2.0
"""Blocks that choose anew, the first time and at least; `MORE`, `FEWER`: what that is multiplied with."""
MORE, FEWER = 1.05, 0.93
NODES = 20
"""Nodes after which a choice is left as it is."""
ENOUGH, DEAR = 30, 3
"""Choices in vain, one after another, after which nothing more is to be had; and how many one counts for
that was left as it was."""


class Rearranging:
    """One menu, for choices of some of its blocks."""

    def __init__(self, served: Served) -> None:
        self._served, self._rows = served, served.question.rows
        self._parting = served.seats().split
        self._ties = self._shared_persons()

    def steps(self, choice: Int64s, value: int, until: float) -> Iterator[Int64s | None]:
        """After each try a better choice (per block its arc), or None.

        `choice`: one that is worth `value`. Ends when nothing more is to be had.
        """
        blocks, size, vain = self._rows.posts, FIRST, 0
        draw = np.random.default_rng(0)
        while vain < ENOUGH and time.monotonic() < until:
            free = self._drawn(draw, min(blocks, int(size)))
            question = self._with_free(choice, free)
            choosing = Choosing(question, value + 1, self._parting)
            told = True
            for number, _better in enumerate(choosing.nodes(choice, until), 1):
                if number >= NODES:
                    told = False
                    break
            found = choosing.best
            if found is not None:
                choice, value, vain = found, choosing.least - 1, 0
            else:
                vain += 1 if told else DEAR
            yield found
            if told and len(free) == blocks:
                return
            if not told:
                size = max(LEAST, size * FEWER)
            elif found is None:
                size = min(float(blocks), size * MORE)

    def _drawn(self, draw: np.random.Generator, number: int) -> Int64s:
        """Some blocks; every other time one after another by the persons shared with those before."""
        blocks = self._rows.posts
        if draw.random() < 0.5:
            return draw.choice(blocks, number, replace=False)
        free = [int(draw.integers(blocks))]
        while len(free) < number:
            weights = self._ties[free].sum(axis=0) + 0.01
            weights[free] = 0.0
            free.append(int(draw.choice(blocks, p=weights / weights.sum())))
        return np.array(free, np.int64)

    def _with_free(self, choice: Int64s, free: Int64s) -> Question:
        """The question with all other blocks holding their choice; nobody whom they seat is open."""
        question, rows = self._served.question.copy(), self._rows
        holds = np.ones(rows.posts, bool)
        holds[free] = False
        held = choice[holds]
        question.open[holds[rows.arc_post]] = False
        touched = rows.arc_rows[spans(rows.arc_start, held)[0]]
        seats = touched[touched >= self._served.first_seat]
        question.open[rows.row_arcs[spans(rows.row_start, seats)[0]]] = False
        question.open[choice] = True
        return question

    def _shared_persons(self) -> np.ndarray:
        """How many persons two blocks both might seat."""
        rows = self._rows
        first = self._served.first_seat
        row = owners(rows.row_start)
        inside = row >= first
        seats = np.zeros((rows.posts, rows.rows - first), np.float32)
        seats[rows.arc_post[rows.row_arcs[inside]], row[inside] - first] = 1.0
        ties = seats @ seats.T
        np.fill_diagonal(ties, 0.0)
        return ties.astype(np.float64)
