"""For every rule: the fact that decides it, just inside the clause and just outside.

Read off the clauses, not off the rules' expressions. A value may be worked out from the row it
changes and from the day; a span's name stands for both of its bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from banzi.kernel.dates import month_of

Row = Mapping[str, Any]
Value = Any | Callable[[Row, date], Any]


@dataclass(frozen=True)
class Flip:
    """Facts of a passing case set anew.

    Attributes
    ----------
    inside
        Values with which the case still passes.
    outside
        Values with which it gets `verdict`.
    """

    inside: Mapping[str, Value]
    outside: Mapping[str, Value]
    verdict: str | Callable[[Row], str]


def _concluded(matter: str) -> list[Flip]:
    fact = f"concluded_{matter}"
    return [
        Flip({fact: "met"}, {fact: "not_met"}, "fail"),
        Flip({fact: "met"}, {fact: "under_review"}, "review"),
    ]


def _from_day(days: int) -> Callable[[Row, date], date]:
    return lambda _row, as_of: as_of + timedelta(days=days)


def _from_month(months: int) -> Callable[[Row, date], int]:
    return lambda _row, as_of: month_of(as_of) + months


def _at_tier(row: Row) -> str:
    return "fail" if row["region_tier"] == "county" else "review"


def _by_table(row: Row) -> str:
    return "fail" if row["retirement_is_verified"] else "review"


def _years_below(row: Row, short: int) -> int:
    """Two years for a deputy who becomes principal, three for a lower principal."""
    return (24 if row["target_level_order"] % 2 == 0 else 36) - short


def _titular(row: Row, _as_of: date) -> str:
    return str(row["titular_codes"])[:2]


OVER, RUNNING = _from_day(0), _from_day(1)
DECISIVE: dict[str, list[Flip]] = {
    "appointment-regulations/8.1/work-years": [
        Flip({"service_months": 60}, {"service_months": 59}, "fail"),
        Flip(
            {"grassroots_months": 24, "grassroots_own_months": 24},
            {"grassroots_months": 23, "grassroots_own_months": 23},
            "fail",
        ),
        Flip({"grassroots_own_months": 24}, {"grassroots_own_months": 23}, "review"),
    ],
    "appointment-regulations/8.2/two-posts": [
        Flip({"posts_at_lower_level": 2}, {"posts_at_lower_level": 1}, "review"),
    ],
    "appointment-regulations/8.3/time-in-level": [
        Flip(
            {"months_at_lower_level": lambda row, _as_of: _years_below(row, 0)},
            {"months_at_lower_level": lambda row, _as_of: _years_below(row, 1)},
            "fail",
        ),
    ],
    "appointment-regulations/8.4/education": [
        Flip(
            {"education_tier": lambda row, _as_of: 2 if row["target_level_order"] >= 5 else 1},
            {"education_tier": lambda row, _as_of: 1 if row["target_level_order"] >= 5 else 0},
            "review",
        ),
    ],
    "appointment-regulations/8.5/training": [
        Flip(
            {
                "training_hours": 550,
                "training_days": 0,
                "training_year_hours": 0,
                "training_year_days": 12,
            },
            {
                "training_hours": 549,
                "training_days": 89,
                "training_year_hours": 89,
                "training_year_days": 11,
            },
            "review",
        ),
    ],
    "appointment-regulations/8.5/training-after-promotion": [
        Flip(
            {"training_due_hours": 550, "training_due_days": 0, "training_deadline": _from_day(-1)},
            {
                "training_due_hours": 549,
                "training_due_days": 89,
                "training_deadline": _from_day(-1),
            },
            "fail",
        ),
        Flip(
            {"training_due_hours": 0, "training_due_days": 90},
            {"training_due_hours": 549, "training_due_days": 89, "training_deadline": OVER},
            "review",
        ),
    ],
    "appointment-regulations/8.7/party-standing": [
        Flip(
            {"party_standing_months": 60},
            {"party_standing_months": lambda row, _a: 35 if row["region_tier"] == "county" else 59},
            "fail",
        ),
        Flip({"is_party_member": True}, {"is_party_member": False}, "fail"),
    ],
    "appointment-regulations/8.7/legal-qualification": _concluded("legal_qualification"),
    "appointment-regulations/9/one-step": [
        Flip(
            {"level_order": lambda row, _as_of: row["target_level_order"] - 1},
            {"level_order": lambda row, _as_of: row["target_level_order"] - 2},
            "fail",
        ),
    ],
    "appointment-regulations/9/exceptional-limits": [
        Flip({"on_probation": False}, {"on_probation": True}, "fail"),
        Flip({"months_in_level": 12}, {"months_in_level": 11}, "fail"),
        Flip(
            {"waives_tenure": True, "promoted_exceptionally": False},
            {"waives_tenure": True, "promoted_exceptionally": True},
            "fail",
        ),
    ],
    "appointment-regulations/35/approval-before-discussion": [
        Flip({"late_waiver": None}, {"late_waiver": "某省委组织部"}, "fail"),
    ],
    "appointment-regulations/43/probation-over": [
        Flip({"on_probation": False}, {"on_probation": True}, "fail"),
    ],
    "appointment-regulations/24.3/last-assessment": [
        Flip({"last_assessment": "2"}, {"last_assessment": "3"}, "fail"),
        Flip({"last_assessment": "1"}, {"last_assessment": "4"}, "fail"),
        Flip({"last_assessment": "2"}, {"last_assessment": "5"}, "review"),
    ],
    "appointment-regulations/24.6/sanctions-over": [
        Flip(
            {"sanctions_end_on": OVER, "sanctions_bar_until": None},
            {"sanctions_end_on": RUNNING, "sanctions_bar_until": RUNNING},
            "fail",
        ),
        Flip({"sanction_effect": "met"}, {"sanction_effect": "not_met"}, "review"),
    ],
    "appointment-regulations/24/recorded-conclusions": [
        Flip({"conclusions_not_met": None}, {"conclusions_not_met": "身体条件"}, "fail"),
        Flip({"conclusions_undated": None}, {"conclusions_undated": "身体条件"}, "unknown"),
        Flip({}, {"conclusions_under_review": "身体条件"}, "review"),
    ],
    "appointment-regulations/na/after-accountability": [
        Flip(
            {"leading_post_barred_until": OVER, "higher_level_barred_until": OVER},
            {"leading_post_barred_until": RUNNING, "higher_level_barred_until": RUNNING},
            "review",  # the periods are known from memory
        ),
    ],
    "appointment-regulations/na/removal-grounds": _concluded("removal_ground"),
    "autonomy-law/16/congress-leaders": [
        Flip({"titular_leaders": 1}, {"titular_leaders": 0}, "fail"),
    ],
    "autonomy-law/17/head-of-government": [
        Flip({"ethnicity": _titular}, {"ethnicity": "01"}, "fail"),
    ],
    "civil-servant-law/50/incompetent": [
        Flip({"last_assessment": "3"}, {"last_assessment": "4"}, "fail"),
    ],
    "civil-servant-law/75/regional-recusal": [
        Flip({"grew_up_in_area": False}, {"grew_up_in_area": True}, "review"),
    ],
    "civil-servant-law/88/dismissal": [
        Flip(
            {"last_assessment": "4", "assessment_2_years_back": "3"},
            {"last_assessment": "4", "assessment_2_years_back": "4B"},
            "fail",
        ),
    ],
    "exchange-rules/5/same-area-level": [
        Flip({"area_level_months": 119}, {"area_level_months": 120}, "fail"),
    ],
    "exchange-rules/5/same-post": [
        Flip({"months_in_this_post": 119}, {"months_in_this_post": 120}, "fail"),
    ],
    "organisation-law/47/no-other-office": [
        Flip({"state_office_names": None}, {"state_office_names": "某人"}, "fail"),
    ],
    "personal-matters/na/checks": _concluded("personal_matters_check"),
    "personnel-files/na/birth-date": [
        Flip({"disputed_birth": None}, {"disputed_birth": "出生年月"}, "unknown"),
    ],
    "personnel-files/na/checks": _concluded("file_check"),
    "personnel-files/na/party-age": [
        Flip({"disputed_party": None}, {"disputed_party": "入党时间"}, "unknown"),
    ],
    "personnel-files/na/three-ages": [
        Flip({"disputed_file": None}, {"disputed_file": "参加工作时间"}, "unknown"),
    ],
    "political-quality/na/gate": _concluded("political_gate"),
    "rank-rules/18/rank-promotion": [
        Flip(
            {"months_towards_rank": lambda row, _as_of: row["months_required"]},
            {
                "months_towards_rank": lambda row, _as_of: row["months_required"] - 1,
                "months_shortened": lambda row, _as_of: row["months_required"],
            },
            "fail",
        ),
        Flip({}, {"barely_competent_years": 1}, "review"),
    ],
    "recusal-rules/3/kin-posts": [
        Flip({"kin_seated": None}, {"kin_seated": "某人"}, "review"),
        Flip({}, {"kin_to_confirm": "某人"}, "unknown"),
    ],
    "recusal-rules/4/family-business": _concluded("family_business"),
    "recusal-rules/5/hometown": [
        Flip({"grew_up_in_area": False}, {"grew_up_in_area": True}, _at_tier),
    ],
    "retirement/na/before-retirement": [
        Flip({"retirement_month": _from_month(1)}, {"retirement_month": _from_month(0)}, _by_table),
    ],
    "term-rules/3/full-term": [
        Flip(
            {"retirement_month": _from_month(60)}, {"retirement_month": _from_month(59)}, "review"
        ),
    ],
    "term-rules/6/two-terms": [
        Flip({"months_in_this_post": 119}, {"months_in_this_post": 120}, "fail"),
    ],
    "term-rules/7/level-limit": [
        Flip({"months_at_target_level": 179}, {"months_at_target_level": 180}, "fail"),
    ],
    "united-front/na/government-team": [
        Flip({"non_party": 1}, {"non_party": 0}, "review"),
    ],
}
"""Rule → what flips it."""
