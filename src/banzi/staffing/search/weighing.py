"""What a move is worth, and making it: only the rows of arcs that change are touched.

The loops use their arguments, plain-number constants and each other, so that they run translated
(`kernel.compiling`) and as plain Python alike, with equal results: everything is a whole number.
"""

from __future__ import annotations

from typing import Any

from banzi.staffing.search.fields import (
    ACTIVITY,
    BROKEN,
    FOUND,
    HARD,
    HIGH,
    KIND,
    LENGTH,
    LOW,
    MISS,
    NOBODY,
    PENDING,
    PRICE,
    ROW,
    STAMP,
    STEPS,
    UNIT,
    VACANT,
    WORTH,
)


def row_worth(rows: Any, steps: Any, at: int, activity: int) -> int:
    """What the row whose fields begin at `at` is worth to the search at an activity; 0 at best.

    A broken hard row costs half its price at once and the rest by the typical coefficient.
    """
    kind = rows[at + KIND]
    high = rows[at + HIGH]
    if kind != HARD and kind != MISS:
        units = activity if activity < high else high
        return int(steps[rows[at + STEPS] + (units if units > 0 else 0)])
    low = rows[at + LOW]
    if activity < low:
        outside = low - activity
    elif activity > high:
        outside = activity - high
    else:
        return 0
    unit = rows[at + UNIT]
    if kind == HARD:
        return -int(rows[at + PRICE] * (unit + 2 * outside) // (2 * unit))
    return -int(rows[at + PRICE] * ((outside + unit - 1) // unit))


def weigh(tables: Any, guide: Any, state: Any, moves: int) -> int:
    """Gain in worth if the posts in `move_post` took the arcs in `move_arc`.

    Leaves the rows touched, their changes and new worth in the state, for `make`.
    """
    counters, stamps, change, touched = state.counters, state.stamp, state.change, state.touched
    terms, starts, rows = tables.arc_terms, tables.arc_start, state.rows
    now = counters[STAMP] + 1
    counters[STAMP] = now
    length = 0
    gain = 0
    for k in range(moves):
        arc = state.plan[state.move_post[k]]
        sign = -1
        for _ in range(2):
            if arc != NOBODY:
                gain += sign * guide.arcs[arc]
                for j in range(starts[arc], starts[arc + 1]):
                    row = terms[2 * j]
                    step = sign * terms[2 * j + 1]
                    if stamps[row] == now:
                        change[row] += step
                    else:
                        stamps[row] = now
                        change[row] = step
                        touched[length] = row
                        length += 1
            arc = state.move_arc[k]
            sign = 1
    for k in range(length):
        row = touched[k]
        at = ROW * row
        worth = rows[at + WORTH]
        if change[row] != 0:
            fresh = row_worth(rows, guide.steps, at, rows[at + ACTIVITY] + change[row])
            state.fresh[k] = fresh
            gain += fresh - worth
    counters[LENGTH] = length
    return int(gain)


def exact_worth(tables: Any, rows: Any, row: int, activity: int) -> int:
    """What a MISS or STEPS row adds to its tier at an activity."""
    at = ROW * row
    high = rows[at + HIGH]
    if rows[at + KIND] != MISS:
        units = activity if activity < high else high
        return int(tables.step_values[rows[at + STEPS] + (units if units > 0 else 0)])
    low = rows[at + LOW]
    outside = low - activity if activity < low else activity - high
    if outside <= 0:
        return 0
    unit = rows[at + UNIT]
    return -int(tables.row_weight[row] * ((outside + unit - 1) // unit))


def make(tables: Any, state: Any, moves: int) -> None:
    """Make the move just weighed; keep the plan it leaves if that was the best and it is not."""
    counters, rows, change = state.counters, state.rows, state.change
    tiers, after = state.tiers, state.tiers_next
    arcs = len(tables.arc_post)
    for tier in range(len(tiers)):
        after[tier] = tiers[tier]
        for k in range(moves):
            old = state.plan[state.move_post[k]]
            new = state.move_arc[k]
            if old != NOBODY:
                after[tier] -= tables.arc_values[tier * arcs + old]
            if new != NOBODY:
                after[tier] += tables.arc_values[tier * arcs + new]
    for k in range(counters[LENGTH]):
        row = state.touched[k]
        if change[row] != 0:
            at = ROW * row
            before = rows[at + ACTIVITY]
            activity = before + change[row]
            if rows[at + KIND] == HARD:
                held = rows[at + LOW] <= before and before <= rows[at + HIGH]
                holds = rows[at + LOW] <= activity and activity <= rows[at + HIGH]
                if held != holds:
                    counters[BROKEN] = relist(
                        state.broken, state.broken_at, counters[BROKEN], row, not holds
                    )
            else:
                after[tables.row_tier[row]] += exact_worth(
                    tables, rows, row, activity
                ) - exact_worth(tables, rows, row, before)
            rows[at + ACTIVITY] = activity
            rows[at + WORTH] = state.fresh[k]
    better = counters[BROKEN] == 0 and (
        counters[FOUND] == 0 or exceeds(after, tiers if counters[PENDING] else state.tiers_kept)
    )
    if counters[PENDING] != 0 and not better:
        keep(state)
    place(tables, state, moves)
    for tier in range(len(tiers)):
        tiers[tier] = after[tier]
    if better:
        counters[PENDING] = 1
        counters[FOUND] = 1


def place(tables: Any, state: Any, moves: int) -> None:
    """Write the new arcs and seats, and who is missing where."""
    for k in range(moves):
        old = state.plan[state.move_post[k]]
        if old != NOBODY:
            state.seat[tables.arc_person[old]] = NOBODY
    for k in range(moves):
        post = state.move_post[k]
        old = state.plan[post]
        new = state.move_arc[k]
        if new != NOBODY:
            state.seat[tables.arc_person[new]] = post
        if (old == NOBODY) != (new == NOBODY):
            state.counters[VACANT] = relist(
                state.vacant, state.vacant_at, state.counters[VACANT], post, new == NOBODY
            )
        state.plan[post] = new


def relist(members: Any, places: Any, count: int, item: int, joins: bool) -> int:
    """Let an item join or leave a list without order; return its new length."""
    if joins:
        if places[item] < 0:
            members[count] = item
            places[item] = count
            return count + 1
        return count
    at = places[item]
    if at < 0:
        return count
    last = members[count - 1]
    members[at] = last
    places[last] = at
    places[item] = -1
    return count - 1


def exceeds(values: Any, others: Any) -> bool:
    """Whether tier values are better, the first difference deciding."""
    for tier in range(len(values)):
        if values[tier] != others[tier]:
            return bool(values[tier] > others[tier])
    return False


def keep(state: Any) -> None:
    """Copy the plan of now as the best."""
    for post in range(len(state.plan)):
        state.kept[post] = state.plan[post]
    for tier in range(len(state.tiers)):
        state.tiers_kept[tier] = state.tiers[tier]
    state.counters[PENDING] = 0
