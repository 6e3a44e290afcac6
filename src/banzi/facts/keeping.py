"""Facts kept with a roster, and mended for the next one where only some persons changed."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.derive import derive, some_facts
from banzi.law import Law
from banzi.roster import Roster
from banzi.roster.mending import kept_by_person


def kept_facts(
    roster: Roster, as_of: date, law: Law, names: frozenset[str] | None = None
) -> pl.DataFrame:
    """What `derive` gives (or `some_facts` of these names), worked out once for a roster and a day.

    The law must stay in use.
    """

    def made(of: Roster) -> pl.DataFrame:
        return derive(of, as_of, law) if names is None else some_facts(of, as_of, law, names)

    def mended(known: pl.DataFrame, persons: frozenset[str]) -> pl.DataFrame:
        again = made(roster.about(sorted(persons)))
        others = known.filter(~pl.col("person_id").is_in(list(persons)))
        return pl.concat([others, again]).sort("person_id")

    key = ("facts", as_of, id(law), names)
    return kept_by_person(roster, key, lambda: made(roster), mended)
