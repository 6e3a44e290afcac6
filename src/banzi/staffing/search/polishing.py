"""Exact polish: a few coupled posts free, the rest of the plan held, the best way to fill them.

Chains of persons find it hard to change several members of a team at once, which is what shares and
counts of small teams often ask for; an exact search over a block of posts does it in a fraction of
a second. Blocks are drawn, so that every coupling gets its turn; each is searched to its end or
not at all, so that the outcome does not depend on the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np

from banzi.solvers.remote import remaining
from banzi.staffing.answers.block import Block
from banzi.staffing.answers.searching import fill
from banzi.staffing.answers.standing import Standing
from banzi.staffing.system.rows import EMPTY, Int64s, RowKind, RowSystem

POSTS = 12
"""Free posts of a block: searched to the end in some tenths of a second. With 18, at 360 posts, some took
three seconds and 25 MB, and plans were no better after ten."""
WIDE = 60
"""Rows over more posts than this tie together too much to tell what is near."""


class Polisher:
    """Draws blocks of posts that rows tie together, and fills them as well as can be."""

    def __init__(self, rows: RowSystem, threads: int, seed: int) -> None:
        self._rows, self._threads, self._seed = rows, threads, seed
        self._at_once = max(1, threads // 2)  # proof beside has the other half
        self._posts_of_row, self._rows_of_post = _ties(rows)

    def improve(self, plan: Int64s, number: int, blocks: int, until: float) -> Iterator[Int64s]:
        """Better plans, each after one more block for each thread.

        `number` makes the draws differ. A block not done at `until` is as if never begun.
        """
        draw = np.random.default_rng([self._seed, number])
        standing = Standing(self._rows, plan)
        with ThreadPoolExecutor(self._at_once) as pool:
            for _ in range(blocks):
                drawn = [self._block(draw) for _ in range(self._threads)]
                tasks = [pool.submit(self._filled, standing, posts, until) for posts in drawn]
                for posts, task in zip(drawn, tasks, strict=True):
                    standing = self._joined(standing, posts, task.result())
                yield standing.plan

    def _filled(self, standing: Standing, posts: list[int], until: float) -> Int64s | None:
        filled = fill(Block(standing, posts), seconds=remaining(until))
        known = filled.standing if filled.proven else None
        return None if known is None else known.plan[posts]

    def _joined(self, standing: Standing, posts: list[int], filled: Int64s | None) -> Standing:
        """The plan with a block filled anew, if that is better still with what changed since."""
        if filled is None:
            return standing
        plan = standing.plan.copy()
        plan[posts] = filled
        persons = self._rows.arc_person[plan[plan != EMPTY]]
        if len(np.unique(persons)) < len(persons):
            return standing
        joined = Standing(self._rows, plan)
        return joined if joined.tiers > standing.tiers and not joined.breached else standing

    def _block(self, draw: np.random.Generator) -> list[int]:
        """Posts around one drawn: again and again a row of a post chosen, and the posts it ties."""
        rows, posts = self._rows, self._rows.posts
        chosen = {int(draw.integers(posts))}
        for _ in range(4 * POSTS):
            if len(chosen) >= min(POSTS, posts):
                break
            members = sorted(chosen)
            near = self._rows_of_post[members[int(draw.integers(len(members)))]]
            if len(near):
                tied = self._posts_of_row[int(near[int(draw.integers(len(near)))])]
                room = POSTS - len(chosen)
                chosen.update(int(p) for p in draw.permutation(tied)[:room])
            if not len(near) or draw.random() < 0.05:
                chosen.add(int(draw.integers(rows.posts)))
        return sorted(chosen)


def _ties(rows: RowSystem) -> tuple[dict[int, Int64s], list[Int64s]]:
    """Posts of each row that ties few enough, and such rows of each post."""
    posts_of_row: dict[int, Int64s] = {}
    for row in np.flatnonzero(rows.kind != RowKind.CUT).tolist():
        arcs = rows.row_arcs[rows.row_start[row] : rows.row_start[row + 1]]
        posts = np.unique(rows.arc_post[arcs])
        if 1 < len(posts) <= WIDE:
            posts_of_row[row] = posts.astype(np.int64)
    nothing = np.zeros(0, np.int64)
    row_of = np.repeat(
        np.fromiter(posts_of_row, np.int64),
        np.array([len(posts) for posts in posts_of_row.values()], np.int64),
    )
    post_of = np.concatenate([nothing, *posts_of_row.values()])
    order = np.argsort(post_of, kind="stable")
    edges = np.searchsorted(post_of[order], np.arange(rows.posts + 1))
    rows_of_post = [row_of[order[a:b]] for a, b in pairwise(edges)]
    return posts_of_row, rows_of_post
