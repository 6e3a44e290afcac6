"""Results: every figure with numerator, denominator, the unknown, the names behind it and its date.

Means are kept as sums and counts; rounding happens once, on the way to the reader, half away from
zero. Nothing is compared by its rounded value.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from banzi.facts.times import is_time
from banzi.kernel.logic import Truth
from banzi.structure.members import Group, Members
from banzi.structure.targets import Indicator, Measure, Target


@dataclass(frozen=True, slots=True)
class Entry:
    """One member behind a figure: 1 met, 0 not met (for a mean: the value), None unknown."""

    person_id: str
    name: str
    value: int | None


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator in one group at a date.

    Attributes
    ----------
    indicator
        The definition; a `Target` when there is a bound.
    team_id, team_name
        The team, or None and "" for several teams together.
    as_of
        The day the facts were counted to.
    entries
        Everybody in scope, in order of display.
    seats
        Posts in scope, filled or not.
    """

    indicator: Indicator
    team_id: str | None
    team_name: str
    as_of: date
    entries: tuple[Entry, ...]
    seats: int

    @property
    def numerator(self) -> int:
        """Members known to meet the condition; for a mean the sum of known values."""
        return sum(entry.value for entry in self.entries if entry.value is not None)

    @property
    def denominator(self) -> int:
        """All members in scope; for a mean those whose value is known."""
        known = self.indicator.measure is Measure.MEAN
        return len(self.entries) - (self.unknown if known else 0)

    @property
    def unknown(self) -> int:
        return sum(entry.value is None for entry in self.entries)

    @property
    def value(self) -> Fraction | None:
        """Count, share (0–1) or mean in the column's unit; None for a share or mean of nobody."""
        if self.indicator.measure is Measure.COUNT:
            return Fraction(self.numerator)
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def target(self) -> Target | None:
        return self.indicator if isinstance(self.indicator, Target) else None

    @property
    def left_side(self) -> int | None:
        """The linear form with unknown facts settled against the target."""
        if self.target is None:
            return None
        against = self.target.against
        settled = (against if entry.value is None else entry.value for entry in self.entries)
        return sum(self.target.coefficient(value) for value in settled)

    @property
    def shortfall(self) -> int | None:
        left = self.left_side
        return None if self.target is None or left is None else self.target.shortfall(left)

    @property
    def met(self) -> Truth:
        """Whether the target holds; None where there is none."""
        return None if self.shortfall is None else self.shortfall == 0

    @property
    def counts_people(self) -> bool:
        """Whether the figure is about persons (count, share) and not about a mean."""
        return self.indicator.measure is not Measure.MEAN

    @property
    def met_names(self) -> tuple[str, ...]:
        """Names with the condition; for a mean everybody whose value is known."""
        mean = self.indicator.measure is Measure.MEAN
        return tuple(
            e.name for e in self.entries if (e.value is not None if mean else e.value == 1)
        )

    @property
    def unmet_names(self) -> tuple[str, ...]:
        if self.indicator.measure is Measure.MEAN:
            return ()
        return tuple(entry.name for entry in self.entries if entry.value == 0)

    @property
    def unknown_names(self) -> tuple[str, ...]:
        return tuple(entry.name for entry in self.entries if entry.value is None)

    @property
    def shown(self) -> str:
        """`3`, `35.8%`, or for months `49.3` (years); "—" for a share or mean of nobody."""
        if self.value is None:
            return "—"
        if self.indicator.measure is Measure.COUNT:
            return str(self.numerator)
        if self.indicator.measure is Measure.SHARE:
            return percent_text(self.value)
        return mean_text(self.value, self.indicator.value)

    @property
    def bound_shown(self) -> str:
        """`>= 1`, `<= 48.0`; "" without a bound."""
        if self.target is None:
            return ""
        bound = Fraction(self.target.bound)
        if self.target.measure is Measure.SHARE:
            text = percent_text(bound / 1000)
        elif self.target.measure is Measure.MEAN:
            text = mean_text(bound, self.target.value)
        else:
            text = str(self.target.bound)
        return f"{'≥' if self.target.op == '>=' else '≤'}{text}"


def measure(indicator: Indicator, members: Members) -> list[IndicatorResult]:
    """One result, or one per team for an indicator counted in each team."""
    return [measure_group(indicator, members, group) for group in indicator.groups(members)]


def measure_group(indicator: Indicator, members: Members, group: Group) -> IndicatorResult:
    """The indicator over the holders of the posts of a group."""
    people = members.sitting(group.post_ids)
    raw = indicator.raw(people)
    entries = tuple(
        Entry(person, name, value)
        for person, name, value in zip(people["person_id"], people["name"], raw, strict=True)
    )
    return IndicatorResult(
        indicator, group.team_id, group.team_name, members.as_of, entries, len(group.post_ids)
    )


def measure_all(indicators: Iterable[Indicator], members: Members) -> list[IndicatorResult]:
    return [result for each in indicators for result in measure(each, members)]


def shortages(results: Iterable[IndicatorResult]) -> list[IndicatorResult]:
    """Targets that are missed, hard ones first, then by priority."""
    missed = [result for result in results if result.met is False]
    return sorted(missed, key=_urgency)


def _urgency(result: IndicatorResult) -> tuple[int, int]:
    target = result.target
    return (0, 0) if target is None or target.priority is None else (1, target.priority)


def percent_text(share: Fraction) -> str:
    """One decimal, half up: 59/165 → `35.8%`."""
    return f"{tenths_text(share * 100)}%"


def mean_text(mean: Fraction, column: str) -> str:
    """Months as years with one decimal; other columns as they are, one decimal."""
    return years_text(mean) if is_time(column) else tenths_text(mean)


def years_text(months: Fraction) -> str:
    """Months as years, one decimal, half away from zero."""
    return tenths_text(months / 12)


def tenths_text(number: Fraction) -> str:
    """One decimal, half away from zero."""
    tenths = (abs(number) * 20 + 1) // 2
    sign = "-" if number < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"
