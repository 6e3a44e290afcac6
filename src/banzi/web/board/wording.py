"""What a move gains in each tier, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from banzi.staffing.answers.telling import signed, tier_title
from banzi.web.board.desk import Desk


@dataclass(frozen=True, slots=True)
class Gains:
    """What a move changes in each tier, for showing: only what changes, first tier first."""

    desk: Desk
    gains: tuple[int, ...]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for tier, gain in zip(self.desk.problem.tiers, self.gains, strict=True):
            if gain:
                yield {"title": tier_title(tier.name), "gain": signed(gain), "good": gain > 0}
