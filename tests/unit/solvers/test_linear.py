"""Linear programmes that take turns, and arrays kept narrow: the same answers in less memory."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banzi.solvers.linear import NO_SIDE, Columns, LinearProgramme, Turn, Turns
from banzi.solvers.packed import narrowed


def _columns(draw: np.random.Generator, count: int, rows: int) -> Columns:
    """Columns between 0 and 1 with a term in every row."""
    return Columns(
        costs=draw.integers(0, 9, count).astype(float),
        lows=np.zeros(count),
        highs=np.ones(count),
        starts=np.arange(0, count * rows + 1, rows, dtype=np.int32),
        rows=np.tile(np.arange(rows, dtype=np.int32), count),
        values=draw.integers(1, 5, count * rows).astype(float),
    )


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_programmes_solved_in_turn_reach_what_each_reaches_alone(seed: int) -> None:
    draw = np.random.default_rng(seed)
    sizes = [(int(draw.integers(3, 12)), int(draw.integers(1, 5))) for _ in range(3)]
    made = [(_columns(draw, *size), np.full(size[1], 6.0)) for size in sizes]
    turns = Turns()
    mine = [Turn(np.zeros(len(highs)), highs, columns) for columns, highs in made]
    for _round in range(3):
        for turn, (columns, highs) in zip(mine, made, strict=True):
            costs = draw.integers(0, 20, len(columns)).astype(float)
            found = turns.solve(turn, costs, math.inf)
            columns.costs[:] = costs
            alone = LinearProgramme(np.zeros(len(highs)), highs, columns).solve()
            assert found is not None
            assert alone is not None
            assert found.value == pytest.approx(alone.value)
            # by duality the prices prove the value, whichever of the equal ones they are
            spare = costs - found.row_duals @ columns.values.reshape(len(columns), -1).T
            bound = float(found.row_duals @ highs) + np.maximum(0, spare).sum()
            assert bound == pytest.approx(found.value)


def test_a_turn_without_time_finds_nothing() -> None:
    columns = _columns(np.random.default_rng(0), 3, 2)
    turn = Turn(np.zeros(2), np.ones(2), columns)
    assert Turns().solve(turn, columns.costs, 0.0) is None


@given(st.lists(st.integers(-(2**40), 2**40)))
def test_narrow_numbers_are_the_same_numbers(numbers: list[int]) -> None:
    kept = narrowed(np.array(numbers, np.int64))
    assert kept.tolist() == numbers
    greatest = max(map(abs, numbers), default=0)
    assert kept.dtype.itemsize == (2 if greatest < 2**15 else 4 if greatest < 2**31 else 8)


def test_a_turn_whose_columns_are_capped_is_a_programme_whose_columns_are() -> None:
    turns = Turns(presolve=True)
    for seed in range(20):
        draw = np.random.default_rng(seed)
        count, rows = 8, 5
        columns, highs = _columns(draw, count, rows), draw.integers(1, 9, rows).astype(float)
        programme = LinearProgramme(np.full(rows, -NO_SIDE), highs, columns)
        turn = Turn(np.full(rows, -NO_SIDE), highs, columns)
        for _ in range(3):  # caps on some columns from the front, later ones from the last basis
            caps = draw.integers(0, 2, 5).astype(float)
            programme.limit_columns(np.arange(5), np.zeros(5), caps)
            turn.cap(caps)
            known, found = programme.solve(), turns.solve(turn, columns.costs, math.inf)
            assert known is not None
            assert found is not None
            assert found.value == pytest.approx(known.value)
            assert (found.columns[:5] <= caps + 1e-9).all()
