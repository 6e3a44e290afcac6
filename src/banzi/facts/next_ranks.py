"""How long people have served towards the next rank (职级) of the ladder of CSL 19.

The next rank is the one above the present rank; who has none starts from the leading post. Which
posts and ranks count, and for how many months, is a table of the law; of several held the longest
counts.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.codes.levels import rank_seniority, seniority
from banzi.codes.lookup import code_of, load
from banzi.facts.levels import level_facts, months_at_levels
from banzi.facts.rank_held import rank_facts as held_ranks
from banzi.facts.spans import months_since
from banzi.law import LawAt
from banzi.people.choices import AssessmentKind
from banzi.roster import Roster

_RANKS, _LEVELS = "civil_rank_general", "post_level_zb09"
_TABLE = "rank_rules/min_months"
_ADJUSTMENT = "rank_rules/assessment_adjustment_months"
_EXCELLENT, _BARELY = ("1",), ("3", "3B")
"""Codes of appraisal_zb18: 优秀, and 基本称职."""


def rank_facts(roster: Roster, as_of: date, law: LawAt) -> pl.DataFrame:
    """One row per person in roster order: the columns of `RANK_FACTS`."""
    steps = _steps(law)
    present = level_facts(roster, as_of)
    people = present.select("person_id", "level_order").join(
        _ranks_held(roster, as_of), on="person_id", how="left", maintain_order="left"
    )
    upwards = [row.code for row in load(_RANKS).rows][::-1]
    above = dict(zip(upwards, [*upwards[1:], None], strict=True))
    by_rank = pl.col("rank").replace_strict(above, default=None, return_dtype=pl.String)
    first = (
        steps.filter(pl.col("level").is_not_null())
        .select("level", by_level="target")
        .unique("level")
    )
    people = people.join(
        first, left_on="level_order", right_on="level", how="left", maintain_order="left"
    ).with_columns(
        next_rank=pl.when(pl.col("rank").is_not_null()).then(by_rank).otherwise("by_level"),
        is_top_rank=pl.when(pl.col("rank").is_not_null()).then(pl.col("rank") == upwards[-1]),
    )
    held = months_at_levels(roster, present, as_of)
    towards = (
        people.select("person_id", "rank", "rank_months_low", "rank_months_high", "next_rank")
        .join(steps, left_on="next_rank", right_on="target")
        .join(held, on=["person_id", "level"], how="left")
        .with_columns(
            low=pl.when(pl.col("from_rank") == pl.col("rank"))
            .then("rank_months_low")
            .when(pl.col("level").is_not_null())
            .then(pl.col("months_low").fill_null(0)),
            high=pl.when(pl.col("from_rank") == pl.col("rank"))
            .then("rank_months_high")
            .when(pl.col("level").is_not_null())
            .then(pl.col("months_high").fill_null(0)),
            counts=(pl.col("from_rank") == pl.col("rank")).fill_null(False)
            | pl.col("months_high").is_not_null(),
        )
        .group_by("person_id", maintain_order=True)
        .agg(
            pl.col("months_required").first(),
            pl.col("low").filter("counts").max().alias("months_towards_rank_low"),
            pl.when(pl.col("high").filter("counts").is_not_null().all())
            .then(pl.col("high").filter("counts").max())
            .alias("months_towards_rank_high"),
        )
    )
    joined = people.join(towards, on="person_id", how="left", maintain_order="left")
    return _adjusted(roster, joined, as_of, law)


def _steps(law: LawAt) -> pl.DataFrame:
    """Target rank × what counts for it: `target`, `from_rank` or `level`, `months_required`."""
    found = law.find(_TABLE)
    rows = []
    for target, entry in (found.value if found else {}).items():
        for source in entry["from"]:
            level = code_of(_LEVELS, source)
            rows.append(
                {
                    "target": code_of(_RANKS, target),
                    "from_rank": code_of(_RANKS, source),
                    "level": None if level is None else seniority(level),
                    "months_required": entry["months"],
                }
            )
    schema = {
        "target": pl.String(),
        "from_rank": pl.String(),
        "level": pl.Int64(),
        "months_required": pl.Int64(),
    }
    return pl.DataFrame(rows, schema=schema)


def _ranks_held(roster: Roster, as_of: date) -> pl.DataFrame:
    """The rank held on the day (`rank_held`), as its code, with the time in it."""
    codes = {rank_seniority(row.code): row.code for row in load(_RANKS)}
    return held_ranks(roster, as_of).select(
        "person_id",
        pl.col("rank_order")
        .replace_strict(codes, default=None, return_dtype=pl.String)
        .alias("rank"),
        *months_since("rank_held_since", as_of, "rank_months"),
    )


def _adjusted(roster: Roster, people: pl.DataFrame, as_of: date, law: LawAt) -> pl.DataFrame:
    """Add how assessments of whole years meanwhile shorten or lengthen what is asked for."""
    found = law.find(_ADJUSTMENT)
    shorter = found.value["excellent"] if found else 0
    years = roster["assessments"].filter(
        (pl.col("assessment_kind") == AssessmentKind.ANNUAL.value) & (pl.col("year") < as_of.year)
    )
    first_year = (as_of.year * 12 + as_of.month - 1 - pl.col("months_towards_rank_low")) // 12
    counted = (
        years.join(people.select("person_id", first_year=first_year), on="person_id")
        .filter(pl.col("year") >= pl.col("first_year"))
        .group_by("person_id")
        .agg(
            excellent=pl.col("outcome").is_in(_EXCELLENT).sum().cast(pl.Int64),
            barely=pl.col("outcome").is_in(_BARELY).sum().cast(pl.Int64),
        )
    )
    return people.join(counted, on="person_id", how="left", maintain_order="left").select(
        "person_id",
        "next_rank",
        "is_top_rank",
        "months_towards_rank_low",
        "months_towards_rank_high",
        "months_required",
        months_shortened=pl.col("months_required") + pl.col("excellent").fill_null(0) * shorter,
        barely_competent_years=pl.col("barely").fill_null(0),
    )
