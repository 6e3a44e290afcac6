"""Annual assessments of the last years, and what people have concluded and recorded."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.declared import CONCLUDED
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

_BITS = {each.value: 1 << place for place, each in enumerate(JUDGED_BY_PEOPLE)}
_MATTERS = pl.Series(
    "matters",
    [
        "、".join(each.zh for each in JUDGED_BY_PEOPLE if _BITS[each.value] & bits) or None
        for bits in range(1 << len(JUDGED_BY_PEOPLE))
    ],
    dtype=pl.String,
)
"""Names of matters by the sum of their bits; null for none."""

_BY_SEVERITY = (ConclusionOutcome.MET, ConclusionOutcome.UNDER_REVIEW, ConclusionOutcome.NOT_MET)
_PAST, _NUMBERS = 1_000_000, 1 << 34
"""Days that make every date a positive number, and room for any number of a conclusion."""

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

    A conclusion without a date may be older or newer than any other. It clears nothing that a
    dated one says, and where it is the worse one nobody can tell what was concluded last: the
    matter is then named in `conclusions_undated` alone (a lasting effect of a sanction, and a
    matter with a rule of its own, is under review). One past `valid_until` does not count, and
    its matter is awaited again.
    """
    valid = latest_conclusions(roster, as_of)
    kind, outcome = pl.col("conclusion_kind"), pl.col("conclusion_outcome")
    undated = pl.col("is_undated").fill_null(False)
    people = roster["persons"].select("person_id")
    settled = valid.with_columns(
        outcome=pl.when(undated)
        .then(pl.lit(ConclusionOutcome.UNDER_REVIEW.value))
        .otherwise(outcome)
    )
    latest = settled.group_by("person_id").agg(
        pl.col("outcome").filter(kind == each.value).first().alias(name)
        for each, name in (
            (ConclusionKind.SANCTION_EFFECT, "sanction_effect"),
            *((each, f"concluded_{each.value}") for each in CONCLUDED),
        )
    )
    bit = kind.replace_strict(_BITS, default=0, return_dtype=pl.Int64)
    found = valid.group_by("person_id").agg(
        _bits(bit, (outcome == ConclusionOutcome.NOT_MET.value) & ~undated, "not_met"),
        _bits(bit, (outcome == ConclusionOutcome.UNDER_REVIEW.value) & ~undated, "under_review"),
        _bits(bit, undated, "undated"),
        _bits(bit, outcome.is_not_null(), "concluded"),
    )
    listed = (
        people.join(found, on="person_id", how="left", maintain_order="left")
        .with_columns(pl.exclude("person_id").fill_null(0))
        .with_columns(awaited=sum(_BITS.values()) - pl.col("concluded"))
        .select(
            "person_id",
            *(
                pl.lit(_MATTERS).gather(pl.col(name)).alias(f"conclusions_{name}")
                for name in ("not_met", "under_review", "undated", "awaited")
            ),
        )
    )
    return listed.join(latest, on="person_id", how="left")


def latest_conclusions(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person and matter with a valid conclusion: its outcome, and `is_undated`.

    `is_undated`: a worse or differing conclusion has no date, so which came last is not known.
    """
    on, until = pl.col("concluded_on"), pl.col("valid_until")
    by_severity = [each.value for each in _BY_SEVERITY]
    severity = pl.col("conclusion_outcome").cast(pl.Enum(by_severity)).to_physical().cast(pl.Int64)
    # Day, number and severity as one number: the greatest holds the severity of the last.
    undated = 4 * pl.col("conclusion_no").cast(pl.Int64) + pl.col("severity")
    dated = (on.to_physical().cast(pl.Int64) + _PAST) * _NUMBERS + undated
    last, last_undated = dated.max() % 4, undated.filter(on.is_null()).max() % 4
    vague = pl.col("severity").filter(on.is_null())
    return (
        roster["conclusions"]
        .filter((on.is_null() | (on <= as_of)) & (until.is_null() | (until >= as_of)))
        .with_columns(severity=severity)
        .group_by("person_id", "conclusion_kind", maintain_order=True)
        .agg(
            conclusion_outcome=pl.coalesce(last, last_undated),
            is_undated=(vague.max() > pl.coalesce(last, vague.min())).fill_null(False),
        )
        .with_columns(
            conclusion_outcome=pl.lit(pl.Series(by_severity)).gather(pl.col("conclusion_outcome"))
        )
    )


def _bits(bit: pl.Expr, chosen: pl.Expr, name: str) -> pl.Expr:
    """The matters chosen among a person's rows, as the sum of their bits."""
    return bit.filter(chosen.fill_null(False)).sum().alias(name)
