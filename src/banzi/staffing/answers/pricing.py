"""What each target costs: how much every tier gains when the target alone is dropped."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np

from banzi.kernel.messages import MessageKind
from banzi.kernel.messages import gettext_noop as _
from banzi.kernel.progress import Progress, Silent
from banzi.solvers.highs import Status
from banzi.staffing.answers.block import Block
from banzi.staffing.answers.case import Case
from banzi.staffing.answers.searching import WHOLE, fill
from banzi.staffing.answers.standing import Standing
from banzi.staffing.problem import Target
from banzi.staffing.system.rows import OPEN_HIGH, OPEN_LOW, RowSystem

PRICING = MessageKind("plan/pricing", _("逐项计算目标的代价"))


@dataclass(frozen=True, slots=True)
class Price:
    """`before`, `after`: the plan, and the one that dropping the target allows; neither counts it
    any more. `whole`: with everything free, else only the teams in scope; `proven`: the most that
    can be gained within that reach."""

    target: Target
    before: Standing
    after: Standing
    whole: bool
    proven: bool

    @property
    def gains(self) -> tuple[int, ...]:
        """Per tier."""
        pairs = zip(self.after.tiers, self.before.tiers, strict=True)
        return tuple(new - old for new, old in pairs)


def prices(case: Case, seconds: float = math.inf, progress: Progress | None = None) -> list[Price]:
    """The price of each target, in the order of the file; those that time allowed."""
    listener, until = progress or Silent(), time.monotonic() + seconds
    targets = case.problem.targets
    listener.start(PRICING(), len(targets))
    found = []
    for target in targets:
        if time.monotonic() > until:
            break
        found.append(price_of(case, target, until))
        listener.advance()
    return found


def price_of(case: Case, target: Target, until: float = math.inf) -> Price:
    """Refill the teams in scope (everything, when that is few posts) without the target."""
    rows = _without(case.standing.rows, target)
    before = Standing(rows, case.standing.plan)
    every = frozenset(range(rows.posts))
    blocks = [block for block in case.blocks if block & target.posts]
    together = frozenset[int]().union(*blocks)
    whole = rows.posts <= WHOLE
    parts = [every] if whole else [together] if len(together) <= WHOLE else blocks
    after, proven = before, len(parts) == 1
    for part in parts:
        found = fill(Block(after, part), seconds=until - time.monotonic())
        proven &= found.status is Status.OPTIMAL
        if found.standing is not None and found.standing.tiers >= after.tiers:
            after = found.standing
    return Price(target, before, after, whole, proven)


def _without(rows: RowSystem, target: Target) -> RowSystem:
    """The same rows with those of one target open."""
    wanted = {("target", target.target_id), ("soft target", target.target_id)}
    mine = np.array([name in wanted for name in rows.names], bool)
    return replace(
        rows, low=np.where(mine, OPEN_LOW, rows.low), high=np.where(mine, OPEN_HIGH, rows.high)
    )
