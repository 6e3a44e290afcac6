"""How far an allowance is filled: allowed, actual, over and short, none of them a guess.

    actual − allowed = over − short, and neither is negative

Persons of whom it is not known whether they take up the allowance leave over and short open as
far as they might change them: with 3 allowed, 2 there and 1 in doubt nobody is over, and whether
one is short cannot be said.
"""

from __future__ import annotations

from dataclasses import dataclass

from banzi.structure.counting.figures import BLANK, Figure, counted


@dataclass(frozen=True, slots=True)
class Filling:
    """An allowance and who takes it up.

    Attributes
    ----------
    allowed
        None when it is not on record.
    persons
        Who takes up a place, each once.
    doubtful
        Who may take up a place or not.
    vacant
        Posts of this allowance that nobody holds.
    """

    allowed: int | None
    persons: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    vacant: tuple[str, ...] = ()

    @property
    def allowance(self) -> Figure:
        return BLANK if self.allowed is None else Figure(self.allowed)

    @property
    def actual(self) -> Figure:
        return counted(self.persons)

    @property
    def over(self) -> Figure:
        """Persons beyond the allowance; the figure names everybody who takes up a place."""
        if self.allowed is None:
            return BLANK
        most = len(self.persons) + len(self.doubtful)
        if most <= self.allowed:
            return Figure(0)
        if self.doubtful:
            return Figure(None, is_open=True)
        return Figure(len(self.persons) - self.allowed, self.persons)

    @property
    def short(self) -> Figure:
        """Places that nobody takes up, with the vacant posts; there may be fewer or more posts."""
        if self.allowed is None:
            return BLANK
        if len(self.persons) >= self.allowed:
            return Figure(0)
        if self.doubtful:
            return Figure(None, is_open=True)
        return Figure(self.allowed - len(self.persons), posts=self.vacant)

    def figures(self, prefix: str) -> dict[str, Figure]:
        """`<prefix>_allowed`, `_actual`, `_over`, `_short`."""
        return {
            f"{prefix}_allowed": self.allowance,
            f"{prefix}_actual": self.actual,
            f"{prefix}_over": self.over,
            f"{prefix}_short": self.short,
        }


def together(parts: list[Filling]) -> Filling:
    """The parts as one allowance: unknown when one of them is, each person once."""
    allowed = [part.allowed for part in parts]
    persons = tuple(dict.fromkeys(person for part in parts for person in part.persons))
    doubtful = dict.fromkeys(person for part in parts for person in part.doubtful)
    return Filling(
        None if None in allowed else sum(each for each in allowed if each is not None),
        persons,
        tuple(person for person in doubtful if person not in set(persons)),
        tuple(dict.fromkeys(post for part in parts for post in part.vacant)),
    )
