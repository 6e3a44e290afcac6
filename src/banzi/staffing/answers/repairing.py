"""Candidates have fallen out: the fewest posts that must change, and the best plan among those.

A post that loses its holder changes whatever happens. When the others can stay as they are, that
number is proven by counting, and the best filling of just those posts is the best repair. Only
when they cannot is everything freed and the number proven by search.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection
from dataclasses import dataclass

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.solvers.highs import Status
from banzi.staffing.answers.block import Block, Wish
from banzi.staffing.answers.searching import Filled, fill, kept
from banzi.staffing.answers.standing import Standing
from banzi.staffing.system.rows import EMPTY

REPAIRING = MessageKind("plan/repairing", _("查找改动最少的方案"))


@dataclass(frozen=True, slots=True)
class Repair:
    """`fewest`: whether the number of changed posts is proven least; `best`: whether the tiers are
    proven best among plans with that number. `standing` None: `impossible` tells if that is proven.
    """

    standing: Standing | None
    changed: tuple[int, ...]
    fewest: bool
    best: bool
    impossible: bool = False


def repair(
    standing: Standing,
    without: Collection[int],
    seconds: float = math.inf,
    progress: Progress | None = None,
) -> Repair:
    """The plan nearest to `standing` without these persons, tiers in order among equally near ones."""
    listener = progress or Silent()
    listener.start(REPAIRING())
    until = time.monotonic() + seconds
    wish = Wish(without=tuple(without))
    lost = [int(post) for post in standing.seat_of[list(without)] if post != EMPTY]
    if not lost and not standing.breached:
        return Repair(standing, (), fewest=True, best=True)
    found = fill(Block(standing, lost, wish), seconds=until - time.monotonic())
    if found.standing is not None:
        changed = tuple(standing.changed(found.standing))
        return Repair(found.standing, changed, True, found.status is Status.OPTIMAL)
    listener.advance(0)
    block = Block(standing, range(standing.rows.posts), wish)
    found = fill(block, first=[kept(block)], seconds=until - time.monotonic())
    return _told(standing, found)


def _told(standing: Standing, found: Filled) -> Repair:
    if found.standing is None:
        return Repair(None, (), False, False, found.status is Status.INFEASIBLE)
    changed = tuple(standing.changed(found.standing))
    fewest = found.bounds[0] == found.values[0]
    return Repair(found.standing, changed, fewest, found.status is Status.OPTIMAL)
