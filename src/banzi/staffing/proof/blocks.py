"""Blocks: groups of posts that rows tie closely, so that a plan is one choice for each block.

Posts that stand together in a row are put into one block, rows with few posts first, as long as no
block grows beyond `most` posts. Rows whose posts all lie in one block are that block's own; what
is left (totals, rows of whole regions, one post a person) couples blocks and keeps its price.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from banzi.solvers.packed import least_and_greatest, spans, starts_of, taken
from banzi.staffing.proof.losing import HARD, MISS, NEVER, OFF, STEPS, BlockRows
from banzi.staffing.proof.multipliers import Reckoned, gains_of, weights_of
from banzi.staffing.proof.question import Mask, Question
from banzi.staffing.system.rows import Int64s, RowKind, RowSystem


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One group of posts with its own rows, all numbered within the block.

    Attributes
    ----------
    posts, arcs, rows
        The posts, their arcs that were open and the block's own rows by their numbers in the system.
    team
        Per post when a search should come to it: posts that share the rows with the fewest posts
        stand together, so that rows are soon complete. Going through a government before the
        Party committee it shares posts with took a tenth of the choices of any other order.
    post_start
        Arcs of post k are `post_start[k] : post_start[k + 1]`.
    rivals
        Persons (numbers in the system) who suit two posts of the block at least: one more row for
        each, behind `rows`, that they sit in one.
    alone
        Which of the rivals can sit in no other block.
    person, persons
        Per arc its person, numbered from 0; how many there are.
    arc_start, arc_rows, arc_values
        Terms by arc.
    """

    posts: Int64s
    arcs: Int64s
    rows: Int64s
    team: Int64s
    post_start: Int64s
    rivals: Int64s
    alone: npt.NDArray[np.bool_]
    person: Int64s
    persons: int
    arc_start: Int64s
    arc_rows: Int64s
    arc_values: Int64s


def block_of_posts(rows: RowSystem, counted: npt.NDArray[np.bool_], most: int) -> Int64s:
    """Per post the number of its block, from 0."""
    leader = list(range(rows.posts))
    size = [1] * rows.posts

    def lead(post: int) -> int:
        while leader[post] != post:
            leader[post] = post = leader[leader[post]]
        return post

    tied: list[tuple[int, list[int]]] = []
    for row in np.flatnonzero(counted).tolist():
        if rows.names[row][0] == "exclusion":
            continue
        span = rows.row_arcs[rows.row_start[row] : rows.row_start[row + 1]]
        posts = np.unique(rows.arc_post[span]).tolist()
        if 1 < len(posts) <= most:
            tied.append((len(posts), posts))
    for _, posts in sorted(tied, key=lambda pair: pair[0]):
        heads = {lead(post) for post in posts}
        if sum(size[head] for head in heads) <= most:
            first, *others = sorted(heads)
            for other in others:
                leader[other] = first
                size[first] += size[other]
    leaders = np.array([lead(post) for post in range(rows.posts)], np.int64)
    number: Int64s = np.unique(leaders, return_inverse=True)[1].astype(np.int64)
    return number


def rows_of_blocks(rows: RowSystem, block: Int64s, counted: npt.NDArray[np.bool_]) -> Int64s:
    """Per row the block whose own it is, -1 for rows between blocks or of no account.

    A cut goes with its row, both ways: only together they say what a miss costs.
    """
    of = taken(block.astype(np.int32)[rows.arc_post], rows.row_arcs)
    first, last = least_and_greatest(of, rows.row_start)
    nothing = np.diff(rows.row_start) == 0
    first[nothing], last[nothing] = len(block), -1
    for cut in np.flatnonzero(rows.kind == RowKind.CUT):
        whole = rows.of[cut]
        first[whole] = min(first[whole], first[cut])
        last[whole] = max(last[whole], last[cut])
        first[cut], last[cut] = first[whole], last[whole]
    own: Int64s = np.where(counted & (first == last), first, -1)
    return own


def blocks_of(question: Question, most: int) -> list[Block]:
    """The blocks of a question, by their first post.

    Arcs that are struck out by now are left out: there are few others once a plan is near its bound,
    and every block keeps a linear programme of its arcs.
    """
    rows = question.rows
    block = block_of_posts(rows, question.counted, most)
    own = rows_of_blocks(rows, block, question.counted)
    persons, blocks = rows.arc_person[question.open], block[rows.arc_post[question.open]]
    seats = np.full(rows.persons, -1)
    seats[persons] = blocks  # any of them; whether it is the only one:
    elsewhere = np.zeros(rows.persons, bool)
    elsewhere[persons[seats[persons] != blocks]] = True
    return [
        _block(
            rows,
            question.open,
            np.flatnonzero(block == number),
            np.flatnonzero(own == number),
            elsewhere,
        )
        for number in range(int(block.max(initial=-1)) + 1)
    ]


def block_of_all(rows: RowSystem) -> Block:
    """All posts and rows as one block."""
    every, elsewhere = np.arange(rows.posts), np.zeros(rows.persons, bool)
    return _block(rows, np.ones(rows.arcs, bool), every, np.arange(rows.rows), elsewhere)


def _block(rows: RowSystem, open_: Mask, posts: Int64s, own: Int64s, elsewhere: Mask) -> Block:
    arcs, post = spans(rows.post_start, posts)
    arcs, post = arcs[open_[arcs]], post[open_[arcs]]
    people, person = np.unique(rows.arc_person[arcs], return_inverse=True)
    often = np.bincount(person, minlength=len(people)) > 1
    rivals = np.flatnonzero(often)
    local = np.full(rows.rows, -1)
    local[own] = np.arange(len(own))
    row_of_person = np.full(len(people), -1)
    row_of_person[rivals] = len(own) + np.arange(len(rivals))
    terms, owner = spans(rows.arc_start, arcs)
    inside = local[rows.arc_rows[terms]]
    mine = inside >= 0
    rival = np.flatnonzero(row_of_person[person] >= 0)
    arc_of = np.concatenate([owner[mine], rival])
    order = np.argsort(arc_of, kind="stable")
    found = np.concatenate([inside[mine], row_of_person[person[rival]]])[order]
    values = np.concatenate([rows.arc_coefficients[terms[mine]], np.ones(len(rival), np.int64)])
    return Block(
        posts=posts,
        arcs=arcs,
        rows=own,
        team=_teams(rows, posts, own),
        post_start=starts_of(np.bincount(post, minlength=len(posts))),
        rivals=people[rivals].astype(np.int64),
        alone=~elsewhere[people[rivals]],
        person=person.astype(np.int64),
        persons=len(people),
        arc_start=starts_of(np.bincount(arc_of, minlength=len(arcs))),
        arc_rows=found.astype(np.int64),
        arc_values=values[order].astype(np.int64),
    )


def _teams(rows: RowSystem, posts: Int64s, own: Int64s) -> Int64s:
    team = np.full(rows.posts, len(own))
    spans = [
        np.unique(rows.arc_post[rows.row_arcs[rows.row_start[row] : rows.row_start[row + 1]]])
        for row in own
        if rows.names[row][0] != "exclusion"
    ]
    for number, span in enumerate(sorted(spans, key=len)):
        if len(span) > 1:
            team[span] = np.minimum(team[span], number)
    return team[posts].astype(np.int64)


def losses_of_rows(
    question: Question, block: Block, reckoned: Reckoned, within: Int64s
) -> BlockRows:
    """The block's own rows, as its search wants them, at these prices.

    `within`: per rival what sitting in this block costs on top of the price between blocks.
    """
    rows, own = question.rows, block.rows
    kinds = np.array([HARD, MISS, STEPS, HARD])[rows.kind[own]]
    miss_cut = (rows.kind[own] == RowKind.CUT) & (rows.kind[rows.of[own]] == RowKind.MISS)
    kinds[miss_cut] = MISS
    weights = weights_of(rows, reckoned.tiers)[own]
    local = np.full(rows.rows, -1)
    local[own] = np.arange(len(own))
    cut = np.flatnonzero(miss_cut)
    of = local[rows.of[own[cut]]]
    weights[cut] = np.abs(reckoned.rows[own[cut]])
    np.subtract.at(weights, of, weights[cut])
    extra = len(block.rivals)
    start, table = [0], []
    gains = gains_of(rows, reckoned.tiers)
    for row in own.tolist():
        if rows.kind[row] == RowKind.STEPS:
            steps = gains[rows.gains_start[row] : rows.gains_start[row + 1]]
            table += _step_losses(steps, int(reckoned.rows[row]), len(block.posts)).tolist()
        start.append(len(table))
    low = np.concatenate([rows.low[own], np.zeros(extra, np.int64)])
    high = np.concatenate([rows.high[own], np.ones(extra, np.int64)])
    price = np.concatenate([reckoned.rows[own], within])
    easy, ease = np.where(price > 0, high, low), np.where(price < 0, low, high)
    for place in np.flatnonzero(kinds == STEPS):  # one that loses nothing, if there is any
        nothing = np.flatnonzero(np.array(table[start[place] : start[place + 1]]) == 0)
        easy[place], ease[place] = (nothing[0], nothing[0]) if len(nothing) else (NEVER, -NEVER)
    return BlockRows(
        kind=np.concatenate([kinds, np.where(within > 0, HARD, OFF)]).astype(np.int64),
        low=low,
        high=high,
        price=price,
        weight=np.concatenate([weights, np.zeros(extra, np.int64)]),
        unit=np.concatenate([np.where(miss_cut, 1, rows.unit[own]), np.ones(extra, np.int64)]),
        table_start=np.array(start + [len(table)] * extra, np.int64),
        table=np.array(table, np.int64),
        easy=easy,
        ease=ease,
        cut=cut.astype(np.int64),
        of=of.astype(np.int64),
    )


def _step_losses(gains: Int64s, price: int, most: int) -> Int64s:
    """Loss of a STEPS row at the activities 0 … most: what its price promised, less its gains."""
    promised = int(np.maximum(0, gains + price).sum())
    earned = np.zeros(most + 1, np.int64)
    known = min(most, len(gains))
    earned[1 : known + 1] = np.cumsum(gains[:known])
    earned[known + 1 :] = earned[known]
    losses: Int64s = promised - price * np.arange(most + 1) - earned
    return losses
