"""提名年龄: the age in the month of the congress, and whether it allows a nomination.

A holder who is nominated for the same post again (连任) and somebody newly nominated (新提名) may be
measured differently. Age is counted in completed years to the month of the congress.
"""

from __future__ import annotations

from dataclasses import dataclass

from banzi.due.entries import DueCase
from banzi.due.limits import Bound, NominationLimit, completed_years
from banzi.due.matching import Match, match_posts
from banzi.due.words import Doubt
from banzi.kernel.dates import PartialDate, month_of
from banzi.kernel.logic import Truth


@dataclass(frozen=True, slots=True)
class Nomination:
    """One person measured for one post.

    Attributes
    ----------
    congress
        Month index of the congress, None when none is set.
    years
        Completed years in that month, fewest and most; None when birth or congress is not known.
    again, new
        Whether the age allows it; None where it cannot be told or no bound is set.
    rule
        The rule that was used.
    doubt
        Why there is no rule.
    """

    congress: int | None
    years: tuple[int, int] | None
    again: Truth
    new: Truth
    rule: NominationLimit | None
    doubt: Doubt | None


def nominations(case: DueCase, congress: int | None = None) -> dict[tuple[str, str], Nomination]:
    """(person, post) → nomination, for every post that is held on the day.

    Parameters
    ----------
    congress
        Month index that stands for whatever the settings say; None leaves it to them.
    """
    matches = match_posts(case.roster, case.limits.nominations, case.as_of, _said)
    births = dict(case.roster["persons"].select("person_id", "birth").iter_rows())
    return {
        (person, post): measure(births.get(person), matches[post], case.limits.congress, congress)
        for person, post in case.held.iter_rows()
    }


def measure(
    birth: int | None,
    match: Match[NominationLimit],
    default_congress: int | None,
    asked: int | None = None,
) -> Nomination:
    """Measure one birth (partial date) by the rule of one post."""
    rule = match.rule
    own = rule.congress if rule is not None else None
    month = next((each for each in (asked, own, default_congress) if each is not None), None)
    if birth is None or month is None:
        return Nomination(month, None, None, None, rule, match.doubt)
    born = PartialDate(birth)
    oldest, youngest = month_of(born.earliest), month_of(born.latest)
    years = completed_years(youngest, month), completed_years(oldest, month)

    def allows(bound: Bound | None) -> Truth:
        return None if bound is None else bound.allows(youngest, oldest, month)

    again, new = (allows(rule.again), allows(rule.new)) if rule else (None, None)
    return Nomination(month, years, again, new, rule, match.doubt)


def _said(rule: NominationLimit) -> object:
    return rule.congress, rule.new, rule.again
