"""Exceptions on record (破格审批), and whether each was agreed to in time.

AR/35: the superior organisation department agrees before the discussion; to skipping a level (越级)
before the vetting. A waiver agreed to on that very day, or without a reason stored, does not
count. One whose discussion or vetting has no date yet is in time.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import polars as pl

from banzi.roster import TABLES, Roster

Before = Literal["discussion", "inspection"]
_TENURE = "appointment-regulations/8.3/time-in-level"
_SKIPPING = "appointment-regulations/9/one-step"


_NO_PAIRS = pl.DataFrame(
    schema={
        "person_id": pl.String(),
        "post_id": pl.String(),
        "has_waiver": pl.Boolean(),
        "waives_tenure": pl.Boolean(),
        "late_waiver": pl.String(),
    }
)
_NO_WAIVERS = pl.DataFrame(
    schema={
        **TABLES["waivers"].schema,
        "is_reasoned": pl.Boolean(),
        "in_time_for_discussion": pl.Boolean(),
        "in_time_for_inspection": pl.Boolean(),
    }
)


def waiver_rows(roster: Roster, as_of: date) -> pl.DataFrame:
    """Waivers agreed to by the day, latest last, with `is_reasoned`, `in_time_for_<before>`."""
    if not roster["waivers"].height:
        return _NO_WAIVERS
    agreed = pl.col("approved_on")
    before_discussion = pl.col("discussed_on").is_null() | (agreed < pl.col("discussed_on"))
    before_vetting = pl.col("inspected_on").is_null() | (agreed < pl.col("inspected_on"))
    return (
        roster["waivers"]
        .filter(agreed <= as_of)
        .with_columns(
            is_reasoned=pl.col("reason").str.strip_chars().str.len_chars() > 0,
            in_time_for_discussion=before_discussion,
            in_time_for_inspection=before_discussion & before_vetting,
        )
        .sort("approved_on", "waiver_no")
    )


def waiver_pairs(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person and post with a waiver: `has_waiver`, `waives_tenure`, `late_waiver`.

    `late_waiver` holds the documents (or days) of waivers that were agreed to too late, or of
    which no reason is stored; null when there is none.
    """
    if not roster["waivers"].height:
        return _NO_PAIRS
    in_time = (
        pl.when(pl.col("rule_id") == _SKIPPING)
        .then("in_time_for_inspection")
        .otherwise("in_time_for_discussion")
    )
    late = pl.coalesce("document", pl.col("approved_on").dt.to_string("%Y-%m-%d")).filter(
        ~(in_time & pl.col("is_reasoned"))
    )
    return (
        waiver_rows(roster, as_of)
        .group_by("person_id", "post_id", maintain_order=True)
        .agg(
            has_waiver=pl.lit(True),
            waives_tenure=(pl.col("rule_id") == _TENURE).any(),
            late_waiver=pl.when(late.len() > 0).then(late.str.join("、")),
        )
    )
