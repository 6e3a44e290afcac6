"""What is due month by month, by kind: the figures of a one-page overview."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from banzi.due.due_list import DueList
from banzi.due.entries import DueKind
from banzi.due.words import Theme
from banzi.kernel.dates import month_of

YEAR, HALF_YEAR = 12, 6


@dataclass(frozen=True, slots=True)
class KindCounts:
    """Lines of one kind: in each period, overdue, and without a date."""

    kind: DueKind
    counts: tuple[int, ...]
    overdue: int
    open: int

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of a list by period and kind.

    Attributes
    ----------
    starts
        First month index of each period, all `length` months long (1 or 6).
    kinds
        Kinds with any line, in the order of the list.
    """

    starts: tuple[int, ...]
    length: int
    kinds: tuple[KindCounts, ...]

    def themes(self) -> dict[Theme, tuple[int, ...]]:
        """Counts by theme, kinds that fall due for everybody at once left out."""
        found: dict[Theme, tuple[int, ...]] = {}
        for theme in Theme:
            rows = [
                each.counts
                for each in self.kinds
                if each.kind.theme is theme and not each.kind.in_bulk
            ]
            whole = tuple(sum(column) for column in zip(*rows, strict=True))
            if any(whole):
                found[theme] = whole
        return found


def overview(listed: DueList) -> Overview:
    """Months from that of the day on; half-years where the list reaches over more than a year."""
    today = month_of(listed.case.as_of)
    length = 1 if listed.until - today <= YEAR else HALF_YEAR
    first = today // length * length
    starts = tuple(range(first, listed.until + 1, length))
    by_kind: dict[str, list[int]] = {kind.id: [] for kind in listed.kinds}
    for line in listed.lines:
        by_kind[line.kind.id].append(line.month or 0)
    undated = Counter(line.kind.id for line in listed.open_lines)
    kinds = []
    for kind in listed.kinds:
        months = by_kind[kind.id]
        ahead = [month for month in months if month >= today]
        periods = Counter((month - first) // length for month in ahead)
        counts = tuple(periods[number] for number in range(len(starts)))
        unknown = undated[kind.id]
        if months or unknown:
            kinds.append(KindCounts(kind, counts, len(months) - len(ahead), unknown))
    return Overview(starts, length, tuple(kinds))
