"""Highest education and highest full-time education, as tiers 0 to 3.

Tiers follow the groups of code table education_zb64: 1… postgraduate, 2… university, 31 to 34
college, the rest below. Degrees without an education of their own do not count.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.codes.lookup import code_of
from banzi.kernel.date_columns import on_or_before
from banzi.people.choices import EducationMode
from banzi.roster import Roster

_TABLE = "education_zb64"

TIERS = {"postgraduate": 3, "bachelor": 2, "junior_college": 1}
"""What the law files call a level of education → its tier."""


def education_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person; null when no education is known, or one that might be higher is unread.

    The education table counts first; a person without a row in it is read from the form's texts.
    """
    rows = roster["education"].filter(
        on_or_before(pl.col("graduated_on"), as_of).fill_null(True)
        & (pl.col("education_code").is_not_null() | pl.col("education_name").is_not_null())
    )
    tier = pl.col("education_code").map_elements(tier_of, return_dtype=pl.Int64, skip_nulls=True)
    rows = rows.with_columns(tier=tier)
    full_time = pl.col("education_mode") == EducationMode.FULL_TIME.value
    from_table = rows.group_by("person_id").agg(
        _highest(pl.col("tier")).alias("table_tier"),
        _highest(pl.col("tier").filter(full_time.fill_null(True))).alias("table_full_time"),
        full_time.is_null().any().alias("mode_open"),
    )
    texts = roster["persons"].select(
        "person_id",
        *(
            pl.col(name).map_elements(_tier_of_text, return_dtype=pl.Int64, skip_nulls=True)
            for name in ("full_time_education", "in_service_education")
        ),
    )
    stated = pl.max_horizontal("full_time_education", "in_service_education")
    return texts.join(from_table, on="person_id", how="left", maintain_order="left").select(
        "person_id",
        pl.when(pl.col("mode_open").is_null())
        .then(stated)
        .otherwise("table_tier")
        .alias("education_tier"),
        pl.when(pl.col("mode_open").is_null())
        .then("full_time_education")
        .when(~pl.col("mode_open"))
        .then("table_full_time")
        .alias("full_time_education_tier"),
    )


def tier_of(code: str) -> int | None:
    """3 postgraduate, 2 university, 1 college, 0 below; None for an unknown code."""
    if code.startswith("1"):
        return 3
    if code.startswith("2"):
        return 2
    if code in ("3", "31", "32", "33", "34"):
        return 1
    return 0 if code in ("35", "36", "37", "38", "39") else None


def _tier_of_text(text: str) -> int | None:
    code = code_of(_TABLE, text)
    return None if code is None else tier_of(code)


def _highest(tiers: pl.Expr) -> pl.Expr:
    top = tiers.max()
    return pl.when(tiers.is_not_null().all() | (top == 3)).then(top)
