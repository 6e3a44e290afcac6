"""Facts about a person and a post, computed once for each value in which posts differ.

Time at the level below depends on the post's level only, the hometown on its division: each is a
grid of values × persons. Kin depends on the post itself and few pairs have any: a table of pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from banzi.facts.levels import level_order
from banzi.facts.tenures import area_levels
from banzi.kernel.date_columns import on_or_before
from banzi.kernel.few_rows import crossed, is_among, joined, picked, together
from banzi.kernel.steps import Gathering, Step
from banzi.roster import Roster
from banzi.teams.choices import DutyHead, TeamKind

Values = Sequence[tuple[Any, ...]]
"""What posts have of some features, each combination once, none of them null."""


@dataclass(frozen=True)
class GridTopic:
    """Facts that differ by some features of the post.

    `make` gives them for some values of the features: a frame of exactly `facts`, persons in
    roster order within each value, values in the order given.
    """

    features: tuple[str, ...]
    facts: tuple[str, ...]
    make: Callable[[Facts, Values], pl.DataFrame]


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


def level_months(facts: Facts, values: Values) -> pl.DataFrame:
    """`months_at_lower_level_low/high`: time at the level just below each order.

    Null when the present level is not known, 0 when it is and that level was never held.
    """
    return _months_held(facts, values, "months_at_lower_level", steps=1)


def months_at_target(facts: Facts, values: Values) -> pl.DataFrame:
    """`months_at_target_level_low/high`: time at each order itself; null and 0 as above."""
    return _months_held(facts, values, "months_at_target_level", steps=0)


def _months_held(facts: Facts, values: Values, name: str, steps: int) -> pl.DataFrame:
    ordered = _ORDER.add(facts.months_at_levels, steps=steps)
    names = {f"{name}_{end}": f"months_{end}" for end in ("low", "high")}
    months = picked(ordered, "person_id", "order", **names)
    none = _NOT_HELD.select(facts.present)["none"]
    return on_grid(facts, values, ["order"], months, none)


_ORDER = Step(lambda steps: {"order": pl.col("level") + steps})
_NOT_HELD = Step(lambda: {"none": pl.when(pl.col("level_order").is_not_null()).then(0)})


def posts_held(facts: Facts, values: Values) -> pl.DataFrame:
    """`posts_at_lower_level_low/high`; null when no post held is recorded."""
    held = _posts_held(facts.offices, [order for (order,) in values], facts.as_of)
    any_post = is_among(facts.person_ids, facts.offices["person_id"])
    none = _NO_POST.select(any_post.alias("any_post").to_frame())["none"]
    return on_grid(facts, values, ["order"], held, none)


_NO_POST = Step(lambda: {"none": pl.when("any_post").then(0)})


def on_grid(
    facts: Facts, values: Values, keys: Sequence[str], found: pl.DataFrame, none: pl.Series
) -> pl.DataFrame:
    """Values × persons of what was found, a row for each person and value that has something.

    Parameters
    ----------
    found
        `person_id`, the keys (whose values these are) and the columns wanted, whole numbers.
    none
        One number a person: what stands where nothing was found.
    """
    persons = len(facts.person_ids)
    columns = [name for name in found.columns if name not in ("person_id", *keys)]
    if persons * len(values) <= _FEW_CELLS:
        return _on_small_grid(
            facts, values, keys, picked(found, "person_id", *keys, *columns), none
        )
    blocks = pl.DataFrame(
        [(*value, place * persons) for place, value in enumerate(values)],
        schema=[*((key, found.schema[key]) for key in keys), ("block", pl.Int64)],
        orient="row",
    )
    placed = found.join(blocks, on=keys).join(facts.numbers, on="person_id")
    places = placed["block"] + placed["number"]
    blank = pl.concat([none.cast(pl.Int64)] * len(values), rechunk=True)
    return pl.DataFrame(
        [blank.clone().scatter(places, placed[name].cast(pl.Int64)).alias(name) for name in columns]
    )


def _on_small_grid(
    facts: Facts, values: Values, keys: Sequence[str], found: pl.DataFrame, none: pl.Series
) -> pl.DataFrame:
    """The same, cell by cell."""
    number = {person: place for place, person in enumerate(facts.person_ids)}
    block = {value: place * len(number) for place, value in enumerate(values)}
    columns = found.columns[1 + len(keys) :]
    cells = [[each] * len(columns) for each in none.to_list() * len(values)]
    for person, *rest in found.iter_rows():
        value = tuple(rest[: len(keys)])
        if value in block and person in number:
            cells[block[value] + number[person]] = rest[len(keys) :]
    return pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.Int64()), orient="row")


_FEW_CELLS = 16
"""Values × persons up to which a grid is filled cell by cell: joins would take a millisecond."""


def _posts_held(rows: pl.DataFrame, orders: list[int], as_of: date) -> pl.DataFrame:
    """Distinct posts at the next lower level; one without level or date counts to `high` only.

    For `low` two rows are two posts only if nothing unknown about them (the organ, the place on
    this roster) could make them one; for `high` if anything could part them.
    """
    below = [(order, level) for order in orders for level in lower_levels(order)]
    levels = pl.DataFrame(below, schema={"order": pl.Int64(), "level": pl.Int64()}, orient="row")
    begun = _KEPT.filter(_BEGUN.select(rows, "person_id", "level", "post_name", as_of=as_of))
    anywhere = _LEVELLESS.filter(begun)
    parts = [joined(begun, levels, "level", how="inner")]
    if anywhere.height:
        every = pl.DataFrame({"order": orders}, schema={"order": pl.Int64()})
        parts.append(crossed(_UNSURE.add(anywhere), every))
    return _COUNTED.of(together(*parts))


def _begun(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    named = pl.concat_str(pl.col("organ_name").fill_null(""), pl.lit("|"), pl.col("post_name"))
    return {
        "named": named,
        "key": pl.coalesce(pl.col("post_id"), named),
        "has_organ": pl.col("organ_name").is_not_null(),
        "sure": on_or_before(pl.col("appointed_on"), as_of),
    }


def _counted() -> dict[str, pl.Expr]:
    sure = pl.col("sure").fill_null(False)
    return {
        "posts_at_lower_level_low": pl.min_horizontal(
            pl.col("key").filter(sure).n_unique(),
            pl.max_horizontal(
                pl.col("named").filter(sure & pl.col("has_organ")).n_unique(),
                pl.col("post_name").filter(sure).n_unique(),
            ),
        ),
        "posts_at_lower_level_high": pl.col("key").n_unique(),
    }


_BEGUN, _COUNTED = Step(_begun), Gathering(["person_id", "order"], _counted)
_KEPT = Step(lambda: {"is_kept": pl.col("sure").fill_null(True)})
_LEVELLESS = Step(lambda: {"is_kept": pl.col("level").is_null()})
_UNSURE = Step(lambda: {"sure": pl.lit(None, pl.Boolean)})


def growth(facts: Facts, values: Values) -> pl.DataFrame:
    """`grew_up_in_area`: whether each person grew up in each division.

    Null when the place of growing up is not known or fits several divisions, is no longer in use
    in the same province, or is only known to a wider area that contains the division.
    """
    places = facts.roster["persons"]["growth_place"]
    texts = list(dict.fromkeys(places.to_list()))
    row_of = {text: row for row, text in enumerate(texts)}
    rows = np.array([row_of[text] for text in places], dtype=np.int64)
    matches = [None if text is None else find_place(text) for text in texts]
    columns = []
    for (code,) in values:
        answers = pl.Series([_lies_in(match, code) for match in matches], dtype=pl.Boolean)
        columns.append(answers if len(texts) == len(places) else answers.gather(rows))
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


def area_level_months(facts: Facts, values: Values) -> pl.DataFrame:
    """`area_level_months_low/high`: time at a level in Party and government teams of an area.

    Null where it is not the level a person has.
    """
    divisions = list(dict.fromkeys(division for division, _order in values))
    found = area_levels(facts, divisions, sorted({order for _division, order in values}))
    none = pl.Series("none", [None], dtype=pl.Int64).new_from_index(0, len(facts.person_ids))
    return on_grid(facts, values, ["division_code", "target_level_order"], found, none)


GRIDS = (
    GridTopic(
        ("target_level_order",),
        ("months_at_lower_level_low", "months_at_lower_level_high"),
        level_months,
    ),
    GridTopic(
        ("target_level_order",),
        ("months_at_target_level_low", "months_at_target_level_high"),
        months_at_target,
    ),
    GridTopic(
        ("target_level_order",),
        ("posts_at_lower_level_low", "posts_at_lower_level_high"),
        posts_held,
    ),
    GridTopic(("division_code",), ("grew_up_in_area",), growth),
    GridTopic(
        ("division_code", "target_level_order"),
        ("area_level_months_low", "area_level_months_high"),
        area_level_months,
    ),
)
"""Facts of a person and some features of the post."""

BY_PAIR: dict[str, tuple[str, ...]] = {
    "kin_pairs": ("kin_seated", "kin_to_confirm"),
    "tenure_pairs": ("months_in_this_post_low", "months_in_this_post_high"),
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
        self._rows: dict[GridTopic, dict[str, Any]] = {}
        self._values: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}

    def values(self, features: tuple[str, ...]) -> list[tuple[Any, ...]]:
        """The combinations of some features that posts have, without those of which one is null."""
        if features not in self._values:
            known = set(picked(self._posts, *features).iter_rows())
            self._values[features] = sorted(value for value in known if None not in value)
        return self._values[features]

    def row(self, topic: GridTopic, features: Mapping[str, Any]) -> dict[str, Any]:
        """Of a single person and a post of these features: the facts of a topic."""
        if topic not in self._rows:
            wanted, values = (
                tuple(features[name] for name in topic.features),
                self.values(topic.features),
            )
            if wanted in values:
                made = topic.make(self._facts, [wanted])
                self._rows[topic] = made.row(0, named=True)
            else:
                self._rows[topic] = dict.fromkeys(topic.facts)
        return self._rows[topic]

    def grid(self, topic: GridTopic) -> pl.DataFrame:
        """Values × persons, and a last block of persons of which nothing is known."""
        if topic not in self._grids:
            known = self.values(topic.features)
            blank = pl.DataFrame(
                {name: [None] for name in topic.facts},
                schema={name: PAIR_FACTS[name].dtype for name in topic.facts},
            )[np.zeros(len(self._facts.person_ids), dtype=np.int64)]
            made = [topic.make(self._facts, known)] if known else []
            found = [
                each if each.schema == blank.schema else each.cast(blank.schema) for each in made
            ]
            self._grids[topic] = pl.concat([*found, blank], rechunk=True)
        return self._grids[topic]
