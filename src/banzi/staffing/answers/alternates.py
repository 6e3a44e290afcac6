"""For each post who could step in as things stand: two or three in order, for a wider inspection.

Each keeps every hard requirement when swapped in alone, and sits nowhere else in the plan; the
order is that of the tiers. Fewer names than asked for means that there are no more.
"""

from __future__ import annotations

from dataclasses import dataclass

from banzi.staffing.answers.case import Case
from banzi.staffing.answers.swapping import swaps
from banzi.staffing.system.rows import EMPTY


@dataclass(frozen=True, slots=True)
class Alternate:
    """`changes`: per tier what the plan gains (below 0: loses) with this person in the post."""

    person: int
    changes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PostAlternates:
    """`holder` is EMPTY for an empty post. `decided`: the post is pinned and nobody may step in."""

    post: int
    holder: int
    alternates: tuple[Alternate, ...]
    decided: bool


def alternates(case: Case, many: int = 3) -> list[PostAlternates]:
    """Up to so many persons for every post, in the order of posts."""
    standing, rows = case.standing, case.standing.rows
    decided = set(rows.arc_post[rows.pinned].tolist())
    found = []
    for post in range(rows.posts):
        others = swaps(standing, post)
        chosen = others.best(many, but=int(standing.plan[post]))
        found.append(
            PostAlternates(
                post,
                standing.person(post),
                tuple(
                    Alternate(
                        int(rows.arc_person[others.arcs[place]]),
                        tuple(
                            int(value) - now
                            for value, now in zip(others.tiers[place], standing.tiers, strict=True)
                        ),
                    )
                    for place in chosen
                ),
                post in decided,
            )
        )
    return found


def short_of(found: list[PostAlternates], many: int) -> list[int]:
    """Posts with fewer alternates than wanted, decided ones aside."""
    return [
        each.post
        for each in found
        if len(each.alternates) < many and not each.decided and each.holder != EMPTY
    ]
