"""The linear programme of a question, sifted: from few arcs to all that matter.

Most arcs are worth nothing at good prices, so most columns never need be made. It begins with the arcs
of a plan, so that there is a solution, and the most valuable ones of each post and of each person who
has several; then it lets in arcs that the prices would pay for. What it ends with is kept, last basis
and all, for whoever goes on from there (`diving`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from banzi.solvers.linear import LinearProgramme
from banzi.solvers.packed import owners, starts_of
from banzi.staffing.proof.multipliers import HOPELESS, Reckoned, reckon
from banzi.staffing.proof.question import Mask, Question
from banzi.staffing.proof.relaxing import Assembled, Relaxation
from banzi.staffing.system.rows import Int64s

_FIRST, _MORE = 15, 10
"""Arcs of each post that sifting begins with, and lets in at a time."""


class Sifting:
    """A programme that grows by columns of arcs.

    `arcs`: those that have a column by now; `columns`: their places in `programme`.
    """

    def __init__(self, question: Question, plan: Int64s) -> None:
        """`plan`: one that the question admits."""
        self.question = question
        self._assembled = Assembled(question)
        rows, arcs = question.rows, self._assembled.arcs
        values = rows.arc_values[question.tier, arcs]
        inside = np.isin(arcs, plan)
        inside |= _rank(rows.arc_post[arcs], values) < _FIRST
        rivals = np.isin(rows.arc_person[arcs], self._assembled.persons)
        inside |= rivals & (_rank(rows.arc_person[arcs], values) < 1)
        others = self._assembled.other_columns()
        pieces = chain(self._assembled.pieces(np.flatnonzero(inside)), [others])
        lows, highs = self._assembled.row_lows, self._assembled.row_highs
        self.programme = LinearProgramme(lows, highs, next(pieces))
        for piece in pieces:  # all at once they would be held four times
            self.programme.add_columns(piece)
        self._inside = inside
        self.arcs: Int64s = arcs[inside]
        self.columns: Int64s = np.arange(len(self.arcs))
        self._size = len(self.arcs) + len(others)

    def steps(self, until: float = math.inf) -> Iterator[Relaxation]:
        """Optima, each over more arcs; every one has prices that are of use, the last is whole."""
        question, rows, arcs = self.question, self.question.rows, self._assembled.arcs
        while True:
            found = self.programme.solve(until, method="simplex")
            if found is None:
                return
            relaxed = self._assembled.relaxation(found, whole=False)
            reckoned = reckon(question, relaxed.prices)
            inside = np.zeros(rows.arcs, bool)
            inside[arcs[self._inside]] = True
            wanted = missing(question, reckoned, inside, _MORE)[arcs]
            if not wanted.any():
                yield replace(relaxed, whole=True)
                return
            yield relaxed
            self._let_in(wanted)

    def let_in_best(self, reckoned: Reckoned, most: int) -> None:
        """Columns for the arcs of each post, so many of them, that lose least at some prices."""
        arcs = self._assembled.arcs
        self._let_in(best_of_posts(self.question, reckoned, most)[arcs])

    def let_in_plan(self, plan: Int64s) -> bool:
        """Columns for the arcs of a plan; whether any was missing."""
        return self._let_in(np.isin(self._assembled.arcs, plan))

    def _let_in(self, wanted: Mask) -> bool:
        new = np.flatnonzero(wanted & ~self._inside)
        if not len(new):
            return False
        self.programme.add_columns(self._assembled.arc_columns(new))
        self._inside[new] = True
        self.arcs = np.concatenate([self.arcs, self._assembled.arcs[new]])
        self.columns = np.concatenate([self.columns, self._size + np.arange(len(new))])
        self._size += len(new)
        return True


def missing(question: Question, reckoned: Reckoned, inside: Mask, most: int) -> Mask:
    """Open arcs outside that the prices would pay for, so many of each post at most.

    That is when they offer more than the best of those inside: then more columns mean a better optimum.
    """
    rows = question.rows
    used = np.full(rows.posts, HOPELESS)
    used[~question.filled] = 0
    own = np.flatnonzero(inside)
    np.maximum.at(used, rows.arc_post[own], reckoned.offers[own])
    gain = reckoned.offers - used[rows.arc_post]
    wanted = np.flatnonzero(question.open & ~inside & (gain > reckoned.scale // 10_000))
    found = np.zeros(rows.arcs, bool)
    found[wanted[_rank(rows.arc_post[wanted], gain[wanted]) < most]] = True
    return found


def best_of_posts(question: Question, reckoned: Reckoned, most: int) -> Mask:
    """Open arcs of each post, so many of them, that lose least at some prices."""
    rows, open_ = question.rows, np.flatnonzero(question.open)
    found = np.zeros(rows.arcs, bool)
    found[open_[_rank(rows.arc_post[open_], reckoned.offers[open_]) < most]] = True
    return found


def _rank(groups: npt.NDArray[np.integer], values: Int64s) -> Int64s:
    """Place of each entry within its group, the greatest value first."""
    order = np.lexsort((-values, groups))
    starts = starts_of(np.bincount(groups, minlength=1))
    rank = np.zeros(len(groups), np.int64)
    rank[order] = np.arange(len(groups)) - starts[owners(starts)]
    return rank
