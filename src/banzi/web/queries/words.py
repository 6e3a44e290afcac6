"""What one may ask about a person: declared facts, and where the person sits on the day.

A person may sit in several teams. Whether somebody sits in a team of a kind is therefore asked kind
by kind; team, area and role are those of the first seat in rank order, and say so in their names.
Somebody without a seat is known to have none: the texts are then empty and not unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import polars as pl

from banzi.facts.declared import PERSON_FACTS
from banzi.facts.levels import seats_at
from banzi.kernel.columns import Column, FieldClass, Kind
from banzi.people import PERSONS
from banzi.roster import Roster
from banzi.structure.conditions import Tree, comparisons
from banzi.structure.members import post_frame
from banzi.structure.vocabulary import PERSON_WORDS, POST_WORDS, Field, Vocabulary, fields_of
from banzi.teams.choices import TeamKind

NO_SEAT = ""
"""Stands in the columns of the first seat for somebody who is known to have none."""

_FIRST = {
    "first_team": ("team_name", "第一职位所在班子", "team of the first seat"),
    "first_kind": ("team_kind", "第一职位班子类别", "kind of team of the first seat"),
    "first_region": ("region", "第一职位所在地区", "area of the first seat"),
    "first_tier": ("region_tier", "第一职位地区层级", "tier of the first seat"),
    "first_role": ("role", "第一职位角色", "role of the first seat"),
}
_SITS = tuple(
    Column(
        f"sits_in_{kind.value}",
        Kind.BOOLEAN,
        f"在{kind.zh}班子任职",
        f"sits in a team: {kind.en}",
        "不掌握",
    )
    for kind in TeamKind
)
_SEATED = Column("has_seat", Kind.BOOLEAN, "在班子任职", "sits in a team", "不掌握")
_NOT_ASKED = {"current_post_id", "level_order"}
"""Said better by another word: the names of teams, the level itself."""

_SINCE = Column(
    "post_since",
    Kind.PARTIAL_DATE,
    "任现职时间",
    "in the post since",
    "不在班子任职，或者任职时间不掌握",
)

SEAT_WORDS: tuple[Field, ...] = (
    *fields_of((_SEATED, *_SITS, _SINCE)),
    *(
        replace(POST_WORDS[column], name=name, low=name, high=name, zh=zh, en=en)
        for name, (column, zh, en) in _FIRST.items()
    ),
)
QUERY_WORDS = Vocabulary(
    "queries", (*(word for word in PERSON_WORDS if word.name not in _NOT_ASKED), *SEAT_WORDS)
)
_OF_SEATS = frozenset(word.name for word in SEAT_WORDS)


def class_of(word: Field) -> FieldClass:
    """Who may use a word; that of where somebody sits is basic."""
    if word.name in _OF_SEATS:
        return FieldClass.BASIC
    return PERSONS.class_of(word.low) if word.low in PERSONS else PERSON_FACTS.class_of(word.low)


def words_of(classes: Iterable[FieldClass]) -> Vocabulary:
    """The words that an account with these classes may ask with."""
    return _words(frozenset(classes))


@cache
def _words(classes: frozenset[FieldClass]) -> Vocabulary:
    return Vocabulary("queries", (word for word in QUERY_WORDS if class_of(word) in classes))


def classes_in(tree: Tree | None) -> frozenset[FieldClass]:
    """The field classes that a settled condition asks about."""
    if tree is None:
        return frozenset()
    return frozenset(class_of(QUERY_WORDS[each.column]) for each, _sign in comparisons(tree))


def seat_frame(roster: Roster) -> pl.DataFrame:
    """One row per person of the roster, in its order: `person_id`, `rank_place`, the seat words
    (`post_since`: since when the first seat is held, null when not known or without one).

    `rank_place` counts seats in order of display; null without a seat.
    """
    posts = post_frame(roster).with_row_index("rank_place")
    held = (
        seats_at(roster, roster.as_of)
        .rename({"started_on": "post_since"})
        .select("person_id", "post_id", "post_since")
        .join(posts, on="post_id", how="inner")
        .sort("rank_place")
    )
    one = held.group_by("person_id", maintain_order=True).agg(
        pl.col("rank_place", "post_since").first(),
        *(pl.col(column).first().alias(name) for name, (column, _zh, _en) in _FIRST.items()),
        *(_sits(kind) for kind in TeamKind),
    )
    joined = (
        roster["persons"]
        .select("person_id")
        .join(one, on="person_id", how="left", maintain_order="left")
    )
    seated = pl.col("rank_place").is_not_null()
    return joined.with_columns(
        seated.alias("has_seat"),
        *(pl.col(each.name).fill_null(value=False) & seated | _open(each.name) for each in _SITS),
        *(
            pl.when(seated).then(pl.col(name)).otherwise(pl.lit(NO_SEAT)).alias(name)
            for name in _FIRST
        ),
    )


def _sits(kind: TeamKind) -> pl.Expr:
    """True where one team is of the kind; null where none is and the kind of one is not known."""
    return (
        (pl.col("team_kind") == kind.value).any(ignore_nulls=False).alias(f"sits_in_{kind.value}")
    )


def _open(name: str) -> pl.Expr:
    """Null for somebody seated of whom the kind of a team is not known, else false."""
    unknown = pl.col("rank_place").is_not_null() & pl.col(name).is_null()
    return pl.when(unknown).then(None).otherwise(pl.lit(value=False))
