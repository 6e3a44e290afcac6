"""The month in which a person reaches the statutory retirement age, and whether a term fits in.

    retirement = birth + base_age + delay
    delay = min(longest_delay, m // months_per_step + 1)   for births from base_birth on, else 0

with m the whole months from the base birth month to the birth month (RETIRE/age). Men follow the
men's table; for women the table must be set on the person, since three exist. `retirement_month`
counts one birth and one table; `retirement_months` a whole frame: tests hold them together.

Not here: limits of age for posts, which are an office's own rules and no law (`banzi.due`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import polars as pl

from banzi.codes.levels import seniority
from banzi.kernel.date_columns import earliest_month, latest_month
from banzi.kernel.dates import month_index, month_of
from banzi.kernel.steps import Step
from banzi.law import Grade, LawAt, ValueInForce
from banzi.people.choices import RetirementTrack, Sex

_SCHEDULES = ("retirement/schedule", "retirement/schedule_women_leaders")
_LEADERS_FROM = "retirement/women_leaders_from_level"
BY_SEX = {track.value: track.sex.value for track in RetirementTrack}
"""Table → whose it is."""

_WOMENS = [track for track, sex in BY_SEX.items() if sex == Sex.FEMALE]


def retirement_month(born: int, track: RetirementTrack, law: LawAt) -> int | None:
    """Month index of reaching the age by one table; None where the table is not yet in force.

    `born` is the month index of birth.
    """
    entry = next((row for row in _entries(law) if row["track"] == track), None)
    if entry is None:
        return None
    later = born - int(entry["base_birth"])
    delay = min(entry["longest_delay"], later // entry["months_per_step"] + 1) if later >= 0 else 0
    return int(born + entry["base_age"] + delay)


def retirement_months(persons: pl.DataFrame, law: LawAt) -> pl.DataFrame:
    """One row per person: `retirement_month`, `track`, `is_verified`, of the tables in force.

    All null when the birth month or, for a woman, the table is not known or not in force, and
    where the table belongs to the other sex. `is_verified`: the table is not known from memory.
    """
    tracked = _TRACKED.select(persons, "person_id")
    return _by_table(in_force_with(law)).select(tracked, "person_id", "track")


def with_full_term(months: pl.DataFrame, as_of: date, law: LawAt) -> pl.DataFrame:
    """`retirement_months` with `serves_full_term`: whether a term from the day on fits in."""
    term = law.find("term_rules/term_months")
    return _FULL_TERM.add(months, month=month_of(as_of), term=term.value if term else None)


def _full_term(month: int | pl.Expr, term: int | pl.Expr | None) -> dict[str, pl.Expr]:
    least = pl.lit(None, pl.Int64) if term is None else term
    return {"serves_full_term": pl.col("retirement_month") - month >= least}


_FULL_TERM = Step(_full_term)


def in_force_with(law: LawAt) -> LawAt:
    """The law on the first day of the tables in force: one for all days until there are others."""
    found = (law.find(name) for name in _SCHEDULES)
    begun = [each.since for each in found if each is not None]
    return law.law.at(max(begun)) if begun else law.law.at(date.min)


def retirement_verified(
    counted: pl.DataFrame, levels: Callable[[], pl.DataFrame], law: LawAt
) -> pl.DataFrame:
    """`retirement_is_verified` of what `retirement_months` counted.

    Not verified: a table known from memory, and any table for a woman known to have reached the
    level from which leaders had a rule of their own. `levels` gives those of
    `levels.level_facts`, which has the persons in the same order; men do without.
    """
    if not _OF_WOMEN.filter(counted).height:
        return _VERIFIED.select(counted, "person_id")
    levelled = pl.DataFrame([*counted, levels()["level_order"]])
    return _VERIFIED_BY_LEVEL.select(levelled, "person_id", leaders_from=_leaders_from(law))


def _is_womens() -> pl.Expr:
    return pl.col("track").is_in(_WOMENS)


def _verified(verified: pl.Expr) -> dict[str, pl.Expr]:
    is_counted = pl.col("retirement_month").is_not_null()
    return {"retirement_is_verified": pl.when(is_counted).then(verified)}


def _verified_by_level(leaders_from: int | pl.Expr) -> dict[str, pl.Expr]:
    is_leader = _is_womens() & (pl.col("level_order") >= leaders_from)
    return _verified(pl.col("is_verified") & ~is_leader.fill_null(False))


_OF_WOMEN = Step(lambda: {"is_kept": _is_womens()})
_VERIFIED = Step(lambda: _verified(pl.col("is_verified")))
_VERIFIED_BY_LEVEL = Step(_verified_by_level)


@lru_cache(maxsize=100)
def _by_table(law: LawAt) -> Step:
    """The month and whether it is verified, one choice for each table: there are four at most."""
    month = pl.lit(None, pl.Int64)
    verified = pl.lit(None, pl.Boolean)
    for row in _entries(law):
        is_track = pl.col("track") == row["track"]
        month = pl.when(is_track).then(_month(pl.col("born"), row)).otherwise(month)
        verified = pl.when(is_track).then(pl.lit(row["is_verified"])).otherwise(verified)
    columns = {"retirement_month": month.cast(pl.Int32), "is_verified": verified}
    return Step(lambda: columns)


def retirement_bounds(persons: pl.DataFrame, law: LawAt) -> pl.DataFrame:
    """`retirement_earliest`, `retirement_latest`: the months between which it must lie.

    Over every table that the person may belong to and every month the birth may mean; null where
    nothing is known of the birth, or the table contradicts the sex.
    """
    by_sex = pl.col("sex").is_null() | (pl.col("sex") == pl.col("of_sex"))
    given = pl.col("retirement_track")
    possible = pl.when(given.is_null()).then(by_sex).otherwise((given == pl.col("track")) & by_sex)
    tables = _schedule(law).with_columns(
        of_sex=pl.col("track").replace_strict(BY_SEX, default=None, return_dtype=pl.String())
    )
    columns = {name: pl.col(name) for name in _NUMBERS}
    born_low = earliest_month(pl.col("birth")).cast(pl.Int64)
    born_high = latest_month(pl.col("birth")).cast(pl.Int64)
    return (
        persons.select("person_id", "sex", "birth", "retirement_track")
        .join(tables, how="cross")
        .filter(possible)
        .group_by("person_id", maintain_order=True)
        .agg(
            _month(born_low, columns).min().cast(pl.Int32).alias("retirement_earliest"),
            _month(born_high, columns).max().cast(pl.Int32).alias("retirement_latest"),
        )
    )


def _month(born: pl.Expr, table: Mapping[str, Any]) -> pl.Expr:
    """Month of the age by a table: of numbers, or of columns that hold them."""
    later = born - table["base_birth"]
    steps = later // table["months_per_step"] + 1
    delay = pl.when(later < 0).then(0).otherwise(pl.min_horizontal(table["longest_delay"], steps))
    month: pl.Expr = born + table["base_age"] + delay
    return month


def _track() -> pl.Expr:
    """The table that applies: as set on the person, else the men's; none of the other sex's."""
    given = pl.coalesce(
        "retirement_track",
        pl.when(pl.col("sex") == Sex.MALE.value).then(pl.lit(RetirementTrack.MEN.value)),
    )
    contradicts = pl.any_horizontal(
        (given == track) & (pl.col("sex") != sex) for track, sex in BY_SEX.items()
    )
    return pl.when(~contradicts.fill_null(False)).then(given)


def _born_month(birth: pl.Expr) -> pl.Expr:
    """Month index of birth; null where only the year is known."""
    month = birth // 100 % 100
    return pl.when(month > 0).then(birth // 10000 * 12 + month - 1)


def _tracked() -> dict[str, pl.Expr]:
    return {"track": _track(), "born": _born_month(pl.col("birth")).cast(pl.Int64)}


_TRACKED = Step(_tracked)


def _leaders_from(law: LawAt) -> int:
    found = law.find(_LEADERS_FROM)
    order = None if found is None else seniority(found.value)
    return 99 if order is None else order  # beyond the ladder: nobody


_NUMBERS = ("base_age", "base_birth", "months_per_step", "longest_delay")


@lru_cache(maxsize=100)
def _schedule(law: LawAt) -> pl.DataFrame:
    schema: dict[str, pl.DataType] = {"track": pl.String(), "is_verified": pl.Boolean()}
    return pl.DataFrame(_entries(law), schema=schema | dict.fromkeys(_NUMBERS, pl.Int64()))


def _entries(law: LawAt) -> list[dict[str, Any]]:
    """Every table in force: its track and numbers, the base birth as a month index."""
    found = (law.find(name) for name in _SCHEDULES)
    return [row for each in found if each is not None for row in _rows(each)]


def _rows(found: ValueInForce) -> list[dict[str, Any]]:
    return [
        {
            "track": track,
            "is_verified": found.grade is not Grade.FROM_MEMORY,
            **entry,
            "base_birth": month_index(entry["base_birth"] // 100, entry["base_birth"] % 100),
        }
        for track, entry in found.value.items()
    ]
