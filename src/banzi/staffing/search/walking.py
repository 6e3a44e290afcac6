"""Which move is tried next, and the walk that takes it or leaves it.

A move gives a post another person. If that person sits elsewhere, the seat is given to the one who
had to go, or to somebody free, or to a third who leaves a seat in turn: a chain of up to `LONGEST`
posts. Posts stay filled; a seat is left empty only where one was, or rarely to mend a broken row.
"""

from __future__ import annotations

from typing import Any

from banzi.staffing.search.fields import (
    ACTIVITY,
    BROKEN,
    CHAIN,
    COOLING,
    FOUND,
    HARD,
    HIGH,
    KIND,
    LENGTH,
    LOW,
    MOVES,
    NOBODY,
    PENDING,
    ROW,
    SHUT,
    TAKEN,
    VACANT,
    WORD,
    WORTH,
)
from banzi.staffing.search.weighing import exceeds, keep, make, relist, row_worth, weigh

TRIES = 4
"""Draws for somebody free before a chain goes on with whoever was drawn."""
SELDOM = 128
"""One move in so many empties a post: rules may ask for it, or nobody be better than somebody."""


def drawn(random: Any, limit: int) -> int:
    """A number below `limit` (a 32-bit xorshift, with a step added for a longer period)."""
    word = random[0]
    word ^= (word << 13) & WORD
    word ^= word >> 17
    word ^= (word << 5) & WORD
    random[0] = word
    step = (random[1] + SHUT) & WORD
    random[1] = step
    return int((((word + step) & WORD) * limit) >> 32)


def arc_between(tables: Any, post: int, person: int) -> int:
    """The arc of a post and a person, found by halving, or NOBODY."""
    low = tables.post_start[post]
    high = tables.post_start[post + 1]
    last = high
    while low < high:
        middle = (low + high) >> 1
        if tables.arc_person[middle] < person:
            low = middle + 1
        else:
            high = middle
    if low < last and tables.arc_person[low] == person:
        return int(low)
    return NOBODY


def arc_of_post(tables: Any, state: Any, post: int) -> int:
    """Some arc of a post that may be proposed, those that stand first more often."""
    first = tables.draw_start[post]
    size = tables.draw_start[post + 1] - first
    if size == 0:
        return NOBODY
    chance = drawn(state.random, 65536)
    chance = chance * chance >> 16
    if drawn(state.random, 4) == 0:
        chance = chance * chance >> 16
    return int(state.ranked[first + (chance * size >> 16)])


def mending_arc(tables: Any, state: Any, row: int, lacks: bool) -> int:
    """An arc that moves a row up if it lacks, else down, or one for a post whose arc does not."""
    first = tables.row_start[row]
    size = tables.row_start[row + 1] - first
    if size == 0:
        return NOBODY
    for _ in range(2 * TRIES):
        term = first + drawn(state.random, size)
        arc = tables.row_arcs[term]
        post = tables.arc_post[arc]
        used = state.plan[post] == arc
        if ((tables.row_coefficients[term] > 0) == lacks) != used:
            if used:
                return arc_of_post(tables, state, post)
            if tables.draw_start[post] < tables.draw_start[post + 1]:
                return int(arc)
    return NOBODY


def proposed_arc(tables: Any, state: Any) -> int:
    """The arc to bring in next: what is wrong comes first, the rest by chance."""
    random, counters = state.random, state.counters
    if counters[BROKEN] > 0 and drawn(random, 4) == 0:
        row = state.broken[drawn(random, counters[BROKEN])]
        lacks = state.rows[ROW * row + ACTIVITY] < state.rows[ROW * row + LOW]
        return mending_arc(tables, state, row, lacks)
    if counters[VACANT] > 0 and drawn(random, 8) == 0:
        return arc_of_post(tables, state, state.vacant[drawn(random, counters[VACANT])])
    if len(tables.musts) > 0 and drawn(random, 16) == 0:
        must = drawn(random, len(tables.musts))
        first = tables.person_start[must]
        size = tables.person_start[must + 1] - first
        if state.seat[tables.musts[must]] == NOBODY and size > 0:
            return int(tables.person_arcs[first + drawn(random, size)])
    return arc_of_post(tables, state, tables.open_posts[drawn(random, len(tables.open_posts))])


def chain(tables: Any, state: Any, arc: int, begun: int) -> int:
    """Append to a move of `begun` posts the chain that begins with an arc.

    Returns how many posts the move changes then, 0 when there is no such chain.
    """
    posts, arcs, plan = state.move_post, state.move_arc, state.plan
    random = state.random
    post = tables.arc_post[arc]
    old = plan[post]
    if old == arc or moved(tables, state, begun, post, tables.arc_person[arc]):
        return 0
    leaver = NOBODY if old == NOBODY else tables.arc_person[old]
    posts[begun] = post
    arcs[begun] = arc
    length = begun + 1
    seat = state.seat[tables.arc_person[arc]]
    while seat != NOBODY:
        if length == begun + CHAIN or moved(tables, state, length, seat, NOBODY):
            return 0
        if tables.draw_start[seat] == tables.draw_start[seat + 1]:
            return 0  # the person is pinned there
        posts[length] = seat
        if leaver != NOBODY:
            back = arc_between(tables, seat, leaver)
            if back != NOBODY and drawn(random, 4) != 0:
                arcs[length] = back
                return length + 1
        elif drawn(random, 4) == 0:
            arcs[length] = NOBODY
            return length + 1
        further = NOBODY
        taken = NOBODY
        for _ in range(TRIES):
            other = arc_of_post(tables, state, seat)
            person = tables.arc_person[other]
            if other == plan[seat] or person == leaver:
                continue
            further = other
            taken = state.seat[person]
            if taken == NOBODY:
                break
        if further == NOBODY or moved(tables, state, begun, NOBODY, tables.arc_person[further]):
            return 0
        arcs[length] = further
        length += 1
        seat = taken
    return length


def moved(tables: Any, state: Any, length: int, post: int, person: int) -> bool:
    """Whether the first posts of the move have that post, or bring that person in."""
    for k in range(length):
        if state.move_post[k] == post:
            return True
        arc = state.move_arc[k]
        if person != NOBODY and arc != NOBODY and tables.arc_person[arc] == person:
            return True
    return False


def mended(tables: Any, guide: Any, state: Any, length: int, gain: int, limit: int) -> int:
    """Append to a move that is good but for a hard row it breaks a second chain that mends the row.

    Returns how many posts the move changes then, 0 when it is not worth trying.
    """
    rows = state.rows
    worst = 0
    broken = NOBODY
    for k in range(state.counters[LENGTH]):
        row = state.touched[k]
        at = ROW * row
        if state.change[row] != 0 and rows[at + KIND] == HARD:
            loss = rows[at + WORTH] - state.fresh[k]
            gain += loss if loss > 0 else 0
            if loss > worst:
                worst = loss
                broken = row
    if broken == NOBODY or gain < limit:
        return 0
    lacks = rows[ROW * broken + ACTIVITY] + state.change[broken] < rows[ROW * broken + LOW]
    arc = mending_arc(tables, state, broken, lacks)
    if arc == NOBODY:
        return 0
    return chain(tables, state, arc, length)


def emptying(tables: Any, state: Any) -> int:
    """Write the move that leaves some post empty; return 1, or 0 if it is already."""
    post = tables.open_posts[drawn(state.random, len(tables.open_posts))]
    state.move_post[0] = post
    state.move_arc[0] = NOBODY
    return 0 if state.plan[post] == NOBODY else 1


def appraise(tables: Any, guide: Any, state: Any, gains: Any) -> None:
    """Per arc that may be proposed, in their order: the gain if its post took it, all else equal."""
    renew(tables, guide, state)
    for k in range(len(gains)):
        arc = tables.draw_arcs[k]
        post = tables.arc_post[arc]
        gains[k] = 0
        if state.plan[post] != arc:
            state.move_post[0] = post
            state.move_arc[0] = arc
            gains[k] = weigh(tables, guide, state, 1)


def walk(tables: Any, guide: Any, state: Any, moves: int, heat: int) -> None:
    """Weigh so many moves at one heat: take gains, and losses as far as chance forgives them."""
    counters = state.counters
    renew(tables, guide, state)
    for _ in range(moves):
        length = 0
        if drawn(state.random, SELDOM) == 0:
            length = emptying(tables, state)
        else:
            arc = proposed_arc(tables, state)
            if arc != NOBODY:
                length = chain(tables, state, arc, 0)
        if length == 0:
            continue
        limit = -(heat * guide.cooling[drawn(state.random, COOLING)] >> 16)
        gain = weigh(tables, guide, state, length)
        counters[MOVES] += 1
        if gain < limit and length <= CHAIN:
            length = mended(tables, guide, state, length, gain, limit)
            if length == 0:
                continue
            gain = weigh(tables, guide, state, length)
            counters[MOVES] += 1
        if gain < limit:
            continue
        make(tables, state, length)
        counters[TAKEN] += 1
    if counters[PENDING] != 0:
        keep(state)


def renew(tables: Any, guide: Any, state: Any) -> None:
    """Put worths and lists right after prices or the plan were set from outside."""
    counters, rows = state.counters, state.rows
    counters[BROKEN] = 0
    counters[VACANT] = 0
    for row in range(len(state.stamp)):
        at = ROW * row
        activity = rows[at + ACTIVITY]
        rows[at + WORTH] = row_worth(rows, guide.steps, at, activity)
        state.broken_at[row] = -1
        if rows[at + KIND] == HARD and (activity < rows[at + LOW] or activity > rows[at + HIGH]):
            counters[BROKEN] = relist(state.broken, state.broken_at, counters[BROKEN], row, True)
    for post in range(len(state.plan)):
        state.vacant_at[post] = -1
        if state.plan[post] == NOBODY and tables.draw_start[post] < tables.draw_start[post + 1]:
            counters[VACANT] = relist(state.vacant, state.vacant_at, counters[VACANT], post, True)
    if counters[BROKEN] == 0 and (counters[FOUND] == 0 or exceeds(state.tiers, state.tiers_kept)):
        keep(state)
        counters[FOUND] = 1
