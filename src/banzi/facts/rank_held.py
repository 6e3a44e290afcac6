"""The present 职级 of each person and since when.

The rank on the person's own row counts unless it is known to begin after the day; otherwise the
highest of the history that had begun by then and had not ended, as for post levels (`levels`).
"""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl

from banzi.codes.levels import rank_seniority
from banzi.codes.lookup import load
from banzi.kernel.date_columns import on_or_before
from banzi.people.choices import LevelKind
from banzi.roster import Roster


@cache
def rank_order(column: str) -> pl.Expr:
    """Code of civil_rank_general → 1 (二级科员) … 12 (一级巡视员); null for any other."""
    orders = {row.code: rank_seniority(row.code) for row in load("civil_rank_general")}
    return pl.col(column).replace_strict(orders, default=None, return_dtype=pl.Int64)


def rank_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person: `rank_order` and `rank_held_since` (a partial date), null if not known."""
    stated = roster["persons"].select(
        "person_id",
        own=rank_order("rank"),
        own_since=pl.when(pl.col("rank").is_not_null()).then("rank_since"),
    )
    begun = on_or_before(pl.col("own_since"), as_of).fill_null(True)
    over = on_or_before(pl.col("ended_on"), as_of)
    history = (
        roster["level_history"]
        .filter(pl.col("level_kind") == LevelKind.RANK.value)
        .with_columns(held=rank_order("rank"))
        .filter(
            pl.col("held").is_not_null()
            & on_or_before(pl.col("started_on"), as_of).fill_null(True)
            & pl.when(pl.col("ended_on").is_not_null())
            .then(~over)
            .otherwise(pl.col("in_force"))
            .fill_null(False)
        )
        .sort("person_id", "held", "started_on", descending=[False, True, False], nulls_last=True)
        .group_by("person_id", maintain_order=True)
        .agg(pl.col("held").first(), pl.col("started_on").first().alias("held_since"))
    )
    return (
        stated.with_columns(
            own=pl.when(begun).then("own"), own_since=pl.when(begun).then("own_since")
        )
        .join(history, on="person_id", how="left", maintain_order="left")
        .with_columns(rank_order=pl.coalesce("own", "held"))
        .select(
            "person_id",
            "rank_order",
            rank_held_since=pl.coalesce(
                "own_since",
                pl.when(pl.col("rank_order").eq_missing(pl.col("held"))).then("held_since"),
            ),
        )
    )
