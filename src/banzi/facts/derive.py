"""All facts of every person at a date, put together topic by topic."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.ages import age_facts
from banzi.facts.assessments import assessment_facts, conclusion_facts
from banzi.facts.careers import career_facts, expertise_facts
from banzi.facts.declared import PERSON_FACTS
from banzi.facts.disputes import dispute_facts
from banzi.facts.education import education_facts
from banzi.facts.entering import entering_facts
from banzi.facts.levels import level_facts, seat_facts
from banzi.facts.promotions import promotion_facts
from banzi.facts.retirement import retirement_facts
from banzi.facts.sanctions import accountability_facts, sanction_facts
from banzi.facts.training import training_facts
from banzi.law import Law
from banzi.roster import Roster


def derive(roster: Roster, as_of: date, law: Law) -> pl.DataFrame:
    """Facts of every person as of a day.

    Returns
    -------
    Frame
        One row per row of `persons`, in its order: the columns of `persons`, then those of
        `PERSON_FACTS`. Null means not known (each column's declaration says why).
    """
    persons, then = roster["persons"], law.at(as_of)
    levels = level_facts(roster, as_of)
    topics = (
        age_facts(persons, as_of),
        career_facts(roster, as_of),
        entering_facts(roster, as_of),
        expertise_facts(roster),
        education_facts(roster, as_of),
        levels.drop("level_since"),
        seat_facts(roster, as_of),
        assessment_facts(roster, as_of),
        conclusion_facts(roster, as_of),
        sanction_facts(roster, as_of, then),
        accountability_facts(roster, as_of, then),
        promotion_facts(roster, levels, as_of, then),
        training_facts(roster, levels, as_of, then),
        dispute_facts(roster),
        retirement_facts(persons, levels, as_of, then),
    )
    frame = persons.lazy()
    for topic in topics:
        frame = frame.join(topic.lazy(), on="person_id", how="left", maintain_order="left")
    found = frame.collect_schema().names()
    frame = frame.with_columns(  # what the law of the day does not speak of yet
        pl.lit(None).alias(column.name) for column in PERSON_FACTS if column.name not in found
    )
    facts = [
        pl.col(column.name).cast(column.dtype)
        for column in PERSON_FACTS
        if column.name != "person_id"
    ]
    return frame.select(*persons.columns, *facts).collect()
