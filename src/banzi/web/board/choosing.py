"""One post: everybody who could sit there, best first, and what each would change."""

from __future__ import annotations

from dataclasses import dataclass, field

from banzi.staffing.answers.standing import Standing
from banzi.staffing.answers.swapping import swaps
from banzi.staffing.system.rows import EMPTY
from banzi.web.board.desk import Desk

SHOWN = 20
LOOKED_AT = 60
"""Candidates with a seat elsewhere whose move is reckoned, at about a millisecond each."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A person for a post. `gains`: per tier what changes. `broken`: hard targets missed more.

    `seat`: the post left empty by the move, "" for none.
    `after`: the plan with the person there, where it was reckoned whole; None where only the tiers
    were, of many candidates at once.
    """

    person_id: str
    gains: tuple[int, ...]
    broken: int
    seat: str = ""
    after: Standing | None = field(default=None, compare=False, repr=False)


def choices(
    desk: Desk, standing: Standing, post: int, *, placed_too: bool, wanted: frozenset[str] | None
) -> list[Choice]:
    """Who could sit in a post, those who break least and gain most first; the holder is left out.

    Parameters
    ----------
    placed_too
        Whether persons who sit elsewhere are looked at as well.
    wanted
        Only these persons; None for all.
    """
    found = swaps(standing, post)
    rows, before, broken = standing.rows, standing.tiers, len(standing.breached)
    holder = standing.person(post)
    result = []
    for place, arc in enumerate(found.arcs.tolist()):
        person = int(rows.arc_person[arc])
        identity = desk.problem.persons[person]
        if person == holder or (wanted is not None and identity not in wanted):
            continue
        gains = tuple(
            int(after) - old for after, old in zip(found.tiers[place], before, strict=True)
        )
        result.append(Choice(identity, gains, max(0, int(found.broken[place]) - broken)))
    result.sort(key=_worth)
    result = result[:SHOWN]
    if placed_too:
        result += _placed(desk, standing, post, wanted)
        result.sort(key=_worth)
    return result[: 2 * SHOWN]


def _placed(
    desk: Desk, standing: Standing, post: int, wanted: frozenset[str] | None
) -> list[Choice]:
    rows = standing.rows
    result: list[Choice] = []
    arcs = range(int(rows.post_start[post]), int(rows.post_start[post + 1]))
    for arc in arcs:
        person = int(rows.arc_person[arc])
        seat = int(standing.seat_of[person])
        identity = desk.problem.persons[person]
        if seat in (EMPTY, post) or (wanted is not None and identity not in wanted):
            continue
        if len(result) == LOOKED_AT:
            break
        left = desk.problem.posts[seat].post_id
        result.append(_moved(standing, standing.with_arc(post, arc), identity, left))
    return result


def _moved(before: Standing, after: Standing, person_id: str, seat: str = "") -> Choice:
    """A choice whose plan was reckoned whole."""
    gains = tuple(new - old for new, old in zip(after.tiers, before.tiers, strict=True))
    more = max(0, len(after.breached) - len(before.breached))
    return Choice(person_id, gains, more, seat, after)


def _worth(choice: Choice) -> tuple[int, list[int]]:
    return choice.broken, [-gain for gain in choice.gains]


def posts_for(desk: Desk, standing: Standing, person_id: str) -> list[tuple[int, Choice]]:
    """The posts a person could take, best first: (post, what changes)."""
    rows, person = standing.rows, desk.person_of[person_id]
    found = []
    for arc in (rows.arc_person == person).nonzero()[0].tolist():
        post = int(rows.arc_post[arc])
        if int(standing.plan[post]) == arc:
            continue
        found.append((post, _moved(standing, standing.with_arc(post, arc), person_id)))
    return sorted(found, key=lambda each: _worth(each[1]))
