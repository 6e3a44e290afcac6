"""Holders of a group are kept for those who ask again, also while others ask for other groups."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import polars as pl

from banzi.structure.members import Members, seat_frame

POSTS = tuple(f"post-{number}" for number in range(40))
SHOWN = ("post_id", "team_id", "team_name", "team_order")


def members() -> Members:
    persons = [f"person-{number}" for number in range(len(POSTS))]
    posts = pl.DataFrame([(post, "team", "班子", 1) for post in POSTS], SHOWN, orient="row")
    return Members(
        date(2026, 6, 30),
        pl.DataFrame({"person_id": persons}),
        seat_frame(list(zip(POSTS, persons, strict=True))),
        posts,
        pl.DataFrame({"team_id": ["team"], "team_name": ["班子"]}),
    )


def test_every_group_gets_its_own_holders_while_many_ask() -> None:
    house = members()
    asked = [POSTS[first : first + 2] for first in range(len(POSTS) - 1)] * 20
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(house.sitting, asked))
    assert [tuple(each["post_id"]) for each in found] == asked
