"""The month in which a person reaches the statutory retirement age, and whether a term fits in.

    retirement = birth + base_age + delay
    delay = min(longest_delay, m // months_per_step + 1)   for births from base_birth on, else 0

with m the whole months from the base birth month to the birth month (RETIRE/age). Men follow the
men's table; for women the table must be set on the person, since three exist.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.kernel.dates import month_index, month_of
from banzi.law import Grade, LawAt, ValueInForce
from banzi.people.choices import RetirementTrack

_SCHEDULES = ("retirement/schedule", "retirement/schedule_women_leaders")


def retirement_facts(persons: pl.DataFrame, as_of: date, law: LawAt) -> pl.DataFrame:
    """One row per person: `retirement_month`, `retirement_is_verified`, `serves_full_term`.

    All null when the birth month or, for a woman, the table is not known, or not in force.
    """
    schedule = _schedule(law)
    track = pl.coalesce(
        "retirement_track", pl.when(pl.col("sex") == "male").then(pl.lit(RetirementTrack.MEN.value))
    )
    has_month = pl.col("birth") // 100 % 100 > 0
    born = pl.when(has_month).then(pl.col("birth") // 10000 * 12 + pl.col("birth") // 100 % 100 - 1)
    later = pl.col("born") - pl.col("base_birth")
    delay = (
        pl.when(later < 0)
        .then(0)
        .otherwise(pl.min_horizontal("longest_delay", later // pl.col("months_per_step") + 1))
    )
    term = law.find("term_rules/term_months")
    left = pl.col("retirement_month") - month_of(as_of)
    return (
        persons.select("person_id", track=track, born=born.cast(pl.Int64))
        .join(schedule, on="track", how="left", maintain_order="left")
        .with_columns(retirement_month=(pl.col("born") + pl.col("base_age") + delay).cast(pl.Int32))
        .select(
            "person_id",
            "retirement_month",
            pl.when(pl.col("retirement_month").is_not_null())
            .then("is_verified")
            .alias("retirement_is_verified"),
            (left >= (term.value if term else pl.lit(None, pl.Int64))).alias("serves_full_term"),
        )
    )


def _schedule(law: LawAt) -> pl.DataFrame:
    rows: list[dict[str, object]] = []
    for name in _SCHEDULES:
        found = law.find(name)
        if found is not None:
            rows.extend(_rows(found))
    schema: dict[str, pl.DataType] = {"track": pl.String(), "is_verified": pl.Boolean()}
    numbers = ("base_age", "base_birth", "months_per_step", "longest_delay")
    return pl.DataFrame(rows, schema=schema | dict.fromkeys(numbers, pl.Int64()))


def _rows(found: ValueInForce) -> list[dict[str, object]]:
    return [
        {
            "track": track,
            "is_verified": found.grade is not Grade.FROM_MEMORY,
            **entry,
            "base_birth": month_index(entry["base_birth"] // 100, entry["base_birth"] % 100),
        }
        for track, entry in found.value.items()
    ]
