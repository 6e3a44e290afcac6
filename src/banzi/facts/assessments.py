"""Annual assessments of the last years, and what people have concluded and recorded."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.declared import CONCLUDED
from banzi.kernel.one_row import FUNCTIONS, by_name, is_reading
from banzi.kernel.steps import Step
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

_PLACES = {
    kind: place
    for place, kind in enumerate(
        dict.fromkeys((*(e.value for e in JUDGED_BY_PEOPLE), *(e.value for e in ConclusionKind)))
    )
}
"""Every matter's bit; those that no program decides have the lowest."""

_KINDS = pl.Enum(list(_PLACES))
_BITS = pl.Series([1 << place for place in _PLACES.values()], dtype=pl.Int64)
_MATTERS = pl.Series(
    "matters",
    [
        "、".join(each.zh for place, each in enumerate(JUDGED_BY_PEOPLE) if bits >> place & 1)
        or None
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
    annual = _ANNUAL.filter(roster["assessments"])
    return annual.group_by("person_id").agg(
        pl.col("outcome").filter(pl.col("year") == as_of.year - back).first().alias(name)
        for back, name in enumerate(_COLUMNS, start=1)
    )


_ANNUAL = Step(lambda: {"is_kept": pl.col("assessment_kind") == AssessmentKind.ANNUAL.value})


def conclusion_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person: matters by their latest conclusion that is valid on the day.

    A conclusion without a date may be older or newer than any other. It clears nothing that a
    dated one says, and where it is the worse one nobody can tell what was concluded last: the
    matter is then named in `conclusions_undated` alone (a lasting effect of a sanction, and a
    matter with a rule of its own, is under review). One past `valid_until` does not count, and
    its matter is awaited again.
    """
    outcome, undated = pl.col("conclusion_outcome"), pl.col("is_undated")
    bit = pl.lit(_BITS).gather(pl.col("conclusion_kind").cast(_KINDS).to_physical())
    states = {
        "undated": undated,
        **{each.value: (outcome == each.value) & ~undated for each in _BY_SEVERITY},
    }
    matters = (
        latest_conclusions(roster, as_of)
        .select("person_id", **{name: pl.when(state).then(bit) for name, state in states.items()})
        .group_by("person_id")
        .sum()
    )
    by_person = (
        roster["persons"]
        .select("person_id")
        .join(matters, on="person_id", how="left", maintain_order="left")
    )
    return _CONCLUDED.select(_KNOWN.add(by_person), "person_id")


_STATES = ("undated", *(each.value for each in _BY_SEVERITY))


def _known() -> dict[str, pl.Expr]:
    known = {name: pl.col(name).fill_null(0) for name in _STATES}
    judged = len(_MATTERS) - 1
    return {**known, "awaited": judged - (pl.sum_horizontal(known.values()) & judged)}


def _conclusions() -> dict[str, pl.Expr]:
    return {
        **{
            f"conclusions_{name}": _matters(pl.col(name) & (len(_MATTERS) - 1))
            for name in ("not_met", "under_review", "undated", "awaited")
        },
        "sanction_effect": _concluded(ConclusionKind.SANCTION_EFFECT),
        **{f"concluded_{each.value}": _concluded(each) for each in CONCLUDED},
    }


_KNOWN, _CONCLUDED = Step(_known), Step(_conclusions)


def _matters(bits: pl.Expr) -> pl.Expr:
    """Names of matters by their bits."""
    return by_name("matters", bits) if is_reading() else pl.lit(_MATTERS).gather(bits)


FUNCTIONS["matters"] = _MATTERS.to_list().__getitem__


def _concluded(kind: ConclusionKind) -> pl.Expr:
    """The outcome of one matter; what came last unknown, it is under review."""
    bit = 1 << _PLACES[kind.value]
    open_bits = pl.col("undated") | pl.col(ConclusionOutcome.UNDER_REVIEW.value)
    return (
        pl.when((open_bits & bit) > 0)
        .then(pl.lit(ConclusionOutcome.UNDER_REVIEW.value))
        .when((pl.col(ConclusionOutcome.NOT_MET.value) & bit) > 0)
        .then(pl.lit(ConclusionOutcome.NOT_MET.value))
        .when((pl.col(ConclusionOutcome.MET.value) & bit) > 0)
        .then(pl.lit(ConclusionOutcome.MET.value))
    )


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
