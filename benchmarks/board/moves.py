"""Moves drawn by a seed: any that the board takes, and those that a hand can make on it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from banzi.staffing.system.rows import EMPTY
from banzi.web.board.desk import Desk, placed_in
from banzi.web.board.models import Draft

RELEASED, REFUSED = 0.15, 0.1
"""Shares of moves to the holding area, and of moves onto a post the person is no candidate of."""
DRAGGED = {"place": 0.35, "swap": 0.35, "release": 0.15, "refused": 0.15}
"""Shares of drags: onto an empty seat, onto one that is held, to the holding area, refused."""


@dataclass(frozen=True, slots=True)
class Move:
    """`post` is "" for the holding area; `kind`: place, swap, release or refused."""

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


def draggable(draft: Draft, desk: Desk, seed: int, region: str = "") -> Iterator[Move]:
    """Moves of cards that are in sight where one region is shown (all: ""), each after the last one.

    A card in sight sits in a seat of the region or waits; what the problem has decided stays.
    """
    draw = random.Random(seed)  # noqa: S311 - the same moves on every machine
    known = range(desk.rows.posts)
    shown = [desk.problem.posts[at].post_id for at in known if region in ("", desk.region_of(at))]
    fixed_posts, fixed = ({each[side] for each in desk.decided} for side in (0, 1))
    must = [who for at, who in enumerate(desk.problem.persons) if desk.problem.must_place[at]]
    while True:
        placed = placed_in(draft)
        seat = {person: post for post, person in placed.items()}
        cards = [placed[post] for post in shown if post in placed]
        cards += [person for person in must if person not in seat]
        cards = [person for person in cards if person not in fixed]
        kind = draw.choices(list(DRAGGED), list(DRAGGED.values()))[0]
        for person in draw.sample(cards, len(cards)):
            origin = seat.get(person, "")
            if kind == "release":
                goals = [""] if origin else []
            else:
                goals = [
                    post
                    for post in shown
                    if post not in fixed_posts
                    and post != origin
                    and (kind == "refused" or (kind == "swap") == (post in placed))
                    and (kind == "refused") == (desk.arc(post, person) == EMPTY)
                ]
            if goals:
                yield Move(kind, person, draw.choice(goals), origin, region)
                break
