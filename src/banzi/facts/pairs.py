"""Facts about a person and a post, computed once for each value in which posts differ.

Time at the level below depends on the post's level only, the hometown on its division, kin on the
post itself; so each is a small table keyed by person and that value, not one row per person and
post.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.codes.divisions import division, find_place, level_of, titular_nationalities, within
from banzi.facts.levels import appointments_with_level, level_order, months_at_levels
from banzi.kernel.date_columns import on_or_before
from banzi.roster import Roster
from banzi.teams.choices import DutyHead, TeamKind


def post_features(roster: Roster) -> pl.DataFrame:
    """Posts in roster order with what rules read of them: level, duty, division and tier."""
    organs = roster["organs"].select("organ_id", "division_code", "region_tier")
    kinds = (
        roster["post_teams"]
        .join(roster["teams"].select("team_id", "team_kind"), on="team_id")
        .group_by("post_id")
        .agg("team_kind")
    )
    codes = organs["division_code"].drop_nulls().unique().to_list()
    titular = pl.DataFrame(
        {"division_code": codes, "titular_codes": [_titular(code) for code in codes]},
        schema={"division_code": pl.String(), "titular_codes": pl.String()},
    )
    return (
        roster["posts"]
        .join(organs, on="organ_id", how="left", maintain_order="left")
        .join(kinds, on="post_id", how="left", maintain_order="left")
        .join(titular, on="division_code", how="left", maintain_order="left")
        .select(
            "post_id",
            "post_name",
            "post_level",
            "role",
            "duty_head",
            "division_code",
            "region_tier",
            "titular_codes",
            *(_seated_in(teams, heads).alias(name) for name, (teams, heads) in _POSTS_OF.items()),
            target_level_order=level_order("post_level"),
        )
    )


_POSTS_OF: dict[str, tuple[tuple[TeamKind, ...], tuple[DutyHead, ...]]] = {
    "is_party_post": (
        (TeamKind.PARTY_COMMITTEE, TeamKind.DISCIPLINE_COMMISSION),
        (DutyHead.PARTY_COMMITTEE, DutyHead.DISCIPLINE, DutyHead.ORGANISATION),
    ),
    "is_judicial_post": (
        (TeamKind.COURT, TeamKind.PROCURATORATE),
        (DutyHead.COURT, DutyHead.PROCURATORATE),
    ),
    "in_party_or_government": ((TeamKind.PARTY_COMMITTEE, TeamKind.GOVERNMENT), ()),
}


def _seated_in(teams: tuple[TeamKind, ...], heads: tuple[DutyHead, ...]) -> pl.Expr:
    """Whether a post sits in such a team or has such a head; null for one that has no team."""
    by_duty = pl.col("duty_head").is_in([each.value for each in heads]).fill_null(False)
    by_team = pl.col("team_kind").list.eval(pl.element().is_in([each.value for each in teams]))
    return pl.when(by_duty).then(True).otherwise(by_team.list.any())


def _titular(code: str) -> str | None:
    found = titular_nationalities(code)
    return None if found is None else "、".join(found)


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
        A row per person and order: `months_at_lower_level_low/high` and
        `months_at_target_level_low/high` (null when the present level is not known),
        `posts_at_lower_level_low/high` (null when no post held is recorded).
    """
    levels = pl.DataFrame({"target_level_order": orders}, schema={"target_level_order": pl.Int64})
    grid = present.select("person_id", "level_order").join(levels, how="cross")
    held = months_at_levels(roster, present, as_of)
    months, here = (
        held.select(
            "person_id",
            (pl.col("level") + steps).alias("target_level_order"),
            pl.col("months_low").alias(f"months_at_{name}_low"),
            pl.col("months_high").alias(f"months_at_{name}_high"),
        )
        for name, steps in (("lower_level", 1), ("target_level", 0))
    )
    keys = ["person_id", "target_level_order"]
    known = pl.col("level_order").is_not_null()
    return (
        grid.join(months, on=keys, how="left", maintain_order="left")
        .join(here, on=keys, how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col(name).is_null() & known).then(0).otherwise(name).alias(name)
            for name in (
                "months_at_lower_level_low",
                "months_at_lower_level_high",
                "months_at_target_level_low",
                "months_at_target_level_high",
            )
        )
        .join(_posts_held(roster, orders, as_of), on=keys, how="left", maintain_order="left")
        .drop("level_order")
    )


def _posts_held(roster: Roster, orders: list[int], as_of: date) -> pl.DataFrame:
    """Distinct posts at the next lower level; one without level or date counts to `high` only.

    For `low` two rows are two posts only if nothing unknown about them (the organ, the place on
    this roster) could make them one; for `high` if anything could part them.
    """
    rows = appointments_with_level(roster, as_of)
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
