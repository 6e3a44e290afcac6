"""Facts about a person and a post, computed once for each value in which posts differ.

Time at the level below depends on the post's level only, the hometown on its division, kin on the
post itself; so each is a small table keyed by person and that value, not one row per person and
post.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.codes.divisions import division, find_place, level_of, within
from banzi.facts.levels import level_order, months_at_levels
from banzi.kernel.date_columns import earliest_day, on_or_before
from banzi.roster import Roster


def post_features(roster: Roster) -> pl.DataFrame:
    """Posts in roster order with what rules read of them: level, duty, division and tier."""
    organs = roster["organs"].select("organ_id", "division_code", "region_tier")
    return (
        roster["posts"]
        .join(organs, on="organ_id", how="left", maintain_order="left")
        .select(
            "post_id",
            "post_name",
            "post_level",
            "role",
            "duty_head",
            "division_code",
            "region_tier",
            target_level_order=level_order("post_level"),
        )
    )


def lower_levels(order: int) -> tuple[int, ...]:
    """Levels that count as 下一级 for a post: the deputy's of the tier, or both of the tier below.

    Principal levels are even. AR/8.2 as read in its clause file.
    """
    return (order - 1,) if order % 2 == 0 else (order - 2, order - 1)


def level_pairs(
    roster: Roster, present: pl.DataFrame, orders: list[int], as_of: date
) -> pl.DataFrame:
    """Time at the level just below, and number of posts at the next lower level.

    Parameters
    ----------
    present
        `person_id`, `level_order`, `level_since`, as `levels.level_facts` gives them.
    orders
        Levels of posts looked at.

    Returns
    -------
    Frame
        A row per person and order: `months_at_lower_level_low/high` (null when the present level
        is not known), `posts_at_lower_level_low/high` (null when no post held is recorded).
    """
    levels = pl.DataFrame({"target_level_order": orders}, schema={"target_level_order": pl.Int64})
    grid = present.select("person_id", "level_order").join(levels, how="cross")
    months = months_at_levels(roster, present, as_of).select(
        "person_id",
        (pl.col("level") + 1).alias("target_level_order"),
        months_at_lower_level_low="months_low",
        months_at_lower_level_high="months_high",
    )
    keys = ["person_id", "target_level_order"]
    known = pl.col("level_order").is_not_null()
    return (
        grid.join(months, on=keys, how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col(name).is_null() & known).then(0).otherwise(name).alias(name)
            for name in ("months_at_lower_level_low", "months_at_lower_level_high")
        )
        .join(_posts_held(roster, orders, as_of), on=keys, how="left", maintain_order="left")
        .drop("level_order")
    )


def _posts_held(roster: Roster, orders: list[int], as_of: date) -> pl.DataFrame:
    """Distinct posts at the next lower level; one without level or date counts to `high` only.

    For `low` two rows are two posts only if nothing unknown about them (the organ, the place on
    this roster) could make them one; for `high` if anything could part them.
    """
    rows = _appointments_with_level(roster, as_of)
    begun = on_or_before(pl.col("appointed_on"), as_of)
    named = pl.concat_str(pl.col("organ_name").fill_null(""), pl.lit("|"), pl.col("post_name"))
    key = pl.coalesce(pl.col("post_id"), named)
    counted = []
    for order in orders:
        inside = pl.col("level").is_in(lower_levels(order))
        counts = inside & begun
        sure = counts.fill_null(False)
        counted.append(
            rows.group_by("person_id").agg(
                pl.lit(order, pl.Int64).alias("target_level_order"),
                pl.min_horizontal(
                    key.filter(sure).n_unique(),
                    pl.max_horizontal(
                        named.filter(sure & pl.col("organ_name").is_not_null()).n_unique(),
                        pl.col("post_name").filter(sure).n_unique(),
                    ),
                )
                .cast(pl.Int64)
                .alias("posts_at_lower_level_low"),
                key.filter(counts.fill_null(True))
                .n_unique()
                .cast(pl.Int64)
                .alias("posts_at_lower_level_high"),
            )
        )
    schema = {
        "person_id": pl.String(),
        "target_level_order": pl.Int64(),
        "posts_at_lower_level_low": pl.Int64(),
        "posts_at_lower_level_high": pl.Int64(),
    }
    return pl.concat([pl.DataFrame(schema=schema), *counted])


def _appointments_with_level(roster: Roster, as_of: date) -> pl.DataFrame:
    """Posts held, each with its own level or else the level the history gives for its first day.

    A history row whose level cannot be read leaves the level open from its day on; one without a
    day leaves every post of the person open, since nobody knows which of them it covers.
    """
    rows = roster["level_history"].filter(pl.col("level_kind") == "post_level")
    undated = rows.filter(pl.col("started_on").is_null())["person_id"].unique()
    history = (
        rows.filter(on_or_before(pl.col("started_on"), as_of).fill_null(True))
        .drop_nulls("started_on")
        .select(
            "person_id",
            level_then=level_order("post_level"),
            day=earliest_day(pl.col("started_on")),
        )
        .sort("day", "level_then", nulls_last=False)
    )
    is_open = pl.col("post_level").is_null() & ~pl.col("person_id").is_in(undated.implode())
    return (
        roster["appointments"]
        .with_columns(day=earliest_day(pl.col("appointed_on")), own=level_order("post_level"))
        .sort("day", nulls_last=True)
        .join_asof(history, on="day", by="person_id", check_sortedness=False)
        .with_columns(level=pl.coalesce("own", pl.when(is_open).then("level_then")))
    )


def growth_pairs(roster: Roster, divisions: list[str]) -> pl.DataFrame:
    """Whether each person grew up in each division: `person_id`, `division_code`, `grew_up_in_area`.

    Null when the place of growing up is not known or fits several divisions, is no longer in use
    in the same province, or is only known to a wider area that contains the division.
    """
    places = roster["persons"].select("person_id", "growth_place").drop_nulls()
    texts = places["growth_place"].unique(maintain_order=True).to_list()
    rows = [(text, code, _lies_in(text, code)) for text in texts for code in divisions]
    answers = pl.DataFrame(
        rows,
        schema={
            "growth_place": pl.String(),
            "division_code": pl.String(),
            "grew_up_in_area": pl.Boolean(),
        },
        orient="row",
    )
    return places.join(answers, on="growth_place").drop("growth_place")


def _lies_in(text: str, code: str) -> bool | None:
    match = find_place(text)
    area = division(code)
    if match is None or area is None:
        return None
    place = match.division.code
    if place[:2] != code[:2]:
        return False
    if not (match.division.current and area.current):
        return True if place == code else None
    if within(place, code):
        return True
    return None if level_of(place) != "county" and within(code, place) else False
