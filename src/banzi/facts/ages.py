"""Age, Party standing, length of service, sex, ethnicity and Party membership of each person."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.spans import months_since
from banzi.facts.times import AGE_MONTHS
from banzi.kernel.date_columns import months_until
from banzi.kernel.steps import Step

_HAN = "01"  # ethnic_gbt3304
_PARTY_MEMBERS = ("01", "02")  # political_gbt4762: full and probationary members


def age_facts(persons: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """One row per person.

    `age_months` is null when the birth month is not known; `birth_year` needs the year only.
    Party standing of a person known not to be a member is 0.
    """
    return _AGES.select(persons, "person_id", as_of=as_of)


def _ages(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    youngest, oldest = months_until(pl.col("birth"), as_of)
    party_low, party_high = months_since("party_joined", as_of, "party_standing_months")
    service_low, service_high = months_since("work_started", as_of, "service_months")
    member = pl.col("political_status").is_in(_PARTY_MEMBERS)
    return {
        AGE_MONTHS: pl.when(youngest == oldest).then(oldest).cast(pl.Int64),
        "birth_year": (pl.col("birth") // 10000).cast(pl.Int64),
        "is_woman": pl.col("sex") == "female",
        "is_minority": pl.col("ethnicity") != _HAN,
        "is_party_member": member,
        "party_standing_months_low": pl.when(member.not_()).then(0).otherwise(party_low),
        "party_standing_months_high": pl.when(member.not_()).then(0).otherwise(party_high),
        "service_months_low": service_low,
        "service_months_high": service_high,
    }


_AGES = Step(_ages)
