"""Highest education, highest full-time education and full-time degree, as tiers 0 to 3.

Tiers follow the groups of code table education_zb64: 1… postgraduate, 2… university, 31 to 34
college, the rest below. Degrees without an education of their own do not count
towards education. An honorary degree is none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from banzi.codes.lookup import code_of, name_of
from banzi.kernel.date_columns import on_or_before
from banzi.people.choices import EducationMode
from banzi.roster import Roster

_TABLE, _DEGREES = "education_zb64", "degree_gbt6864"

TIERS = {"研究生": 3, "大学本科": 2, "大学专科": 1}
"""What the law files call a level of education → its tier."""


def education_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person; null when no education is known, or one that might be higher is unread.

    The education table counts first; a person without a row in it is read from the form's texts.
    """
    rows = roster["education"].filter(
        on_or_before(pl.col("graduated_on"), as_of).fill_null(True)
        & (pl.col("education_code").is_not_null() | pl.col("education_name").is_not_null())
    )
    tier = _read(pl.col("education_code"), tier_of, pl.Int64())
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
            _read(pl.col(name), _tier_of_text, pl.Int64())
            for name in ("full_time_education", "in_service_education")
        ),
    )
    texts = texts.join(_degrees(roster, as_of), on="person_id", how="left", maintain_order="left")
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
        "full_time_degree_tier",
    )


def degree_tier_of(name: str) -> int | None:
    """3 doctor, 2 master, 1 bachelor, 0 for an honorary degree; None for another wording."""
    if name.startswith("名誉"):
        return 0
    for tier, ending in ((3, "博士"), (2, "硕士"), (1, "学士")):
        if name.strip().endswith(ending):
            return tier
    return None


def _degrees(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person: `full_time_degree_tier`.

    Full-time rows of the education table count first, one without a degree as 0; a person without
    any row in it is read from the form's text, where a blank may mean no degree or not filled in.
    """
    conferred = pl.coalesce("degree_on", "graduated_on")
    names = pl.coalesce(
        _read(pl.col("degree_code"), lambda code: name_of(_DEGREES, code), pl.String()),
        "degree_name",
    )
    tier = _read(names, degree_tier_of, pl.Int64())
    full_time = pl.col("education_mode") == EducationMode.FULL_TIME.value
    from_table = (
        roster["education"]
        .filter(on_or_before(conferred, as_of).fill_null(True))
        .with_columns(degree=pl.when(names.is_null()).then(0).otherwise(tier))
        .group_by("person_id")
        .agg(
            pl.when(full_time.is_not_null().all())
            .then(_highest(pl.col("degree").filter(full_time)))
            .alias("table_degree"),
            full_time.fill_null(True).any().alias("has_full_time"),
        )
    )
    stated = _read(pl.col("full_time_degree"), degree_tier_of, pl.Int64())
    return (
        roster["persons"]
        .select("person_id", stated=stated)
        .join(from_table, on="person_id", how="left", maintain_order="left")
        .select(
            "person_id",
            pl.when("has_full_time")
            .then("table_degree")
            .when(pl.col("has_full_time").is_null())
            .then("stated")
            .alias("full_time_degree_tier"),
        )
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


def _read(texts: pl.Expr, reading: Callable[[str], object], dtype: pl.DataType) -> pl.Expr:
    """What is read of each text, null of null; texts are few and each is read once."""

    def read(column: pl.Series) -> pl.Series:
        meanings = {text: None if text is None else reading(text) for text in column.unique()}
        return pl.Series(column.name, [meanings[text] for text in column], dtype=dtype)

    return texts.map_batches(read, return_dtype=dtype, is_elementwise=True)
