"""How the present level was reached: probation still running, and whether by exception.

Probation (AR/43) runs from the promotion to the present level, for posts that are not elected. A
seat on the roster says whether its post is elected, an appointment by its method (选任 …).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from banzi.codes.levels import seniority
from banzi.facts.levels import posts_of
from banzi.kernel.date_columns import earliest_day, latest_day
from banzi.kernel.few_rows import joined, picked, together
from banzi.kernel.steps import Gathering, Step

if TYPE_CHECKING:
    from banzi.facts.derive import Facts

_ELECTED = "选"
PROBATION_MONTHS = "appointment_regulations/probation_months"
HIGHEST_ON_PROBATION = seniority("1A21")
"""厅局级正职 on the ladder: above it the clause does not speak."""


def promotion_facts(at: Facts) -> pl.DataFrame:
    """One row per person: `on_probation`, `probation_ends_on`, `promoted_exceptionally`."""
    found = at.law.find(PROBATION_MONTHS)
    people = joined(
        joined(
            picked(at.present, "person_id", "level_order", "level_since"), _elected(at), "person_id"
        ),
        _exceptional(at),
        "person_id",
    )
    after = None if found is None else f"{found.value}mo"
    return _PROBATION.select(
        people, "person_id", "promoted_exceptionally", as_of=at.as_of, after=after
    )


def _probation(as_of: date | pl.Expr, after: str | pl.Expr | None) -> dict[str, pl.Expr]:
    since, is_elected = pl.col("level_since"), pl.col("is_elected")
    first, last = (
        day.dt.offset_by(pl.lit(None, pl.String) if after is None else after)
        for day in (earliest_day(since), latest_day(since))
    )
    running = (
        pl.when((last <= as_of) | is_elected | (pl.col("level_order") > HIGHEST_ON_PROBATION))
        .then(False)
        .when((first > as_of) & ~is_elected)
        .then(True)
    )
    return {"on_probation": running, "probation_ends_on": pl.when(running).then(last)}


_PROBATION = Step(_probation)


def _elected(at: Facts) -> pl.DataFrame:
    """`is_elected` of what a person holds: true by one post, false when every one is known not."""
    posts = picked(posts_of(at.roster, at.seats), "post_id", "is_elected")
    seats = picked(joined(at.seats, posts, "post_id"), "person_id", "is_elected")
    offices = _IN_OFFICE.select(_OFFICES.filter(at.roster["appointments"]), "person_id")
    return _ELECTED_BY_PERSON.of(together(seats, offices))


_OFFICES = Step(lambda: {"is_kept": pl.col("in_office").fill_null(False)})
_IN_OFFICE = Step(
    lambda: {"is_elected": pl.col("appointment_method").str.contains(_ELECTED, literal=True)}
)


def _any_elected() -> dict[str, pl.Expr]:
    known = pl.col("is_elected")
    return {
        "is_elected": pl.when(known.fill_null(False).any())
        .then(True)
        .when(known.is_not_null().all())
        .then(False)
    }


def _exceptional(at: Facts) -> pl.DataFrame:
    """Whether an appointment at the present level was exceptional; other levels do not matter."""
    rows = picked(at.offices, "person_id", "level", "is_exceptional")
    present = picked(at.present, "person_id", "level_order")
    return _EXCEPTIONAL_BY_PERSON.of(joined(rows, present, "person_id", how="inner"))


def _any_exceptional() -> dict[str, pl.Expr]:
    at_level = pl.col("level") == pl.col("level_order")
    exceptional = pl.col("is_exceptional")
    return {
        "promoted_exceptionally": pl.when((exceptional & at_level).fill_null(False).any())
        .then(True)
        .when((~exceptional).fill_null(False).filter(at_level.fill_null(True)).all())
        .then(False)
    }


_ELECTED_BY_PERSON = Gathering(["person_id"], _any_elected)
_EXCEPTIONAL_BY_PERSON = Gathering(["person_id"], _any_exceptional)
