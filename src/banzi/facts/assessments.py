"""Annual assessments of the last years, and what people have concluded and recorded."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.people.choices import AssessmentKind, ConclusionKind, ConclusionOutcome
from banzi.roster import Roster

JUDGED_BY_PEOPLE = (
    ConclusionKind.BASIC_CONDITIONS,
    ConclusionKind.POLITICAL_GATE,
    ConclusionKind.PUBLIC_RECOGNITION,
    ConclusionKind.IMPROPER_CONDUCT,
    ConclusionKind.FAMILY_ABROAD,
    ConclusionKind.OTHER_BAR,
    ConclusionKind.HEALTH,
)
"""Conditions of AR/7, 8.6 and 24 that no program decides; procedural checks have their own gates."""

_COLUMNS = ("last_assessment", "assessment_2_years_back", "assessment_3_years_back")


def assessment_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person with any annual assessment: the outcomes of the three years before."""
    annual = roster["assessments"].filter(pl.col("assessment_kind") == AssessmentKind.ANNUAL.value)
    return annual.group_by("person_id").agg(
        pl.col("outcome").filter(pl.col("year") == as_of.year - back).first().alias(name)
        for back, name in enumerate(_COLUMNS, start=1)
    )


def conclusion_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person: matters by their latest conclusion that is valid on the day.

    A conclusion without a date counts as older than any dated one; one past `valid_until` does
    not count, and its matter is awaited again.
    """
    valid = (
        roster["conclusions"]
        .filter(pl.col("concluded_on").is_null() | (pl.col("concluded_on") <= as_of))
        .filter(pl.col("valid_until").is_null() | (pl.col("valid_until") >= as_of))
        .sort("person_id", "conclusion_kind", "concluded_on", "conclusion_no", nulls_last=False)
        .group_by("person_id", "conclusion_kind", maintain_order=True)
        .last()
    )
    kind, outcome = pl.col("conclusion_kind"), pl.col("conclusion_outcome")
    people = roster["persons"].select("person_id")
    effect = valid.filter(kind == ConclusionKind.SANCTION_EFFECT.value).select(
        "person_id", sanction_effect="conclusion_outcome"
    )
    matters = pl.DataFrame(
        {
            "conclusion_kind": [each.value for each in JUDGED_BY_PEOPLE],
            "matter": [each.zh for each in JUDGED_BY_PEOPLE],
        }
    )
    each = people.join(matters, how="cross").join(
        valid.select("person_id", kind, outcome),
        on=["person_id", "conclusion_kind"],
        how="left",
        maintain_order="left",
    )
    listed = each.group_by("person_id").agg(
        _matters(outcome == ConclusionOutcome.NOT_MET.value).alias("conclusions_not_met"),
        _matters(outcome == ConclusionOutcome.UNDER_REVIEW.value).alias("conclusions_under_review"),
        _matters(outcome.is_null()).alias("conclusions_awaited"),
    )
    return listed.join(effect, on="person_id", how="left")


def _matters(chosen: pl.Expr) -> pl.Expr:
    names = pl.col("matter").filter(chosen.fill_null(False))
    return pl.when(names.len() > 0).then(names.str.join("、"))
