"""Which rule about age speaks of which post: exactly one, none, several, or not to be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

import polars as pl

from banzi.due.limits import AgeRule
from banzi.due.words import Doubt
from banzi.roster import Roster
from banzi.structure.compiling import expression
from banzi.structure.members import post_frame
from banzi.structure.vocabulary import POST_WORDS

Rule = TypeVar("Rule", bound=AgeRule)


@dataclass(frozen=True)
class Match(Generic[Rule]):
    """What was found for a post: the rule, or why there is none; `candidates` may apply."""

    rule: Rule | None
    doubt: Doubt | None
    candidates: tuple[Rule, ...] = ()


def match_posts(
    roster: Roster,
    rules: Sequence[Rule],
    as_of: date,
    says: Callable[[Rule], object],
) -> Mapping[str, Match[Rule]]:
    """Post id → match, for the rules in force on the day.

    Two rules that say the same (by `says`) do not contradict each other. A post that no team has
    is described by none of the words about teams, so rules that ask for them stay undecided.
    """
    posts = post_frame(roster)
    bare = roster["posts"].join(posts.select("post_id"), on="post_id", how="anti")
    known = posts.select([field.name for field in POST_WORDS])
    frame = pl.concat([known, bare.select(set(bare.columns) & set(known.columns))], how="diagonal")
    surely: dict[str, list[Rule]] = {post: [] for post in frame["post_id"]}
    perhaps: dict[str, list[Rule]] = {post: [] for post in surely}
    for rule in (each for each in rules if each.in_force(as_of)):
        holds = pl.lit(True) if rule.where is None else expression(rule.where, POST_WORDS)
        told = (
            frame.select("post_id", holds=holds)
            .group_by("post_id", maintain_order=True)
            .agg(
                yes=pl.col("holds").fill_null(False).any(),
                open=pl.col("holds").is_null().any(),
            )
        )
        for post, yes, is_open in told.iter_rows():
            if yes:
                surely[post].append(rule)
            elif is_open:
                perhaps[post].append(rule)
    return {post: _match(surely[post], perhaps[post], says) for post in surely}


def _match(surely: list[Rule], perhaps: list[Rule], says: Callable[[Rule], object]) -> Match[Rule]:
    every = (*surely, *perhaps)
    if not every:
        return Match(None, Doubt.NO_LIMIT_SET)
    first = every[0]
    agree = all(says(rule) == says(first) for rule in every)
    if surely and agree:
        return Match(first, None, (first,))
    if len({repr(says(rule)) for rule in surely}) > 1:
        return Match(None, Doubt.SEVERAL_LIMITS, every)
    return Match(None, Doubt.LIMIT_UNDECIDED, every)
