"""The question all engines answer: thirty rules as data, three-valued, with four verdicts.

Plain data and nothing imported, so that every engine's process can read it. The rules mirror those
of the law in shape (bounds of months, tags nobody judged, conditions of scope, doubts, breaches
that are for review), not in every number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

AS_OF = date(2026, 6, 30)
NOW = AS_OF.year * 12 + AS_OF.month - 1
TODAY = AS_OF.year * 10000 + AS_OF.month * 100 + AS_OF.day

KINDS = (
    "resume", "grassroots", "grassroots_own", "township_leadership", "county_leadership",
    "higher_organ", "outside", "secondment",
)  # fmt: skip
"""Kinds of career stretches: bit 2k of a segment's `counts` proves kind k, bit 2k + 1 allows it.

From each come `{kind}_months_low` and `{kind}_months_high`: months covered, an overlap once.
"""

DATES = ("birth", "work_started", "party_joined", "level_since", "post_since")
"""Partial dates (YYYYMMDD, zeros for what is not known), one column each.

From each come `{date}_months_low` and `{date}_months_high`: months until now, at least 0, both
null without a date; a date of which only the year is known has eleven months between them.
"""

Kind = Literal["at_least", "one_of", "is_true"]


@dataclass(frozen=True)
class Term:
    """One comparison, true, false or unknown; `negated` turns true and false round.

    `at_least` of a span: true by its lower bound, false by its upper, else unknown; of a column:
    unknown where it is null. `one_of` and `is_true`: unknown where the column is null.
    """

    kind: Kind
    name: str
    values: tuple[int, ...] = ()
    span: bool = False
    negated: bool = False

    def __invert__(self) -> Term:
        return Term(self.kind, self.name, self.values, self.span, not self.negated)


@dataclass(frozen=True)
class Rule:
    """Holds when all its terms do, where all of `applies` do; all of `doubt` make it for review.

    A breach fails under a must rule, unless all of `lenient` are true; else it is for review.
    """

    id: str
    holds: tuple[Term, ...]
    applies: tuple[Term, ...] = ()
    doubt: tuple[Term, ...] = ()
    lenient: tuple[Term, ...] = ()
    is_must: bool = True


def months(name: str, least: int) -> Term:
    """A span of months (or hours, or posts) reaches a number."""
    return Term("at_least", name, (least,), span=True)


def column(name: str, least: int) -> Term:
    return Term("at_least", name, (least,))


def one_of(name: str, *values: int) -> Term:
    return Term("one_of", name, values)


def is_true(name: str) -> Term:
    return Term("is_true", name)


BELOW_COUNTY_PRINCIPAL = ~column("level_order", 6)
IS_DEPUTY = one_of("level_order", 3, 5, 7, 9)
IS_PRINCIPAL = one_of("level_order", 2, 4, 6, 8, 10)

RULES = (
    # Six over stretches of careers.
    Rule(
        "work-years",
        (months("resume_months", 60), months("grassroots_months", 24)),
        applies=(BELOW_COUNTY_PRINCIPAL,),
        doubt=(~months("grassroots_own_months", 24),),
    ),
    Rule("township-leadership", (months("township_leadership_months", 36),), is_must=False),
    Rule("county-leadership", (months("county_leadership_months", 24),), applies=(IS_PRINCIPAL,)),
    Rule("higher-organ", (months("higher_organ_months", 24),), applies=(IS_DEPUTY,), is_must=False),
    Rule("outside-the-offices", (months("outside_months", 12),), is_must=False),
    Rule(
        "secondment-ends",
        (~months("secondment_months", 36),),
        doubt=(months("secondment_months", 24),),
    ),
    # Twenty-four on columns.
    Rule("of-age", (months("birth_months", 216),)),
    Rule("age-for-promotion", (~months("birth_months", 696),), applies=(BELOW_COUNTY_PRINCIPAL,)),
    Rule("age-for-review", (~months("birth_months", 660),), is_must=False),
    Rule("service", (months("work_started_months", 60),)),
    Rule("party-member", (one_of("political_status", 1, 2),)),
    Rule(
        "party-standing",
        (months("party_joined_months", 36),),
        applies=(one_of("political_status", 1, 2),),
        doubt=(~months("party_joined_months", 60),),
    ),
    Rule("deputy-two-years", (months("level_since_months", 24),), applies=(IS_DEPUTY,)),
    Rule("principal-three-years", (months("level_since_months", 36),), applies=(IS_PRINCIPAL,)),
    Rule("rotation", (~months("post_since_months", 120),), doubt=(months("post_since_months", 96),)),
    Rule("settled-in-post", (months("post_since_months", 24),), is_must=False),
    Rule("two-posts", (months("posts", 2),), applies=(column("level_order", 4),), is_must=False),
    Rule("training", (months("training_hours", 550),), is_must=False),
    Rule("education", (column("education_tier", 1),)),
    Rule("full-time-education", (column("full_time_education_tier", 2),), is_must=False),
    Rule(
        "last-assessment",
        (~one_of("last_assessment", 3, 4),),
        doubt=(~one_of("last_assessment", 1, 2),),
    ),
    Rule(
        "three-assessments",
        (~one_of("assessment_2_years_back", 3, 4), ~one_of("assessment_3_years_back", 3, 4)),
        doubt=(~one_of("assessment_2_years_back", 1, 2),),
        is_must=False,
    ),
    Rule(
        "sanctions-over",
        (~column("sanctions_end_on", TODAY + 1),),
        doubt=(one_of("sanction_effect", 1, 2),),
        lenient=(~is_true("sanction_is_verified"),),
    ),
    Rule("conclusions", (~one_of("conclusions", 2),), doubt=(one_of("conclusions", 1),)),
    Rule("health", (one_of("health", 0, 1),), doubt=(one_of("health", 1),)),
    Rule(
        "before-retirement",
        (column("retirement_month", NOW + 1),),
        lenient=(~is_true("retirement_is_verified"),),
    ),
    Rule("full-term", (column("retirement_month", NOW + 60),), is_must=False),
    Rule("family-abroad", (~is_true("family_abroad"),)),
    Rule("hometown", (~is_true("grew_up_in_area"),), applies=(IS_PRINCIPAL,)),
    Rule("declaration", (is_true("declaration_matches"),), doubt=(one_of("conclusions", 1),)),
)  # fmt: skip

CAREER_RULES = 6
