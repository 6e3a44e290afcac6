"""Words of the board that the command line has too: tiers, gains."""

from __future__ import annotations

from dataclasses import dataclass

from banzi.cli.plan_wording import SOFT_TIER, TIERS
from banzi.kernel.messages import translate
from banzi.web.board.desk import Desk
from banzi.web.shared.languages import current_language


def tier_title(name: str) -> str:
    """The goal of a tier in words; a name that `build` did not make stays."""
    kind, _dash, priority = name.partition("-")
    if kind == "soft" and priority.isdigit():
        return SOFT_TIER(priority=priority).text(current_language())
    return translate(TIERS.get(name, name), current_language())


@dataclass(frozen=True, slots=True)
class Gains:
    """What a move changes in each tier, for showing: only what changes, first tier first."""

    desk: Desk
    gains: tuple[int, ...]

    def __iter__(self):  # type: ignore[no-untyped-def]
        for tier, gain in zip(self.desk.problem.tiers, self.gains, strict=True):
            if gain:
                yield {"title": tier_title(tier.name), "gain": f"{gain:+d}", "good": gain > 0}
