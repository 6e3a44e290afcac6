"""When the sanctions and measures against a person have run their course.

Each kind bars for a number of months from the day of the decision (AR/24.6, CSL/64, PDL/8, Party
rules, organisational measures); of several the last to end counts. "None at all" is known only by
a statement of completeness no older than the convention allows (OURS/completeness).

Left out: adding up of combined sanctions (PDL/15), and the day on which the rights of a Party
member on probation are restored, which no table holds.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import polars as pl

from banzi.facts.completeness import completely_recorded
from banzi.kernel.date_columns import earliest_day, latest_day, on_or_before
from banzi.kernel.few_rows import joined, picked
from banzi.kernel.steps import Gathering, Step
from banzi.law import Grade, LawAt
from banzi.people.choices import SanctionKind
from banzi.roster import Roster

NEVER = date(1, 1, 1)
"""Stands in `sanctions_end_on` for "there was never any": it lies before every day of judgement."""

WHOLE_PERIODS = (
    "civil_servant_law/sanction_period_months",
    "party_discipline/party_effect_months",
    "party_discipline/admonition_months",
    "organisational_measures/effect_months",
)
_BARS = "appointment_regulations/accountability_bar_months"
_ACCOUNTABLE = (SanctionKind.ORDERED_RESIGNATION.value, SanctionKind.ORGANISATIONAL_REMOVAL.value)
_DEMOTED = (SanctionKind.ORGANISATIONAL_DEMOTION.value,)
_PERIOD_SCHEMA = {
    "sanction_kind": pl.String(),
    "months": pl.Int64(),
    "is_whole": pl.Boolean(),
    "is_verified": pl.Boolean(),
}
LEAST_PERIODS = ("party_discipline/probation_least_months",)


def sanction_facts(roster: Roster, as_of: date, law: LawAt) -> pl.DataFrame:
    """One row per person: `sanctions_end_on` and `sanctions_bar_until`.

    `sanctions_bar_until` is the latest end, after the day, of sanctions whose period is verified:
    a breach for certain. `sanctions_end_on` counts periods known from memory too; it is null when
    nothing is known to be running and something is missing.
    """
    complete = completely_recorded(roster, "sanctions", as_of, law)
    if not roster["sanctions"].height:
        return picked(
            _NEVER_ANY.select(complete, "person_id"), "person_id", sanctions_end_on="never"
        )
    ends = _ends(roster, as_of, _periods(law))
    found = picked(roster["persons"], "person_id")
    for each in (_BY_PERSON.of(ends, as_of=as_of), complete):
        found = joined(found, each, "person_id")
    return _END.select(found, "person_id", "sanctions_bar_until")


def _by_person(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    ends_on = pl.col("ends_on")
    return {
        "last_end": ends_on.max(),
        "all_known": pl.col("is_known").all(),
        "sanctions_bar_until": ends_on.filter(pl.col("is_verified") & (ends_on > as_of)).max(),
    }


def _is_known() -> pl.Expr:
    """That there are no other sanctions than those whose end is known."""
    return pl.col("all_known").fill_null(True) & pl.col("is_complete")


_BY_PERSON = Gathering(["person_id"], _by_person)
_END = Step(
    lambda: {
        "sanctions_end_on": pl.when(pl.col("sanctions_bar_until").is_not_null())
        .then("last_end")
        .when(_is_known())
        .then(pl.col("last_end").fill_null(NEVER))
    }
)
_NEVER_ANY = Step(lambda: {"never": pl.when("is_complete").then(pl.lit(NEVER))})


def accountability_facts(roster: Roster, as_of: date, law: LawAt) -> pl.DataFrame:
    """One row per person: `leading_post_barred_until`, `higher_level_barred_until`.

    The last end of the bars of AR/after-accountability; `NEVER` where there is none and the
    record is complete; null where nothing surely runs and something is missing.
    """
    found = law.find(_BARS)
    complete = completely_recorded(roster, "sanctions", as_of, law)
    people = picked(roster["persons"], "person_id")
    if found is None:
        return people
    if not roster["sanctions"].height:
        return picked(
            _NEVER_ANY.select(complete, "person_id"),
            "person_id",
            leading_post_barred_until="never",
            higher_level_barred_until="never",
        )
    for name, months in (
        ("leading_post_barred_until", {"no_leading_post": _ACCOUNTABLE}),
        (
            "higher_level_barred_until",
            {"no_higher_level": _ACCOUNTABLE, "after_demotion": _DEMOTED},
        ),
    ):
        periods = {kind: found.value[bar] for bar, kinds in months.items() for kind in kinds}
        ends = _ends(roster, as_of, _period_frame(tuple(periods.items())), others_count=False)
        last = joined(complete, _BY_PERSON.of(ends, as_of=as_of), "person_id")
        bar = _BARRED.select(last, "person_id", as_of=as_of)
        people = joined(people, picked(bar, "person_id", **{name: "barred_until"}), "person_id")
    return people


def _barred(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    last = pl.col("last_end")
    none = pl.when(_is_known()).then(last.fill_null(NEVER))
    return {"barred_until": pl.when(last > as_of).then(last).otherwise(none)}


_BARRED = Step(_barred)


def _ends(
    roster: Roster, as_of: date, periods: pl.DataFrame, *, others_count: bool = True
) -> pl.DataFrame:
    """One row per sanction that counts: `ends_on`, `is_known`, `is_verified`.

    `ends_on` is the day from which it surely bars no more when that day is decided by the date's
    precision, else null. For a kind with only a least period it is known while that period runs.
    """
    rows = joined(roster["sanctions"], periods, "sanction_kind")
    if not others_count:
        rows = _OF_THESE.filter(rows)
    ends = _KEPT.filter(_ENDS.select(rows, "person_id", as_of=as_of))
    return picked(ends, "person_id", "ends_on", "is_known", "is_verified")


def _ends_of_each(as_of: date | pl.Expr) -> dict[str, pl.Expr]:
    decided, revoked = pl.col("decided_on"), pl.col("revoked_on")
    was_decided = on_or_before(decided, as_of)
    is_revoked = on_or_before(revoked, as_of)
    first_end, last_end = _possible_ends()
    is_running = first_end > as_of
    is_decided = pl.when(is_running).then(True).otherwise((last_end <= as_of) & pl.col("is_whole"))
    # A revocation that may have come before the day leaves open whether the sanction still runs.
    revocation_known = revoked.is_null() | is_revoked.is_not_null()
    is_known = (was_decided & is_decided & revocation_known).fill_null(False)
    return {
        "ends_on": pl.when(is_known).then(last_end),
        "is_known": is_known,
        "is_verified": pl.col("is_verified").fill_null(False),
        "is_kept": was_decided.fill_null(True) & ~is_revoked.fill_null(False),
    }


def _possible_ends() -> tuple[pl.Expr, pl.Expr]:
    """The first and the last day that may be the one from which a sanction bars no more."""
    decided, period = pl.col("decided_on"), pl.col("period")
    return earliest_day(decided).dt.offset_by(period), latest_day(decided).dt.offset_by(period)


_ENDS, _KEPT = Step(_ends_of_each), Step(lambda: {"is_kept": pl.col("is_kept")})
_OF_THESE = Step(
    lambda: {"is_kept": pl.col("months").is_not_null() | pl.col("sanction_kind").is_null()}
)


@lru_cache(maxsize=100)
def _periods(law: LawAt) -> pl.DataFrame:
    """Kind → months, whether that is the whole period or the least, and whether it is verified."""
    rows: list[dict[str, object]] = []
    for name in (*WHOLE_PERIODS, *LEAST_PERIODS):
        found = law.find(name)
        for kind, months in (found.value if found else {}).items():
            rows.append(
                {
                    "sanction_kind": kind,
                    "months": months,
                    "is_whole": name in WHOLE_PERIODS,
                    "is_verified": found is not None and found.grade is not Grade.FROM_MEMORY,
                }
            )
    return _with_period(rows)


@lru_cache(maxsize=100)
def _period_frame(periods: tuple[tuple[str, int], ...]) -> pl.DataFrame:
    rows: list[dict[str, object]] = [
        {
            "sanction_kind": kind,
            "months": months,
            "is_whole": True,
            "is_verified": False,
        }
        for kind, months in periods
    ]
    return _with_period(rows)


def _with_period(rows: list[dict[str, object]]) -> pl.DataFrame:
    """The rows with `period`, the months as a step of dates."""
    frame = pl.DataFrame(rows, schema=_PERIOD_SCHEMA)
    return frame.with_columns(period=pl.format("{}mo", pl.col("months")))


def running_sanctions(roster: Roster, as_of: date, law: LawAt) -> pl.DataFrame:
    """One row per sanction decided by the day that may still run on it, or whose end is not known.

    The columns of the table, and `months`, `is_whole` (the whole period, not the least),
    `is_verified`, `first_end` and `last_end`: the first and the last day that may be the one from
    which it bars no more. Revoked sanctions and kinds known to have no period are left out.
    """
    decided, revoked = pl.col("decided_on"), pl.col("revoked_on")
    first_end, last_end = _possible_ends()
    return (
        roster["sanctions"]
        .join(_periods(law), on="sanction_kind", how="left", maintain_order="left")
        .filter(
            on_or_before(decided, as_of).fill_null(True)
            & ~on_or_before(revoked, as_of).fill_null(False)
            & (pl.col("months").is_not_null() | pl.col("sanction_kind").is_null())
        )
        .with_columns(first_end=first_end, last_end=last_end)
        .drop("period")
        .filter((pl.col("last_end") > as_of).fill_null(True))
    )
