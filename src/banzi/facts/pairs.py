"""Facts about a person and a post, computed once for each value in which posts differ.

Time at the level below depends on the post's level only, the hometown on its division: each is a
grid of values × persons. Kin depends on the post itself and few pairs have any: a table of pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from banzi.codes.divisions import (
    PlaceMatch,
    division,
    find_place,
    level_of,
    titular_nationalities,
    within,
)
from banzi.facts.declared_pairs import PAIR_FACTS
from banzi.facts.derive import Facts
from banzi.facts.levels import appointments_with_level, level_order, months_at_levels
from banzi.kernel.date_columns import on_or_before
from banzi.roster import Roster
from banzi.teams.choices import DutyHead, TeamKind


@dataclass(frozen=True)
class GridTopic:
    """Facts that differ by one feature of the post.

    `make` gives them for some values of the feature: a frame of exactly `facts`, persons in roster
    order within each value, values in the order given.
    """

    feature: str
    facts: tuple[str, ...]
    make: Callable[[Facts, Sequence[Any]], pl.DataFrame]


def post_features(roster: Roster) -> pl.DataFrame:
    """Posts in roster order with what rules read of them: level, duty, division and tier."""
    organs = roster["organs"].select("organ_id", "division_code", "region_tier")
    kinds = (
        roster["post_teams"]
        .join(roster["teams"].select("team_id", "team_kind"), on="team_id")
        .group_by("post_id")
        .agg("team_kind")
    )
    return (
        roster["posts"]
        .join(organs, on="organ_id", how="left", maintain_order="left")
        .join(kinds, on="post_id", how="left", maintain_order="left")
        .join(titular_by_division(roster), on="division_code", how="left", maintain_order="left")
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


def titular_by_division(roster: Roster) -> pl.DataFrame:
    """`division_code` of every organ with one, and `titular_codes` ("" where not autonomous)."""
    codes = roster["organs"]["division_code"].drop_nulls().unique().to_list()
    return pl.DataFrame(
        {"division_code": codes, "titular_codes": [_titular(code) for code in codes]},
        schema={"division_code": pl.String(), "titular_codes": pl.String()},
    )


def _titular(code: str) -> str | None:
    found = titular_nationalities(code)
    return None if found is None else "、".join(found)


def lower_levels(order: int) -> tuple[int, ...]:
    """Levels that count as 下一级 for a post: the deputy's of the tier, or both of the tier below.

    Principal levels are even. AR/8.2 as read in its clause file.
    """
    return (order - 1,) if order % 2 == 0 else (order - 2, order - 1)


def level_months(facts: Facts, orders: Sequence[int]) -> pl.DataFrame:
    """`months_at_lower_level_low/high`: time at the level just below each order.

    Null when the present level is not known, 0 when it is and that level was never held.
    """
    return _months_held(facts, orders, "months_at_lower_level", steps=1)


def months_at_target(facts: Facts, orders: Sequence[int]) -> pl.DataFrame:
    """`months_at_target_level_low/high`: time at each order itself; null and 0 as above."""
    return _months_held(facts, orders, "months_at_target_level", steps=0)


def _months_held(facts: Facts, orders: Sequence[int], name: str, steps: int) -> pl.DataFrame:
    low, high = f"{name}_low", f"{name}_high"
    months = months_at_levels(facts.roster, facts.present, facts.as_of).select(
        "person_id",
        (pl.col("level") + steps).alias("order"),
        pl.col("months_low").alias(low),
        pl.col("months_high").alias(high),
    )
    known = pl.col("level_order").is_not_null()
    return _grid(facts.present.select("person_id", "level_order"), orders, months).select(
        pl.when(pl.col(bound).is_null() & known).then(0).otherwise(bound).alias(bound)
        for bound in (low, high)
    )


def posts_held(facts: Facts, orders: Sequence[int]) -> pl.DataFrame:
    """`posts_at_lower_level_low/high`; null when no post held is recorded."""
    held = _posts_held(facts.roster, list(orders), facts.as_of)
    return _grid(facts.person_ids.to_frame(), orders, held).select(
        "posts_at_lower_level_low", "posts_at_lower_level_high"
    )


def _grid(persons: pl.DataFrame, orders: Sequence[int], found: pl.DataFrame) -> pl.DataFrame:
    """Orders × persons with what was found for each pair of `person_id` and `order`."""
    parts = [persons.with_columns(order=pl.lit(order, pl.Int64)) for order in orders]
    return pl.concat(parts).join(
        found, on=["person_id", "order"], how="left", maintain_order="left"
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
                pl.lit(order, pl.Int64).alias("order"),
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
        "order": pl.Int64(),
        "posts_at_lower_level_low": pl.Int64(),
        "posts_at_lower_level_high": pl.Int64(),
    }
    return pl.concat([pl.DataFrame(schema=schema), *counted])


def growth(facts: Facts, divisions: Sequence[str]) -> pl.DataFrame:
    """`grew_up_in_area`: whether each person grew up in each division.

    Null when the place of growing up is not known or fits several divisions, is no longer in use
    in the same province, or is only known to a wider area that contains the division.
    """
    places = facts.roster["persons"]["growth_place"]
    texts = places.unique(maintain_order=True)
    row_of = {text: row for row, text in enumerate(texts)}
    rows = np.array([row_of[text] for text in places], dtype=np.int64)
    matches = [None if text is None else find_place(text) for text in texts]
    columns = []
    for code in divisions:
        answers = pl.Series([_lies_in(match, code) for match in matches], dtype=pl.Boolean)
        columns.append(answers.gather(rows))
    return pl.concat(columns).alias("grew_up_in_area").to_frame()


def grew_up_in(place: str | None, code: str) -> bool | None:
    """Whether somebody who grew up in a place grew up in a division; null as in `growth`."""
    return None if place is None else _lies_in(find_place(place), code)


def _lies_in(match: PlaceMatch | None, code: str) -> bool | None:
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


GRIDS = (
    GridTopic(
        "target_level_order",
        ("months_at_lower_level_low", "months_at_lower_level_high"),
        level_months,
    ),
    GridTopic(
        "target_level_order",
        ("months_at_target_level_low", "months_at_target_level_high"),
        months_at_target,
    ),
    GridTopic(
        "target_level_order",
        ("posts_at_lower_level_low", "posts_at_lower_level_high"),
        posts_held,
    ),
    GridTopic("division_code", ("grew_up_in_area",), growth),
)
"""Facts of a person and a feature of the post."""

BY_PAIR: dict[str, tuple[str, ...]] = {
    "kin_pairs": ("kin_seated", "kin_to_confirm"),
    "tenure_pairs": ("months_in_this_post_low", "months_in_this_post_high"),
    "area_pairs": ("area_level_months_low", "area_level_months_high"),
    "waiver_pairs": ("has_waiver", "waives_tenure", "late_waiver"),
}
"""Table of a case → facts that few pairs of person and post have; for all others they are null."""


class PairFacts:
    """The grids of some persons and of the posts' values, each worked out when asked for.

    Parameters
    ----------
    posts
        As `post_features` gives them; the values that occur in them are covered.
    """

    def __init__(self, facts: Facts, posts: pl.DataFrame) -> None:
        self._facts = facts
        self._posts = posts
        self._grids: dict[GridTopic, pl.DataFrame] = {}
        self._values: dict[str, list[Any]] = {}

    def values(self, feature: str) -> list[Any]:
        """The values of a feature, null last whether it occurs or not."""
        if feature not in self._values:
            known = self._posts[feature].drop_nulls().unique().sort().to_list()
            self._values[feature] = [*known, None]
        return self._values[feature]

    def grid(self, topic: GridTopic) -> pl.DataFrame:
        """Values × persons; under null, nothing is known."""
        if topic not in self._grids:
            known = self.values(topic.feature)[:-1]
            blank = pl.DataFrame(
                {name: [None] for name in topic.facts},
                schema={name: PAIR_FACTS[name].dtype for name in topic.facts},
            )[np.zeros(len(self._facts.person_ids), dtype=np.int64)]
            found = [topic.make(self._facts, known).cast(blank.schema)] if known else []
            self._grids[topic] = pl.concat([*found, blank], rechunk=True)
        return self._grids[topic]
