"""The least that a plan of one block must lose against its prices: compiled loops.

A bound adds up what each post and each row could be worth at best, one by one. A plan cannot have
all of that at once; what it falls short by is its loss, post by post (another arc than the best
one) and row by row (an activity that earns less than its price). All losses are ≥ 0, in 1/scale.
The search goes through the posts in depth, arcs by rising loss; of rows it takes the least loss
that any activity still within reach would have, and turns back above `limit`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from banzi.staffing.system.rows import Int64s

NEVER = 1 << 61
"""The loss of what may not be."""

HARD = 0
MISS = 1
STEPS = 2
OFF = 3


class BlockRows(NamedTuple):
    """Rows of a block in losses: `kind` HARD, MISS, STEPS or OFF (no account), prices and weights in 1/scale.

    `table[table_start[r] : table_start[r + 1]]` has the loss of a STEPS row at 0, 1, 2 …
    Between `easy` and `ease` a row loses nothing.
    Row `cut[k]` makes the miss of row `of[k]` at least its own; the weight is divided among the
    two, and `cut_loss` is what their dividing leaves out.
    """

    kind: Int64s
    low: Int64s
    high: Int64s
    price: Int64s
    weight: Int64s
    unit: Int64s
    table_start: Int64s
    table: Int64s
    easy: Int64s
    ease: Int64s
    cut: Int64s
    of: Int64s


def missed(low: int, high: int, unit: int, at: int) -> int:
    """Started units outside `low … high`."""
    return -(-max(0, low - at, at - high) // unit)


def cut_loss(rows: Any, activity: Any) -> int:
    """What rows and their cuts lose together beyond what each of them loses by itself."""
    more = 0
    for k in range(len(rows.cut)):
        cut, of = rows.cut[k], rows.of[k]
        by_cut = missed(rows.low[cut], rows.high[cut], rows.unit[cut], activity[cut])
        by_row = missed(rows.low[of], rows.high[of], rows.unit[of], activity[of])
        share, own = rows.weight[cut], rows.weight[of]
        more += (share + own) * max(by_cut, by_row) - share * by_cut - own * by_row
    return more


def miss_loss(low: int, high: int, price: int, weight: int, unit: int, at: int) -> int:
    """What a MISS row loses at one activity."""
    lost = weight * missed(low, high, unit, at)
    if price > 0:
        lost += price * (high - at)
    elif price < 0:
        lost += price * (low - at)
    return lost


def row_loss(rows: Any, row: int, first: int, last: int) -> Any:
    """The least loss of a row over the activities `first … last`."""
    low, high, price = rows.low[row], rows.high[row], rows.price[row]
    kind = rows.kind[row]
    if kind == HARD:
        if last < low or first > high:
            return NEVER
        if price > 0:
            return price * (high - min(last, high))
        if price < 0:
            return price * (low - max(first, low))
        return 0
    if kind == MISS:
        if first <= high and last >= low:
            if price > 0:
                return price * (high - min(last, high))
            if price < 0:
                return price * (low - max(first, low))
            return 0
        weight, unit = rows.weight[row], rows.unit[row]
        # outside: the end of the started unit that lies in reach, later units cost no less
        if first > high:
            end = min(last, high - (-(first - high) // unit) * unit) if price > 0 else first
            return miss_loss(low, high, price, weight, unit, end)
        end = max(first, low + (-(low - last) // unit) * unit) if price < 0 else last
        return miss_loss(low, high, price, weight, unit, end)
    table = rows.table_start[row]
    most = rows.table_start[row + 1] - table - 1
    least = NEVER
    for at in range(max(0, first), min(last, most) + 1):
        least = min(least, rows.table[table + at])
    return least


def _dear(rows: Any, row: int) -> Any:
    if rows.kind[row] == STEPS:
        return NEVER
    return abs(rows.price[row])


def least_loss(
    rows: Any,
    arc_start: Any,
    arc_rows: Any,
    arc_values: Any,
    arc_person: Any,
    choice_start: Any,
    choices: Any,
    losses: Any,
    persons: int,
    limit: int,
    most_nodes: int,
    kept: Any,
    kept_losses: Any,
    every: bool,
    since: Any,
    owed: Any,
) -> tuple[int, int]:
    """The least loss up to `limit`, `limit + 1` when there is none; and how many nodes it took.

    Arcs are numbered within the block, -1 for an empty post. Choices of depth d are
    `choice_start[d] : choice_start[d + 1]` by rising loss. The first line of `kept` receives the
    choices of the best plan, by depth, and `kept_losses` its loss. Gives up above `most_nodes` with
    a negative number of nodes: then the first result is the loss of the best plan so far and
    nothing is proven.

    With `every` the lines of `kept` receive all plans that lose at most `limit`, and the first
    result is their number; it gives up as well when there are more of them than lines.

    `owed[d]`: what choices from depth `since[d]` ≥ d on lose at least, with the rows that no choice
    before them touches; for d up to `depths`.
    """
    depths = len(choice_start) - 1
    count = len(rows.kind)
    # rows that the choice at a depth can change, and the values of every choice in them
    touched_start = np.zeros(depths + 1, np.int64)
    mark = np.zeros(count, np.int64)
    total = 0
    for d in range(depths):
        for c in range(choice_start[d], choice_start[d + 1]):
            arc = choices[c]
            if arc >= 0:
                for k in range(arc_start[arc], arc_start[arc + 1]):
                    if rows.kind[arc_rows[k]] != OFF and mark[arc_rows[k]] != d + 1:
                        mark[arc_rows[k]] = d + 1
                        total += 1
        touched_start[d + 1] = total
    touched = np.zeros(total, np.int64)
    place = np.zeros(count, np.int64)
    mark[:] = 0
    width = 0
    at = 0
    sizes = np.zeros(depths + 1, np.int64)
    for d in range(depths):
        for c in range(choice_start[d], choice_start[d + 1]):
            arc = choices[c]
            if arc >= 0:
                for k in range(arc_start[arc], arc_start[arc + 1]):
                    if rows.kind[arc_rows[k]] != OFF and mark[arc_rows[k]] != d + 1:
                        mark[arc_rows[k]] = d + 1
                        touched[at] = arc_rows[k]
                        at += 1
        # dear rows first: they are what makes a choice too dear
        for j in range(touched_start[d] + 1, at):
            row, k = touched[j], j
            while k > touched_start[d] and _dear(rows, touched[k - 1]) < _dear(rows, row):
                touched[k] = touched[k - 1]
                k -= 1
            touched[k] = row
        span = touched_start[d + 1] - touched_start[d]
        sizes[d + 1] = sizes[d] + span * (choice_start[d + 1] - choice_start[d])
        width = max(width, span)
    values = np.zeros(sizes[depths], np.int64)
    below = np.zeros((depths + 1, count), np.int64)
    above = np.zeros((depths + 1, count), np.int64)
    for d in range(depths - 1, -1, -1):
        first, span = touched_start[d], touched_start[d + 1] - touched_start[d]
        number = choice_start[d + 1] - choice_start[d]
        for j in range(span):
            place[touched[first + j]] = j
        for i in range(number):
            arc = choices[choice_start[d] + i]
            if arc >= 0:
                for k in range(arc_start[arc], arc_start[arc + 1]):
                    if rows.kind[arc_rows[k]] != OFF:
                        values[sizes[d] + i * span + place[arc_rows[k]]] = arc_values[k]
        for r in range(count):
            below[d, r] = below[d + 1, r]
            above[d, r] = above[d + 1, r]
        for j in range(span):
            least = NEVER
            greatest = -NEVER
            for i in range(number):
                value = values[sizes[d] + i * span + j]
                least = min(least, value)
                greatest = max(greatest, value)
            if number:
                below[d, touched[first + j]] += least
                above[d, touched[first + j]] += greatest
    activity = np.zeros(count, np.int64)
    lost = np.zeros(count, np.int64)
    spent = np.zeros(depths + 1, np.int64)
    for r in range(count):
        if rows.kind[r] != OFF:
            lost[r] = row_loss(rows, r, below[0, r], above[0, r])
        spent[0] = min(NEVER, spent[0] + lost[r])
    # of what is owed, the rows in question have told a part already
    first_touch = np.full(count, depths, np.int64)
    for d in range(depths - 1, -1, -1):
        for j in range(touched_start[d], touched_start[d + 1]):
            first_touch[touched[j]] = d
    tail = np.zeros(depths + 1, np.int64)
    for d in range(depths + 1):
        if owed[d] > 0:
            told = 0
            for r in range(count):
                if first_touch[r] >= since[d]:
                    told = min(NEVER, told + lost[r])
            tail[d] = max(0, owed[d] - told)
    taken = np.zeros(persons, np.int64)
    turn = np.zeros(depths + 1, np.int64)
    old = np.zeros((depths + 1, width + 1), np.int64)
    nodes = 0
    d = 0
    plans = 0
    if spent[0] + tail[0] > limit:
        return (0 if every else limit + 1), 1
    turn[0] = 0
    while d >= 0:
        if d == depths:
            whole = spent[d] + cut_loss(rows, activity)
            if whole <= limit:
                if plans == len(kept):
                    return plans, -nodes
                for e in range(depths):
                    kept[plans, e] = choices[choice_start[e] + turn[e] - 1]
                kept_losses[plans] = whole
                if every:
                    plans += 1
                else:
                    limit = whole - 1
            d -= 1
            continue
        first, span = touched_start[d], touched_start[d + 1] - touched_start[d]
        i = turn[d]
        if i > 0:
            # take back the choice before
            arc = choices[choice_start[d] + i - 1]
            if old[d, width] == 1:
                for j in range(span):
                    r = touched[first + j]
                    activity[r] -= values[sizes[d] + (i - 1) * span + j]
                    lost[r] = old[d, j]
                if arc >= 0:
                    taken[arc_person[arc]] = 0
                old[d, width] = 0
        if i == choice_start[d + 1] - choice_start[d]:
            turn[d] = 0
            d -= 1
            continue
        turn[d] = i + 1
        most = limit - tail[d + 1]
        now = spent[d] + losses[choice_start[d] + i]
        if now > most:
            turn[d] = 0
            d -= 1
            continue
        arc = choices[choice_start[d] + i]
        if arc >= 0 and taken[arc_person[arc]] == 1:
            continue
        nodes += 1
        if nodes > most_nodes:
            return (plans if every else limit + 1), -nodes
        done = 0
        for j in range(span):
            r = touched[first + j]
            done = j + 1
            at = activity[r] + values[sizes[d] + i * span + j]
            activity[r] = at
            old[d, j] = lost[r]
            first_at = at + below[d + 1, r]
            last_at = at + above[d + 1, r]
            new = 0  # most rows lose nothing most of the time: told here, a third of the time goes
            if first_at > rows.ease[r] or last_at < rows.easy[r]:
                new = row_loss(rows, r, first_at, last_at)
            now += new - lost[r]
            lost[r] = new
            if now > most:
                break
        if now > most:
            for j in range(done):
                r = touched[first + j]
                activity[r] -= values[sizes[d] + i * span + j]
                lost[r] = old[d, j]
            continue
        if arc >= 0:
            taken[arc_person[arc]] = 1
        old[d, width] = 1
        spent[d + 1] = now
        d += 1
        turn[d] = 0
    return (plans if every else limit + 1), nodes


def losses_of(
    rows: Any,
    arc_start: Any,
    arc_rows: Any,
    arc_values: Any,
    arc_losses: Any,
    empty_losses: Any,
    plans: Any,
) -> Any:
    """What each of some plans (plans × posts, arcs of the block or -1) loses."""
    losses = np.zeros(len(plans), np.int64)
    activity = np.zeros(len(rows.kind), np.int64)
    for n in range(len(plans)):
        activity[:] = 0
        for post in range(plans.shape[1]):
            arc = plans[n, post]
            if arc < 0:
                losses[n] += empty_losses[post]
                continue
            losses[n] += arc_losses[arc]
            for k in range(arc_start[arc], arc_start[arc + 1]):
                activity[arc_rows[k]] += arc_values[k]
        for r in range(len(rows.kind)):
            if rows.kind[r] != OFF:
                losses[n] = min(NEVER, losses[n] + row_loss(rows, r, activity[r], activity[r]))
        losses[n] = min(NEVER, losses[n] + cut_loss(rows, activity))
    return losses
