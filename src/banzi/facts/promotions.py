"""How the present level was reached: probation still running, and whether by exception.

Probation (AR/43) runs from the promotion to the present level, for posts that are not elected. A
seat on the roster says whether its post is elected, an appointment by its method (选任 …).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from banzi.codes.levels import seniority
from banzi.kernel.date_columns import earliest_day, latest_day

if TYPE_CHECKING:
    from banzi.facts.derive import Facts

_ELECTED = "选"
PROBATION_MONTHS = "appointment_regulations/probation_months"
HIGHEST_ON_PROBATION = seniority("1A21")
"""厅局级正职 on the ladder: above it the clause does not speak."""


def promotion_facts(at: Facts) -> pl.DataFrame:
    """One row per person: `on_probation`, `probation_ends_on`, `promoted_exceptionally`."""
    as_of = at.as_of
    found = at.law.find(PROBATION_MONTHS)
    months = pl.lit(found.value if found else None, pl.Int64)
    present = at.present.select("person_id", "level_order", "level_since")
    people = (
        present.join(_elected(at), on="person_id", how="left", maintain_order="left")
        .join(_exceptional(at), on="person_id", how="left", maintain_order="left")
        .with_columns(
            first=earliest_day(pl.col("level_since")).dt.offset_by(pl.format("{}mo", months)),
            last=latest_day(pl.col("level_since")).dt.offset_by(pl.format("{}mo", months)),
        )
    )
    running = (
        pl.when(
            (pl.col("last") <= as_of)
            | pl.col("is_elected")
            | (pl.col("level_order") > HIGHEST_ON_PROBATION)
        )
        .then(False)
        .when((pl.col("first") > as_of) & ~pl.col("is_elected"))
        .then(True)
    )
    return people.with_columns(on_probation=running).select(
        "person_id",
        "on_probation",
        pl.when("on_probation").then("last").alias("probation_ends_on"),
        "promoted_exceptionally",
    )


def _elected(at: Facts) -> pl.DataFrame:
    """`is_elected` of what a person holds: true by one post, false when every one is known not."""
    seats = at.seats.join(
        at.roster["posts"].select("post_id", "is_elected"), on="post_id", how="left"
    )
    offices = at.roster["appointments"].filter(pl.col("in_office").fill_null(False))
    rows = pl.concat(
        [
            seats.select("person_id", "is_elected"),
            offices.select(
                "person_id",
                is_elected=pl.col("appointment_method").str.contains(_ELECTED, literal=True),
            ),
        ]
    )
    known = pl.col("is_elected")
    return rows.group_by("person_id").agg(
        pl.when(known.fill_null(False).any())
        .then(True)
        .when(known.is_not_null().all())
        .then(False)
        .alias("is_elected")
    )


def _exceptional(at: Facts) -> pl.DataFrame:
    """Whether an appointment at the present level was exceptional; other levels do not matter."""
    rows = at.offices.join(at.present.select("person_id", "level_order"), on="person_id")
    inside = (pl.col("level") == pl.col("level_order")).fill_null(True)
    exceptional = pl.col("is_exceptional").filter(inside)
    sure = pl.col("is_exceptional") & (pl.col("level") == pl.col("level_order"))
    return rows.group_by("person_id").agg(
        pl.when(sure.fill_null(False).any())
        .then(True)
        .when((~exceptional).fill_null(False).all())
        .then(False)
        .alias("promoted_exceptionally")
    )
