"""Who is elected: a majority of a stated base, then votes, then a new vote among those tied.

The same reckoning serves committees of the Party and state organs (LE/elected, GE/elected, OL/25,
EL/42); what differs is the base, which each rule names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from banzi.kernel.messages import gettext_noop as _
from banzi.rules.proceedings.declaring import Answer, Ask, Given

TIED = _("{tied}得票相等，应就{places}个名额再次投票")
LEFT = _("当选{elected}人，尚有{places}个名额，应另行选举或者依规定减少名额")

BALLOT_BOX = {
    "due": Ask(_("应到会有选举权人数")),
    "present": Ask(_("实到会有选举权人数")),
    "seats": Ask(_("应选名额")),
    "votes": Ask(_("赞成票"), "counts"),
}
"""What elections of the Party ask; which of the two numbers is the base, each rule says."""

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


def elected_answer(given: Given, base: int | None) -> Answer:
    """The outcome of `given.votes` for `given.seats` by one base; unknown while a number is missing.

    A seat not filled is no breach of law: the answer is then for people to go on with.
    """
    if base is None or given.seats is None or given.votes is None or None in given.votes.values():
        return Answer(holds=None)
    found = winners(given.votes, given.seats, base)
    return Answer(
        holds=True,
        shows={
            "tied": list(found.tied),
            "places": found.places_left,
            "elected": len(found.elected),
            "names": list(found.elected),
        },
        satisfied=_("当选：{names}"),
        doubt=found.places_left > 0,
        doubtful=TIED if found.tied else LEFT,
        value=found.as_value(),
    )
