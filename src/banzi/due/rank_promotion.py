"""晋升职级年限届满: the least time before the next 职级 (RANK, article 18 of the rules).

A person without a rank on record may have none or one that nobody entered; the month by the post
level then only bounds what is missing. One row for each rank above the present one to which a route
leads: from the present rank, or from the present post level; where both lead to the same rank the
earlier counts. How annual assessments change the time is known from memory only, so they widen the
bounds and never move the month.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from banzi.codes.levels import rank_seniority, seniority
from banzi.codes.lookup import load
from banzi.due.entries import DUE, DueCase, DueKind, after, entries, joined, where
from banzi.due.words import Doubt, Step, Theme
from banzi.facts.levels import level_facts
from banzi.facts.ranks import rank_facts
from banzi.kernel.date_columns import latest_month
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import AssessmentKind

_MONTHS, _ADJUSTMENT = "rank_rules/min_months", "rank_rules/assessment_adjustment_months"
_OUTCOMES = {"excellent": ("1",), "barely_competent": ("3", "3B")}
"""Keys of the adjustment → codes of appraisal_zb18."""


def _find(case: DueCase) -> pl.DataFrame:
    found = case.then.find(_MONTHS)
    if found is None:
        return DUE.empty()
    rows = (
        _held(case)
        .join(_routes(found.value), on=["from_kind", "from_order"], maintain_order="left")
        .filter((pl.col("target") > pl.col("rank_order")).fill_null(True))
        .join(_adjustments(case), on="person_id", how="left", maintain_order="left")
        .with_columns(**after(pl.col("since"), pl.col("months").cast(pl.Int32)))
    )
    rows = _with_assessments(rows, case)
    best = rows.sort(
        "person_id", "target", "due_month", "from_kind", nulls_last=True, maintain_order=True
    ).unique(["person_id", "target"], keep="first", maintain_order=True)
    order = pl.DataFrame({"person_id": case.roster["persons"]["person_id"]}).with_row_index("place")
    best = best.join(order, on="person_id").sort("place", "target")
    recorded = pl.col("rank_order").is_not_null()
    month = pl.col("due_month")
    bar = pl.col("sanctions_bar_until")
    barred = (bar.dt.year() * 12 + bar.dt.month() - 1) > month
    sanctions_open = pl.col("sanctions_end_on").is_null() & bar.is_null()
    return entries(
        best,
        due_kind=pl.lit(RANK_PROMOTION.id),
        about=pl.format("{}（任{}）", "target_name", "from_name"),
        due_month=pl.when(recorded).then(month),
        due_earliest=pl.col("due_earliest") + pl.col("sooner"),
        due_latest=pl.col("due_latest") + pl.col("later"),
        basis=pl.format("RANK/{}", "target_name"),
        facts=pl.lit("rank rank_since post_level post_level_since outcome"),
        missing=joined(
            where(~recorded, "rank"),
            where(pl.col("since").is_null() & (pl.col("from_kind") == "rank"), "rank_since"),
            where(pl.col("since").is_null() & (pl.col("from_kind") == "level"), "post_level_since"),
        ),
        doubts=joined(
            where(pl.col("adjusting") > 0, Doubt.ASSESSMENTS_ADJUST.value),
            where(pl.col("is_incomplete"), Doubt.ASSESSMENTS_INCOMPLETE.value),
            where(barred, Doubt.SANCTION_RUNNING.value),
            where(sanctions_open, Doubt.SANCTIONS_NOT_KNOWN.value),
        ),
        next_step=pl.lit(Step.PROMOTE_RANK.value),
    )


def _held(case: DueCase) -> pl.DataFrame:
    """What counts time towards a rank: one row for the rank and one for the post level of each."""
    ranks = rank_facts(case.roster, case.as_of)
    levels = level_facts(case.roster, case.as_of)
    people = case.people.select("person_id", "sanctions_bar_until", "sanctions_end_on")
    both = people.join(ranks, on="person_id", maintain_order="left").join(
        levels.select("person_id", "level_order", "level_since"),
        on="person_id",
        maintain_order="left",
    )
    common = ("person_id", "sanctions_bar_until", "sanctions_end_on", "rank_order")
    parts = [
        both.select(*common, from_kind=pl.lit(kind), from_order=order, since=since)
        for kind, order, since in (
            ("rank", "rank_order", "rank_held_since"),
            ("level", "level_order", "level_since"),
        )
    ]
    return pl.concat(parts).drop_nulls("from_order")


def _routes(table: dict[str, dict[str, Any]]) -> pl.DataFrame:
    """`from_kind`, `from_order`, `from_name`, `target`, `target_name`, `months`."""
    ranks = {row.name: rank_seniority(row.code) for row in load("civil_rank_general")}
    levels = {row.name: seniority(row.code) for row in load("post_level_zb09")}
    rows = [
        {
            "from_kind": "rank" if name in ranks else "level",
            "from_order": ranks.get(name, levels.get(name)),
            "from_name": name,
            "target": ranks[target],
            "target_name": target,
            "months": route["months"],
        }
        for target, route in table.items()
        for name in route["from"]
    ]
    return pl.DataFrame(rows, schema_overrides={"from_order": pl.Int64, "target": pl.Int64})


def _adjustments(case: DueCase) -> pl.DataFrame:
    """Years on record: `person_id`, `years` (list of year and months that it adds)."""
    found = case.then.find(_ADJUSTMENT)
    months = {
        code: found.value[key] if found else 0 for key, codes in _OUTCOMES.items() for code in codes
    }
    return (
        case.roster["assessments"]
        .filter(
            (pl.col("assessment_kind") == AssessmentKind.ANNUAL.value)
            & pl.col("outcome").is_not_null()
            & (pl.col("year") < case.as_of.year)
        )
        .select(
            "person_id",
            "year",
            adds=pl.col("outcome").replace_strict(months, default=0, return_dtype=pl.Int64),
        )
        .group_by("person_id")
        .agg(years=pl.struct("year", "adds"))
    )


def _with_assessments(rows: pl.DataFrame, case: DueCase) -> pl.DataFrame:
    """Adds `sooner`, `later` (months), `adjusting` (years that count) and `is_incomplete`.

    Years from the one after the start to the last whole one; the year of the start counts for
    what came before. They are known for certain only where every one has a result.
    """
    keyed = rows.with_row_index("row").with_columns(
        first_year=latest_month(pl.col("since")) // 12 + 1
    )
    counted = (
        keyed.select("row", "first_year", "years")
        .explode("years")
        .unnest("years")
        .filter(pl.col("year") >= pl.col("first_year"))
        .group_by("row")
        .agg(
            total=pl.col("adds").sum(),
            adjusting=(pl.col("adds") != 0).sum().cast(pl.Int64),
            seen=pl.col("year").n_unique().cast(pl.Int64),
        )
    )
    expected = (case.as_of.year - pl.col("first_year")).clip(lower_bound=0)
    return (
        keyed.join(counted, on="row", how="left", maintain_order="left")
        .with_columns(pl.col("total", "adjusting", "seen").fill_null(0))
        .with_columns(
            sooner=pl.col("total").clip(upper_bound=0),
            later=pl.col("total").clip(lower_bound=0),
            is_incomplete=pl.col("seen") < expected,
        )
    )


RANK_PROMOTION = DueKind(
    "rank_promotion",
    _("晋升职级年限"),
    "time for a higher rank",
    _find,
    (_MONTHS, _ADJUSTMENT),
    theme=Theme.RANK,
)
