"""Facts kept with a roster, and mended for the next one where only some persons changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from banzi.facts.derive import derive, some_facts
from banzi.law import Law
from banzi.roster import Roster
from banzi.roster.lookup import RowsBy
from banzi.roster.mending import kept_by_person, known_about


def kept_facts(
    roster: Roster, as_of: date, law: Law, names: frozenset[str] | None = None
) -> pl.DataFrame:
    """What `derive` gives (or `some_facts` of these names), worked out once for a roster and a day."""

    def made(of: Roster) -> pl.DataFrame:
        return derive(of, as_of, law) if names is None else some_facts(of, as_of, law, names)

    def mended(known: pl.DataFrame, persons: frozenset[str]) -> pl.DataFrame:
        again = made(roster.about(sorted(persons)))
        others = known.filter(~pl.col("person_id").is_in(list(persons)))
        return pl.concat([others, again]).sort("person_id")

    key = ("facts", as_of, law, names)
    return kept_by_person(roster, key, lambda: made(roster), mended)


def facts_of_some(
    some: Roster, whole: Roster, as_of: date, law: Law, persons: Sequence[str]
) -> pl.DataFrame:
    """What `kept_facts` gives for a roster of some persons alone, cut out of what is kept of everybody.

    Parameters
    ----------
    some
        What `whole.about(persons)` gives. Facts are worked out of it where none are kept of
        everybody, or none that are right for these persons.
    """
    key = ("facts", as_of, law, None)

    def cut() -> pl.DataFrame:
        known = known_about(whole, key, persons)
        if known is None:
            return derive(some, as_of, law)
        return _by_person(whole, key, known).rows(*persons)

    return kept_by_person(some, key, cut, lambda _known, _persons: cut())


def _by_person(roster: Roster, key: object, known: pl.DataFrame) -> RowsBy:
    """Rows of facts by person; where these were mended, the ones before are let go."""
    kept: dict[object, tuple[pl.DataFrame, RowsBy]] = roster.keep("facts by person", dict)
    found = kept.get(key)
    if found is None or found[0] is not known:
        found = kept[key] = (known, RowsBy(known, "person_id"))
    return found[1]
