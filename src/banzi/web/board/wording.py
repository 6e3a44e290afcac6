"""What a move changes in each tier, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from banzi.staffing.answers.standing import Standing
from banzi.staffing.answers.tier_words import TierChange, tier_changes
from banzi.web.board.choosing import Choice
from banzi.web.board.desk import Desk


@dataclass(frozen=True, slots=True)
class Gains:
    """What seating a person changes, tier by tier: only what changes, first tier first."""

    desk: Desk
    before: Standing
    post: int
    choice: Choice

    def __iter__(self) -> Iterator[TierChange]:
        """Counted when it is shown: a list of candidates shows few of many."""
        return iter(tier_changes(self.desk.counting, self.before, self._after()))

    def _after(self) -> Standing:
        if self.choice.after is not None:
            return self.choice.after
        arc = self.before.rows.arc_of(self.post, self.desk.person_of[self.choice.person_id])
        return self.before.with_arc(self.post, arc)
