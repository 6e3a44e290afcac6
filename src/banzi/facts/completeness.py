"""Whose rows of a table are known to be all there are (OURS/completeness)."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.kernel.date_columns import earliest_day
from banzi.kernel.dates import add_months
from banzi.kernel.few_rows import framed, is_among
from banzi.kernel.steps import Step
from banzi.law import LawAt
from banzi.roster import Roster

_VALIDITY = "local_conventions/completeness_validity_months"


def completely_recorded(roster: Roster, table: str, as_of: date, law: LawAt) -> pl.DataFrame:
    """One row per person: `is_complete`, never null; a statement too old counts as none."""
    since = add_months(as_of, -law.value(_VALIDITY))
    days = roster.keep("days of completeness", lambda: _days(roster))
    stated = _STATED.filter(days, table=table, since=since)["person_id"]
    people = roster["persons"]["person_id"]
    return framed([people, is_among(people, stated).alias("is_complete")])


def _days(roster: Roster) -> pl.DataFrame:
    return _SINCE.select(roster["completeness"], "person_id", "table_name")


_SINCE = Step(lambda: {"since": earliest_day(pl.col("complete_on"))})
_STATED = Step(
    lambda table, since: {"is_kept": (pl.col("table_name") == table) & (pl.col("since") >= since)}
)
