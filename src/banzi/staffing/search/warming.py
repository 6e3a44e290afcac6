"""`python -m banzi.staffing.search.warming`: translate the loops once and store them.

The set-up runs it, so that nobody's first plan waits half a minute for the compiler.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

import numpy as np

from banzi.staffing.proof.descending import descend
from banzi.staffing.proof.dividing import Division
from banzi.staffing.proof.multipliers import Prices, reckon
from banzi.staffing.proof.pricing import Hint
from banzi.staffing.proof.question import Question
from banzi.staffing.search.annealing import Search
from banzi.staffing.system.rows import NO_TIER, OPEN_HIGH, RowKind, RowSystem


def warm() -> None:
    """Search a problem of one post and one person with every width of coefficients, and bound it."""
    for coefficient in (1, 2**20, 2**40):
        open_loops(coefficient)
    for numbers, coefficients in product((np.int16, np.int32), (np.int16, np.int64)):
        one = _smallest(1)
        arc_rows, terms = one.arc_rows.astype(numbers), one.arc_coefficients.astype(coefficients)
        narrow = replace(one, arc_rows=arc_rows, arc_coefficients=terms)
        next(descend(Question(narrow, 0, ()), 0))
    question = Question(_smallest(1), 0, ())
    division = Division(question)
    between, within = division.split(Prices.none(question))
    hints = [Hint(np.zeros((1, 1), np.int64), 0)]
    division.reckon(reckon(question, between), within, None, math.inf, hints=hints)


def open_loops(coefficient: int = 1) -> None:
    """Search a problem of one post and one person, with terms as wide as this coefficient."""
    next(Search(_smallest(coefficient)).rounds())


def _smallest(coefficient: int) -> RowSystem:
    one, none = np.ones(1, np.int64), np.zeros(1, np.int64)
    span = np.array([0, 1], np.int64)
    return RowSystem(
        persons=1,
        post_start=span,
        arc_post=none.astype(np.int32),
        arc_person=none.astype(np.int32),
        arc_pair=none,
        pinned=none[:0],
        banned=none[:0],
        arc_values=np.ones((1, 1), np.int64),
        constants=none,
        kind=np.array([RowKind.HARD], np.int8),
        low=none,
        high=np.array([OPEN_HIGH]),
        tier=np.array([NO_TIER], np.int32),
        weight=none,
        unit=one,
        of=none.astype(np.int32),
        gains_start=np.zeros(2, np.int64),
        gains=none[:0],
        row_start=span,
        row_arcs=none.astype(np.int32),
        row_coefficients=np.array([coefficient]),
        arc_start=span,
        arc_rows=none.astype(np.int32),
        arc_coefficients=np.array([coefficient]),
        names=(("warming",),),
    )


if __name__ == "__main__":
    warm()
