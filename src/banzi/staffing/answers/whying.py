"""Why this person, and why not that one: in clauses, in tiers, in who else would have to move.

A pair that is no candidate fell to a rule, told by its clause where a roster is at hand. For a
candidate the person is put there, or kept away, and the difference of two proven plans is the
answer: over every post where they are few, else within the teams concerned, the rest held.
Nothing is read off a solver's insides.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from banzi.kernel.progress import Progress, Silent
from banzi.solvers.conflict import Conflict
from banzi.staffing.answers.case import Case
from banzi.staffing.answers.clashing import smallest_clash
from banzi.staffing.answers.demands import Demands
from banzi.staffing.answers.relaxing import WayOut, ways_out
from banzi.staffing.answers.searching import WHOLE
from banzi.staffing.answers.what_if import Answer, Question, within_all, within_blocks
from banzi.staffing.conflicts import Member, members_of, titles
from banzi.staffing.reviews import read_reviews
from banzi.staffing.system.rows import EMPTY


@dataclass(frozen=True, slots=True)
class Reason:
    """`kind`: holder | not-candidate | banned | worse | equal | impossible | undecided.

    `answer`: for a holder the best without, else the best with the person; None where no plan was
    asked for. `members`, `ways`: what clashes when the person must sit there, and what could give.
    `terms`: what the pair adds to each tier by itself. `review`: what people must decide about it.
    """

    kind: str
    post: int
    person: int
    answer: Answer | None = None
    members: tuple[Member, ...] = ()
    ways: tuple[WayOut, ...] = ()
    terms: tuple[tuple[str, str, int], ...] = ()
    review: str = ""

    def losses(self, case: Case) -> list[int]:
        """Per tier how much the plan asked for is worth less than the plan as it is."""
        if self.answer is None or self.answer.standing is None:
            return []
        pairs = zip(case.standing.tiers, self.answer.standing.tiers, strict=True)
        return [now - then for now, then in pairs]


def why(
    case: Case,
    post: int,
    person: int,
    folder: Path | None = None,
    seconds: float = math.inf,
    progress: Progress | None = None,
) -> Reason:
    """Why a person sits in a post of the plan, or why not.

    Parameters
    ----------
    folder
        The bundle's folder, for what people must decide about the pair (`review.csv`).
    """
    standing, until = case.standing, time.monotonic() + seconds
    arc = standing.rows.arc_of(post, person)
    if arc == EMPTY:
        banned = (post, person) in case.problem.bans
        return Reason("banned" if banned else "not-candidate", post, person)
    told = partial(
        Reason,
        post=post,
        person=person,
        terms=_terms(case, arc),
        review=_review(case, folder, post, person),
    )
    if int(standing.plan[post]) == arc:
        asked = Question(banned=(arc,))
        answer = _best(case, asked, until)
        return told("holder", answer=answer)
    answer = _best(case, Question(pinned=(arc,)), until)
    if answer.standing is not None:
        kind = "equal" if answer.standing.tiers == standing.tiers else "worse"
        return told(kind, answer=answer)
    pins = tuple(dict.fromkeys((*case.problem.pins, (post, person))))
    demands = Demands.of(replace(case.problem, pins=pins))
    clash = smallest_clash(demands, until, progress or Silent())
    if not clash.members:
        return told("undecided", answer=answer)
    return _impossible(case, post, person, answer, demands, clash, until)


def _best(case: Case, asked: Question, until: float) -> Answer:
    """The best plan under a question: over every post where that is few, else the teams concerned."""
    if case.standing.rows.posts <= WHOLE:
        return within_all(case, asked, until - time.monotonic())
    return within_blocks(case, asked, until - time.monotonic())


def _impossible(
    case: Case,
    post: int,
    person: int,
    answer: Answer,
    demands: Demands,
    clash: Conflict,
    until: float,
) -> Reason:
    """No plan at all has the person there; the pin itself is asked, so it is no way out."""
    proven = clash.sufficient and clash.necessary
    members = tuple(members_of(demands.problem, clash.members, case.names))
    ways: list[WayOut] = []
    if proven:
        called = titles(case.problem)
        ways = ways_out(demands, clash.members, called, case.names, until)
    ids = {"post_id": case.problem.posts[post].post_id, "person_id": case.problem.persons[person]}
    ways = [way for way in ways if not (way.kind == "pin" and way.about == ids)]
    kind = "impossible" if proven else "undecided"
    return Reason(kind, post, person, answer, members, tuple(ways))


def _terms(case: Case, arc: int) -> tuple[tuple[str, str, int], ...]:
    """Tier, column and value of each pair term of an arc that is not 0."""
    problem, pair = case.problem, int(case.standing.rows.arc_pair[arc])
    found = []
    for tier in problem.tiers:
        for column, weight in tier.pair_terms.items():
            value = weight * problem.feature_of_pair(column, pair)
            if value:
                found.append((tier.name, column, value))
    return tuple(found)


def _review(case: Case, folder: Path | None, post: int, person: int) -> str:
    if folder is None:
        return ""
    pair = (case.problem.posts[post].post_id, case.problem.persons[person])
    return read_reviews(folder).get(pair, "")
