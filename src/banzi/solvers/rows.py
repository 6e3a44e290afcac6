"""Linear forms and rows over bounded whole-number variables, each row with a name.

Everything is a Python integer, so a solution is judged here exactly, whatever a solver of floating
point numbers believes. A row's name tells who asked for it; several rows may share one name when
together they say one thing.

Not here: any solver.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Name = tuple[str, ...]
Terms = tuple[tuple[int, int], ...]
"""(variable, coefficient), by variable, no zero coefficients, no variable twice."""


def collect(terms: Iterable[tuple[int, int]]) -> Terms:
    """Add up the coefficients of each variable and drop what cancels out."""
    sums: dict[int, int] = {}
    for variable, coefficient in terms:
        sums[variable] = sums.get(variable, 0) + coefficient
    return tuple((variable, sums[variable]) for variable in sorted(sums) if sums[variable])


@dataclass(frozen=True, slots=True)
class Form:
    """`constant + Σ coefficient × variable`: something to maximise or to report."""

    terms: Terms = ()
    constant: int = 0

    @classmethod
    def of(cls, terms: Iterable[tuple[int, int]], constant: int = 0) -> Form:
        return cls(collect(terms), constant)

    def value(self, values: Sequence[int]) -> int:
        return self.constant + sum(c * values[v] for v, c in self.terms)


@dataclass(frozen=True, slots=True)
class Row:
    """`low ≤ Σ coefficient × variable ≤ high`; a side that is None does not bind."""

    name: Name
    terms: Terms
    low: int | None
    high: int | None

    @classmethod
    def between(
        cls, low: int | None, high: int | None, terms: Iterable[tuple[int, int]], *, name: Name
    ) -> Row:
        return cls(name, collect(terms), low, high)

    @classmethod
    def at_most(cls, high: int, terms: Iterable[tuple[int, int]], *, name: Name) -> Row:
        return cls.between(None, high, terms, name=name)

    @classmethod
    def at_least(cls, low: int, terms: Iterable[tuple[int, int]], *, name: Name) -> Row:
        return cls.between(low, None, terms, name=name)

    def holds(self, values: Sequence[int]) -> bool:
        activity = sum(c * values[v] for v, c in self.terms)
        return (self.low is None or self.low <= activity) and (
            self.high is None or activity <= self.high
        )


@dataclass(slots=True)
class System:
    """Whole-number variables with bounds, and the rows that tie them."""

    lows: list[int] = field(default_factory=list)
    highs: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def add_variable(self, low: int = 0, high: int = 1) -> int:
        """A new variable; its number is its place in `lows` and `highs`."""
        self.lows.append(low)
        self.highs.append(high)
        return len(self.lows) - 1

    def add(self, *rows: Row) -> None:
        self.rows.extend(rows)

    def breaches(self, values: Sequence[int]) -> list[Name]:
        """Names of rows, and of variables' bounds as `("bounds",)`, that the values break."""
        outside = any(
            not low <= value <= high
            for low, value, high in zip(self.lows, values, self.highs, strict=True)
        )
        broken = [row.name for row in self.rows if not row.holds(values)]
        return [("bounds",), *broken] if outside else broken

    def without(self, names: set[Name]) -> System:
        """The same variables, less the rows that bear one of the names."""
        return System(self.lows, self.highs, [row for row in self.rows if row.name not in names])
