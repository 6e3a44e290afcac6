"""处分、处理影响期满: when a sanction or measure that still runs has run its course.

One row per sanction; periods and what counts as revoked are those of `facts.sanctions`. The day is
the first on which it bars no more (PDL/8: 2026-01-01 for six months ends on 2026-07-01).
"""

from __future__ import annotations

import polars as pl

from banzi.due.entries import DueCase, DueKind, entries, joined, month_of_day, where
from banzi.due.words import Doubt, Step, Theme
from banzi.facts.sanctions import running_sanctions
from banzi.kernel.messages import gettext_noop as _
from banzi.people.choices import SanctionFamily, SanctionKind

_PARAMETERS = {
    SanctionFamily.ADMINISTRATIVE: "civil_servant_law/sanction_period_months",
    SanctionFamily.PARTY: "party_discipline/party_effect_months",
    SanctionFamily.ADMONITION: "party_discipline/admonition_months",
    SanctionFamily.ORGANISATIONAL: "organisational_measures/effect_months",
}


def _find(case: DueCase) -> pl.DataFrame:
    clauses = {family.value: case.law.parameter(name).cites for family, name in _PARAMETERS.items()}
    first, last = pl.col("first_end"), pl.col("last_end")
    same = month_of_day(first) == month_of_day(last)
    exact = pl.col("decided_on") % 100 > 0
    rows = running_sanctions(case.roster, case.as_of, case.then)
    return entries(
        rows,
        due_kind=pl.lit(SANCTION_END.id),
        about=pl.col("sanction_kind").replace_strict(
            {kind.value: kind.zh for kind in SanctionKind}, default=None, return_dtype=pl.String
        ),
        due_on=pl.when(exact).then(last),
        due_month=pl.when(same).then(month_of_day(last)),
        due_earliest=month_of_day(first),
        due_latest=month_of_day(last),
        basis=pl.col("sanction_family").replace_strict(
            clauses, default=None, return_dtype=pl.String
        ),
        facts=pl.lit("sanction_kind decided_on revoked_on"),
        missing=joined(
            where(pl.col("sanction_kind").is_null(), "sanction_kind"),
            where(pl.col("decided_on").is_null(), "decided_on"),
        ),
        doubts=joined(
            where(
                ~pl.col("is_verified") & pl.col("months").is_not_null(),
                Doubt.PERIOD_FROM_MEMORY.value,
            ),
            where(~pl.col("is_whole"), Doubt.LEAST_PERIOD.value),
        ),
        next_step=pl.lit(Step.CONCLUDE_EFFECT.value),
    )


SANCTION_END = DueKind(
    "sanction_end",
    _("处分处理影响期满"),
    "end of a sanction",
    _find,
    tuple(_PARAMETERS.values()),
    theme=Theme.SANCTION,
)
