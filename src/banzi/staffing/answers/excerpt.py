"""A block as a row system of its own, so that the loops which prove bounds can search it.

The tiers before the last are held at the most that anyone could make of them, which is said by what
is open and by hard rows; what is left is one tier: the last, and, of a post kept worth less than a
point of it, how many posts stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from banzi.solvers.packed import spans, starts_of
from banzi.staffing.answers.block import Block, Goal
from banzi.staffing.proof.question import Mask, Question
from banzi.staffing.system.rows import (
    EMPTY,
    NO_TIER,
    OPEN_HIGH,
    OPEN_LOW,
    Int64s,
    RowKind,
    RowSystem,
)


def excerpt(block: Block, both: Goal, weight: int, floors: Sequence[int]) -> Question | None:
    """The question what `both` can be worth while earlier tiers reach `floors`.

    Arc k of it is the block's, posts stand in the block's order. None where an earlier tier may
    fall short of its best, or where pins contradict each other (then other ways must do).

    Parameters
    ----------
    both
        The goal: `weight` times the last tier, and what counts less.
    floors
        Per tier before the last.
    """
    rows, arcs, last = block.standing.rows, block.arcs, len(block.tiers) - 1
    if any(
        len(np.unique(of[block.pinned])) < len(block.pinned)
        for of in (rows.arc_post, rows.arc_person)
    ):
        return None  # two of one post, or of one person: a search that sees rows only tells that
    post = np.searchsorted(block.posts, rows.arc_post[arcs])
    open_, filled = np.ones(len(arcs), bool), np.zeros(len(block.posts), bool)
    placed = np.zeros(rows.persons, bool)
    for goal, floor in zip(block.tiers, floors, strict=False):
        values, others = goal.costs[: len(arcs)], goal.costs[len(arcs) :]
        wanted = floor - goal.constant
        wanted -= int((np.maximum(0, others) * block.matrix.highs[len(arcs) :]).sum())
        best = np.zeros(len(block.posts), np.int64)
        np.maximum.at(best, post, values)
        if wanted == best.sum():
            open_ &= values == best[post]
            filled |= best > 0
            continue
        each = _for_each(block, values, wanted)
        if each is None:
            return None
        filled[:] = True
        placed |= each
    system = _system(block, both, weight, last, post, np.flatnonzero(placed))
    if system is None:
        return None
    question = Question(system, 0, ())
    question.open &= open_
    question.filled |= filled
    return question


def _for_each(block: Block, values: Int64s, wanted: int) -> Mask | None:
    """Whom a tier wants placed that pays so much for every post filled and for some persons placed,
    when nothing less than all of that is `wanted`; None for any other tier."""
    persons = block.standing.rows.arc_person[block.arcs]
    base = int(values.min()) if len(values) else 0
    extra = np.zeros(block.standing.rows.persons, np.int64)
    np.maximum.at(extra, persons, values - base)
    if base <= 0 or (values - base != extra[persons]).any():
        return None
    return extra > 0 if wanted == base * len(block.posts) + int(extra.sum()) else None


def _system(
    block: Block, both: Goal, weight: int, last: int, post: Int64s, placed: Int64s
) -> RowSystem | None:
    """`placed`: persons who must sit in a free post."""
    rows, arcs, held = block.standing.rows, block.arcs, block.held
    places, owner = spans(rows.arc_start, arcs)
    row = rows.arc_rows[places].astype(np.int64)
    value = rows.arc_coefficients[places].astype(np.int64)
    order = np.lexsort((owner, row))
    row, value, owner = row[order], value[order], owner[order]
    chosen = _that_matter(block, row, value, owner)
    kind, tier = rows.kind[chosen].astype(np.int64), rows.tier[chosen].astype(np.int64)
    earlier = (tier != NO_TIER) & (tier < last)
    if (earlier & (kind == RowKind.STEPS)).any():
        return None
    kind[earlier & (kind == RowKind.MISS)] = RowKind.HARD
    place = np.full(rows.rows, EMPTY)
    place[chosen] = np.arange(len(chosen))
    low, high = rows.low[chosen], rows.high[chosen]
    low = np.where(low == OPEN_LOW, OPEN_LOW, low - held[chosen])
    high = np.where(high == OPEN_HIGH, OPEN_HIGH, high - held[chosen])
    gains = [_further_gains(rows, int(r), int(held[r])) for r in chosen]
    kept, seats = place[row] >= 0, np.flatnonzero(np.isin(rows.arc_person[arcs], placed))
    seated = len(chosen) + np.searchsorted(placed, rows.arc_person[arcs[seats]])
    row = np.concatenate([place[row[kept]], seated])
    owner = np.concatenate([owner[kept], seats])
    value = np.concatenate([value[kept], np.ones(len(seats), np.int64)])
    order = np.lexsort((owner, row))
    row, owner, value = row[order], owner[order], value[order]
    count, more = len(chosen) + len(placed), len(placed)
    by_arc = np.lexsort((row, owner))
    people, person = np.unique(rows.arc_person[arcs], return_inverse=True)
    return RowSystem(
        persons=len(people),
        post_start=starts_of(np.bincount(post, minlength=len(block.posts))),
        arc_post=post.astype(np.int32),
        arc_person=person.astype(np.int32),
        arc_pair=np.arange(len(arcs)),
        pinned=np.flatnonzero(np.isin(arcs, block.pinned)),
        banned=np.zeros(0, np.int64),
        arc_values=both.costs[np.newaxis, : len(arcs)],
        constants=np.array([both.constant], np.int64),
        kind=np.append(kind, np.full(more, RowKind.HARD)).astype(np.int8),
        low=np.append(low, np.ones(more, np.int64)),
        high=np.append(high, np.full(more, OPEN_HIGH)),
        tier=np.append(np.where(tier == last, 0, NO_TIER), np.full(more, NO_TIER)).astype(np.int32),
        weight=np.append(rows.weight[chosen] * weight, np.zeros(more, np.int64)),
        unit=np.append(rows.unit[chosen], np.ones(more, np.int64)),
        of=np.append(place[rows.of[chosen]], np.arange(len(chosen), count)).astype(np.int32),
        gains_start=starts_of([*map(len, gains), *[0] * more]),
        gains=np.concatenate([np.zeros(0, np.int64), *gains]) * weight,
        row_start=starts_of(np.bincount(row, minlength=count)),
        row_arcs=owner.astype(np.int32),
        row_coefficients=value,
        arc_start=starts_of(np.bincount(owner, minlength=len(arcs))),
        arc_rows=row[by_arc].astype(np.int32),
        arc_coefficients=value[by_arc],
        names=(*(rows.names[r] for r in chosen), *(("placed", str(c)) for c in placed)),
    )


def _that_matter(block: Block, row: Int64s, value: Int64s, owner: Int64s) -> Int64s:
    """Rows that the free posts can bring out of their sides or earn something by, rising."""
    rows = block.standing.rows
    touched = np.unique(row)
    least, most = block.reach(row, value, owner, touched)
    at = block.held[touched]
    out = ((rows.low[touched] != OPEN_LOW) & (at + least < rows.low[touched])) | (
        (rows.high[touched] != OPEN_HIGH) & (at + most > rows.high[touched])
    )
    chosen = touched[out | (rows.kind[touched] == RowKind.STEPS)]
    cuts = chosen[rows.kind[chosen] == RowKind.CUT]
    soft = cuts[rows.kind[rows.of[cuts]] == RowKind.MISS]
    idle = soft[~np.isin(rows.of[soft], chosen)]  # their row misses nothing
    return np.unique(
        np.concatenate([np.setdiff1d(chosen, idle), rows.of[np.setdiff1d(cuts, idle)]])
    ).astype(np.int64)


def _further_gains(rows: RowSystem, row: int, held: int) -> Int64s:
    """What the next units of a row earn on top of those that are held."""
    first, last = int(rows.gains_start[row]), int(rows.gains_start[row + 1])
    gains: Int64s = rows.gains[min(first + held, last) : last]
    return gains
