"""Frames for tests of structure and plan building: people with facts, posts, teams, no roster.

Only what a test is about is written out; everything else is unknown.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from banzi.facts import PERSON_FACTS
from banzi.kernel.columns import POLARS_TYPES
from banzi.people import PERSONS
from banzi.structure.members import Members, seat_frame
from banzi.structure.vocabulary import POST_WORDS, TEAM_WORDS, Vocabulary

AS_OF = date(2026, 6, 30)
_PEOPLE = {**PERSONS.schema, **PERSON_FACTS.schema}


def people_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Persons and facts; `name` is the id where it is not given."""
    full = [{"name": row["person_id"], **row} for row in rows]
    return pl.DataFrame([{name: row.get(name) for name in _PEOPLE} for row in full], schema=_PEOPLE)


def members(
    people: list[dict[str, Any]],
    teams: list[dict[str, Any]],
    posts: list[dict[str, Any]],
    seats: dict[str, str],
    as_of: date = AS_OF,
) -> Members:
    """`posts` name their teams as `teams=["t1", "t2"]`; `seats` is post → person."""
    by_id = {team["team_id"]: team for team in teams}
    rows = [
        {
            **by_id[team],
            **post,
            "team_id": team,
            "team_order": order,
            "post_name": post.get("post_name", post["post_id"]),
        }
        for post in posts
        for order, team in enumerate(post["teams"], start=1)
    ]
    team_rows = [{"superior_team_id": None, **team} for team in teams]
    return Members(
        as_of,
        people_frame(people),
        seat_frame(list(seats.items())),
        _frame(POST_WORDS, rows, {"team_order": pl.Int64()}),
        _frame(TEAM_WORDS, team_rows, {"superior_team_id": pl.String()}),
    )


def _frame(
    words: Vocabulary, rows: list[dict[str, Any]], more: dict[str, pl.DataType]
) -> pl.DataFrame:
    schema = {word.name: POLARS_TYPES[word.kind] for word in words} | more
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
