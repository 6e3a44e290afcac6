"""Whether training reaches what TR/14 prescribes, by the facts of a stretch of time."""

from typing import Any

import polars as pl
from polars import lit

from banzi.rules.runtime import at_least


def trained(required: dict[str, Any], name: str) -> pl.Expr:
    """From 县处级 on, within five years: the months (as days) or the class hours."""
    days = required["county_and_above_months"] * required["days_per_month"]
    hours = required["county_and_above_hours"]
    return at_least(f"{name}_hours", hours) | at_least(f"{name}_days", days)


def trained_below(required: dict[str, Any], name: str) -> pl.Expr:
    """Below 县处级, within a year: the days or the class hours."""
    hours, days = required["below_hours"], required["below_days"]
    return at_least(f"{name}_hours", hours) | at_least(f"{name}_days", days)


def least(name: str) -> dict[str, pl.Expr]:
    """What a message says of a stretch: hours and days surely done."""
    return {
        "hours": pl.col(f"{name}_hours_low").fill_null(lit(0)),
        "days": pl.col(f"{name}_days_low").fill_null(lit(0)),
    }
