"""Requirements that clash already in fractions, shown by a sum that anyone may check.

Weigh the requirements with numbers y and add them up: every plan must keep the sum, Σ y·activity ≤
Σ y·side. A plan uses one arc of a post at most, so the least that the left side can be is had post
by post; when even that is more than the right side, the weighted requirements admit no plan. HiGHS
only proposes the weights. They are rounded to whole numbers and the sum is done here, in whole
numbers, over every arc.

Without the rule "one post a person" few arcs of a post matter: of those that count alike, the two
ends of a mean (`_extremes`). That makes the linear programme so small that a hundred of them take a
second. Only when it shows nothing is that rule taken in, with a price for each person.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from banzi.solvers.highs import Engine, Relaxed
from banzi.solvers.matrix import NO_HIGH, NO_LOW, Matrix
from banzi.solvers.packed import spans
from banzi.solvers.rows import Form, Name
from banzi.staffing.answers.demands import Demands
from banzi.staffing.system.rows import EMPTY, Int64s, RowKind

FINE = 2**28
"""What the largest weight is rounded to."""
WIDE = 8
"""Different coefficients from which a row counts by how much, not only whether: a mean."""
FAR = 2**20
CLEAR = 1e-9
"""A shortfall above this is worth a proof."""

_Proposed = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
"""Weights of rows and prices of persons, in fractions."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """Rows of some names: terms sorted by arc; `named[r]` is the place of row r's name, `number[r]`
    its number in the system, EMPTY for a pin or a ban."""

    arcs: Int64s
    arc: Int64s
    row: Int64s
    value: Int64s
    low: Int64s
    high: Int64s
    named: Int64s
    number: Int64s


def clash_in_fractions(
    demands: Demands, names: Sequence[Name], until: float = math.inf, *, persons: bool = False
) -> list[Name] | None:
    """Names among these that admit no plan together, proven; None when fractions show nothing.

    `persons`: with the rule that nobody takes two posts.
    """
    terms = _terms(demands, names)
    unheard = np.bincount(terms.row, minlength=len(terms.low)) == 0
    hopeless = np.flatnonzero(unheard & ((terms.low > 0) | (terms.high < 0)))
    if len(hopeless):  # nobody at all could help it
        return [names[int(terms.named[hopeless[0]])]]
    if not len(terms.arc):
        return None
    proposed = (_with_persons if persons else _without_persons)(demands, terms, until)
    if proposed is None:
        return None
    weights, prices = proposed
    scale = FINE / max(1e-300, float(np.abs(weights).max(initial=0)))
    whole = np.rint(weights * scale).astype(np.int64)
    paid = np.maximum(0, np.rint(prices * scale)).astype(np.int64)
    if not refuted(demands, terms, whole, paid):
        return None
    bearing = {int(place) for place in terms.named[whole != 0]}
    return [name for place, name in enumerate(names) if place in bearing]


def refuted(demands: Demands, terms: _Terms, weights: Int64s, prices: Int64s) -> bool:
    """Whether the weighted sum shows that no plan keeps the rows; all in whole numbers.

    `weights` > 0 lean on the upper side of a row, < 0 on the lower; `prices` ≥ 0 of persons.
    """
    rows = demands.rows
    sides = np.where(weights > 0, terms.high, np.where(weights < 0, terms.low, 0))
    if ((sides == NO_HIGH) | (sides == NO_LOW)).any():
        return False
    greatest = float(np.abs(weights).max(initial=0)) * float(np.abs(terms.value).max(initial=0))
    sums = np.abs(weights).astype(float) @ np.abs(sides) + float(prices.astype(float).sum())
    if sums + (greatest * len(weights) + float(prices.max(initial=0))) * rows.posts >= 2**62:
        return False
    counted = np.zeros(rows.arcs, np.int64)
    np.add.at(counted, terms.arc, weights[terms.row] * terms.value)
    counted[terms.arcs] += prices[rows.arc_person[terms.arcs]]
    least = np.zeros(rows.posts, np.int64)
    np.minimum.at(least, rows.arc_post[terms.arcs], counted[terms.arcs])
    right = int((weights * sides).sum()) + int(prices.sum())
    return int(least.sum()) > right


def _terms(demands: Demands, names: Sequence[Name]) -> _Terms:
    rows = demands.rows
    mine = [(place, row) for place, n in enumerate(names) for row in demands.rows_of.get(n, ())]
    chosen = np.array([row for _place, row in mine], np.int64)
    places, owner = spans(rows.row_start, chosen)
    decided = [(place, n) for place, n in enumerate(names) if n in demands.arc_of]
    arc = np.append(rows.row_arcs[places], [demands.arc_of[n] for _, n in decided])
    row = np.append(owner, len(mine) + np.arange(len(decided)))
    value = np.append(rows.row_coefficients[places], np.ones(len(decided), np.int64))
    pinned = np.array([n[0] == "pin" for _, n in decided], np.int64)
    order = np.lexsort((row, arc))
    return _Terms(
        np.unique(arc).astype(np.int64),
        arc[order].astype(np.int64),
        row[order].astype(np.int64),
        value[order].astype(np.int64),
        np.append(rows.low[chosen], pinned),
        np.append(rows.high[chosen], pinned),
        np.array([place for place, _ in (*mine, *decided)], np.int64),
        np.append(chosen, np.full(len(decided), EMPTY)),
    )


def least_shortfall(
    demands: Demands, names: Sequence[Name], moved: Name, until: float = math.inf
) -> int:
    """How many units the target `moved` falls short at least in any plan that keeps the others."""
    terms, rows = _terms(demands, names), demands.rows
    mine = terms.named == names.index(moved)
    cut = mine & (terms.number >= 0) & (rows.kind[terms.number] == RowKind.CUT)
    freed = replace(
        terms,
        low=np.where(cut, NO_LOW, terms.low),
        high=np.where(cut, NO_HIGH, terms.high),
    )
    size = np.where(mine & ~cut, rows.unit[terms.number], 0)
    relaxed = _programme(demands, freed, size, until)[0]
    return 0 if relaxed is None else max(0, math.ceil(-relaxed.bound - 1e-6))


def _without_persons(demands: Demands, terms: _Terms, until: float) -> _Proposed | None:
    """One shortfall shared by all rows, in persons: its weights rest on few of them."""
    size = np.maximum(1, _mean_size(terms))
    relaxed, up, down = _programme(demands, terms, size, until)
    if relaxed is None or relaxed.bound > -CLEAR:
        return None
    weights = np.zeros(len(terms.low))
    weights[up] += relaxed.duals[: len(up)]
    weights[down] += relaxed.duals[len(up) : len(up) + len(down)]
    return weights, np.zeros(demands.rows.persons)


def _programme(
    demands: Demands, terms: _Terms, size: Int64s, until: float
) -> tuple[Relaxed | None, Int64s, Int64s]:
    """The least shortfall s that all rows share, `size` of each to a unit; and the order of rows:
    those with a lower side, then those with an upper one."""
    arcs = _extremes(demands, terms)
    count = len(arcs)
    column = np.full(demands.rows.arcs, -1, np.int64)
    column[arcs] = np.arange(count)
    kept = column[terms.arc] >= 0
    row, arc, value = terms.row[kept], column[terms.arc[kept]], terms.value[kept]
    up, down = np.flatnonzero(terms.low != NO_LOW), np.flatnonzero(terms.high != NO_HIGH)
    programme = _Programme()
    for some, sign in ((up, 1), (down, -1)):
        number = np.full(len(terms.low), -1, np.int64)
        low = terms.low[some] if sign > 0 else np.full(len(some), NO_LOW)
        high = terms.high[some] if sign < 0 else np.full(len(some), NO_HIGH)
        number[some] = programme.rows(low, high)
        mine = number[row] >= 0
        programme.terms(number[row[mine]], arc[mine], value[mine])
        short = some[size[some] > 0]
        programme.terms(number[short], np.full(len(short), count), sign * size[short])
    programme.one_each(demands.rows.arc_post[arcs])
    highs = np.append(np.ones(count, np.int64), FAR)
    return programme.solved(highs, Form(((count, -1),)), until), up, down


def _with_persons(demands: Demands, terms: _Terms, until: float) -> _Proposed | None:
    """A shortfall of its own for each row: quick over all arcs, its weights rest on many rows."""
    rows, arcs, count = demands.rows, terms.arcs, len(terms.arcs)
    up, down = np.flatnonzero(terms.low != NO_LOW), np.flatnonzero(terms.high != NO_HIGH)
    programme = _Programme()
    programme.rows(terms.low, terms.high)
    programme.terms(terms.row, np.searchsorted(arcs, terms.arc), terms.value)
    short = count + np.arange(len(up) + len(down))
    programme.terms(up, short[: len(up)], np.ones(len(up), np.int64))
    programme.terms(down, short[len(up) :], np.full(len(down), -1))
    programme.one_each(rows.arc_post[arcs])
    first, people = programme.one_each(rows.arc_person[arcs])
    highs = np.append(np.ones(count, np.int64), np.full(len(short), FAR))
    form = Form(tuple((int(k), -1) for k in short))
    relaxed = programme.solved(highs, form, until)
    if relaxed is None or relaxed.bound > -CLEAR:
        return None
    prices = np.zeros(rows.persons)
    prices[people] = relaxed.duals[first : first + len(people)]
    return relaxed.duals[: len(terms.low)], prices


class _Programme:
    """A linear programme while it is written."""

    def __init__(self) -> None:
        self._sides: list[tuple[Int64s, Int64s]] = []
        self._terms: list[tuple[Int64s, Int64s, Int64s]] = []
        self._count = 0

    def rows(self, lows: Int64s, highs: Int64s) -> Int64s:
        self._sides.append((lows, highs))
        first, self._count = self._count, self._count + len(lows)
        return np.arange(first, self._count)

    def terms(self, row: Int64s, column: Int64s, value: Int64s) -> None:
        self._terms.append((row, column, value))

    def one_each(self, owner_of: npt.NDArray[np.signedinteger]) -> tuple[int, Int64s]:
        """Of the first columns one for each owner; the first of these rows, and the owners."""
        owners, owner = np.unique(owner_of, return_inverse=True)
        rows = self.rows(np.full(len(owners), NO_LOW), np.ones(len(owners), np.int64))
        columns = np.arange(len(owner_of))
        self.terms(rows[owner], columns, np.ones(len(columns), np.int64))
        return self._count - len(owners), owners

    def solved(self, highs: Int64s, form: Form, until: float) -> Relaxed | None:
        row, column, value = (np.concatenate(part) for part in zip(*self._terms, strict=True))
        low, high = (np.concatenate(part) for part in zip(*self._sides, strict=True))
        bounds = np.zeros(len(highs), np.int64), highs
        matrix = Matrix.of_terms(bounds, (low, high), (row, column, value))
        return Engine(matrix).relaxed(form, until)


def _mean_size(terms: _Terms) -> Int64s:
    """Per row the mean size of its coefficients: by how much one person moves it."""
    count = np.bincount(terms.row, minlength=len(terms.low))
    total = np.bincount(terms.row, np.abs(terms.value), minlength=len(terms.low))
    return np.rint(total / np.maximum(1, count)).astype(np.int64)


def _extremes(demands: Demands, terms: _Terms) -> Int64s:
    """Arcs of which all others are mixtures, as far as these rows can tell.

    Two arcs of a post that count alike in every row are one. Rows with many different coefficients
    count by a quantity (an age less the bound); arcs alike in all other rows whose quantities
    differ by the same in all such rows lie on a line, and its two ends are enough.
    """
    pairs = np.unique(terms.row * (2**32) + (terms.value + 2**31))
    different = np.bincount(pairs // 2**32, minlength=len(terms.low))
    wide = different[terms.row] > WIDE
    drawn = np.random.default_rng(0).integers(1, 2**62, (2, len(terms.low)), np.int64)
    mixer = drawn.astype(np.uint64) * np.uint64(2) + np.uint64(1)
    begins = np.flatnonzero(np.append(True, terms.arc[1:] != terms.arc[:-1]))
    owner = np.cumsum(np.append(False, terms.arc[1:] != terms.arc[:-1]))
    line = np.full(len(begins), -1)
    places = np.flatnonzero(wide)
    line[owner[places[::-1]]] = places[::-1]  # the first wide term of each arc
    quantity = np.where(line >= 0, terms.value[line], 0)
    apart = np.where(wide, terms.value - quantity[owner], terms.value)
    mark = mixer[0, terms.row] * apart.astype(np.uint64) + mixer[1, terms.row]
    sign = np.add.reduceat(mark, begins) if len(begins) else mark
    post = demands.rows.arc_post[terms.arcs]
    order = np.lexsort((quantity, sign, post))
    new = np.append(
        True, (sign[order][1:] != sign[order][:-1]) | (post[order][1:] != post[order][:-1])
    )
    ends = new | np.append(new[1:], True)
    return np.sort(terms.arcs[order[ends]])
