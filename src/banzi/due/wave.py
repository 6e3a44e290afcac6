"""How many fall due in each half-year, by tier of their team: the wave that a list shows at a glance."""

from __future__ import annotations

from dataclasses import dataclass

from banzi.due.age_list import AgeList
from banzi.kernel.dates import month_of
from banzi.teams.choices import RegionTier

HALF_YEAR = 6
MOST_PERIODS = 20


@dataclass(frozen=True, slots=True)
class Wave:
    """Counts by half-year.

    Attributes
    ----------
    starts
        First month index of each half-year (January or July).
    counts
        (tier, whether in a team) → one count for each half-year; only those that have anybody. The
        tier is None outside teams and where a team's organ has none recorded.
    """

    starts: tuple[int, ...]
    counts: dict[tuple[RegionTier | None, bool], tuple[int, ...]]

    @property
    def total(self) -> int:
        return sum(sum(each) for each in self.counts.values())


def wave(listed: AgeList, most: int = MOST_PERIODS) -> Wave:
    """The wave of a list from the day's half-year on; those already due are in no half-year."""
    today = month_of(listed.case.as_of)
    first = today // HALF_YEAR * HALF_YEAR
    last = max((line.due_month or 0 for line in listed.lines), default=first)
    number = min(max((last - first) // HALF_YEAR + 1, 1), most)
    starts = tuple(first + HALF_YEAR * place for place in range(number))
    counts: dict[tuple[RegionTier | None, bool], tuple[int, ...]] = {}
    for key in (*((tier, True) for tier in RegionTier), (None, True), (None, False)):
        months = [
            line.due_month
            for line in listed.lines
            if (line.tier, line.in_team) == key
            and line.due_month is not None
            and line.due_month >= today
        ]
        own = tuple(sum(start <= month < start + HALF_YEAR for month in months) for start in starts)
        if any(own):
            counts[key] = own
    return Wave(starts, counts)
