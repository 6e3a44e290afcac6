"""What the loops of the search work on: flat arrays of whole numbers, nothing else.

`Tables` is read only and shared by all threads, `Guide` is what a move is worth just now, `State`
belongs to one thread. All are flat, so that the same loops run on views as plain Python.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from banzi.kernel.compiling import read_only
from banzi.solvers.packed import least_and_greatest, narrowed, reduced, starts_of
from banzi.staffing.search.fields import (
    ACTIVITY,
    COUNTERS,
    HIGH,
    KIND,
    LONGEST,
    LOW,
    ROW,
    SHUT,
    STEPS,
    UNIT,
)
from banzi.staffing.system.rows import EMPTY, Int64s, Narrow, RowKind, RowSystem

Vector = Any
"""A flat array of whole numbers for machine code, a view of it for plain Python."""

_AT_ONCE = 4_096
"""Arcs whose terms are copied at a time."""

Vectors = TypeVar("Vectors", bound=tuple[Any, ...])


class Tables(NamedTuple):
    """The problem. Arcs and rows are numbered as in the row system.

    Attributes
    ----------
    post_start, arc_post, arc_person
        As in the row system.
    arc_start, arc_terms
        Terms of arc a, rows rising: `arc_terms[2k]` the row and `arc_terms[2k + 1]` the coefficient
        for k in `arc_start[a] : arc_start[a + 1]`. Cuts are left out.
    row_start, row_arcs, row_coefficients
        The same terms by row.
    arc_values, row_tier, row_weight, step_values
        The tiers: arcs by tier one after another; a MISS row's tier and weight; running sums of
        gains, those of row r from `rows[ROW * r + STEPS]`.
    draw_start, draw_arcs
        Arcs that may be proposed, by post: not of a pinned post, not of a person pinned elsewhere.
    open_posts
        Posts that have any of them.
    musts, person_start, person_arcs
        Persons whose placing a tier asks for, and their arcs that may be proposed, by their place
        in `musts`.
    """

    post_start: Vector
    arc_post: Vector
    arc_person: Vector
    arc_start: Vector
    arc_terms: Vector
    row_start: Vector
    row_arcs: Vector
    row_coefficients: Vector
    arc_values: Vector
    row_tier: Vector
    row_weight: Vector
    step_values: Vector
    draw_start: Vector
    draw_arcs: Vector
    open_posts: Vector
    musts: Vector
    person_start: Vector
    person_arcs: Vector


class Guide(NamedTuple):
    """What things are worth to the search: tiers and penalties in one measure.

    `arcs` per arc, `steps` beside `Tables.step_values`, `cooling` the loss that a draw forgives at
    heat 1, in 65536ths. Prices of rows stand in the state, since penalties are a thread's own.
    """

    arcs: Vector
    steps: Vector
    cooling: Vector


class State(NamedTuple):
    """One thread's plan and what follows from it.

    Attributes
    ----------
    rows
        `ROW` numbers a row: sides, kind, price, unit, activity, worth (`fields`).
    ranked
        `Tables.draw_arcs`, within each post those first that look best just now.
    plan, seat, kept
        Arc of each post; post of each person; the best plan met so far. EMPTY for none.
    stamp, change, touched, fresh
        Room for weighing one move: rows touched, by how much, and their worth afterwards.
    move_post, move_arc
        The move: posts that change and their new arcs.
    broken, broken_at, vacant, vacant_at
        Hard rows that do not hold and open posts that are empty, with each one's place in the list.
    tiers, tiers_next, tiers_kept
        Exact values now, after the move weighed, and of the best plan.
    random, counters
        Of the generator; `fields` names the counters.
    """

    rows: Vector
    ranked: Vector
    plan: Vector
    seat: Vector
    kept: Vector
    stamp: Vector
    change: Vector
    touched: Vector
    fresh: Vector
    move_post: Vector
    move_arc: Vector
    broken: Vector
    broken_at: Vector
    vacant: Vector
    vacant_at: Vector
    tiers: Vector
    tiers_next: Vector
    tiers_kept: Vector
    random: Vector
    counters: Vector


def as_views(vectors: Vectors) -> Vectors:
    """The same memory as views, on which plain Python is several times faster than on arrays."""
    return type(vectors)(*(memoryview(vector) for vector in vectors))


def make_tables(rows: RowSystem) -> Tables:
    """Cut the row system to what the loops read."""
    arc_start, terms = _terms(rows)
    sums = [np.concatenate([[0], np.cumsum(g)]) for g in _gains(rows)]
    draw_arcs = np.flatnonzero(drawable(rows))
    draw_start = _starts(rows.arc_post[draw_arcs], rows.posts)
    musts = _musts(rows)
    place = np.full(rows.persons, -1)
    place[musts] = np.arange(len(musts))
    of_musts = draw_arcs[place[rows.arc_person[draw_arcs]] >= 0]
    of_musts = of_musts[np.argsort(place[rows.arc_person[of_musts]], kind="stable")]
    tables = Tables(
        post_start=rows.post_start,
        arc_post=rows.arc_post,
        arc_person=rows.arc_person,
        arc_start=arc_start,
        arc_terms=terms,
        row_start=rows.row_start,
        row_arcs=rows.row_arcs,
        row_coefficients=rows.row_coefficients.astype(terms.dtype, copy=False),
        arc_values=rows.arc_values.reshape(-1),
        row_tier=rows.tier.astype(np.int64),
        row_weight=rows.weight,
        step_values=np.concatenate([*sums, np.zeros(1, np.int64)]).astype(np.int64),
        draw_start=draw_start,
        draw_arcs=draw_arcs.astype(np.int32),
        open_posts=np.flatnonzero(np.diff(draw_start)),
        musts=musts,
        person_start=_starts(place[rows.arc_person[of_musts]], len(musts)),
        person_arcs=of_musts.astype(np.int32),
    )
    return Tables(*map(read_only, tables))


def drawable(rows: RowSystem) -> npt.NDArray[np.bool_]:
    """Per arc whether it may be proposed: not of a pinned post, of a pinned person, or banned."""
    post_open = np.ones(rows.posts, bool)
    post_open[rows.arc_post[rows.pinned]] = False
    may = post_open[rows.arc_post] & _person_open(rows)[rows.arc_person]
    may[rows.banned] = False
    return may


def _person_open(rows: RowSystem) -> npt.NDArray[np.bool_]:
    found = np.ones(rows.persons, bool)
    found[rows.arc_person[rows.pinned]] = False
    return found


def _terms(rows: RowSystem) -> tuple[Int64s, Narrow]:
    """`arc_start` and `arc_terms` of the tables.

    A few arcs at a time: they are half of what a search holds, and nothing as large stands beside.
    """
    cut = rows.kind == RowKind.CUT
    cuts = int(np.diff(rows.row_start)[cut].sum())
    sides = least_and_greatest(rows.row_coefficients, rows.row_start)
    wide = narrowed(np.concatenate([*sides, [rows.rows]])).dtype
    terms = np.empty((len(rows.arc_rows) - cuts, 2), wide)
    starts, done = [np.zeros(1, np.int64)], 0
    for first in range(0, rows.arcs, _AT_ONCE):
        at = rows.arc_start[first : first + _AT_ONCE + 1]
        span = slice(at[0], at[-1])
        real = ~cut[rows.arc_rows[span]]
        sums = starts_of(real)
        some = slice(done, done + int(sums[-1]))
        terms[some, 0] = rows.arc_rows[span][real]
        terms[some, 1] = rows.arc_coefficients[span][real]
        starts.append(done + sums[at[1:] - at[0]])
        done = some.stop
    return np.concatenate(starts), terms.reshape(-1)


def make_state(rows: RowSystem, tables: Tables, seed: int) -> State:
    """A thread's state without a plan or prices; `seat` gives it the one."""
    longest = int(np.diff(tables.arc_start).max(initial=0))
    room = min(rows.rows, 2 * LONGEST * longest) + 1
    tiers = len(rows.constants)
    numbers = {
        "rows": _row_fields(rows),
        "ranked": tables.draw_arcs.copy(),
        "plan": np.full(rows.posts, EMPTY, np.int64),
        "seat": np.full(rows.persons, EMPTY, np.int64),
        "kept": np.full(rows.posts, EMPTY, np.int64),
        "stamp": np.zeros(rows.rows, np.int64),
        "change": np.zeros(rows.rows, np.int64),
        "touched": np.zeros(room, np.int64),
        "fresh": np.zeros(room, np.int64),
        "move_post": np.zeros(LONGEST, np.int64),
        "move_arc": np.zeros(LONGEST, np.int64),
        "broken": np.zeros(rows.rows + 1, np.int64),
        "broken_at": np.full(rows.rows, -1, np.int64),
        "vacant": np.zeros(rows.posts + 1, np.int64),
        "vacant_at": np.full(rows.posts, -1, np.int64),
        "tiers": np.zeros(tiers, np.int64),
        "tiers_next": np.zeros(tiers, np.int64),
        "tiers_kept": np.zeros(tiers, np.int64),
        "random": np.array(_seeded(seed), np.int64),
        "counters": np.zeros(COUNTERS, np.int64),
    }
    return State(**numbers)


def seat(rows: RowSystem, state: State, plan: Int64s) -> None:
    """Put a plan in a state, whose worths and lists `walking.renew` then brings up to date.

    Pins are set, and what stands in their way or is banned is taken out.
    """
    plan = _with_pins(rows, plan)
    used = plan != EMPTY
    state.plan[:] = plan
    state.seat[:] = EMPTY
    state.seat[rows.arc_person[plan[used]]] = np.flatnonzero(used)
    state.rows.reshape(-1, ROW)[:, ACTIVITY] = rows.activities(plan)
    state.tiers[:] = rows.tier_values(plan)


def _with_pins(rows: RowSystem, plan: Int64s) -> Int64s:
    """Pins in place, and what stands in their way or is banned taken out."""
    plan = np.array(plan, np.int64)
    used = np.flatnonzero(plan != EMPTY)
    person = rows.arc_person[plan[used]]
    bad = np.isin(person, rows.arc_person[rows.pinned]) | np.isin(plan[used], rows.banned)
    plan[used[bad]] = EMPTY
    plan[rows.arc_post[rows.pinned]] = rows.pinned
    return plan


def _row_fields(rows: RowSystem) -> Int64s:
    fields = np.zeros((rows.rows, ROW), np.int64)
    sizes = np.array([len(g) + 1 for g in _gains(rows)], np.int64)
    steps = rows.kind == RowKind.STEPS
    fields[:, LOW], fields[:, HIGH], fields[:, KIND] = rows.low, rows.high, rows.kind
    fields[rows.kind == RowKind.CUT, KIND] = RowKind.MISS  # no arc touches it, and it has no price
    fields[:, UNIT] = np.where(rows.kind == RowKind.HARD, typical(rows), rows.unit)
    fields[steps, STEPS] = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(sizes) else 0
    fields[steps, HIGH] = sizes - 1
    return fields.reshape(-1)


def typical(rows: RowSystem) -> Int64s:
    """Per row the mean size of its coefficients: by how much one person moves it."""
    sums = reduced(np.add, np.abs(rows.row_coefficients), rows.row_start)
    mean: Int64s = np.maximum(1, sums // np.maximum(1, np.diff(rows.row_start)))
    return mean


def _gains(rows: RowSystem) -> list[Int64s]:
    return [
        rows.gains[rows.gains_start[r] : rows.gains_start[r + 1]]
        for r in np.flatnonzero(rows.kind == RowKind.STEPS)
    ]


def _musts(rows: RowSystem) -> Int64s:
    """Persons whose every arc is worth more in the first tier than the least of arcs."""
    if not rows.arcs or not len(rows.constants):
        return np.zeros(0, np.int64)
    first = rows.arc_values[0]
    least = np.full(rows.persons, np.iinfo(np.int64).max)
    np.minimum.at(least, rows.arc_person, first)
    wanted = (least > first.min()) & (least < np.iinfo(np.int64).max) & _person_open(rows)
    return np.flatnonzero(wanted)


def _starts(places: Any, size: int) -> Int64s:
    return np.concatenate([[0], np.cumsum(np.bincount(places, minlength=size))]).astype(np.int64)


def _seeded(seed: int) -> tuple[int, int]:
    """Two well-mixed 32-bit words, the first of them not 0."""
    words = np.random.SeedSequence(seed).generate_state(2)
    return int(words[0]) or SHUT, int(words[1])
