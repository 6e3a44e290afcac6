"""Who is elected: a majority of a stated base, then votes, then a new vote among those tied.

The same reckoning serves committees of the Party and state organs (LE/elected, GE/elected, OL/25,
EL/42); what differs is the base, which each rule names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HALF = {"numerator": 1, "denominator": 2}


@dataclass(frozen=True, slots=True)
class Winners:
    """The outcome of one vote.

    Attributes
    ----------
    elected
        By votes, most first; equal votes in the order of the ballot.
    tied
        Those with equal votes at the last places, more of them than places: voted on again.
    places_left
        Places that nobody has filled yet, those of the tied included.
    """

    elected: tuple[str, ...]
    tied: tuple[str, ...]
    places_left: int

    def as_value(self) -> dict[str, object]:
        return {
            "elected": list(self.elected),
            "tied": list(self.tied),
            "places_left": self.places_left,
        }


def winners(votes: Mapping[str, int], seats: int, base: int) -> Winners:
    """Reckon one vote.

    Parameters
    ----------
    votes
        Votes in favour by name, in the order of the ballot.
    base
        Number of persons of whom more than half must have been in favour.
    """
    with_majority = [name for name, count in votes.items() if 2 * count > base]
    ranked = sorted(with_majority, key=lambda name: -votes[name])
    if len(ranked) <= seats:
        return Winners(tuple(ranked), (), seats - len(ranked))
    last = votes[ranked[seats - 1]] if seats else 0
    if not seats or votes[ranked[seats]] < last:
        return Winners(tuple(ranked[:seats]), (), 0)
    safe = tuple(name for name in ranked if votes[name] > last)
    tied = tuple(name for name in ranked if votes[name] == last)
    return Winners(safe, tied, seats - len(safe))
