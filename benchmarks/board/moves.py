"""Moves drawn by a seed, as a person makes them on a board of one region."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from banzi.staffing.system.rows import EMPTY
from banzi.web.board.desk import Desk, placed_in
from banzi.web.board.models import Draft

RELEASED, REFUSED = 0.15, 0.1
"""Shares of moves to the holding area, and of moves onto a post the person is no candidate of."""


@dataclass(frozen=True, slots=True)
class Move:
    """`post` is "" for the holding area; `kind`: place, release or refused."""

    kind: str
    person: str
    post: str
    origin: str
    region: str


def drawn(draft: Draft, desk: Desk, seed: int) -> Iterator[Move]:
    """One move after another, each on the draft as the last one left it."""
    draw = random.Random(seed)  # noqa: S311 - the same moves on every machine
    rows = desk.rows
    posts, persons = desk.problem.posts, desk.problem.persons
    while True:
        placed = placed_in(draft)
        seat = {person: post for post, person in placed.items()}
        post = draw.randrange(rows.posts)
        region = desk.team_facts[posts[post].teams[0]].get("region", "")
        lot = draw.random()
        if lot < RELEASED:
            held = [at for at, _person in sorted(placed.items()) if at in desk.post_of]
            origin = draw.choice(held)
            of = desk.team_facts[posts[desk.post_of[origin]].teams[0]].get("region", "")
            yield Move("release", placed[origin], "", origin, of)
            continue
        if lot < RELEASED + REFUSED:
            person = draw.choice(sorted(seat))
            if desk.arc(posts[post].post_id, person) == EMPTY:
                yield Move("refused", person, posts[post].post_id, seat[person], region)
            continue
        arc = draw.randrange(int(rows.post_start[post]), int(rows.post_start[post + 1]))
        person = persons[int(rows.arc_person[arc])]
        if placed.get(posts[post].post_id) != person:
            yield Move("place", person, posts[post].post_id, seat.get(person, ""), region)
