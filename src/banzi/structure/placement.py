"""Facts about a member in the post held, against the teams as they were before: who stays, who moved.

A change of term asks not only who the members are but where they come from: 留任 (continuity) and 交流
across areas, teams and lines. That is a fact of a person and a post together, so a target over it
becomes a column of candidate pairs in a bundle, where other targets have columns of persons.

"Before" is the present roster for a plan, and the earlier roster of a comparison. Without either
nothing is known, and a target over it counts everybody against itself.
"""

from __future__ import annotations

import polars as pl

from banzi.kernel.columns import Column, Kind, Table

_NOT_KNOWN = "没有可比的此前任职情况，或地区、班子类型不掌握"
_NEW = "没有可比的此前任职情况，或此前不在花名册所列班子任职"

PLACEMENT = Table(
    "placement",
    "任职变化",
    "placement",
    "A member in the post held, against the teams of the compared state.",
    ("person_id", "post_id"),
    (
        Column("person_id", Kind.TEXT, "人员标识", "person id", references="persons.person_id"),
        Column("post_id", Kind.TEXT, "职位标识", "post id", references="posts.post_id"),
        Column("stayed_in_team", Kind.BOOLEAN, "留任本班子", "stayed in the team", _NOT_KNOWN),
        Column("from_other_area", Kind.BOOLEAN, "跨地区交流", "from another area", _NEW),
        Column("from_other_team", Kind.BOOLEAN, "跨单位交流", "from another team", _NEW),
        Column("from_other_line", Kind.BOOLEAN, "跨条块交流", "from another line", _NEW),
    ),
)

FACTS = tuple(column.name for column in PLACEMENT if column.kind is Kind.BOOLEAN)


def holdings(seats: pl.DataFrame, posts: pl.DataFrame) -> pl.DataFrame:
    """One row per person who held anything: lists `held_teams`, `held_regions`, `held_kinds`.

    `seats` has `post_id`, `person_id`; `posts` one row per post and team. `…_open` is true where a
    region or kind of one of them is not known.
    """
    joined = seats.join(
        posts.select("post_id", "team_id", "team_kind", "region"), on="post_id", how="inner"
    )
    return joined.group_by("person_id", maintain_order=True).agg(
        pl.col("team_id").unique().alias("held_teams"),
        pl.col("region").drop_nulls().unique().alias("held_regions"),
        pl.col("region").is_null().any().alias("region_open"),
        pl.col("team_kind").unique().alias("held_kinds"),
    )


def placements(
    pairs: pl.DataFrame, posts: pl.DataFrame, before: pl.DataFrame | None
) -> pl.DataFrame:
    """`post_id`, `person_id` and the facts of `PLACEMENT` for every pair, in the given order.

    Parameters
    ----------
    before
        What `holdings` gives for the compared state; None when there is none.
    """
    pairs = pairs.select("post_id", "person_id")
    if before is None:
        return pairs.with_columns(pl.lit(None, pl.Boolean()).alias(name) for name in FACTS)
    here = posts.group_by("post_id").agg(
        pl.col("team_id").alias("teams"),
        pl.col("region").drop_nulls().unique().alias("regions"),
        pl.col("team_kind").unique().alias("kinds"),
    )
    joined = pairs.join(here, on="post_id", how="left", maintain_order="left").join(
        before, on="person_id", how="left", maintain_order="left"
    )
    seated = pl.col("held_teams").is_not_null()
    same_team = _meet("teams", "held_teams")
    same_area = _meet("regions", "held_regions")
    area_known = (pl.col("regions").list.len() > 0) & ~pl.col("region_open")
    return joined.select(
        "post_id",
        "person_id",
        pl.when(seated).then(same_team).otherwise(pl.lit(False)).alias("stayed_in_team"),
        pl.when(seated & same_area)
        .then(False)
        .when(seated & area_known)
        .then(True)
        .alias("from_other_area"),
        pl.when(seated).then(~same_team).alias("from_other_team"),
        pl.when(seated).then(~_meet("kinds", "held_kinds")).alias("from_other_line"),
    )


def _meet(here: str, before: str) -> pl.Expr:
    return pl.col(here).list.set_intersection(pl.col(before)).list.len() > 0
