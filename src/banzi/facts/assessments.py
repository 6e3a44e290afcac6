"""Annual assessments of the last years, and what people have concluded and recorded."""

from __future__ import annotations

from datetime import date

import polars as pl

from banzi.facts.declared import CONCLUDED
from banzi.kernel.few_rows import joined, picked
from banzi.kernel.one_row import FUNCTIONS, by_name, is_reading
from banzi.kernel.steps import Gathering, Step
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
    return _OUTCOMES.of(annual, year=as_of.year)


def _outcomes(year: int | pl.Expr) -> dict[str, pl.Expr]:
    return {
        name: pl.col("outcome").filter(pl.col("year") == year - back).first()
        for back, name in enumerate(_COLUMNS, start=1)
    }


_OUTCOMES = Gathering(["person_id"], _outcomes)


_ANNUAL = Step(lambda: {"is_kept": pl.col("assessment_kind") == AssessmentKind.ANNUAL.value})


def conclusion_facts(roster: Roster, as_of: date) -> pl.DataFrame:
    """One row per person: matters by their latest conclusion that is valid on the day.

    A conclusion without a date may be older or newer than any other. It clears nothing that a
    dated one says, and where it is the worse one nobody can tell what was concluded last: the
    matter is then named in `conclusions_undated` alone (a lasting effect of a sanction, and a
    matter with a rule of its own, is under review). One past `valid_until` does not count, and
    its matter is awaited again.
    """
    latest = latest_conclusions(roster, as_of)
    matters = _MATTERS_BY_STATE.of(_STATE_BITS.select(latest, "person_id"))
    by_person = joined(picked(roster["persons"], "person_id"), matters, "person_id")
    return _CONCLUDED.select(_KNOWN.add(by_person), "person_id")


def _state_bits() -> dict[str, pl.Expr]:
    outcome, undated = pl.col("conclusion_outcome"), pl.col("is_undated")
    states = {
        "undated": undated,
        **{each.value: (outcome == each.value) & ~undated for each in _BY_SEVERITY},
    }
    bit = _matter_bit()
    return {name: pl.when(state).then(bit) for name, state in states.items()}


def _matter_bit() -> pl.Expr:
    kind = pl.col("conclusion_kind")
    if is_reading():
        return by_name("matter_bit", kind)
    return pl.lit(_BITS).gather(kind.cast(_KINDS).to_physical())


FUNCTIONS["matter_bit"] = {kind: 1 << place for kind, place in _PLACES.items()}.__getitem__
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


_STATE_BITS = Step(_state_bits)
_MATTERS_BY_STATE = Gathering(["person_id"], lambda: {name: pl.col(name).sum() for name in _STATES})
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
    rows = _SEVERITY.add(_VALID.filter(roster["conclusions"], as_of=as_of))
    return _NAMED.add(_LATEST.of(rows))


def _valid(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    on, until = pl.col("concluded_on"), pl.col("valid_until")
    is_valid = (on.is_null() | (on <= as_of)) & (until.is_null() | (until >= as_of))
    return {"is_kept": is_valid}


def _severity() -> dict[str, pl.Expr]:
    outcome, on = pl.col("conclusion_outcome"), pl.col("concluded_on")
    if is_reading():
        return {"severity": by_name("severity", outcome), "day": by_name("day_number", on)}
    return {
        "severity": outcome.cast(pl.Enum(_OUTCOMES_BY_SEVERITY)).to_physical().cast(pl.Int64),
        "day": on.to_physical().cast(pl.Int64),
    }


def _latest() -> dict[str, pl.Expr]:
    is_undated = pl.col("concluded_on").is_null()
    # Day, number and severity as one number: the greatest holds the severity of the last.
    undated = 4 * pl.col("conclusion_no").cast(pl.Int64) + pl.col("severity")
    dated = (pl.col("day") + _PAST) * _NUMBERS + undated
    last, last_undated = dated.max() % 4, undated.filter(is_undated).max() % 4
    vague = pl.col("severity").filter(is_undated)
    return {
        "conclusion_outcome": pl.coalesce(last, last_undated),
        "is_undated": (vague.max() > pl.coalesce(last, vague.min())).fill_null(False),
    }


def _named() -> dict[str, pl.Expr]:
    severity = pl.col("conclusion_outcome")
    if is_reading():
        return {"conclusion_outcome": by_name("outcome_of_severity", severity)}
    return {"conclusion_outcome": pl.lit(pl.Series(_OUTCOMES_BY_SEVERITY)).gather(severity)}


_OUTCOMES_BY_SEVERITY = [each.value for each in _BY_SEVERITY]
FUNCTIONS.update(
    severity=_OUTCOMES_BY_SEVERITY.index,
    day_number=lambda on: None if on is None else (on - date(1970, 1, 1)).days,
    outcome_of_severity=_OUTCOMES_BY_SEVERITY.__getitem__,
)
_VALID, _SEVERITY, _NAMED = Step(_valid), Step(_severity), Step(_named)
_LATEST = Gathering(["person_id", "conclusion_kind"], _latest)
