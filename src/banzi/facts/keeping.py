"""Facts kept with a roster, and mended for the next one where only some persons changed."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.derive import derive
from banzi.law import Law
from banzi.roster import Roster
from banzi.roster.mending import kept_by_person


def kept_facts(roster: Roster, as_of: date, law: Law) -> pl.DataFrame:
    """What `derive` gives, worked out once for a roster and a day; the law must stay in use."""

    def mended(known: pl.DataFrame, persons: frozenset[str]) -> pl.DataFrame:
        again = derive(roster.about(sorted(persons)), as_of, law)
        others = known.filter(~pl.col("person_id").is_in(list(persons)))
        return pl.concat([others, again]).sort("person_id")

    return kept_by_person(
        roster, ("facts", as_of, id(law)), lambda: derive(roster, as_of, law), mended
    )
